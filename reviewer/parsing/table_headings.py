"""Which cells of a table are headings, and which cell stands under and beside which."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, Cell, Visibility

_NUMBER = re.compile(
    r"[($€£¥<>≤≥~≈±+\-−–—]*\s?(?:[A-Z]{3}\s)?\d[\d.,:/ \u00a0]*"
    r"(?:\s?[%kKMB†‡*]|\s?(?:hours?|days?|months?|years?|weeks?|EUR|USD|pt|ms|s))?"
    r"(?:\s?[±(]\s?[\d.,%]+\)?)?\)?[*†‡]?|[–—−-]+|n/?a|\$|\[[\s*•●]*\]\**|✓|✗|[$€£]\s?\[[\s*•●]*\]|\.\d+",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_MOST = 1000  # columns of a cell
_LONGEST = 200  # characters of a heading
_SHOWN = {Visibility.VISIBLE, Visibility.INSERTED}


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell as far as it tells whether it is a heading; its column counts from 1."""

    column: int
    text: str
    bold: bool


@dataclass(slots=True)
class _Open:
    """A table that is being read: its row, its next column, and for how many more rows columns are taken from above."""

    number: int
    row: int = 0
    column: int = 1
    taken: dict[int, int] = field(default_factory=dict)


class TableCount:
    """Counts tables, rows and cells of a source that names them in order; tables may stand in cells of others.

    Attributes:
        heads: how many rows of a table are headings, where the source says so.
    """

    def __init__(self) -> None:
        self.heads: dict[int, int] = {}
        self._tables = 0
        self._open: list[_Open] = []

    def begin_table(self) -> None:
        """A table begins, perhaps within a cell."""
        self._tables += 1
        self._open.append(_Open(self._tables))

    def end_table(self) -> None:
        """The innermost table ends."""
        if self._open:
            self._open.pop()

    def next_row(self, *, is_head: bool = False) -> None:
        """Another row of the innermost table begins."""
        if not self._open:
            return
        table = self._open[-1]
        if is_head and self.heads.get(table.number, 0) == table.row:
            self.heads[table.number] = table.row + 1
        table.taken = {column: rows - 1 for column, rows in table.taken.items() if rows > 1}
        table.row, table.column = table.row + 1, 1

    def next_cell(self, columns: int = 1, rows: int = 1) -> Cell | None:
        """Another cell of the row and how many columns and rows it takes; None outside of tables."""
        if not self._open or not self._open[-1].row:
            return None
        table, columns = self._open[-1], min(max(columns, 1), _MOST)
        while table.column in table.taken:
            table.column += 1
        cell = Cell(table.number, table.row, table.column, columns)
        table.column += columns
        if rows > 1:
            table.taken.update(dict.fromkeys(range(cell.column, table.column), rows))
        return cell


def is_number(text: str) -> bool:
    """Whether a text is a figure, an amount, or a mark such as a dash: what tables hold, not what heads them."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_head(first: Sequence[CellWords], rest: Sequence[Sequence[CellWords]]) -> bool:
    """Whether the first row holds headings.

    That is so where words stand over figures, bold words over others, or, in three columns and more, words over each.
    """
    if not first or not rest or any(is_number(cell.text) for cell in first if cell.column > 1):
        return False
    if all(cell.bold for cell in first):
        return not all(cell.bold for row in rest for cell in row)
    if len(first) > 2 and not any(_DIGIT.search(cell.text) for cell in first):  # noqa: PLR2004
        return len(first) >= max(map(len, rest))
    headed = {cell.column for cell in first}
    body = [cell for row in rest for cell in row if cell.column > 1 and cell.column in headed]
    figures = sum(is_number(cell.text) for cell in body)
    return len(first) > 1 and figures > 1 and 2 * figures > len(body)


def with_headings(text: str, blocks: Iterable[Block], heads: Mapping[int, int]) -> list[Block]:
    """The blocks, each cell with the headings over it and the one at the beginning of its row. Linear.

    Args:
        text: the document's.
        blocks: all of it; cells know their places.
        heads: how many rows of a table, by its number, are headings, where the source says so.
    """
    found = list(blocks)
    tables: dict[int, list[int]] = {}
    for index, block in enumerate(found):
        if block.cell is not None:
            tables.setdefault(block.cell.table, []).append(index)
    for number, indices in tables.items():
        headings = _Headings(text, [found[index] for index in indices], heads.get(number))
        for index in indices:
            cell = found[index].cell
            if cell is not None:
                found[index] = replace(found[index], cell=headings.of(cell))
    return found


class _Headings:
    """The headings of one table."""

    def __init__(self, text: str, blocks: Sequence[Block], heads: int | None) -> None:
        self._spans: dict[tuple[int, int], TextSpan] = {}
        self._columns: dict[tuple[int, int], int] = {}
        bold: dict[tuple[int, int], bool] = {}
        for block in blocks:
            if block.cell is None or block.visibility not in _SHOWN or not block.span.of(text).strip():
                continue
            place = (block.cell.row, block.cell.column)
            before = self._spans.get(place, block.span)
            self._spans[place] = TextSpan(before.start, block.span.end)
            self._columns[place] = block.cell.columns
            bold[place] = bold.get(place, True) and block.style.bold
        rows: dict[int, list[CellWords]] = {}
        for (row, column), span in self._spans.items():
            rows.setdefault(row, []).append(CellWords(column, span.of(text), bold[row, column]))
        self._numbers = sorted(rows)
        ordered = [rows[number] for number in self._numbers]
        if heads is None:
            heads = int(bool(ordered) and is_head(ordered[0], ordered[1:]))
        self._heads = self._numbers[: heads if heads < len(ordered) else 0]

    def of(self, cell: Cell) -> Cell:
        """The cell with its headings."""
        if cell.row in self._heads:
            return cell
        above = [self._over(row, cell.column) for row in self._heads]
        beside = self._spans.get((cell.row, 1)) if cell.column > 1 else None
        return replace(
            cell,
            row_headings=(beside,) if beside is not None and len(beside) <= _LONGEST else (),
            column_headings=tuple(span for span in above if span is not None and len(span) <= _LONGEST),
        )

    def _over(self, row: int, column: int) -> TextSpan | None:
        """The heading of a row that stands over a column: it may begin further to the left."""
        for begin in range(column, 0, -1):
            span = self._spans.get((row, begin))
            if span is not None:
                return span if begin + self._columns[row, begin] > column else None
        return None
