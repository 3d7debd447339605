"""Tables on a PDF page: between ruling lines, or told by columns of figures.

Rather no table than one that is not there: text in two columns, lists whose numbers stand apart, contents with their
page numbers, lines to sign on, formulas and axes of charts stay lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_grid import (
    Columns,
    GridCell,
    cells_of,
    find_columns,
    read_body,
    read_head,
    read_row,
    with_signs,
)
from reviewer.parsing.pdf_headings import FIGURE, TABLE
from reviewer.parsing.pdf_rows import cluster
from reviewer.parsing.pdf_rules import Rule, Rules
from reviewer.parsing.table_headings import is_head, is_number

_SAME_END = 4.0  # points between the ends of rules that belong together
_LEAST_WIDTH = 60.0
_OUTSIDE = 3.0  # points by which text may stand out of its table's rules
_PARTLY = 0.55  # of a rule's length: what a rule that leaves out the first column has of it
_LEAST_CELLS = 4
_MOST_HEAD_LINES = 6
_FAR = 3.2  # of the size: lines further apart are no rows of one table without rules
_LOOSE = 1.45  # of the usual step of lines: more begins a row
_FILLED = 0.75  # of a column's width: lines as wide are prose
_PROSE_CHARS = 20  # on average, on a line of a column
_MANY_LINES = 8
_SHORT_TEXT = 30
_NEAR = 6  # lines between a chart and its caption, labels of an axis among them
_NUMBERS = 0.6  # of the cells: how many figures a table without rules has
_MARK = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.):]+|[•▪◦●○■□➢✓–—·*o§-]+|\[\d+\]"
    r"|\d+(?:\.\d+)+|\d{1,2}"
)
_FIGURE_ALONE = re.compile(r"[\d.,%\s−+-]+")
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|_{4,}|…{2,}")
_CONTENTS = re.compile(
    r"\W*(?:table\s+of\s+)?contents\W*$|inhaltsverzeichnis|table des mati|sommaire|[íi]ndice|目[次录錄]", re.IGNORECASE
)
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_SIGNING = re.compile(
    r"\W*(?:by|name|title|date|its|signed(?: by)?|signature|on behalf of|function|attest|witness)\s*:|.{0,20}/s/",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Table:
    """A table: its box in points, its rows, and how many of them are headings."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: list[list[GridCell]]
    heads: int

    @property
    def cells(self) -> Iterator[GridCell]:
        """Row by row."""
        for row in self.rows:
            yield from row


def take_tables(runs: Sequence[Run], rules: Rules) -> tuple[list[Table], list[Run]]:
    """The tables of a page from top to bottom, and the runs that stand in none."""
    left = list(runs)
    found: list[Table] = []
    for frame in _frames(rules.level):
        for lines, table in _ruled(frame, left, rules):
            taken = {id(run) for line in lines for run in line}
            left = [run for run in left if id(run) not in taken]
            found.append(table)
    for lines, table in _bare(left):
        taken = {id(run) for line in lines for run in line}
        left = [run for run in left if id(run) not in taken]
        found.append(table)
    return sorted(found, key=lambda table: table.y0), left


# ---------------------------------------------------------------------------------------------------------- with rules


@dataclass(slots=True)
class _Band:
    """What stands between two rules, or below the last."""

    top: float
    bottom: float
    lines: list[list[Run]]
    is_open: bool = False


def _frames(level: Sequence[Rule]) -> list[list[Rule]]:
    """Rules with the same ends, from top to bottom; the narrowest frame first."""
    frames: list[list[Rule]] = []
    for rule in level:
        if rule.length < _LEAST_WIDTH:
            continue
        for frame in frames:
            if abs(frame[0].low - rule.low) <= _SAME_END and abs(frame[0].high - rule.high) <= _SAME_END:
                frame.append(rule)
                break
        else:
            frames.append([rule])
    for frame in frames:
        for other in frames:
            if len(frame) > 1 and _goes_on_below(frame, other):
                frame.extend(other)
                other.clear()
    return sorted((frame for frame in frames if len(frame) > 1), key=lambda frame: frame[0].length)


def _goes_on_below(frame: Sequence[Rule], other: Sequence[Rule]) -> bool:
    """Whether the rules below a table's head leave out its first column."""
    if other is frame or not other or other[0].at <= frame[-1].at:
        return False
    first, below = frame[0], other[0]
    return abs(first.high - below.high) <= _SAME_END and _PARTLY * first.length <= below.length < first.length


