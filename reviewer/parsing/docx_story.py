"""The paragraphs of a Word document's part, written out as blocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from reviewer.domain.document import BlockKind, Visibility
from reviewer.parsing.docx_blocks import BlockWriter, ParagraphBlock
from reviewer.parsing.docx_colours import AUTO, WHITE
from reviewer.parsing.docx_grounds import TableGrounds, box_ground, columns_of
from reviewer.parsing.docx_layout import Place, Rank, kind_of, rank_of, style_of
from reviewer.parsing.docx_locator import PartIndex
from reviewer.parsing.docx_numbering import Numbering
from reviewer.parsing.docx_package import MC, W, alternative, leading
from reviewer.parsing.docx_runs import DELETING, INSERTING, Change, Hiding, Inline, InlineReader, Surroundings
from reviewer.parsing.docx_styles import Layout, Styles
from reviewer.parsing.table_headings import TableCount
from reviewer.parsing.zip_parts import Element

_PARAGRAPH, _PROPERTIES, _MARK = W + "p", W + "pPr", W + "rPr"
_CONTAINERS = {W + name for name in ("customXml", "sdtContent", "smartTag")}
_BETWEEN_PARAGRAPHS = "\n\n"
_BETWEEN_CELLS = "\n"


@dataclass(slots=True)
class Shared:
    """What all parts of one document share.

    Attributes:
        tick: called for each paragraph and run.
        page: colour of the pages, None where they have a picture.
        footnotes, comments: their contents by id.
        replies: ids of the comments that answer one, by its id.
        endnotes: ids in the order of their marks; they are written after the body.
        tables: counts them.
    """

    styles: Styles
    numbering: Numbering
    tick: Callable[[], None]
    page: str | None = WHITE
    writer: BlockWriter = field(default_factory=BlockWriter)
    footnotes: dict[str, Element] = field(default_factory=dict)
    comments: dict[str, Element] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)
    endnotes: list[str] = field(default_factory=list)
    tables: TableCount = field(default_factory=TableCount)
    footnote_count: int = 0
    written_comments: set[str] = field(default_factory=set)
    _indices: dict[str, PartIndex] = field(default_factory=dict)
    _ranks: dict[Layout, Rank] = field(default_factory=dict)

    def index(self, part: str, root: Element) -> PartIndex:
        """Where the paragraphs and runs of a part stand."""
        if part not in self._indices:
            self._indices[part] = PartIndex(root)
        return self._indices[part]

    def rank(self, layout: Layout) -> Rank:
        """The rank of paragraphs with a layout, of which a document has few."""
        kept = self._ranks.get(layout)
        if kept is None:
            kept = self._ranks[layout] = rank_of(layout, self.styles, self.numbering)
        return kept


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
        self._index = shared.index(part, root)
        self._inline = InlineReader(shared.styles, self._index, story, shared.tick)
        self._in_table = False
        self._joined = False  # does the paragraph go on with the one before, whose end is deleted?

    def read(self, container: Element, place: Place) -> None:
        """Writes the paragraphs and tables of a container in order."""
        for child in container:
            self._child(child, place)

    def _child(self, child: Element, place: Place) -> None:
        tag = child.tag
        if tag == _PARAGRAPH:
            self._paragraph(child, place)
        elif tag == W + "tbl":
            self._table(child, place)
        elif tag == W + "sdt":
            for content in child.iterchildren(W + "sdtContent"):
                self.read(content, place)
        elif tag in _CONTAINERS:
            self.read(child, place)
        elif tag in {W + "ins", W + "moveTo"}:
            self.read(child, replace(place, change=place.change.within(child, inserted=True)))
        elif tag in {W + "del", W + "moveFrom"}:
            self.read(child, replace(place, change=place.change.within(child, deleted=True)))
        elif tag == MC + "AlternateContent":
            self.read(alternative(child), place)

    def _table(self, table: Element, place: Place) -> None:
        styles = self._shared.styles
        self._shared.tables.begin_table()
        self._rows(table, place, TableGrounds(table, place.ground, styles.elements, styles.palette))
        self._shared.tables.end_table()

    def _rows(self, parent: Element, place: Place, grounds: TableGrounds) -> None:
        """Rows may stand inside content controls and changes, and so may cells."""
        for child in parent:
            if child.tag == W + "tr":
                grounds.next_row()
                self._shared.tables.next_row(is_head=child.find(f"{W}trPr/{W}tblHeader") is not None)
                self._rows(child, replace(place, change=_marked(child.find(W + "trPr"), place.change)), grounds)
            elif child.tag == W + "tc":
                ground, is_covered = grounds.next_cell(child)
                is_covered = is_covered or place.is_covered
                cell = self._shared.tables.next_cell(columns_of(child))
                self.read(child, replace(place, in_table=True, ground=ground, is_covered=is_covered, cell=cell))
            elif child.tag == W + "sdt":
                for content in child.iterchildren(W + "sdtContent"):
                    self._rows(content, place, grounds)
            elif child.tag in _CONTAINERS or child.tag in {W + "ins", W + "del"}:
                self._rows(child, place, grounds)

    def _paragraph(self, paragraph: Element, place: Place) -> None:
        self._shared.tick()
        properties = leading(paragraph, _PROPERTIES)
        layout = self._shared.styles.layout(properties)
        fill = layout.format.fill
        ground = place.ground if fill is None or fill == AUTO else fill
        inline = self._inline.read(paragraph, Surroundings(layout.style, place.change, ground, place.is_covered))
        end = self._end(properties, layout.style, place.change)
        is_gone, goes_on = _is_gone(inline, end), self._joined
        if is_gone or goes_on or _is_section_break(properties, inline):
            listed: tuple[str | None, int | None] = (None, None)
        elif end is Visibility.DELETED:
            last = leading(_last_joined(paragraph), _PROPERTIES)
            listed = self._count(self._shared.styles.layout(last))
        else:
            listed = self._count(layout)
        is_open = end is Visibility.DELETED and next(_following(paragraph), None) is not None
        self._joined = is_open and (goes_on or not is_gone)
        if any(not piece.text.isspace() for piece in inline.pieces):
            block = self._block(layout, inline, place, listed)
            if goes_on:
                block.kind = BlockKind.CONTINUATION
            self._write(inline, block, (self._part, self._index.paragraph(paragraph)), end)
        if inline.has_attachments:
            self._attachments(inline, replace(place, ground=ground))

    def _count(self, layout: Layout) -> tuple[str | None, int | None]:
        """Counts a paragraph in its list: its number and its level from 0."""
        level = self._shared.rank(layout).list_level
        return self._shared.numbering.count(layout.format.list_id or "", level) if level is not None else None, level

    def _write(self, inline: Inline, block: ParagraphBlock, at: tuple[str, int], end: Visibility) -> None:
        was_in_table = self._in_table
        self._in_table = block.in_table
        separator = _BETWEEN_CELLS if was_in_table and block.in_table else _BETWEEN_PARAGRAPHS
        self._shared.writer.paragraph(inline, block, at, end, separator)

    def _block(
        self, layout: Layout, inline: Inline, place: Place, listed: tuple[str | None, int | None]
    ) -> ParagraphBlock:
        number, level = listed
        rank = self._shared.rank(layout)
        kind = kind_of(place, layout.names, rank.outline, number)
        if rank.outline is not None:
            level = rank.outline
        return ParagraphBlock(
            kind=kind,
            number=place.note or number,
            level=None if level is None or kind is BlockKind.NOTE else level + 1,
            style=style_of(inline, layout, rank.indent if listed[1] is not None else layout.format.indent),
            author=place.author,
            in_table=place.in_table,
            cell=place.cell if kind is BlockKind.TABLE_CELL else None,
        )

    def _attachments(self, inline: Inline, place: Place) -> None:
        shared = self._shared
        for box in inline.boxes:
            ground = box_ground(box, place.ground, shared.styles.palette)
            self.read(box, Place(place.change, ground=ground, is_covered=place.is_covered))
        for note in inline.footnotes:
            shared.footnote_count += 1
            self._aside("footnotes.xml", shared.footnotes.get(note), Visibility.NOTE, str(shared.footnote_count))
        for comment in inline.comments:
            self.comment(comment)
        shared.endnotes.extend(inline.endnotes)

    def comment(self, name: str) -> None:
        """Writes a comment and what was answered, unless it was written before."""
        shared, waiting = self._shared, [name]
        while waiting:
            name = waiting.pop()
            if name not in shared.written_comments:
                shared.written_comments.add(name)
                self._aside("comments.xml", shared.comments.get(name), Visibility.COMMENT, None)
                waiting.extend(reversed(shared.replies.get(name, [])))

    def _aside(self, part: str, content: Element | None, story: Visibility, number: str | None) -> None:
        if content is not None and self._story is Visibility.VISIBLE:
            self._in_table = False
            author = content.get(W + "author", "") if story is Visibility.COMMENT else ""
            place = Place(note=number, author=author, ground=self._shared.page)
            StoryReader(self._shared, part, content.getroottree().getroot(), story).read(content, place)

    def _end(self, properties: Element | None, style: str, change: Change) -> Visibility:
        """Who sees a paragraph's end: Word tracks and hides the mark like a character."""
        mark = next(properties.iterchildren(_MARK), None) if properties is not None else None
        hidden = self._shared.styles.hides_mark(style, mark)
        return self._inline.sight(_marked(mark, change), Hiding.HIDDEN if hidden else None).visibility


