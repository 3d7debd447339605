"""Lines of a table on a PDF page to columns, rows and cells.

A line is the runs that stand beside each other; all coordinates are those of the runs. A column is told from the next
by a gap that goes through nearly all lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from reviewer.parsing.pdf_chars import Flags, Floats, Ints
from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_rows import Row, join_runs
from reviewer.parsing.table_headings import CellWords, is_number

Line: TypeAlias = Sequence[Run]
Columns: TypeAlias = Sequence[tuple[float, float]]
"""Left and right of each column, from left to right."""

_ACROSS = 0.15  # of the lines with words on either side: so many may reach over a gap, as headings do
_GAPS = ((5, 0.5), (3, 0.8), (1, 1.0))  # the more lines, the smaller a gap: in sizes
_SET_APART = 0.36  # of the size: the same where each word stands in a column of its own
_WORD_GAP = 0.45  # of the size: words closer than this belong together even over a gap of columns
_REACH = 2.0  # points by which a word must reach into a column to stand in it
_SPACE = 0.3  # of the size
_BEFORE_FIGURES = {"$", "€", "£", "¥", "US$", "(", "($"}
_BEHIND_FIGURES = {"%", ")", ")%", "%)"}


@dataclass(slots=True)
class GridCell:
    """A cell: row and column from 0, how many columns it takes, and its printed lines as runs."""

    row: int
    column: int
    columns: int
    lines: list[list[Run]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, on one line."""
        return " ".join(run.text for line in self.lines for run in line)

    @property
    def rows(self) -> list[Row]:
        """Its printed lines."""
        return [join_runs(line) for line in self.lines]

    @property
    def is_number(self) -> bool:
        """A figure, an amount, a mark such as a dash: what stands in the body of a table rather than at its head."""
        return is_number(self.text)

    @property
    def words(self) -> CellWords:
        """As far as it tells whether it is a heading."""
        bold = all(run.look.bold for line in self.lines for run in line)
        return CellWords(self.column + 1, self.text, bold)

    @property
    def last(self) -> int:
        """The last column it takes."""
        return self.column + self.columns - 1


# -------------------------------------------------------------------------------------------------------------- columns


def find_columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The columns that nearly all lines keep; one where there is no gap. Linear in the lines and the width."""
    words = [[word for run in line for word in _words(run)] for line in lines]
    inked = [word for line in words for word in line]
    if not inked:
        return []
    low, high = min(word[0] for word in inked), max(word[1] for word in inked)
    width = int(2 * (high - low)) + 2  # half points
    covered = _spans(np.array(inked), low, width)
    outer = np.array([(min(x0 for x0, _ in line), max(x1 for _, x1 in line)) for line in words])
    begun = np.cumsum(np.bincount((2 * (outer[:, 0] - low)).astype(np.int64), minlength=width)[:width])
    ended = len(words) - np.cumsum(np.bincount((2 * (outer[:, 1] - low)).astype(np.int64) + 1, minlength=width)[:width])
    size = float(np.median([run.look.size for line in lines for run in line]))
    least = next(gap for count, gap in _GAPS if len(lines) >= count) * size
    return _between_gaps(covered <= _ACROSS * np.minimum(begun, ended), low, high, least)


def _spans(words: Floats, low: float, width: int) -> Ints:
    """How many words cover each half point."""
    starts = np.ceil(2 * (words[:, 0] - low)).astype(np.int64)
    ends = np.maximum(starts, (2 * (words[:, 1] - low)).astype(np.int64))
    steps: Ints = np.bincount(starts, minlength=width + 1)[:width] - np.bincount(ends, minlength=width + 1)[:width]
    return np.cumsum(steps)


def _between_gaps(free: Flags, low: float, high: float, least: float) -> list[tuple[float, float]]:
    edges = np.nonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))[0]
    columns, begin = [], low
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        x0, x1 = low + start / 2, low + end / 2
        if x1 - x0 < least:
            continue
        if x0 - begin > 1:
            columns.append((begin, x0))
        begin = x1
    if high - begin > 1:
        columns.append((begin, high))
    return columns


def _words(run: Run) -> Iterator[tuple[float, float]]:
    """Left and right of each word."""
    if not run.edges or run.is_leftward:
        yield run.x0, run.x1
        return
    for found in re.finditer(r"\S+", run.text):
        yield run.edges[found.start()], run.edges[found.end()]


def with_signs(lines: Sequence[Line], columns: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The columns; signs of currency and percent that are set in a column of their own belong to their figures."""
    texts: list[set[str]] = [set() for _ in columns]
    for line in lines:
        for cell in cells_of(line, columns):
            texts[cell.column].add(cell.text.strip())
    found: list[tuple[float, float]] = []
    begin: float | None = None
    for column, inside in zip(columns, texts, strict=True):
        low = column[0] if begin is None else begin
        begin = low if inside and inside <= _BEFORE_FIGURES else None
        if begin is None and found and inside and inside <= _BEHIND_FIGURES:
            found[-1] = (found[-1][0], column[1])
        elif begin is None:
            found.append((low, column[1]))
    return found if begin is None else list(columns)


