"""The groups of a rich text file: what each control word changes, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from reviewer.domain.document import Visibility
from reviewer.parsing.docx_numerals import write_number
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.rtf_colours import RtfColours
from reviewer.parsing.rtf_story import ParagraphFormat, RtfLook, RtfParagraph, RtfStory, outline_level, set_format
from reviewer.parsing.rtf_tokens import Token, TokenKind, tokens
from reviewer.parsing.rtf_words import (
    CHARACTERS,
    ENDS_PARAGRAPH,
    READ_THOUGH_OPTIONAL,
    SKIPPED,
    SYMBOLS,
    code_page,
    code_page_of_charset,
)

MAX_DEPTH = 2000
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_UNITS = 0x10000
_MAX_SKIP = 255
_NO_CHARACTER = "\ufffd"
_SIDES = ("", "l", "r", "f")
_MARGINS = {"header" + side: Visibility.HEADER for side in _SIDES} | {
    "footer" + side: Visibility.FOOTER for side in _SIDES
}
_TINY = 1.6  # points
_TOGGLES = {"v": "hidden", "deleted": "deleted", "revised": "inserted"}
_LOOKS = {"b", "i", "ul", "uld", "ulw", "uldb", "ulnone", "fs"}
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_MAX_HALF_POINTS = 4000


class Destination(Enum):
    """Where the characters of a group go."""

    TEXT = auto()
    NOWHERE = auto()
    NUMBER = auto()
    FONTS = auto()
    STYLES = auto()
    COLOURS = auto()
    TITLE = auto()
    AUTHOR = auto()


_DESTINATIONS = {
    "listtext": Destination.NUMBER, "pntext": Destination.NUMBER, "fonttbl": Destination.FONTS,
    "stylesheet": Destination.STYLES, "colortbl": Destination.COLOURS,
    "title": Destination.TITLE, "author": Destination.AUTHOR,
    "info": Destination.NOWHERE, "ud": Destination.TEXT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a group and ends with it."""

    story: RtfStory
    destination: Destination = Destination.TEXT
    look: RtfLook = RtfLook()  # noqa: RUF009 - immutable
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    unicode_skip: int = 1
    font: int = 0
    ink: int = 0
    ground: int = 0

    @property
    def visibility(self) -> Visibility:
        """Who sees characters here."""
        if self.deleted:
            return Visibility.DELETED
        if self.hidden or 0 < self.look.size <= _TINY:
            return Visibility.HIDDEN
        if self.story.visibility is not Visibility.VISIBLE:
            return self.story.visibility
        return Visibility.INSERTED if self.inserted else Visibility.VISIBLE


