"""Printed lines to paragraphs, by distance, indent, size and weight."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from reviewer.domain.anchor import Box
from reviewer.domain.document import BlockKind, Cell, Style, Visibility
from reviewer.parsing.pdf_rows import Row

LARGER = 1.12  # of the plain text's size: what headings have at least
SIZE_CHANGE = 0.08
_DEFAULT_LEADING = 1.25  # of the size
_FEW_STEPS = 3
_WIDE_LEADING = 1.6  # of the size
_MAX_LEADING = 3.0  # of the size; more is a gap, not a line distance
_GAP = 1.3  # of the leading
_INDENT = 0.8  # of the size
_SHORT = 0.25  # of the column's width
_NEIGHBOURS = 3
_USUAL_REACH = 0.9  # the share of a column's lines that end before its right edge or at it
_CENTRE_SLACK = 0.08  # of the page's width: by how much the margins of a centred line may differ
_CENTRE_MARGIN = 0.17  # of the page's width: a line with less room at its side is just a line
MARK = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]|\d{1,3}(?:\.\d{1,3})+[.)]?|[•▪◦●○■□➢✓–—·]"
    r"|(?:article|section|exhibit|schedule|annex|appendix|§)\s*[\dIVXA-Z]+\b)\s",
    re.IGNORECASE,
)
"""What a list item or a numbered paragraph begins with."""
SENTENCE_ENDS = tuple('.;:!?。；：！？"”)')
_ITEM_ENDS = tuple(".;:!?,。；：！？")


@dataclass(slots=True)
class Draft:
    """A block in the making.

    Attributes:
        rows: its printed lines.
        page: page number from 1.
        continues: it goes on with the body text before it, from another column or page.
        cell: its place, where it is a cell of a table.
    """

    rows: list[Row]
    page: int
    style: Style
    visibility: Visibility = Visibility.VISIBLE
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    continues: bool = False
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """Lines joined by line ends."""
        return "\n".join(row.text for row in self.rows)

    @property
    def confidence(self) -> float | None:
        """From 0 to 1 where some of it was recognised on a picture; else None."""
        known = [(row.confidence, len(row.text)) for row in self.rows if row.confidence is not None]
        return sum(each * count for each, count in known) / sum(count for _, count in known) if known else None

    @property
    def box(self) -> Box:
        """The box around all its lines."""
        rows = self.rows
        return Box(min(r.x0 for r in rows), min(r.y0 for r in rows), max(r.x1 for r in rows), max(r.y1 for r in rows))

    @property
    def table(self) -> int | None:
        """The number of the table it is in."""
        return self.cell.table if self.cell is not None else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What paragraphs need to know of their page and document: page number from 1, and sizes in points."""

    number: int
    width: float
    body_size: float


class _Edge(NamedTuple):
    """The right edge of a column beside one of its rows: where all rows end, and how far most of them reach."""

    ends: Sequence[float]
    row: int
    usual: float

    @property
    def right(self) -> float:
        """How far lines reach hereabouts; a line that sticks out of its column does not count."""
        return min(max(self.ends[max(0, self.row - _NEIGHBOURS) : self.row + _NEIGHBOURS]), self.usual)


def draft_paragraphs(column: Sequence[Row], sheet: Sheet) -> Iterator[Draft]:
    """Cuts the rows of a stretch of a column, from top to bottom, into paragraphs."""
    leadings = _leadings(column)
    ends = [row.end for row in column]
    usual = sorted(ends)[int(len(ends) * _USUAL_REACH)] if ends else 0.0
    left = min((row.x0 for row in column), default=0.0)
    group: list[Row] = []
    for index, row in enumerate(column):
        leading = leadings.get(round(row.size), _DEFAULT_LEADING * row.size)
        if group and _begins(group, row, leading, _Edge(ends, index, usual), sheet.body_size):
            yield _draft(group, left, sheet)
            group = []
        group.append(row)
    if group:
        yield _draft(group, left, sheet)