# ---------------------------------------------------------------------------------------------------------------- cells


def cells_of(line: Line, columns: Columns) -> list[GridCell]:
    """The pieces of a line, each with the columns it stands in, from left to right."""
    pieces: list[GridCell] = []
    for run in line:
        for piece in _cut(run, columns):
            first, last = _reach(piece.x0, piece.x1, columns)
            before = pieces[-1] if pieces else None
            if before is not None and before.last >= first:
                before.columns = max(before.last, last) - before.column + 1
                before.lines[0].append(piece)
            else:
                pieces.append(GridCell(0, first, last - first + 1, [[piece]]))
    return pieces


def _reach(x0: float, x1: float, columns: Columns) -> tuple[int, int]:
    """The first and the last column that words from one place to another stand in."""
    least = min(_REACH, (x1 - x0) / 2)
    inside = []
    for index, (low, high) in enumerate(columns):
        if low >= x1:
            break
        if high > x0 and min(high, x1) - max(low, x0) > least:
            inside.append(index)
    if inside:
        return inside[0], inside[-1]
    middle = (x0 + x1) / 2
    nearest = min(range(len(columns)), key=lambda index: abs(sum(columns[index]) / 2 - middle))
    return nearest, nearest


def _cut(run: Run, columns: Columns) -> list[Run]:
    """A run cut where one column ends and the next begins, if there is room between its words."""
    first, last = _reach(run.x0, run.x1, columns)
    if first == last or not run.edges or run.is_leftward:
        return [run]
    words = list(re.finditer(r"\S+", run.text))
    places = [_reach(run.edges[word.start()], run.edges[word.end()], columns) for word in words]
    is_row = len(set(places)) == len(words) and all(first == last for first, last in places)  # a word for each column
    pieces, begin = [], 0
    for (before, after), (one, other) in zip(pairwise(words), pairwise(places), strict=True):
        gap = run.edges[after.start()] - run.edges[before.end()]
        if one[1] < other[0] and gap >= (_SET_APART if is_row else _WORD_GAP) * run.look.size:
            pieces.append(_part(run, begin, before.end()))
            begin = after.start()
    return [*pieces, _part(run, begin, len(run.text))] if pieces else [run]


def _part(run: Run, begin: int, end: int) -> Run:
    return replace(
        run,
        text=run.text[begin:end],
        edges=run.edges[begin : end + 1],
        x0=run.edges[begin],
        x1=run.edges[end],
        looks=run.looks if len(run.looks) > 1 else {run.look: end - begin},
    )


# ----------------------------------------------------------------------------------------------------------------- rows


def read_head(lines: Sequence[Line], columns: Columns) -> list[list[GridCell]]:
    """Rows of headings: lines are one row until one that has a heading over several columns ends it."""
    rows: list[list[GridCell]] = []
    is_open = False
    for index, line in enumerate(lines):
        pieces = cells_of(line, columns)
        if index + 1 < len(lines) and len(pieces) > 1:
            _widen(pieces, columns)
        if is_open:
            _add(rows[-1], pieces)
        else:
            rows.append(pieces)
        below = {piece.column for piece in cells_of(lines[index + 1], columns)} if index + 1 < len(lines) else set()
        is_open = not any(
            piece.columns > 1 and (len(pieces) > 1 or below >= set(range(piece.column, piece.last + 1)))
            for piece in pieces
        )
    for row in rows[:-1]:
        _spread(row, rows[-1], columns)
    return rows


