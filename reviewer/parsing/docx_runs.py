"""The characters of one Word paragraph: who sees them, how they are set, and what hangs on them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from reviewer.domain.document import Visibility
from reviewer.parsing.block_writer import Piece
from reviewer.parsing.docx_package import MC, W
from reviewer.parsing.docx_styles import RunFormat, Styles, over, run_format
from reviewer.parsing.zip_parts import Element

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TRANSPARENT = {W + name for name in ("hyperlink", "smartTag", "customXml", "sdtContent", "fldSimple", "bdo", "dir")}
_INSERTING = {W + "ins", W + "moveTo"}
_DELETING = {W + "del", W + "moveFrom"}
_DRAWING = {W + "drawing", W + "pict", W + "object"}
_CHARACTERS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011",
}  # fmt: skip
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0FC": "✓", "F0FE": "☒", "F0A8": "☐", "F06F": "☐", "F0FD": "☒", "F0E0": "→"}
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Change:
    """Tracked changes around a place."""

    inserted: bool = False
    deleted: bool = False


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

    def add(self, text: str, visibility: Visibility, shown_as: RunFormat) -> None:
        """Adds the characters of a run."""
        if not text:
            return
        if self.pieces and self.pieces[-1].visibility is visibility:
            self.pieces[-1].text += text
        else:
            self.pieces.append(Piece(text, visibility))
        self.formats.append((shown_as, len(text) - text.count(" ")))


class InlineReader:
    """Reads the paragraphs of one part in order; fields may reach over several of them.

    Args:
        styles: the document's styles.
        story: who sees plain characters of this part, such as *header*.
        tick: called once for each run.
    """

    def __init__(self, styles: Styles, story: Visibility, tick: Callable[[], None]) -> None:
        self._styles = styles
        self._story = story
        self._tick = tick
        self._fields: list[bool] = []  # for each open field: is its result being read (not its instruction)?

    def read(self, paragraph: Element, style: str, change: Change) -> Inline:
        """The content of a ``w:p``."""
        inline = Inline()
        self._children(paragraph, inline, style, change)
        # An instruction that its paragraph does not end is broken, and must not swallow the rest of the document.
        self._fields = [True for _ in self._fields]
        return inline

    def visibility(self, change: Change, *, hidden: bool) -> Visibility:
        """Who sees characters of this part that are changed and set so."""
        if change.deleted:
            return Visibility.DELETED
        if hidden:
            return Visibility.HIDDEN
        if self._story is not Visibility.VISIBLE:
            return self._story
        return Visibility.INSERTED if change.inserted else Visibility.VISIBLE

    def _children(self, parent: Element, inline: Inline, style: str, change: Change) -> None:
        for child in parent:
            self._child(child, inline, style, change)

    def _child(self, child: Element, inline: Inline, style: str, change: Change) -> None:
        tag = child.tag
        if tag == W + "r":
            self._run(child, inline, style, change)
        elif tag in _TRANSPARENT:
            self._children(child, inline, style, change)
        elif tag == W + "sdt":
            for content in child.iterchildren(W + "sdtContent"):
                self._children(content, inline, style, change)
        elif tag in _INSERTING:
            self._children(child, inline, style, replace(change, inserted=True))
        elif tag in _DELETING:
            self._children(child, inline, style, replace(change, deleted=True))
        elif tag == MC + "AlternateContent":
            self._children(alternative(child), inline, style, change)
        elif isinstance(tag, str) and tag.startswith(_MATH_TEXT[:-1]):
            text = "".join(node.text or "" for node in child.iter(_MATH_TEXT))
            inline.add(text, self.visibility(change, hidden=False), self._styles.run(style))

    def _run(self, run: Element, inline: Inline, style: str, change: Change) -> None:
        self._tick()
        shown_as = self._format(run.find(W + "rPr"), style)
        visibility = self.visibility(change, hidden=bool(shown_as.hidden))
        for child in run:
            self._run_child(child, inline, visibility, shown_as)

    def _run_child(self, child: Element, inline: Inline, visibility: Visibility, shown_as: RunFormat) -> None:
        tag = child.tag
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType", ""))
        elif tag == MC + "AlternateContent":
            for inner in alternative(child):
                self._run_child(inner, inline, visibility, shown_as)
        elif tag == W + "ruby":
            for inner in child.iterfind(f"{W}rubyBase/{W}r/*"):
                self._run_child(inner, inline, visibility, shown_as)
        elif tag in _DRAWING:
            inline.boxes.extend(_text_boxes(child))
        elif not self._note(child, inline) and all(self._fields):
            inline.add(_characters(child), visibility, shown_as)

    def _note(self, child: Element, inline: Inline) -> bool:
        lists = {
            W + "footnoteReference": inline.footnotes,
            W + "endnoteReference": inline.endnotes,
            W + "commentReference": inline.comments,
        }
        if child.tag not in lists:
            return False
        lists[child.tag].append(child.get(W + "id", ""))
        return True

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _format(self, properties: Element | None, style: str) -> RunFormat:
        of_paragraph = self._styles.run(style)
        if properties is None:
            return of_paragraph
        named = properties.find(W + "rStyle")
        if named is None:
            return over(run_format(properties), of_paragraph)
        of_characters = self._styles.character(named.get(W + "val", ""))
        if of_characters.bold and of_paragraph.bold:  # bold on bold is not bold: styles toggle
            of_characters = replace(of_characters, bold=False)
        return over(run_format(properties), over(of_characters, of_paragraph))


def alternative(element: Element) -> Element:
    """The one branch of an ``mc:AlternateContent`` that is read: the first choice, else the fallback."""
    choice = element.find(MC + "Choice")
    if choice is None:
        choice = element.find(MC + "Fallback")
    return element.makeelement(MC + "Fallback") if choice is None else choice


def _text_boxes(element: Element) -> Iterator[Element]:
    """Outermost text box contents under an element, each drawing read in one of its alternatives."""
    if element.tag == W + "txbxContent":
        yield element
    elif element.tag == MC + "AlternateContent":
        yield from _text_boxes(alternative(element))
    else:
        for child in element:
            yield from _text_boxes(child)


def _characters(child: Element) -> str:
    if child.tag in {W + "t", W + "delText"}:
        return child.text or ""
    if child.tag == W + "sym":
        return _symbol(child.get(W + "char", "").upper())
    return _CHARACTERS.get(child.tag, "")


def _symbol(code: str) -> str:
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point) if 32 <= point < 0x10000 and point not in _SURROGATES else ""  # noqa: PLR2004 - the BMP