def _marked(properties: Element | None, change: Change) -> Change:
    if properties is None:
        return change
    for child in properties.iterchildren(*INSERTING, *DELETING):
        change = change.within(child, inserted=child.tag in INSERTING, deleted=child.tag in DELETING)
    return change


def _last_joined(paragraph: Element) -> Element:
    """The paragraph whose end is the end of this one, once deleted ends are gone: its properties are those of all."""
    for each in chain((paragraph,), _following(paragraph)):
        mark = each.find(f"{W}pPr/{W}rPr")
        if mark is None or all(child.tag not in DELETING for child in mark):
            return each
    return paragraph


def _following(paragraph: Element) -> Iterator[Element]:
    """The paragraphs after one, up to the next table or content control."""
    for following in paragraph.itersiblings():
        if following.tag == W + "p":
            yield following
        elif following.tag in {W + "tbl", W + "sdt"}:
            return


def _is_gone(inline: Inline, end: Visibility) -> bool:
    """True for a paragraph of which nothing is shown, its end included: Word does not count it."""
    unseen = {Visibility.DELETED, Visibility.HIDDEN}
    return end in unseen and all(piece.visibility in unseen for piece in inline.pieces)


def _is_section_break(properties: Element | None, inline: Inline) -> bool:
    """True for a paragraph that only ends a section of pages: Word prints no number there and does not count it."""
    return not inline.pieces and properties is not None and properties.find(W + "sectPr") is not None
