"""The paragraphs of an OpenDocument text's part, written out as blocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Cell, Style, Visibility
from reviewer.parsing.block_writer import BlockWriter
from reviewer.parsing.odt_inline import Changes, Inline, InlineReader, Note
from reviewer.parsing.odt_lists import Counters, ListStyles, OdtLevel, count
from reviewer.parsing.odt_names import DRAW, TABLE, TEXT, XML_ID
from reviewer.parsing.odt_styles import UNKNOWN, OdtFormat, OdtStyles, integer
from reviewer.parsing.table_headings import TableCount
from reviewer.parsing.zip_parts import Element

PARAGRAPHS = (TEXT + "p", TEXT + "h")
_DECLARATIONS = ("sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls")
_NOT_READ = {TEXT + name for name in (*_DECLARATIONS, "tracked-changes")}
_CAPTIONS = {"caption", "illustration", "figure", "drawing"}
_TRUE = "true"


@dataclass(slots=True)
class Shared:
    """What all parts of one document share.

    Attributes:
        lists: counters by the list's id; those of the last list of each style under ``style:`` and its name.
        endnotes: in the order of their marks; they are written after the body.
        tables: counts them.
    """

    lists: ListStyles
    tick: Callable[[], None]
    writer: BlockWriter = field(default_factory=BlockWriter)
    counters: dict[str, Counters] = field(default_factory=dict)
    outline: Counters = field(default_factory=Counters)
    endnotes: list[Note] = field(default_factory=list)
    tables: TableCount = field(default_factory=TableCount)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: in which cell of a table, in which note, where nobody sees it."""

    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    note: str | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A list at one depth: its style's name, its counters, its level from 0."""

    style: str
    counters: Counters
    index: int


class Part:
    """A part's root: its paragraphs' addresses and its tracked changes."""

    def __init__(self, name: str, root: Element) -> None:
        self._name = name
        self._numbers = {paragraph: index for index, paragraph in enumerate(root.iter(*PARAGRAPHS))}
        self.changes = Changes(root)

    def locator(self, paragraph: Element) -> str:
        """Address of a paragraph of this part."""
        return f"{self._name}#p{self._numbers[paragraph]}"