def _ruled(frame: Sequence[Rule], runs: Sequence[Run], rules: Rules) -> Iterator[tuple[list[list[Run]], Table]]:
    low, high = frame[0].low - _OUTSIDE, frame[0].high + _OUTSIDE
    inside = [run for run in runs if low <= run.x0 and run.x1 <= high]
    if not inside:
        return
    group: list[_Band] = []
    for band in [*_bands(frame, inside), _Band(0.0, 0.0, [])]:
        if band.lines and _may_belong(band):
            group.append(band)
            continue
        if not band.lines and band.bottom - band.top > 0:
            continue
        yield from _settled(group, frame, inside, rules)
        group = []


def _bands(frame: Sequence[Rule], inside: Sequence[Run]) -> Iterator[_Band]:
    lines = cluster(inside)
    middles = [sum(run.y0 + run.y1 for run in line) / (2 * len(line)) for line in lines]
    for above, below in pairwise(frame):
        within = [line for line, at in zip(lines, middles, strict=True) if above.at < at < below.at]
        yield _Band(above.at, below.at, within)


def _may_belong(band: _Band) -> bool:
    """Whether a band can be a part of a table: cells side by side, or one line over the whole of it."""
    size = band.lines[0][0].look.size
    text = " ".join(run.text for run in band.lines[0])
    if TABLE.match(text) or FIGURE.match(text):
        return False
    if len(band.lines) == 1:
        return band.bottom - band.top <= _FAR * size
    return len(find_columns(band.lines)) > 1


def _settled(
    group: list[_Band], frame: Sequence[Rule], inside: Sequence[Run], rules: Rules
) -> Iterator[tuple[list[list[Run]], Table]]:
    """The table that neighbouring bands make, if they do."""
    if not group:
        return
    if len(group) == 1 and len(group[0].lines) <= _MOST_HEAD_LINES:
        below = [run for run in inside if run.y0 >= group[0].bottom - 1]
        stop = min((rule.at for rule in frame if rule.at > group[0].bottom + 1), default=float("inf"))
        lines = _fitting(group[0], [run for run in below if run.y1 <= stop + 1])
        if lines:
            group.append(_Band(group[0].bottom, max(run.y1 for run in lines[-1]) + 1, lines, is_open=True))
    uprights = _uprights(group, frame, rules)
    lines = [line for band in group for line in band.lines]
    columns = with_signs(lines, _columns(group, uprights))
    if len(columns) < 2 or _is_prose(lines, columns) or (not uprights and _is_list(lines, columns)):  # noqa: PLR2004
        return
    rows, heads = _rows(group, columns)
    table = Table(frame[0].low, group[0].top, frame[0].high, group[-1].bottom, rows, heads)
    if _is_table(rows):
        yield lines, _numbered(table)


def _fitting(head: _Band, below: Sequence[Run]) -> list[list[Run]]:
    """Lines below a head without a rule under them, as long as they keep its columns."""
    columns = find_columns(head.lines)
    found: list[list[Run]] = []
    bottom = head.bottom
    for line in cluster(below):
        size = max(run.look.size for run in line)
        text = " ".join(run.text for run in line)
        if min(run.y0 for run in line) - bottom > _FAR * size or TABLE.match(text) or FIGURE.match(text):
            break
        trial = find_columns([*head.lines, *found[-_MANY_LINES:], line])
        if len(trial) < len(columns) or len(cells_of(line, trial)) < 1:
            break
        if any(piece.columns > 1 for piece in cells_of(line, trial)):
            break
        found.append(line)
        bottom = max(run.y1 for run in line)
    while found and len(found[-1]) < 2 and found[-1][0].x0 <= columns[0][1]:  # noqa: PLR2004
        found.pop()
    return found if sum(len(line) > 1 for line in found) > 1 else []


def _uprights(group: Sequence[_Band], frame: Sequence[Rule], rules: Rules) -> list[float]:
    """Where upright rules part the columns, the outer ones included; empty where they do not close the table."""
    top, bottom = group[0].top, group[-1].bottom
    tall = [
        rule.at
        for rule in rules.upright
        if min(rule.high, bottom) - max(rule.low, top) >= _FILLED * (bottom - top)
        and frame[0].low - _SAME_END <= rule.at <= frame[0].high + _SAME_END
    ]
    is_closed = (
        len(tall) > 2  # noqa: PLR2004 - both sides and one between
        and min(tall) <= frame[0].low + _SAME_END
        and max(tall) >= frame[0].high - _SAME_END
    )
    return sorted(tall) if is_closed else []


