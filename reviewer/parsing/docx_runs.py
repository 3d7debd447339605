"""The characters of one Word paragraph: who sees them, who wrote them, how they are set, and what hangs on them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reviewer.domain.document import Visibility
from reviewer.parsing.docx_colours import WHITE
from reviewer.parsing.docx_locator import PartIndex, Stretch, characters
from reviewer.parsing.docx_package import MATH, MC, W, alternative, leading
from reviewer.parsing.docx_styles import RunFormat, Shown, Styles
from reviewer.parsing.invisible import tag_spans
from reviewer.parsing.zip_parts import Element

_RUN, _TEXT, _PROPERTIES = W + "r", W + "t", W + "rPr"
_NOTES = {
    W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes", W + "commentReference": "comments",
}  # fmt: skip
_TRANSPARENT = {W + name for name in ("hyperlink", "smartTag", "customXml", "sdtContent", "fldSimple", "bdo", "dir")}
INSERTING = {W + "ins", W + "moveTo"}
DELETING = {W + "del", W + "moveFrom"}
_DRAWING = {W + "drawing", W + "pict", W + "object"}
_LARGEST_TINY = 2.0


class Hiding(StrEnum):
    """How characters are kept from a reader's eyes. *Ink*: in the colour of what they stand on, but not white."""

    HIDDEN = "hidden"
    WHITE = "white"
    INK = "ink"
    TINY = "tiny"
    TAG = "tag"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Change:
    """Tracked changes around a place, and who made the innermost of them."""

    inserted: bool = False
    deleted: bool = False
    author: str = ""

    def within(self, element: Element, *, inserted: bool = False, deleted: bool = False) -> "Change":
        """The changes inside an element that is one."""
        return Change(self.inserted or inserted, self.deleted or deleted, element.get(W + "author", ""))


class Surroundings(NamedTuple):
    """What a paragraph stands in: its style, changes, ground (a colour, None if unknown), a cell that is covered."""

    style: str = ""
    change: Change = Change()
    ground: str | None = WHITE
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """Who sees characters, how they are hidden from others, and whose change they are."""

    visibility: Visibility
    hiding: Hiding | None = None
    author: str = ""


@dataclass(slots=True)
class Piece:
    """Characters next to each other that the same readers see, and where they stand."""

    text: str
    sight: Sight
    stretches: list[Stretch] = field(default_factory=list)

    @property
    def visibility(self) -> Visibility:
        """Who sees the characters."""
        return self.sight.visibility

    def add(self, stretch: Stretch) -> None:
        """Goes on to characters that follow."""
        run, start, length = self.stretches[-1]
        if (run, start + length) == (stretch.run, stretch.start):
            self.stretches[-1] = Stretch(run, start, length + stretch.length)
        else:
            self.stretches.append(stretch)


@dataclass(slots=True)
class Inline:
    """What a paragraph holds.

    Attributes:
        formats: format and number of visible characters, for each run.
        footnotes, endnotes, comments: ids in the order of their marks.
        boxes: contents of text boxes anchored here.
    """

    pieces: list[Piece] = field(default_factory=list)
    formats: list[tuple[RunFormat, int]] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def has_attachments(self) -> bool:
        """Whether anything hangs on it."""
        return bool(self.boxes or self.footnotes or self.endnotes or self.comments)

    def add(self, text: str, sight: Sight, stretch: Stretch, shown_as: RunFormat) -> None:
        """Adds characters of a run."""
        last = self.pieces[-1] if self.pieces else None
        if last is None or (last.sight is not sight and last.sight != sight):
            self.pieces.append(Piece(text, sight, [stretch]))
        else:
            last.text += text
            last.add(stretch)
        self.formats.append((shown_as, len(text) - text.count(" ")))


@dataclass(slots=True)
class _Run:
    """A run being read: its index in the paragraph, its format, its changes, how many characters are read."""

    index: int
    shown: Shown
    change: Change
    at: int = 0