def _widen(pieces: Sequence[GridCell], columns: Columns) -> None:
    """A heading whose middle lies between two columns, and not over one, is that of both."""
    for piece in pieces:
        middle = (piece.lines[0][0].x0 + piece.lines[0][-1].x1) / 2
        for index, (one, other) in enumerate(pairwise(columns)):
            is_free = not any(each is not piece and each.column <= index + 1 and index <= each.last for each in pieces)
            if one[1] < middle < other[0] and index > 0 and piece.columns == 1 and is_free:
                piece.column, piece.columns = index, 2


def _spread(row: list[GridCell], below: Sequence[GridCell], columns: Columns) -> None:
    """Headings over several columns stand in the middle of them: columns without one belong to the nearest."""
    wide = [cell for cell in row if cell.columns > 1]
    if len(wide) < len(row) - 1 or not wide:
        return
    middles = [(cell.lines[0][0].x0 + cell.lines[0][-1].x1) / 2 for cell in wide]
    taken = {column for cell in row for column in range(cell.column, cell.last + 1)}
    for column in sorted({cell.column for cell in below if cell.column > 0} - taken):
        at = sum(columns[column]) / 2
        nearest = wide[min(range(len(wide)), key=lambda index: abs(middles[index] - at))]
        first, last = min(nearest.column, column), max(nearest.last, column)
        if not any(cell is not nearest and first <= cell.last and cell.column <= last for cell in row):
            nearest.column, nearest.columns = first, last - first + 1


def read_body(lines: Sequence[Line], columns: Columns, leading: float) -> list[list[GridCell]]:
    """Rows of a table, lines that a cell was broken into put together."""
    rows: list[list[GridCell]] = []
    seen: set[int] = set()
    bottom = 0.0
    for line in lines:
        pieces = cells_of(line, columns)
        middle = sum(run.y0 + run.y1 for run in line) / (2 * len(line))
        if rows and middle - bottom <= leading and _goes_on(rows[-1], pieces, columns, seen):
            _add(rows[-1], pieces)
        else:
            rows.append(pieces)
        seen = {piece.column for piece in pieces}
        bottom = middle
    return rows


def read_row(lines: Sequence[Line], columns: Columns) -> list[GridCell]:
    """All lines as one row."""
    row: list[GridCell] = []
    for line in lines:
        _add(row, cells_of(line, columns))
    return row


def _add(row: list[GridCell], pieces: Sequence[GridCell]) -> None:
    for piece in pieces:
        above = next((cell for cell in row if cell.column <= piece.last and piece.column <= cell.last), None)
        if above is None:
            row.append(piece)
            continue
        above.lines.extend(piece.lines)
        first, last = min(above.column, piece.column), max(above.last, piece.last)
        others = {column for cell in row if cell is not above for column in range(cell.column, cell.last + 1)}
        if not others & set(range(first, last + 1)):
            above.column, above.columns = first, last - first + 1
    row.sort(key=lambda cell: cell.column)


def _goes_on(row: Sequence[GridCell], pieces: Sequence[GridCell], columns: Columns, before: set[int]) -> bool:
    """Whether a line goes on with the cells of a row: each of its first words had no room in the line before."""
    if pieces[0].column == 0 and 0 not in before:
        return False
    is_whole = len(pieces) > 1 and pieces[0].column == 0 and 4 * len(pieces) >= 3 * len(row)
    if is_whole and sum(_begins_anew(piece) for piece in pieces) * 2 > len(pieces):
        return False
    broken = 0
    for piece in pieces:
        above = next((cell for cell in row if cell.column == piece.column), None)
        if above is None or piece.columns > 1 or piece.column not in before or above.is_number:
            return False
        is_full = not _has_room(above, piece, columns[piece.column][1])
        if not is_full and (piece.column == 0 or not _is_inside_sentence(above, piece)) and len(pieces) >= len(row):
            return False
        broken += is_full
    return broken > 0 or pieces[0].column > 0


def _begins_anew(piece: GridCell) -> bool:
    return not piece.text[:1].islower()


def _has_room(above: GridCell, piece: GridCell, right: float) -> bool:
    last, first = above.lines[-1][-1], piece.lines[0][0]
    width = next(_words(first))
    return last.x1 + _SPACE * first.look.size + width[1] - width[0] <= right


def _is_inside_sentence(above: GridCell, piece: GridCell) -> bool:
    return piece.text[:1].islower() or above.text.endswith((",", "-", "("))
