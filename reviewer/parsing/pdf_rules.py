"""Ruling lines of a PDF page: thin lines and rectangles, and the edges of boxes.

All coordinates are PDF points, origin at the top left of the page as it is shown.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from pypdfium2 import raw

from reviewer.parsing.pdf_chars import Flags, Floats, PageView
from reviewer.parsing.pdf_objects import Objects
from reviewer.parsing.pdfium_call import AnswerTable, plain_call

_MOST_OBJECTS = 20_000  # more is a drawing
_MOST_SEGMENTS = 400  # of one path
_DEEPEST = 2  # forms in forms
_WHOLE = 0.6  # of the page's width: a form as wide holds the page, not a figure
_THIN = 3.0
_SHORTEST = 8.0
_SAME = 1.5  # points between rules that are one
_JOINT = 4.0  # points between two pieces of one rule


@dataclass(frozen=True, slots=True)
class Rule:
    """A line at a height (or, of an upright one, at a distance from the left), from one end to the other."""

    at: float
    low: float
    high: float

    @property
    def length(self) -> float:
        """In points."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Rules:
    """Level rules from top to bottom, upright ones from left to right."""

    level: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()


def read_rules(objects: Objects, view: PageView) -> Rules:
    """The rules of a page. A few calls of PDFium for each of its objects.

    Of forms only those are looked into that hold the page as a whole; others are figures.
    """
    strokes = [np.zeros((0, 4)), *(_strokes(held, space) for held, space in _holders(objects, view))]
    x0, y0, x1, y1 = np.concatenate(strokes).T
    is_level = (y1 - y0 <= _THIN) & (x1 - x0 >= _SHORTEST)
    is_upright = ~is_level & (x1 - x0 <= _THIN) & (y1 - y0 >= _SHORTEST)
    heights = np.minimum(np.maximum((y0 + y1) / 2, 0.0), view.size[1])  # tables go on over the edge of a page
    level = _rules(heights[is_level], x0[is_level], x1[is_level])
    upright = _rules(((x0 + x1) / 2)[is_upright], y0[is_upright], y1[is_upright])
    return Rules(tuple(_joined(level)), tuple(_joined(upright)))


def _rules(at: Floats, low: Floats, high: Floats) -> list[Rule]:
    return list(map(Rule, at.tolist(), low.tolist(), high.tolist()))


# --------------------------------------------------------------------------------------------------------------- spaces


@dataclass(frozen=True, slots=True)
class _Space:
    """The coordinates of the page's objects, or of the objects in a form: a matrix, then the page's view."""

    view: PageView
    matrix: tuple[Any, Any, Any, Any, Any, Any] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

    def within(self, inner: Sequence[Any]) -> "_Space":
        """The space inside of what has this matrix; of many, if its numbers are arrays."""
        a, b, c, d, e, f = self.matrix
        g, h, i, j, k, m = inner
        return _Space(
            self.view,
            (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f),
        )

    def boxes(self, x0: Floats, y0: Floats, x1: Floats, y1: Floats) -> Floats:
        """The boxes between two points each, as shown: left, top, right, bottom."""
        a, b, c, d, e, f = self.matrix
        x0, y0, x1, y1 = a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f
        corners = np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)
        boxes: Floats = np.stack(self.view.boxes(*corners), axis=1)
        return boxes


def _holders(objects: Objects, view: PageView) -> Iterator[tuple[Objects, _Space]]:
    """The page and the forms that hold all of it, until they have more objects than anything but a drawing."""
    waiting, most = [(objects, _Space(view), 0)], _MOST_OBJECTS
    while waiting:
        held, space, depth = waiting.pop()
        most -= len(held)
        if most < 0:
            return
        yield held, space
        if depth == _DEEPEST:
            continue
        for index in np.nonzero(held.kinds == raw.FPDF_PAGEOBJ_FORM)[0].tolist():
            left, _, right, _ = space.boxes(*held.bounds[index : index + 1].T)[0]
            if right - left >= _WHOLE * view.size[0]:
                form = held.addresses[index]
                waiting.append((Objects.of_form(form), space.within(_matrices([form])[0].tolist()), depth + 1))


# -------------------------------------------------------------------------------------------------------------- strokes


@dataclass(frozen=True, slots=True)
class _Calls:
    """PDFium's functions on paths, by their addresses."""

    segments: Any
    segment: Any
    point: Any
    segment_kind: Any
    closes: Any
    matrix: Any
    mode: Any
    points: AnswerTable
    matrices: AnswerTable
    modes: AnswerTable