def _columns(group: Sequence[_Band], uprights: Sequence[float]) -> list[tuple[float, float]]:
    if uprights:
        return list(pairwise(uprights))
    body = [line for band in group[1:] for line in band.lines]
    lines = [line for band in group for line in band.lines]
    if len(body) < 2:  # noqa: PLR2004 - one line has no columns
        return find_columns(lines)
    of_body, of_all = find_columns(body), find_columns(lines)
    return of_body if len(of_body) >= len(of_all) else of_all


def _rows(group: Sequence[_Band], columns: Columns) -> tuple[list[list[GridCell]], int]:
    """The rows, and how many of them are headings as far as the rules tell."""
    bands = [[cells_of(line, columns) for line in band.lines] for band in group]
    step = _LOOSE * _step([line for band in group for line in band.lines])
    is_grid = sum(any(len(line) > 1 for line in band) for band in bands) > 2 and not any(  # noqa: PLR2004
        _has_rows(band, read_body(lines.lines, columns, step), len(columns))
        for band, lines in zip(bands, group, strict=True)
    )
    rows: list[list[GridCell]] = []
    heads = 0
    for index, band in enumerate(group):
        if index == 0 and len(group) > 1 and len(band.lines) <= _MOST_HEAD_LINES and not is_grid:
            head = read_head(band.lines, columns)
            if sum(map(len, head)) > 1 and not any(cell.is_number for row in head for cell in row if cell.column):
                rows, heads = head, len(head)
                continue
        rows.extend([read_row(band.lines, columns)] if is_grid else read_body(band.lines, columns, step))
    if not heads and _is_head(rows):
        heads = 1
    return rows, heads


def _has_rows(lines: Sequence[Sequence[GridCell]], rows: Sequence[Sequence[GridCell]], columns: int) -> bool:
    """Whether what stands between two rules is several rows: figures below each other, or line after full line."""
    figures = [cell.column for line in lines for cell in line if cell.is_number]
    return len(figures) > len(set(figures)) or sum(len(row) == columns for row in rows) > 2  # noqa: PLR2004