class InlineReader:
    """Reads the paragraphs of one part in order; fields may reach over several of them.

    Args:
        styles: the document's styles.
        index: where the part's runs stand.
        story: who sees plain characters of this part, such as *header*.
        tick: called once for each run.
    """

    def __init__(self, styles: Styles, index: PartIndex, story: Visibility, tick: Callable[[], None]) -> None:
        self._styles = styles
        self._index = index
        self._story = story
        self._tick = tick
        self._fields: list[bool] = []  # for each open field: is its result being read (not its instruction)?
        self._around = Surroundings()
        self._runs_before = 0
        self._plain = Sight(story)

    def read(self, paragraph: Element, around: Surroundings) -> Inline:
        """The content of a ``w:p``."""
        inline = Inline()
        self._around = around
        self._runs_before = self._index.runs_before(paragraph)
        self._children(paragraph, inline, around.change)
        # An instruction that its paragraph does not end is broken, and must not swallow the rest of the document.
        self._fields = [True for _ in self._fields]
        return inline

    def sight(self, change: Change, hiding: Hiding | None) -> Sight:
        """Who sees characters of this part that are changed and hidden so."""
        is_changed = change.inserted or change.deleted
        if not is_changed and hiding is None:
            return self._plain
        author = change.author if is_changed else ""
        if change.deleted:
            return Sight(Visibility.DELETED, None, author)
        if hiding is not None:
            return Sight(Visibility.HIDDEN, hiding, author)
        if self._story is not Visibility.VISIBLE:
            return Sight(self._story, None, author)
        return Sight(Visibility.INSERTED if change.inserted else Visibility.VISIBLE, None, author)

    def _children(self, parent: Element, inline: Inline, change: Change) -> None:
        for child in parent:
            self._child(child, inline, change)

    def _child(self, child: Element, inline: Inline, change: Change) -> None:
        tag = child.tag
        if tag == _RUN:
            self._run(child, inline, change)
        elif tag in _TRANSPARENT:
            self._children(child, inline, change)
        elif tag == W + "sdt":
            for content in child.iterchildren(W + "sdtContent"):
                self._children(content, inline, change)
        elif tag in INSERTING:
            self._children(child, inline, change.within(child, inserted=True))
        elif tag in DELETING:
            self._children(child, inline, change.within(child, deleted=True))
        elif tag == MC + "AlternateContent":
            self._children(alternative(child), inline, change)
        elif isinstance(tag, str) and tag.startswith(MATH):
            for run in child.iter(MATH + "r"):
                self._math(run, inline, change)

    def _run(self, element: Element, inline: Inline, change: Change) -> None:
        self._tick()
        children = list(element)  # they are looked at twice, and each look costs as much as reading one
        run = self._begin(element, change)
        for child in children:
            tag = child.tag
            if tag == _TEXT:
                self._text(child.text or "", inline, run)
            elif tag != _PROPERTIES:
                self._run_child(child, inline, run)

    def _begin(self, element: Element, change: Change) -> _Run:
        shown = self._styles.shown(self._around.style, leading(element, _PROPERTIES))
        return _Run(self._index.run(element) - self._runs_before, shown, change)

    def _math(self, element: Element, inline: Inline, change: Change) -> None:
        run = self._begin(element, change)
        for node in element.iter(MATH + "t"):
            self._text(node.text or "", inline, run)

    def _run_child(self, child: Element, inline: Inline, run: _Run) -> None:
        tag = child.tag
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType", ""))
        elif tag == MC + "AlternateContent":
            for inner in alternative(child):
                self._run_child(inner, inline, run)
        elif tag == W + "ruby":
            for inner in child.iterfind(f"{W}rubyBase/{W}r/*"):
                self._run_child(inner, inline, run)
        elif tag in _DRAWING:
            inline.boxes.extend(_text_boxes(child))
        elif not self._note(child, inline):
            self._text(characters(child), inline, run)

    def _text(self, text: str, inline: Inline, run: _Run) -> None:
        """Adds characters unless they are part of a field's instruction."""
        if not all(self._fields):
            run.at += len(text)
            return
        for part, is_tag in _split_at_tags(text):
            sight = self.sight(run.change, Hiding.TAG if is_tag else self._hiding(run.shown, part))
            inline.add(part, sight, Stretch(run.index, run.at, len(part)), run.shown.format)
            run.at += len(part)

    def _hiding(self, shown: Shown, text: str) -> Hiding | None:
        shown_as = shown.format
        if shown_as.hidden:
            return Hiding.HIDDEN
        if text.isspace():  # nobody can tell a white space from another
            return None
        if self._around.is_covered:
            return Hiding.COVERED
        if shown_as.size is not None and shown_as.size <= _LARGEST_TINY:
            return Hiding.TINY
        if shown.is_readable(self._around.ground):
            return None
        return Hiding.INK if shown.is_readable(None, on_white=True) else Hiding.WHITE

    def _note(self, child: Element, inline: Inline) -> bool:
        name = _NOTES.get(child.tag)
        if name is None:
            return False
        getattr(inline, name).append(child.get(W + "id", ""))
        return True

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _text_boxes(element: Element) -> Iterator[Element]:
    """Outermost text box contents under an element, each drawing read in one of its alternatives."""
    if element.tag == W + "txbxContent":
        yield element
    elif element.tag == MC + "AlternateContent":
        yield from _text_boxes(alternative(element))
    else:
        for child in element:
            yield from _text_boxes(child)


def _split_at_tags(text: str) -> list[tuple[str, bool]]:
    """The non-empty parts of a text, and whether each is made of tag characters."""
    if text.isascii() or text.isprintable():  # tags are not
        return [(text, False)] if text else []
    parts = []
    done = 0
    for start, end in tag_spans(text):
        if start > done:
            parts.append((text[done:start], False))
        parts.append((text[start:end], True))
        done = end
    if done < len(text):
        parts.append((text[done:], False))
    return parts
