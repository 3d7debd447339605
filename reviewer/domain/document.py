"""A document as the rest of the program sees it: one text, its blocks, its pages."""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.domain.anchor import Anchor, Box, TextQuote, TextSpan, quoted
from reviewer.domain.ids import DocumentId
from reviewer.domain.secret import NO_SECRET, Secret


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Bytes as they were handed over, before anybody looked into them.

    Attributes:
        password: opens them if they are protected; it is kept in memory only.
    """

    name: str
    data: bytes
    password: Secret = NO_SECRET


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from, without its bytes."""

    name: str
    media_type: str
    sha256: str
    size_bytes: int


class BlockKind(StrEnum):
    """What a block is in its source. A *continuation* goes on with the paragraph of the block before it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    CAPTION = "caption"
    NOTE = "note"
    CONTINUATION = "continuation"


class Visibility(StrEnum):
    """Who sees the characters of a block, and in which reading of the document."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    INSERTED = "inserted"
    DELETED = "deleted"
    COMMENT = "comment"
    FIELD = "field"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"


class Origin(StrEnum):
    """How the characters were obtained."""

    TEXT = "text"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Style:
    """How a block is set, as far as the source says. Sizes in points; 0 where unknown."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    name: str = ""
    indent: float = 0.0
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell stands in its table, and what it stands under and beside.

    Attributes:
        table: number of the table in its document, from 1.
        row, column: of the cell's upper left corner, from 1.
        columns: how many it takes.
        row_headings, column_headings: spans of ``Document.text``, the outermost first; none for headings themselves.
    """

    table: int
    row: int
    column: int
    columns: int = 1
    row_headings: tuple[TextSpan, ...] = ()
    column_headings: tuple[TextSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of characters that belong together: a paragraph, a heading, a table cell.

    Blocks are in reading order and do not overlap. What stands between two blocks is a separator (line breaks)
    and shares the visibility of the block before it.

    Attributes:
        span: offsets into ``Document.text``.
        page: page number from 1; None where the source has no pages.
        box: bounding box of the block on its page.
        number: the list number as the source prints it (``3.1(a)``) where it is not part of the text (Word); else None.
        level: heading or list level from 1, or None.
        locator: opaque address of the block in the source file, for writing back.
        author: who wrote a comment or made a tracked change, as the file claims; else empty.
        cell: its place, for a cell of a table where the source tells it. A cell may have several blocks.
    """

    span: TextSpan
    kind: BlockKind = BlockKind.PARAGRAPH
    page: int | None = None
    box: Box | None = None
    number: str | None = None
    level: int | None = None
    visibility: Visibility = Visibility.VISIBLE
    origin: Origin = Origin.TEXT
    confidence: float | None = None
    locator: str = ""
    style: Style = field(default_factory=Style)
    author: str = ""
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a page: its characters and where they stand.

    Attributes:
        edges: x coordinates in points, one more than the span has characters: character i runs from
            ``edges[i]`` to ``edges[i + 1]``. Empty where only the line's box is known.
    """

    span: TextSpan
    box: Box
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size in points as shown (rotation applied), its printed label, its lines."""

    number: int
    width: float
    height: float
    label: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """Something the reader of a document should know: a stable code, one sentence, and the page where it applies."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document. ``text`` holds every character once, hidden and deleted ones included.

    Attributes:
        language: ISO 639-1 code of the main language, or empty where it is not known.
        metadata: title, author and the like, as the file claims them.
    """

    id: DocumentId
    source: Source
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    language: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[DocumentWarning, ...] = ()

    @property
    def title(self) -> str:
        """The title the file claims, or an empty string."""
        return self.metadata.get("title", "")

    def anchor(self, span: TextSpan, quote: TextQuote | None = None) -> Anchor:
        """The place of a span: its words, its page, and one box per line of text on that page.

        The page is that of the first character. Logarithmic in the number of blocks, linear in the lines of the page.

        Args:
            span: the place.
            quote: its words as they are shown, where these are not all that stands there.
        """
        quote = quote or quoted(self.text, span)
        page = self._page_at(span.start)
        if page is None:
            return Anchor(span, quote)
        shown = self.pages[page - 1]
        label = shown.label if shown.label != str(page) else ""
        return Anchor(span, quote, page, tuple(_line_boxes(shown.lines, span)), label)

    def _page_at(self, offset: int) -> int | None:
        index = bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        page = self.blocks[index].page if index >= 0 else None
        return page if page is not None and page <= len(self.pages) else None


def _line_boxes(lines: tuple[Line, ...], span: TextSpan) -> list[Box]:
    boxes = []
    for line in lines:
        start, end = max(span.start, line.span.start), min(span.end, line.span.end)
        if start >= end:
            continue
        if len(line.edges) != len(line.span) + 1:
            boxes.append(line.box)
            continue
        edges = line.edges[start - line.span.start : end - line.span.start + 1]
        boxes.append(Box(min(edges), line.box.y0, max(edges), line.box.y1))
    return boxes