def draft_furniture(row: Row, sheet: Sheet, visibility: Visibility) -> Draft:
    """A running head or foot."""
    return Draft([row], sheet.number, Style(row.size, row.is_bold, row.is_italic), visibility)


def draft_line_numbers(rows: Sequence[Row], sheet: Sheet) -> Draft:
    """The line numbers of a page, a row each: furniture like a running head."""
    return Draft(list(rows), sheet.number, Style(rows[0].size), Visibility.HEADER)


def _begins(group: Sequence[Row], row: Row, leading: float, edge: _Edge, body_size: float) -> bool:
    """Whether a row begins a new paragraph after those of a group."""
    last = group[-1]
    if abs(row.size - last.size) > SIZE_CHANGE * max(row.size, last.size):
        return True
    if row.middle - last.middle > _GAP * leading or row.y1 < last.y0:
        return True
    if _changes_weight(group, row):
        return True
    is_marked = MARK.match(row.text + " ") is not None
    if row.size >= LARGER * body_size and not is_marked:  # titles break where they look best
        return False
    is_short = _is_short(last, row, edge.right)
    if is_marked and (is_short or last.text.endswith(_ITEM_ENDS)):
        return True
    return not _are_centred(last, row) and (is_short or _changes_indent(group, row))


def _changes_weight(group: Sequence[Row], row: Row) -> bool:
    was_bold = all(before.is_bold for before in group)
    return (was_bold and not row.bold) or (row.is_bold and not any(before.bold for before in group))


def _is_short(last: Row, row: Row, right: float) -> bool:
    """Whether the next row's first word would have had room: then the line was ended on purpose."""
    room = right - last.end
    if room > _SHORT * (right - min(last.start, row.start)):
        return True
    return last.text.endswith(SENTENCE_ENDS) and room > _first_word_width(row) + _INDENT * row.size


def _first_word_width(row: Row) -> float:
    length = len(row.text.split(maxsplit=1)[0])
    if len(row.edges) > length:
        return abs(row.edges[length] - row.edges[0])
    return (row.x1 - row.x0) * length / len(row.text)


def _are_centred(last: Row, row: Row) -> bool:
    middles = abs((last.x0 + last.x1) - (row.x0 + row.x1)) / 2
    return middles <= last.size and abs(last.x0 - row.x0) > middles and abs(last.x1 - row.x1) > middles


def _changes_indent(group: Sequence[Row], row: Row) -> bool:
    last, step = group[-1], _INDENT * row.size
    if len(group) == 1:  # the second line may hang or, after a first-line indent, stand out
        return row.start > last.start + step and not MARK.match(last.text + " ") and last.text.endswith(SENTENCE_ENDS)
    return abs(row.start - last.start) > step


def _leadings(column: Sequence[Row]) -> dict[int, float]:
    """The usual distance of lines, for each size of letters."""
    steps: dict[int, list[float]] = {}
    for before, after in pairwise(column):
        step = after.middle - before.middle
        if round(before.size) == round(after.size) and 0 < step <= _MAX_LEADING * after.size:
            steps.setdefault(round(after.size), []).append(step)
    return {
        # Of a few distances the middle one may well be a gap.
        size: sorted(found)[len(found) // 2] if len(found) > _FEW_STEPS else min(*found, _WIDE_LEADING * size)
        for size, found in steps.items()
    }


def _draft(group: list[Row], left: float, sheet: Sheet) -> Draft:
    style = Style(
        size=max(group, key=lambda row: len(row.text)).size,
        bold=all(row.is_bold for row in group),
        italic=all(row.is_italic for row in group),
        indent=round(max(0.0, min(row.x0 for row in group) - left), 1),
        centered=all(_is_centred(row, sheet.width) for row in group),
    )
    return Draft(group, sheet.number, style)


def _is_centred(row: Row, page_width: float) -> bool:
    left, right = row.x0, page_width - row.x1
    return abs(left - right) <= _CENTRE_SLACK * page_width and left > _CENTRE_MARGIN * page_width