@cache
def _calls() -> _Calls:
    thing, number, address = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
    return _Calls(
        plain_call(raw.FPDFPath_CountSegments, number, thing),
        plain_call(raw.FPDFPath_GetPathSegment, address, thing, number),
        plain_call(raw.FPDFPathSegment_GetPoint, None, thing),
        plain_call(raw.FPDFPathSegment_GetType, number, thing),
        plain_call(raw.FPDFPathSegment_GetClose, number, thing),
        plain_call(raw.FPDFPageObj_GetMatrix, None, thing),
        plain_call(raw.FPDFPath_GetDrawMode, number, thing),
        AnswerTable(ctypes.c_float, 2, (0, 1)),
        AnswerTable(ctypes.c_float, 6, (0,)),  # as PDFium's FS_MATRIX
        AnswerTable(ctypes.c_int, 2, (0, 1)),  # how it is filled, whether it is stroked
    )


def _matrices(addresses: Sequence[int]) -> Floats:
    matrices = _calls().matrices.note(_calls().matrix, len(addresses), addresses)
    return matrices.astype(np.float64)


def _strokes(objects: Objects, space: _Space) -> Floats:
    """The boxes of thin paths, and of stroked ones those of their segments; nothing of paths too short for a rule."""
    paths = np.nonzero(objects.kinds == raw.FPDF_PAGEOBJ_PATH)[0]
    if not len(paths):
        return np.zeros((0, 4))
    boxes = space.boxes(*objects.bounds[paths].T)
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    is_long = np.maximum(width, height) >= _SHORTEST
    is_thin = np.minimum(width, height) <= _THIN
    calls = _calls()
    wide = [objects.addresses[index] for index in paths[is_long & ~is_thin].tolist()]
    modes, known = calls.modes.ask(calls.mode, len(wide), wide)
    stroked = np.nonzero(known & (modes[:, 1] != 0))[0].tolist()
    return np.concatenate([boxes[is_long & is_thin], _segments([wide[index] for index in stroked], space)])


def _segments(paths: Sequence[int], space: _Space) -> Floats:
    """The boxes of the straight segments of paths that are no drawings."""
    calls = _calls()
    counts = list(map(calls.segments, paths))
    kept = [(path, count) for path, count in zip(paths, counts, strict=True) if 1 < count <= _MOST_SEGMENTS]
    if not kept:
        return np.zeros((0, 4))
    segments = [each for path, count in kept for each in map(calls.segment, repeat(path), range(count))]
    points = calls.points.note(calls.point, len(segments), segments).astype(np.float64)
    kinds = np.fromiter(map(calls.segment_kind, segments), np.int64, len(segments))
    closes = np.fromiter(map(calls.closes, segments), np.bool_, len(segments))
    count = np.array([count for _, count in kept])
    is_first = np.zeros(len(segments), np.bool_)
    is_first[np.cumsum(count)[:-1]] = is_first[0] = True
    # Where the line begins that a segment is part of; one that is closed goes back there.
    moves = is_first | (kinds == raw.FPDF_SEGMENT_MOVETO)
    begin = points[np.maximum.accumulate(np.where(moves, np.arange(len(segments)), 0))]
    before = np.roll(np.where(closes[:, None], begin, points), 1, axis=0)
    is_line = (kinds == raw.FPDF_SEGMENT_LINETO) & ~is_first & _is_straight(before, points)
    is_back = closes & _is_straight(points, begin)
    matrix = np.repeat(_matrices([path for path, _ in kept]), count, axis=0)
    own = [
        space.within(tuple(matrix[where].T)).boxes(*start[where].T, *points[where].T)
        for where, start in ((is_line, before), (is_back, begin))
    ]
    return np.concatenate(own)


def _is_straight(one: Floats, other: Floats) -> Flags:
    """Along one of the axes; curves are drawn with thousands of lines that are not."""
    distance = np.abs(one - other)
    flags: Flags = (distance[:, 0] <= _THIN) | (distance[:, 1] <= _THIN)
    return flags


# ---------------------------------------------------------------------------------------------------- pieces of rules


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line put together, and lines that are drawn twice."""
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if rows and rule.at - rows[-1][0].at <= _SAME:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    found: list[Rule] = []
    for row in rows:
        pieces = sorted(row, key=lambda rule: rule.low)
        whole = pieces[0]
        for piece in pieces[1:]:
            if piece.low <= whole.high + _JOINT:
                whole = Rule(whole.at, whole.low, max(whole.high, piece.high))
            else:
                found.append(whole)
                whole = piece
        found.append(whole)
    return found
