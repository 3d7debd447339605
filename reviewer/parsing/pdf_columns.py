"""Reading order of a PDF page: one column, two columns, or a column with a narrow one at its side."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np

from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_rows import Row, cluster, join_runs

_ZONE = (0.15, 0.85)  # of the text's width: where the gap between two columns may lie
_CENTRAL = (0.3, 0.7)  # outside of this, one of the columns is a side column
_STEP = 3.0
_MOST_PLACES = 2000  # where a gap is looked for
_SLACK = 2.0  # points by which a line may reach into the gap
_MIN_GAP = 6.0
_SPLIT_GAP = 0.6  # of the size: the same within a run
_MAX_GAP = 0.15  # of the text's width
_MIN_RUNS = 6
_MANY_RUNS = 15
_MIN_DENSITY = 0.5  # of a column's height: how much of it its lines fill
_MIN_FILL = 0.6  # of a column's width: how wide its lines are in the median
_MIN_FILL_ALIGNED = 0.8  # the same where lines stand side by side, as they do in a table
_ALIGNED = 0.9  # the share of lines with a neighbour on the same base line from which on they do
_MISALIGNED = 0.5
_SAME_BASE = 1.0


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The gap between two columns, and which of them is read first."""

    x: float
    is_right_first: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """The left and right edge of a page's text."""

    low: float
    high: float

    @classmethod
    def around(cls, runs: Sequence[Run]) -> "_Frame":
        return cls(min((run.x0 for run in runs), default=0.0), max((run.x1 for run in runs), default=0.0))

    @property
    def width(self) -> float:
        return self.high - self.low

    def place(self, x: float) -> float:
        """Where a place lies between the edges, from 0 to 1."""
        return (x - self.low) / max(self.width, 1.0)


def read_columns(runs: Sequence[Run]) -> list[list[Row]]:
    """Rows of a page in reading order: one list for each stretch of a column.

    Text that is turned comes last, each run as a stretch of its own.
    """
    upright = [run for run in runs if run.look.upright]
    stretches = [[join_runs(row) for row in stretch] for stretch in _stretches(upright)]
    return stretches + [[join_runs([run])] for run in runs if not run.look.upright]


class _Rows:
    """Rows of a page with the edges of their runs: dozens of places are tried between them on each page."""

    def __init__(self, rows: Sequence[Sequence[Run]]) -> None:
        self._runs = [run for row in rows for run in row]
        self._places = [0, *accumulate(map(len, rows))]
        self._starts = np.array(self._places[:-1])
        self._x0 = np.array([run.x0 for run in self._runs])
        self._x1 = np.array([run.x1 for run in self._runs])

    def bands(self, x: float) -> Iterator[tuple[list[Run], bool]]:
        """Rows from top to bottom, gathered while all or none of them reach over a gap, and whether they do."""
        over = np.logical_or.reduceat((self._x0 < x - _SLACK) & (self._x1 > x + _SLACK), self._starts)
        cuts = [0, *(np.nonzero(over[1:] != over[:-1])[0] + 1).tolist(), len(over)]
        for begin, end in pairwise(cuts):
            yield self._runs[self._places[begin] : self._places[end]], bool(over[begin])


def _stretches(runs: list[Run]) -> list[list[list[Run]]]:
    """The rows of each stretch of a column."""
    if not runs:
        return []
    lines = cluster(runs)
    rows, frame = _Rows(lines), _Frame.around(runs)
    gutter = _find_gutter(rows, runs, frame)
    if gutter is None:
        return [lines]
    stretches: list[list[Run]] = []
    across: list[Run] = []
    parts = [_split(run, gutter.x) for run in runs]
    if any(parts):
        rows = _Rows(cluster([part for run, pair in zip(runs, parts, strict=True) for part in pair or [run]]))
    for band, is_across in rows.bands(gutter.x):
        left, right = _sides(band, gutter.x)
        if is_across or not _columns(left, right, gutter.x, frame, least=1):
            across.extend(band)
            continue
        stretches.extend(
            part for part in (across, *((right, left) if gutter.is_right_first else (left, right))) if part
        )
        across = []
    return [cluster(stretch) for stretch in [*stretches, across] if stretch]


def _split(run: Run, x: float) -> list[Run]:
    """The two parts of a run that was read over the gap between columns; empty where the gap goes through a word."""
    if not run.x0 < x - _SLACK < x + _SLACK < run.x1 or run.is_leftward or not run.edges:
        return []
    index = bisect_right(run.edges, x) - 1
    if not run.text[index].isspace() or run.edges[index + 1] - run.edges[index] < _split_gap(run.look.size):
        return []
    first, second = run.text[:index].rstrip(), run.text[index:].lstrip()
    begin = len(run.text) - len(second)
    return [
        replace(run, text=first, edges=run.edges[: len(first) + 1], x1=run.edges[len(first)]),
        replace(run, text=second, edges=run.edges[begin:], x0=run.edges[begin]),
    ]


