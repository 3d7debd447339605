"""The paragraphs of a Word document's part, written out as blocks."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Style, Visibility
from reviewer.parsing.block_writer import BETWEEN_CELLS, BETWEEN_PARAGRAPHS, BlockWriter
from reviewer.parsing.docx_numbering import Numbering
from reviewer.parsing.docx_package import MC, W
from reviewer.parsing.docx_runs import Change, Inline, InlineReader, alternative
from reviewer.parsing.docx_styles import ParagraphFormat, Styles, over, paragraph_format, run_format
from reviewer.parsing.zip_parts import Element

_BODY_OUTLINE = 9
_CONTAINERS = {W + name for name in ("customXml", "sdtContent", "smartTag")}
_HEADING_NAME = re.compile(r"heading ([1-9])\b")


@dataclass(slots=True)
class Shared:
    """What all parts of one document share.

    Attributes:
        tick: called for each paragraph and run.
        footnotes, comments: their contents by id.
        endnotes: ids in the order of their marks; they are written after the body.
    """

    styles: Styles
    numbering: Numbering
    tick: Callable[[], None]
    writer: BlockWriter = field(default_factory=BlockWriter)
    footnotes: dict[str, Element] = field(default_factory=dict)
    comments: dict[str, Element] = field(default_factory=dict)
    endnotes: list[str] = field(default_factory=list)
    footnote_count: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: inside which changes, in a table, in a note and which."""

    change: Change = field(default_factory=Change)
    in_table: bool = False
    note: str | None = None


class StoryReader:
    """Reads one part, such as the body, a header, the footnotes.

    Args:
        shared: the document's styles, counters and output.
        part: name of the part for locators, such as ``document.xml``.
        root: the part's root element.
        story: who sees plain characters of this part.
    """

    def __init__(self, shared: Shared, part: str, root: Element, story: Visibility = Visibility.VISIBLE) -> None:
        self._shared = shared
        self._part = part
        self._story = story
        self._inline = InlineReader(shared.styles, story, shared.tick)
        self._in_table = False
        self._numbers = {paragraph: index for index, paragraph in enumerate(root.iter(W + "p"))}

    def read(self, container: Element, place: Place) -> None:
        """Writes the paragraphs and tables of a container in order."""
        for child in container:
            self._child(child, place)

    def _child(self, child: Element, place: Place) -> None:
        tag = child.tag
        if tag == W + "p":
            self._paragraph(child, place)
        elif tag == W + "tbl":
            self._table(child, place)
        elif tag == W + "sdt":
            for content in child.iterchildren(W + "sdtContent"):
                self.read(content, place)
        elif tag in _CONTAINERS:
            self.read(child, place)
        elif tag in {W + "ins", W + "moveTo"}:
            self.read(child, replace(place, change=replace(place.change, inserted=True)))
        elif tag in {W + "del", W + "moveFrom"}:
            self.read(child, replace(place, change=replace(place.change, deleted=True)))
        elif tag == MC + "AlternateContent":
            self.read(alternative(child), place)

    def _table(self, table: Element, place: Place) -> None:
        """Rows may stand inside content controls and changes, and so may cells."""
        for child in table:
            if child.tag == W + "tr":
                self._table(child, replace(place, change=_marked(child.find(W + "trPr"), place.change)))
            elif child.tag == W + "tc":
                self.read(child, replace(place, in_table=True))
            elif child.tag == W + "sdt":
                for content in child.iterchildren(W + "sdtContent"):
                    self._table(content, place)
            elif child.tag in _CONTAINERS or child.tag in {W + "ins", W + "del"}:
                self._table(child, place)

    def _paragraph(self, paragraph: Element, place: Place) -> None:
        self._shared.tick()
        properties = paragraph.find(W + "pPr")
        style = _style_of(properties)
        inline = self._inline.read(paragraph, style, place.change)
        end = self._end(properties, style, place.change)
        layout = over(paragraph_format(properties), self._shared.styles.paragraph(style))
        uncounted = _is_gone(inline, end) or _is_section_break(properties, inline)
        level = None if uncounted else self._list_level(properties, style, layout)
        number = self._shared.numbering.count(layout.list_id or "", level) if level is not None else None
        if any(piece.text.strip() for piece in inline.pieces):
            self._write(inline, self._block(paragraph, style, layout, inline, place, (number, level)), end, place)
        self._attachments(inline, place)

    def _write(self, inline: Inline, block: Block, end: Visibility, place: Place) -> None:
        was_in_table = self._in_table
        self._in_table = place.in_table
        separator = BETWEEN_CELLS if was_in_table and place.in_table else BETWEEN_PARAGRAPHS
        self._shared.writer.paragraph(inline.pieces, block, end, separator)

    def _block(
        self,
        paragraph: Element,
        style: str,
        layout: ParagraphFormat,
        inline: Inline,
        place: Place,
        listed: tuple[str | None, int | None],
    ) -> Block:
        number, level = listed
        indent = self._indent(paragraph_format(paragraph.find(W + "pPr")), layout, level)
        names = tuple(name.lower() for name in self._shared.styles.names(style))
        outline = _outline(layout, names)
        kind = _kind(place, names, outline, number)
        if outline is not None:
            level = outline
        return Block(
            span=TextSpan(0, 0),
            kind=kind,
            number=place.note or number,
            level=None if level is None or kind is BlockKind.NOTE else level + 1,
            locator=f"{self._part}#p{self._numbers[paragraph]}",
            style=_style(inline, replace(layout, indent=indent), self._shared.styles.name(style)),
        )

    def _indent(self, own: ParagraphFormat, layout: ParagraphFormat, level: int | None) -> float | None:
        """The paragraph's own word goes first; a list it was put in by hand goes before its style, else after it."""
        listed = self._shared.numbering.level(layout.list_id or "", level) if level is not None else None
        of_list = listed.indent if listed is not None else None
        if own.indent is not None or of_list is None:
            return layout.indent
        return of_list if own.list_id or layout.indent is None else layout.indent

    def _list_level(self, properties: Element | None, style: str, layout: ParagraphFormat) -> int | None:
        """The level a paragraph has in its list: its own word, else the level linked to its style, else the style's."""
        if not layout.list_id or layout.list_id == "0":
            return None
        own = paragraph_format(properties)
        if own.list_level is not None:
            return own.list_level
        linked = self._shared.numbering.level_of_style(layout.list_id, self._shared.styles.chain(style))
        if linked is not None:
            return linked
        return 0 if own.list_id else layout.list_level or 0

    def _attachments(self, inline: Inline, place: Place) -> None:
        for box in inline.boxes:
            self.read(box, Place(place.change))
        shared = self._shared
        for note in inline.footnotes:
            shared.footnote_count += 1
            self._aside("footnotes.xml", shared.footnotes.get(note), Visibility.NOTE, str(shared.footnote_count))
        for comment in inline.comments:
            self._aside("comments.xml", shared.comments.get(comment), Visibility.COMMENT, None)
        shared.endnotes.extend(inline.endnotes)

    def _aside(self, part: str, content: Element | None, story: Visibility, number: str | None) -> None:
        if content is not None and self._story is Visibility.VISIBLE:
            self._in_table = False
            StoryReader(self._shared, part, content.getroottree().getroot(), story).read(content, Place(note=number))

    def _end(self, properties: Element | None, style: str, change: Change) -> Visibility:
        """Who sees a paragraph's end: Word tracks and hides the mark like a character."""
        mark = properties.find(W + "rPr") if properties is not None else None
        hidden = over(run_format(mark), self._shared.styles.run(style)).hidden
        return self._inline.visibility(_marked(mark, change), hidden=bool(hidden))


