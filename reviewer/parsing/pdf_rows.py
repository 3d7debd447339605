"""Runs of a PDF page to printed lines, in reading order over one or two columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.parsing.pdf_glyphs import Look, Run

_CELL_GAP = 1.2  # of the size; wider gaps in a row become a tab
_WORD_GAP = 0.15  # of the size
_ROW_OVERLAP = 0.5
_GUTTER_ZONE = (0.3, 0.7)  # of the text's width: where the gap between two columns may lie
_GUTTER_STEP = 3.0
_GUTTER_SLACK = 2.0  # points by which a line may reach into the gutter
_MIN_COLUMN_RUNS = 6
_MIN_COLUMN_FILL = 0.6  # of a column's width: how wide its lines are in the median
_MOSTLY = 0.9


@dataclass(slots=True)
class Row:
    """A printed line.

    Attributes:
        edges: as in `reviewer.domain.document.Line`.
        bold, italic: shares of the characters.
    """

    text: str
    edges: tuple[float, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: float
    italic: float

    @property
    def is_bold(self) -> bool:
        """True when nearly all characters are bold."""
        return self.bold >= _MOSTLY

    @property
    def is_italic(self) -> bool:
        """True when nearly all characters are italic."""
        return self.italic >= _MOSTLY

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2


def read_rows(runs: Sequence[Run]) -> list[Row]:
    """Upright runs as rows over the whole width, from top to bottom."""
    return [_row(runs) for runs in _cluster(runs)]


def read_columns(runs: Sequence[Run]) -> list[list[Row]]:
    """Rows of a page in reading order: one list for each stretch of a column.

    Text that is turned comes last, each run as a stretch of its own.
    """
    upright = [run for run in runs if run.look.upright]
    stretches = [read_rows(stretch) for stretch in _stretches(upright)]
    return stretches + [[_row([run])] for run in runs if not run.look.upright]


def _stretches(runs: list[Run]) -> list[list[Run]]:
    gutter = _gutter(runs)
    if gutter is None:
        return [runs] if runs else []
    stretches: list[list[Run]] = []
    left: list[Run] = []
    right: list[Run] = []
    across: list[Run] = []

    def close() -> None:
        stretches.extend(part for part in (across[:], left[:], right[:]) if part)
        for part in (across, left, right):
            part.clear()

    for row in _cluster(runs):
        if any(_crosses(run, gutter) for run in row):
            if left or right:
                close()
            across.extend(row)
            continue
        left.extend(run for run in row if run.x1 <= gutter + _GUTTER_SLACK)
        right.extend(run for run in row if run.x1 > gutter + _GUTTER_SLACK)
    close()
    return stretches


def _crosses(run: Run, gutter: float) -> bool:
    return run.x0 < gutter - _GUTTER_SLACK and run.x1 > gutter + _GUTTER_SLACK


def _gutter(runs: Sequence[Run]) -> float | None:
    """Where two columns part, or None for one column."""
    if len(runs) < 2 * _MIN_COLUMN_RUNS:
        return None
    low, high = min(run.x0 for run in runs), max(run.x1 for run in runs)
    best, best_score = None, 0
    at = low + _GUTTER_ZONE[0] * (high - low)
    while at < low + _GUTTER_ZONE[1] * (high - low):
        score = _gutter_score(runs, at, low, high)
        if score > best_score:
            best, best_score = at, score
        at += _GUTTER_STEP
    return best


def _gutter_score(runs: Sequence[Run], at: float, low: float, high: float) -> int:
    """How many lines stand on the side that has fewer, if both sides look like columns of text; else 0."""
    left = [run for run in runs if run.x1 <= at]
    right = [run for run in runs if run.x0 >= at]
    if min(len(left), len(right)) < _MIN_COLUMN_RUNS:
        return 0
    reach = (max(run.x1 for run in left), min(run.x0 for run in right))
    if _median_width(left) < _MIN_COLUMN_FILL * (reach[0] - low):
        return 0
    if _median_width(right) < _MIN_COLUMN_FILL * (high - reach[1]):
        return 0
    top, bottom = (
        max(min(r.y0 for r in left), min(r.y0 for r in right)),
        min(max(r.y1 for r in left), max(r.y1 for r in right)),
    )
    beside = [sum(top <= (run.y0 + run.y1) / 2 <= bottom for run in side) for side in (left, right)]
    return min(beside) if min(beside) >= _MIN_COLUMN_RUNS else 0


def _median_width(runs: Sequence[Run]) -> float:
    return sorted(run.x1 - run.x0 for run in runs)[len(runs) // 2]


def _cluster(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand on the same line, from top to bottom; in a line from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y0 + run.y1) / 2):
        if rows and _is_beside(rows[-1], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def _is_beside(row: list[Run], run: Run) -> bool:
    """Beside the tallest of the row, and not over another of its runs."""
    tallest = max(row, key=lambda other: other.y1 - other.y0)
    shared = min(tallest.y1, run.y1) - max(tallest.y0, run.y0)
    if shared < _ROW_OVERLAP * min(tallest.y1 - tallest.y0, run.y1 - run.y0):
        return False
    slack = run.look.size
    return all(run.x0 >= other.x1 - slack or run.x1 <= other.x0 + slack for other in row)


def _row(runs: list[Run]) -> Row:
    leftward = sum(len(run.text) if run.is_leftward else -len(run.text) for run in runs) > 0
    ordered = runs[::-1] if leftward else runs
    text, edges = ordered[0].text, ordered[0].edges
    looks: Counter[Look] = Counter(ordered[0].looks)
    known = bool(edges) and ordered[0].is_leftward is leftward
    for before, run in zip(ordered, ordered[1:], strict=False):
        gap = before.x0 - run.x1 if leftward else run.x0 - before.x1
        joint = _joint(gap, max(before.look.size, run.look.size))
        text += joint + run.text
        known = known and bool(run.edges) and (run.is_leftward is leftward or len(run.text) == 1)
        edges = edges + run.edges if joint else edges[:-1] + run.edges
        looks.update(run.looks)
    count = looks.total()
    in_order = known and len(edges) == len(text) + 1 and _is_sorted(edges, leftward=leftward)
    return Row(
        text,
        edges if in_order else (),
        min(run.x0 for run in runs),
        min(run.y0 for run in runs),
        max(run.x1 for run in runs),
        max(run.y1 for run in runs),
        _size(looks),
        sum(number for look, number in looks.items() if look.bold) / count,
        sum(number for look, number in looks.items() if look.italic) / count,
    )


def _size(looks: Counter[Look]) -> float:
    sizes: Counter[float] = Counter()
    for look, number in looks.items():
        sizes[look.size] += number
    return max(sizes, key=lambda size: (sizes[size], size))


def _joint(gap: float, size: float) -> str:
    if gap > _CELL_GAP * size:
        return "\t"
    return " " if gap > _WORD_GAP * size else ""


def _is_sorted(edges: tuple[float, ...], *, leftward: bool) -> bool:
    pairs = zip(edges, edges[1:], strict=False)
    return all((a >= b if leftward else a <= b) for a, b in pairs)