def _split_gap(size: float) -> float:
    """Words of a title stand as far apart as two columns of small type."""
    return max(_MIN_GAP, _SPLIT_GAP * size)


def _sides(band: Sequence[Run], x: float) -> tuple[list[Run], list[Run]]:
    """The runs on either side of a gap that none of them reaches over."""
    high = x + _SLACK
    return [run for run in band if run.x1 <= high], [run for run in band if run.x1 > high]


def _find_gutter(rows: _Rows, runs: Sequence[Run], frame: _Frame) -> _Gutter | None:
    if len(runs) < 2 * _MIN_RUNS:
        return None
    best, best_score = None, 0
    ends, starts = np.sort([run.x1 for run in runs]), np.sort([run.x0 for run in runs])
    # Left of this there are too few runs on the left, right of the other too few on the right.
    first = max(frame.low + _ZONE[0] * frame.width, ends[_MIN_RUNS - 1] - _SLACK)
    last = min(frame.low + _ZONE[1] * frame.width, starts[-_MIN_RUNS] + _SLACK)
    places = np.arange(first, last, max(_STEP, frame.width / _MOST_PLACES))
    on_left = np.searchsorted(ends, places + _SLACK, "right")
    on_right = len(starts) - np.searchsorted(starts, places - _SLACK, "left")
    for at, most in zip(places.tolist(), np.minimum(on_left, on_right).tolist(), strict=True):
        if most <= best_score:
            continue
        bands = [band for band, is_across in rows.bands(at) if not is_across and len(band) >= 2 * _MIN_RUNS]
        sides = [_sides(band, at) for band in bands]
        score = sum(_columns(left, right, at, frame, least=_MIN_RUNS) for left, right in sides)
        if score > best_score:
            best, best_score = at, score
    if best is None:
        return None
    best = _middle(rows, best, frame)
    leftward = sum(run.is_leftward for run in runs) * 2 > len(runs)
    place = frame.place(best)
    return _Gutter(best, is_right_first=place < _CENTRAL[0] or (leftward and place <= _CENTRAL[1]))


def _middle(rows: _Rows, x: float, frame: _Frame) -> float:
    """The middle of the gap that a place lies in."""
    sides = [_sides(band, x) for band, is_across in rows.bands(x) if not is_across]
    columns = [(left, right) for left, right in sides if _columns(left, right, x, frame, least=_MIN_RUNS)]
    low = max(run.x1 for left, _ in columns for run in left)
    return (low + min(run.x0 for _, right in columns for run in right)) / 2


def _columns(left: Sequence[Run], right: Sequence[Run], at: float, frame: _Frame, least: int) -> int:
    """How many lines the shorter side has beside the other, if the two look like columns; else 0."""
    if min(len(left), len(right)) < least:
        return 0
    top = max(min(run.y0 for run in left), min(run.y0 for run in right))
    bottom = min(max(run.y1 for run in left), max(run.y1 for run in right))
    sides = [[run for run in side if top <= (run.y0 + run.y1) / 2 <= bottom] for side in (left, right)]
    shorter, longer = sorted(sides, key=len)
    if len(shorter) < least:
        return 0
    gap = (max(run.x1 for run in left), min(run.x0 for run in right))
    aligned = _aligned(shorter, longer)
    if _CENTRAL[0] <= frame.place(at) <= _CENTRAL[1]:
        fill = min(_fill(left, gap[0] - frame.low), _fill(right, frame.high - gap[1]))
        dense = len(shorter) >= _MANY_RUNS or min(_density(side, bottom - top) for side in sides) >= _MIN_DENSITY
        near = gap[1] - gap[0] <= _MAX_GAP * frame.width
        is_column = dense and near and fill >= (_MIN_FILL_ALIGNED if aligned > _ALIGNED else _MIN_FILL)
    else:
        is_column = aligned < _MISALIGNED and gap[1] - gap[0] >= _MIN_GAP
    return len(shorter) if is_column else 0


def _fill(runs: Sequence[Run], width: float) -> float:
    return _median_width(runs) / max(width, 1.0)


def _median_width(runs: Sequence[Run]) -> float:
    return sorted(run.x1 - run.x0 for run in runs)[len(runs) // 2]


def _density(runs: Sequence[Run], height: float) -> float:
    return sum(run.y1 - run.y0 for run in runs) / max(height, 1.0)


def _aligned(shorter: Sequence[Run], longer: Sequence[Run]) -> float:
    """The share of lines that have one of the other side on their base line: cells of a table do, columns rarely."""
    bases = [*sorted(run.y1 for run in longer), math.inf]
    near = (bases[bisect_left(bases, run.y1 - _SAME_BASE)] <= run.y1 + _SAME_BASE for run in shorter)
    return sum(near) / len(shorter)