def _style_of(properties: Element | None) -> str:
    found = properties.find(W + "pStyle") if properties is not None else None
    return found.get(W + "val", "") if found is not None else ""


def _marked(properties: Element | None, change: Change) -> Change:
    if properties is None:
        return change
    inserted = any(properties.find(W + name) is not None for name in ("ins", "moveTo"))
    deleted = any(properties.find(W + name) is not None for name in ("del", "moveFrom"))
    return Change(change.inserted or inserted, change.deleted or deleted)


def _is_gone(inline: Inline, end: Visibility) -> bool:
    """True for a paragraph of which nothing is shown, its end included: Word does not count it."""
    unseen = {Visibility.DELETED, Visibility.HIDDEN}
    return end in unseen and all(piece.visibility in unseen for piece in inline.pieces)


def _is_section_break(properties: Element | None, inline: Inline) -> bool:
    """True for a paragraph that only ends a section of pages: Word prints no number there and does not count it."""
    return not inline.pieces and properties is not None and properties.find(W + "sectPr") is not None


def _outline(layout: ParagraphFormat, names: tuple[str, ...]) -> int | None:
    """Heading level from 0, from the outline or from the name of a built-in heading style."""
    if layout.outline is not None:
        return layout.outline if 0 <= layout.outline < _BODY_OUTLINE else None
    found = next(filter(None, map(_HEADING_NAME.match, names)), None)
    return int(found.group(1)) - 1 if found is not None else None


def _kind(place: Place, names: tuple[str, ...], outline: int | None, number: str | None) -> BlockKind:
    if place.note is not None:
        return BlockKind.NOTE
    if place.in_table:
        return BlockKind.TABLE_CELL
    if outline is not None or names[:1] == ("title",):
        return BlockKind.HEADING
    if names[:1] == ("caption",):
        return BlockKind.CAPTION
    return BlockKind.LIST_ITEM if number is not None else BlockKind.PARAGRAPH


def _style(inline: Inline, layout: ParagraphFormat, name: str) -> Style:
    formats = [(shown_as, weight) for shown_as, weight in inline.formats if weight]
    sizes: dict[float, int] = {}
    for shown_as, weight in formats:
        sizes[shown_as.size or 0.0] = sizes.get(shown_as.size or 0.0, 0) + weight
    return Style(
        size=max(sizes, key=lambda size: sizes[size], default=0.0),
        bold=bool(formats) and all(shown_as.bold for shown_as, _ in formats),
        italic=bool(formats) and all(shown_as.italic for shown_as, _ in formats),
        underline=bool(formats) and all(shown_as.underline for shown_as, _ in formats),
        name=name,
        indent=layout.indent or 0.0,
        centered=bool(layout.centered),
    )