class OdtStory:
    """Reads one story, such as the body, a header, a note.

    Args:
        shared: the document's counters and output.
        styles: those of the part.
        part: what the story stands in.
        story: who sees plain characters of this story.
    """

    def __init__(self, shared: Shared, styles: OdtStyles, part: Part, story: Visibility = Visibility.VISIBLE) -> None:
        self._shared = shared
        self._styles = styles
        self._part = part
        self._story = story
        self._inline = InlineReader(styles, part.changes, story, shared.tick)

    def read(self, container: Element, place: Place) -> None:
        """Writes the paragraphs, lists and tables of a container in order."""
        for child in container:
            self._child(child, place)

    def _child(self, child: Element, place: Place) -> None:
        tag = child.tag
        if tag in PARAGRAPHS:
            self._paragraph(child, place, *self._outlined(child))
        elif tag == TEXT + "list":
            self._list(child, place, None)
        elif tag == TABLE + "table":
            self._shared.tables.begin_table()
            self._table(child, place)
            self._shared.tables.end_table()
        elif tag == TEXT + "section":
            self.read(child, replace(place, hidden=place.hidden or _is_hidden_section(child)))
        elif tag == TEXT + "change":
            deleted = self._part.changes.deletions.get(child.get(TEXT + "change-id", ""))
            if deleted is not None:
                self.read(deleted, replace(place, deleted=True))
        elif tag in {TEXT + "change-start", TEXT + "change-end"}:
            self._inline.mark(child)
        elif tag.startswith(DRAW):
            self._drawing(child, place)
        elif tag.startswith(TEXT) and tag not in _NOT_READ and not tag.endswith("-source"):
            self.read(child, place)

    def _list(self, element: Element, place: Place, outer: _List | None) -> None:
        listed = self._begun(element, outer)
        for item in element:
            if item.tag not in {TEXT + "list-item", TEXT + "list-header"}:
                continue
            self._item(item, place, self._overridden(item, listed))

    def _item(self, item: Element, place: Place, listed: _List) -> None:
        waits_for_number = item.tag == TEXT + "list-item"
        for child in item:
            if child.tag in PARAGRAPHS:
                number = self._count(item, child, listed) if waits_for_number else None
                waits_for_number = False
                self._paragraph(child, place, number, listed.index + 1)
            elif child.tag == TEXT + "list":
                self._list(child, place, listed)
            else:
                self._child(child, place)

    def _overridden(self, item: Element, listed: _List) -> _List:
        """An item may be numbered in another style; it counts on in its list, and that style's next list after it."""
        style = item.get(TEXT + "style-override", "")
        if not style or style == listed.style:
            return listed
        self._shared.counters["style:" + style] = listed.counters
        return _List(style, listed.counters, listed.index)

    def _begun(self, element: Element, outer: _List | None) -> _List:
        style = element.get(TEXT + "style-name", "")
        if outer is not None:
            return _List(style or outer.style, outer.counters, outer.index + 1)
        known = self._shared.counters
        continued = element.get(TEXT + "continue-list", "")
        counters = known.get(continued)
        if counters is None and (continued or element.get(TEXT + "continue-numbering") == _TRUE):
            counters = known.get("style:" + style)
        counters = counters or Counters()
        known["style:" + style] = counters
        if element.get(XML_ID):
            known[element.get(XML_ID, "")] = counters
        return _List(style, counters, 0)

    def _count(self, item: Element, paragraph: Element, listed: _List) -> str | None:
        style = listed.style or self._format(paragraph).list_style or ""
        start = item.get(TEXT + "start-value")
        wanted = integer(start, 1) if start is not None else None
        number = count(self._levels(style), listed.counters, listed.index, wanted)
        printed = item.findtext(TEXT + "number")
        return printed.strip() or number if printed else number

    def _levels(self, style: str) -> Mapping[int, OdtLevel]:
        return self._shared.lists.levels(style)

    def _outlined(self, paragraph: Element) -> tuple[str | None, None]:
        """The number of a heading that stands in no list."""
        if paragraph.tag != TEXT + "h" or paragraph.get(TEXT + "is-list-header") == _TRUE:
            return None, None
        if self._format(paragraph).list_style == "":
            return None, None
        start = paragraph.get(TEXT + "start-value")
        restart = paragraph.get(TEXT + "restart-numbering") == _TRUE and start is not None
        wanted = integer(start, 1) if restart else None
        return count(self._shared.lists.outline, self._shared.outline, _outline(paragraph) - 1, wanted), None

    def _table(self, table: Element, place: Place) -> None:
        """Rows may stand in groups; a covered cell and a folded row are there and not seen."""
        for child in table:
            hidden = place.hidden or child.get(TABLE + "visibility") == "collapse"
            if child.tag in {TABLE + "table-cell", TABLE + "covered-table-cell"}:
                covered = hidden or child.tag == TABLE + "covered-table-cell"
                # Cells that another reaches over are there too: each stands in the next column.
                cell = self._shared.tables.next_cell()
                columns = integer(child.get(TABLE + "number-columns-spanned"), 1)
                cell = replace(cell, columns=max(1, columns)) if cell is not None else None
                self.read(child, replace(place, in_table=True, hidden=covered, cell=cell))
            elif child.tag.startswith(TABLE):
                if child.tag == TABLE + "table-row":
                    self._shared.tables.next_row(is_head=table.tag == TABLE + "table-header-rows")
                self._table(child, replace(place, hidden=hidden))

    def _drawing(self, drawing: Element, place: Place) -> None:
        for child in drawing:
            if child.tag in PARAGRAPHS or child.tag in {TEXT + "list", TABLE + "table"}:
                self._child(child, place)
            elif child.tag.startswith(DRAW):
                self._drawing(child, place)

    def _paragraph(self, paragraph: Element, place: Place, number: str | None, level: int | None) -> None:
        layout = self._format(paragraph)
        if place.in_table and layout.ground is None:
            layout = replace(layout, ground=UNKNOWN)
        hidden = place.hidden or bool(layout.hidden) or _hides_itself(paragraph)
        inline = self._inline.read(paragraph, layout, hidden=hidden, deleted=place.deleted)
        end = self._inline.visibility(hidden=hidden, deleted=place.deleted)
        block = self._block(paragraph, layout, inline, place, number, level)
        self._shared.writer.add(inline.pieces, block, end, in_table=place.in_table)
        self._attachments(inline, replace(place, hidden=hidden, in_table=False))

    def _block(
        self,
        paragraph: Element,
        layout: OdtFormat,
        inline: Inline,
        place: Place,
        number: str | None,
        level: int | None,
    ) -> Block:
        name = self._styles.title(paragraph.get(TEXT + "style-name", ""))
        kind = _kind(paragraph, place, name.lower(), number)
        if kind is BlockKind.HEADING:
            level = _outline(paragraph) if paragraph.tag == TEXT + "h" else None
        elif kind is not BlockKind.LIST_ITEM and level is not None and number is None:
            level = None
        return Block(
            span=TextSpan(0, 0),
            kind=kind,
            number=place.note or number,
            level=None if kind is BlockKind.NOTE else level,
            locator=self._part.locator(paragraph),
            cell=place.cell if kind is BlockKind.TABLE_CELL else None,
            style=_style(inline, layout, name),
        )

    def _attachments(self, inline: Inline, place: Place) -> None:
        for drawing in inline.drawings:
            self._drawing(drawing, place)
        for comment in inline.comments:
            self._aside(comment, Visibility.COMMENT, Place())
        for note in inline.notes:
            if note.is_endnote:
                self._shared.endnotes.append(note)
            else:
                self._aside(note.body, Visibility.NOTE, Place(note=note.number, deleted=note.deleted))

    def _aside(self, content: Element, story: Visibility, place: Place) -> None:
        if self._story is Visibility.VISIBLE:
            OdtStory(self._shared, self._styles, self._part, story).read(content, place)

    def _format(self, paragraph: Element) -> OdtFormat:
        return self._styles.format("paragraph", paragraph.get(TEXT + "style-name", ""))


def _outline(paragraph: Element) -> int:
    return max(1, integer(paragraph.get(TEXT + "outline-level"), 1))


def _is_hidden_section(section: Element) -> bool:
    display = section.get(TEXT + "display", "true")
    return display == "none" or (display == "condition" and section.get(TEXT + "is-hidden") == _TRUE)


def _hides_itself(paragraph: Element) -> bool:
    field_of = next(paragraph.iter(TEXT + "hidden-paragraph"), None)
    return field_of is not None and field_of.get(TEXT + "is-hidden") == _TRUE


def _kind(paragraph: Element, place: Place, style: str, number: str | None) -> BlockKind:
    if place.note is not None:
        return BlockKind.NOTE
    if place.in_table:
        return BlockKind.TABLE_CELL
    if paragraph.tag == TEXT + "h" or style == "title":
        return BlockKind.HEADING
    if style in _CAPTIONS:
        return BlockKind.CAPTION
    return BlockKind.LIST_ITEM if number is not None else BlockKind.PARAGRAPH


def _style(inline: Inline, layout: OdtFormat, name: str) -> Style:
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