def _step(lines: Sequence[Sequence[Run]]) -> float:
    """The usual distance of lines that stand close."""
    middles = [sum(run.y0 + run.y1 for run in line) / (2 * len(line)) for line in lines]
    size = max(run.look.size for line in lines for run in line)
    steps = sorted(step for step in (after - before for before, after in pairwise(middles)) if step > size / 2)
    return steps[len(steps) // 4] if steps else size


# ------------------------------------------------------------------------------------------------------- without rules


def _bare(runs: Sequence[Run]) -> Iterator[tuple[list[list[Run]], Table]]:
    """Tables without rules: three rows and more of cells side by side, most of them figures."""
    figures = sum(len(run.text) <= _SHORT_TEXT and is_number(run.text) for run in runs)
    if figures < _LEAST_CELLS:
        return
    lines = cluster(runs)
    for begin, end in _stretches(lines):
        rows = lines[begin:end]
        others = [run for line in rows for run in line[1:]]
        if sum(is_number(run.text) for run in others) < _NUMBERS / 2 * len(others):
            continue
        columns = with_signs(rows, _without_marks(rows, find_columns(rows)))
        if len(columns) < 2:  # noqa: PLR2004
            continue
        cells = [cells_of(line, columns) for line in rows]
        is_chart = any(FIGURE.match(" ".join(run.text for run in line)) for line in lines[end : end + _NEAR])
        if is_chart or _is_list(rows, columns) or not _is_of_numbers(cells, len(columns)):
            continue
        heads = int(_is_head(cells))
        if not heads and all(_FIGURE_ALONE.fullmatch(row[0].text) for row in cells):
            continue  # figures without words stand in a chart
        box = [run for line in rows for run in line]
        table = Table(
            min(run.x0 for run in box),
            min(run.y0 for run in box),
            max(run.x1 for run in box),
            max(run.y1 for run in box),
            cells,
            heads,
        )
        if _is_table(cells):
            yield rows, _numbered(table)


def _stretches(lines: Sequence[Sequence[Run]]) -> Iterator[tuple[int, int]]:
    begin = 0
    for index in range(len(lines) + 1):
        is_row = index < len(lines) and len(lines[index]) > 1
        if is_row and index > begin:
            gap = min(run.y0 for run in lines[index]) - max(run.y1 for run in lines[index - 1])
            is_row = gap <= _FAR * lines[index][0].look.size
            if not is_row and index - begin >= 3:  # noqa: PLR2004
                yield begin, index
            begin = begin if is_row else index
            continue
        if not is_row:
            if index - begin >= 3:  # noqa: PLR2004
                yield begin, index
            begin = index + 1


def _without_marks(lines: Sequence[Sequence[Run]], columns: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The columns; one that holds only the marks of list items is one with the column beside it."""
    if len(columns) < 2:  # noqa: PLR2004
        return columns
    cells = [cell for line in lines for cell in cells_of(line, columns) if cell.column == 0]
    if all(_MARK.fullmatch(cell.text) for cell in cells):
        return [(columns[0][0], columns[1][1]), *columns[2:]]
    return columns


def _is_of_numbers(rows: Sequence[Sequence[GridCell]], columns: int) -> bool:
    body = [cell for row in rows[1:] for cell in row if cell.column > 0]
    full = sum(len(row) == columns for row in rows[1:])
    return sum(cell.is_number for cell in body) >= _NUMBERS * len(body) and 2 * full >= len(rows) - 1


# -------------------------------------------------------------------------------------------------- what is no table


def _is_prose(lines: Sequence[Sequence[Run]], columns: Columns) -> bool:
    """Text in columns: line after line as wide as its column in each of them."""
    if len(lines) < _MANY_LINES or len(columns) > 3:  # noqa: PLR2004
        return False
    cells = [cell for line in lines for cell in cells_of(line, columns)]
    for index, (low, high) in enumerate(columns):
        widths = sorted(cell.lines[0][-1].x1 - cell.lines[0][0].x0 for cell in cells if cell.column == index)
        if len(widths) < _FILLED * len(lines) or widths[len(widths) // 2] < _FILLED * (high - low):
            return False
        if sum(len(cell.text) for cell in cells if cell.column == index) < _PROSE_CHARS * len(widths):
            return False
    return True


def _is_list(lines: Sequence[Sequence[Run]], columns: Columns) -> bool:
    """A list whose marks stand apart, a table of contents, lines to sign on."""
    texts = [" ".join(run.text for run in line) for line in lines]
    if any(_CONTENTS.match(text) for text in texts):
        return True
    if sum(_LEADERS.search(text) is not None for text in texts) * 3 >= len(texts):
        return True
    cells = [cells_of(line, columns) for line in lines]
    if sum(any(_SIGNING.match(cell.text) for cell in row) for row in cells) > 1:
        return True
    firsts = [row[0].text for row in cells if row[0].column == 0]
    is_marked = all(_MARK.fullmatch(text) for text in firsts)
    if len(columns) == 2 and is_marked:  # noqa: PLR2004
        return True
    return _is_contents(cells, len(columns), is_marked=is_marked)


def _is_contents(rows: Sequence[Sequence[GridCell]], columns: int, *, is_marked: bool) -> bool:
    """Titles with page numbers that do not fall."""
    pages = [row[-1].text for row in rows if row[-1].last == columns - 1 and _PAGE.fullmatch(row[-1].text)]
    figures = [int(page) for page in pages if page.isdigit()]
    rising = all(before <= after for before, after in pairwise(figures))
    is_short = columns == 2 or (columns == 3 and is_marked)  # noqa: PLR2004
    return is_short and rising and len(pages) >= max(2, len(rows) - 2)


def _is_table(rows: Sequence[Sequence[GridCell]]) -> bool:
    side_by_side = sum(len(row) > 1 for row in rows)
    return side_by_side > 1 and 2 * side_by_side >= len(rows) and sum(map(len, rows)) >= _LEAST_CELLS


def _is_head(rows: Sequence[Sequence[GridCell]]) -> bool:
    words = [[cell.words for cell in row] for row in rows]
    return is_head(words[0], words[1:])


def _numbered(table: Table) -> Table:
    """Tells the cells their rows."""
    for index, row in enumerate(table.rows):
        for cell in row:
            cell.row = index
    return table
