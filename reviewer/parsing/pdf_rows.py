"""Runs of a PDF page to printed lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reviewer.parsing.pdf_chars import Look
from reviewer.parsing.pdf_glyphs import Run

_CELL_GAP = 1.2  # of the size; wider gaps in a row become a tab
_WORD_GAP = 0.15  # of the size
_ROW_OVERLAP = 0.5
_MOSTLY = 0.9


@dataclass(slots=True)
class Row:
    """A printed line.

    Attributes:
        edges: as in `reviewer.domain.document.Line`.
        bold, italic: shares of the characters.
        is_leftward: written from right to left.
        confidence: from 0 to 1 where some of it was recognised on a picture; else None.
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
    is_leftward: bool = False
    confidence: float | None = None

    @property
    def is_bold(self) -> bool:
        """True when nearly all characters are bold."""
        return self.bold >= _MOSTLY

    @property
    def is_italic(self) -> bool:
        """True when nearly all characters are italic."""
        return self.italic >= _MOSTLY

    @property
    def start(self) -> float:
        """Where reading begins, counted in the direction of reading."""
        return -self.x1 if self.is_leftward else self.x0

    @property
    def end(self) -> float:
        """Where reading ends, counted in the direction of reading."""
        return -self.x0 if self.is_leftward else self.x1

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2


def read_rows(runs: Sequence[Run]) -> list[Row]:
    """Upright runs as rows over the whole width, from top to bottom."""
    return [join_runs(row) for row in cluster(runs)]


def cluster(runs: Sequence[Run]) -> list[list[Run]]:
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
    tallest = row[0] if len(row) == 1 else max(row, key=lambda other: other.y1 - other.y0)
    if tallest.y1 <= run.y0:  # most are: the next line
        return False
    shared = min(tallest.y1, run.y1) - max(tallest.y0, run.y0)
    if shared < _ROW_OVERLAP * min(tallest.y1 - tallest.y0, run.y1 - run.y0):
        return False
    slack = run.look.size
    return all(run.x0 >= other.x1 - slack or run.x1 <= other.x0 + slack for other in row)


def join_runs(runs: list[Run]) -> Row:
    """Runs of one line, from left to right, as a row."""
    if len(runs) == 1:
        return _row_of(runs[0])
    leftward = sum(len(run.text) if run.is_leftward else -len(run.text) for run in runs) > 0
    ordered = runs[::-1] if leftward else runs
    text, edges = ordered[0].text, ordered[0].edges
    looks = dict(ordered[0].looks)
    known = bool(edges) and ordered[0].is_leftward is leftward
    for before, run in pairwise(ordered):
        gap = before.x0 - run.x1 if leftward else run.x0 - before.x1
        joint = _joint(gap, max(before.look.size, run.look.size))
        text += joint + run.text
        # Edges are in order within a run; it is between two that they may go back.
        edges = edges if joint else edges[:-1]
        known = known and bool(run.edges) and run.is_leftward is leftward
        known = known and _is_ahead(edges, run.edges, leftward=leftward)
        edges += run.edges
        for look, number in run.looks.items():
            looks[look] = looks.get(look, 0) + number
    count = sum(looks.values())
    in_order = known and len(edges) == len(text) + 1
    return Row(
        text,
        edges if in_order else (),
        min(run.x0 for run in runs),
        min(run.y0 for run in runs),
        max(run.x1 for run in runs),
        max(run.y1 for run in runs),
        _size(looks),
        _share(looks, "bold", count),
        _share(looks, "italic", count),
        leftward,
        _confidence(runs),
    )


def _row_of(run: Run) -> Row:
    """What most rows are made of."""
    edges = run.edges if len(run.edges) == len(run.text) + 1 else ()
    if len(run.looks) == 1:
        look = run.look
        set_as = look.size, float(look.bold), float(look.italic)
    else:
        count = sum(run.looks.values())
        set_as = _size(run.looks), _share(run.looks, "bold", count), _share(run.looks, "italic", count)
    return Row(run.text, edges, run.x0, run.y0, run.x1, run.y1, *set_as, run.is_leftward, run.confidence)


def _share(looks: dict[Look, int], name: str, count: int) -> float:
    return sum(number for look, number in looks.items() if getattr(look, name)) / count


def _confidence(runs: Sequence[Run]) -> float | None:
    known = [(run.confidence, len(run.text)) for run in runs if run.confidence is not None]
    return sum(each * count for each, count in known) / sum(count for _, count in known) if known else None


def _size(looks: dict[Look, int]) -> float:
    if len(looks) == 1:
        return next(iter(looks)).size
    sizes: dict[float, int] = {}
    for look, number in looks.items():
        sizes[look.size] = sizes.get(look.size, 0) + number
    return max(sizes, key=lambda size: (sizes[size], size))


def _joint(gap: float, size: float) -> str:
    if gap > _CELL_GAP * size:
        return "\t"
    return " " if gap > _WORD_GAP * size else ""


def _is_ahead(before: tuple[float, ...], after: tuple[float, ...], *, leftward: bool) -> bool:
    return before[-1] >= after[0] if leftward else before[-1] <= after[0]