class RtfGroups:
    """Reads a file's tokens in order.

    Args:
        write: takes the paragraphs.
        tick: called for each group and paragraph.
    """

    def __init__(self, write: Callable[[RtfParagraph], None], tick: Callable[[], None]) -> None:
        self._tick = tick
        self._write = write
        self._last: list[RtfParagraph] = []
        self._group = _Group(RtfStory(Visibility.VISIBLE, write))
        self._stack: list[_Group] = []
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, tuple[str, int | None]] = {}
        self._style: tuple[int, int | None] = (0, None)
        self._notes: dict[Destination, list[str]] = {each: [] for each in Destination}
        self._bytes: list[str] = []
        self._colours = RtfColours()
        self._high = 0
        self._skip = 0
        self._is_optional = False
        self._note_count = 0
        self._endnote_count = 0

    def read(self, data: bytes) -> None:
        """Reads all of a file.

        Raises:
            InputError: its groups are nested too deep.
        """
        for token in tokens(data):
            if token.kind is TokenKind.BYTES:
                self._take_bytes(token.text)
            elif token.kind is TokenKind.OPEN:
                self._open()
            elif token.kind is TokenKind.CLOSE:
                self._close()
                if not self._stack:
                    break
            else:
                self._control(token)
        self._flush()
        while self._stack:
            self._close()
        self._end_paragraph()
        for paragraph in self._last:
            self._write(paragraph)

    def noted(self, destination: Destination) -> str:
        """The characters that went to a destination that is no story."""
        return "".join(self._notes[destination])

    def _open(self) -> None:
        self._flush()
        self._tick()
        self._skip = 0
        if len(self._stack) >= MAX_DEPTH:
            raise failure(OutcomeCode.CORRUPT)
        self._stack.append(self._group)

    def _close(self) -> None:
        self._flush()
        self._skip, self._is_optional = 0, False
        if not self._stack:
            return
        inner, outer = self._group, self._stack.pop()
        if inner.story is not outer.story:
            inner.story.end_paragraph(inner.visibility, self._styles, in_table=False)
        if inner.destination is Destination.STYLES:
            self._keep_style()
        self._group = outer

    def _control(self, token: Token) -> None:
        if token.kind is TokenKind.SYMBOL and token.text == "*":
            self._is_optional = True
            return
        self._flush()
        skip, self._skip = self._skip, 0
        if skip and (token.kind is TokenKind.SYMBOL or token.text in CHARACTERS):
            self._skip = skip - 1
            return
        is_optional, self._is_optional = self._is_optional, False
        if token.kind is TokenKind.SYMBOL:
            self._symbol(token.text)
        elif is_optional and token.text not in READ_THOUGH_OPTIONAL and token.text not in _DESTINATIONS:
            self._group = replace(self._group, destination=Destination.NOWHERE)
        elif token.text == "u":
            self._unicode(token.value or 0)
        elif token.text in CHARACTERS:
            self._put(CHARACTERS[token.text])
        elif token.text in ENDS_PARAGRAPH:
            self._end(token.text)
        elif not self._begins_destination(token.text):
            self._word(token.text, token.value)

    def _symbol(self, sign: str) -> None:
        if sign in "\r\n":
            self._end("par")
        else:
            self._put(SYMBOLS.get(sign, sign if sign in "\\{}" else ""))

    def _begins_destination(self, word: str) -> bool:
        group = self._group
        if word in SKIPPED:
            self._group = replace(group, destination=Destination.NOWHERE)
        elif word in _DESTINATIONS:
            self._group = replace(group, destination=_DESTINATIONS[word])
        elif group.destination is not Destination.TEXT:
            return False
        elif word in _MARGINS:
            self._begin_story(_MARGINS[word], self._last)
        elif word == "footnote":
            self._note_count += 1
            self._begin_story(Visibility.NOTE, group.story.attached, str(self._note_count))
        elif word == "annotation":
            self._begin_story(Visibility.COMMENT, group.story.attached)
        elif word == "shptxt":
            self._begin_story(group.story.visibility, group.story.attached)
        else:
            return False
        return True

    def _begin_story(self, visibility: Visibility, held: list[RtfParagraph], note: str | None = None) -> None:
        self._group = replace(self._group, story=RtfStory(visibility, held.append, note), hidden=False)

    def _word(self, word: str, value: int | None) -> None:
        group, on = self._group, value != 0
        if word == "v":
            self._group = replace(group, hidden=on)
        elif word == "deleted":
            self._group = replace(group, deleted=on)
        elif word == "revised":
            self._group = replace(group, inserted=on)
        elif word in _LOOKS:
            self._group = replace(group, look=_look(group.look, word, value))
        elif word == "plain":
            self._group = replace(group, look=RtfLook(), hidden=False, deleted=False, inserted=False, ink=0, ground=0)
        elif word == "uc":
            self._group = replace(group, unicode_skip=max(0, min(value or 0, _MAX_SKIP)))
        elif word == "f":
            self._group = replace(group, font=value or 0)
        elif word == "cf":
            self._group = replace(group, ink=value or 0)
        elif word in {"cb", "highlight", "chcbpat"}:
            self._group = replace(group, ground=value or 0)
        else:
            self._encoding(word, value or 0)
            self._layout(word, value or 0)

    def _encoding(self, word: str, value: int) -> None:
        in_fonts = self._group.destination is Destination.FONTS
        if word == "ansicpg":
            self._page = code_page(value) or self._page
        elif word in _PAGES:
            self._page = _PAGES[word]
        elif in_fonts and word in {"fcharset", "cpg"}:
            page = code_page_of_charset(value) if word == "fcharset" else code_page(value)
            if page is not None:
                self._fonts[self._group.font] = page

    def _layout(self, word: str, value: int) -> None:
        if self._group.destination is Destination.STYLES:
            if word == "s":
                self._style = (value, None)
            elif word == "outlinelevel":
                self._style = (self._style[0], outline_level(value))
        elif self._group.destination is Destination.TEXT:
            self._format(word, value)
        elif self._group.destination is Destination.COLOURS:
            self._colours.mix(word, value)

    def _format(self, word: str, value: int) -> None:
        story = self._group.story
        if word == "pard":
            story.format = ParagraphFormat()
        elif word == "ftnalt" and story.note is not None:
            self._note_count -= 1
            self._endnote_count += 1
            story.note = write_number(self._endnote_count, "lowerRoman")
        else:
            set_format(story.format, word, value)

    def _keep_style(self) -> None:
        name = self.noted(Destination.STYLES).split(";")[0].strip()
        self._notes[Destination.STYLES] = []
        number, outline = self._style
        words = name.lower().split()
        if outline is None and len(words) > 1 and words[0] == "heading" and words[1].isdecimal():
            outline = outline_level(int(words[1][:2]) - 1)
        if name and number:
            self._styles[number] = (name, outline)
        self._style = (0, None)

    def _unicode(self, value: int) -> None:
        """A UTF-16 unit; a character beyond the first plane comes as two."""
        unit = value % _UNITS
        if unit in _LOW and self._high:
            high, self._high = self._high, 0
            self._put(chr(_UNITS + ((high - _HIGH.start) << 10) + unit - _LOW.start))
        elif unit in _HIGH:
            self._put("")
            self._high = unit
        else:
            self._put(chr(unit))
        self._skip = self._group.unicode_skip

    def _take_bytes(self, text: str) -> None:
        self._is_optional = False
        if self._skip:
            skipped = min(self._skip, len(text))
            self._skip -= skipped
            text = text[skipped:]
        if text and self._group.destination is not Destination.NOWHERE:
            self._bytes.append(text)

    def _flush(self) -> None:
        if self._bytes:
            page = self._fonts.get(self._group.font, self._page)
            text = "".join(self._bytes).encode("latin-1").decode(page, "replace")
            self._bytes = []
            self._put(text)

    def _put(self, text: str) -> None:
        group = self._group
        if self._high:
            text, self._high = _NO_CHARACTER + text, 0
        if group.destination is Destination.TEXT:
            group.story.add(text, self._seen_by(text), group.look)
        elif group.destination is Destination.COLOURS:
            self._colours.end(text.count(";"))
        elif group.destination is Destination.NUMBER:
            group.story.number.append(text)
        elif group.destination is not Destination.NOWHERE:
            self._notes[group.destination].append(text)

    def _seen_by(self, text: str) -> Visibility:
        """Who sees characters here; nobody those in the colour of what they stand on."""
        group = self._group
        visibility = group.visibility
        if visibility in {Visibility.DELETED, Visibility.HIDDEN} or text.isspace():
            return visibility
        grounds = (group.ground, group.story.format.ground)
        return visibility if self._colours.is_readable(group.ink, grounds) else Visibility.HIDDEN

    def _end(self, word: str) -> None:
        if self._group.destination is Destination.TEXT:
            self._end_paragraph(in_table="cell" in word)

    def _end_paragraph(self, *, in_table: bool = False) -> None:
        self._tick()
        self._group.story.end_paragraph(self._group.visibility, self._styles, in_table=in_table)


def _look(look: RtfLook, word: str, value: int | None) -> RtfLook:
    if word == "fs":
        return replace(look, size=min(abs(value or 0), _MAX_HALF_POINTS) / 2)
    if word == "b":
        return replace(look, bold=value != 0)
    if word == "i":
        return replace(look, italic=value != 0)
    return replace(look, underline=word != "ulnone" and value != 0)
