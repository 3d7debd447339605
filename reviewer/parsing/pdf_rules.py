"""Ruling lines of a PDF page: thin lines and rectangles, and the edges of boxes.

All coordinates are PDF points, origin at the top left of the page as it is shown.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import pypdfium2
from pypdfium2 import raw

from reviewer.parsing.pdf_chars import PageView
from reviewer.parsing.pdfium_call import plain_call

_MOST_OBJECTS = 20_000  # more is a drawing
_MOST_SEGMENTS = 400  # of one path
_DEEPEST = 2  # forms in forms
_WHOLE = 0.6  # of the page's width: a form as wide holds the page, not a figure
_THIN = 3.0
_SHORTEST = 8.0
_SAME_SPACE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
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


Edges: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def read_rules(page: pypdfium2.PdfPage, view: PageView) -> Rules:
    """The rules of a page. A few calls of PDFium for each of its objects.

    Of forms only those are looked into that hold the page as a whole; others are figures.
    """
    level: list[Rule] = []
    upright: list[Rule] = []
    height = view.size[1]  # tables go on over the edge of a page
    for thing, space in _paths(page, view):
        for x0, y0, x1, y1 in _strokes(thing, space):
            if y1 - y0 <= _THIN and x1 - x0 >= _SHORTEST:
                level.append(Rule(min(max((y0 + y1) / 2, 0.0), height), x0, x1))
            elif x1 - x0 <= _THIN and y1 - y0 >= _SHORTEST:
                upright.append(Rule((x0 + x1) / 2, y0, y1))
    return Rules(tuple(_joined(level)), tuple(_joined(upright)))


@dataclass(frozen=True, slots=True)
class _Space:
    """The coordinates of the page's objects, or of the objects in a form: a matrix, then the page's view."""

    view: PageView
    matrix: tuple[float, float, float, float, float, float] = _SAME_SPACE

    def within(self, inner: raw.FS_MATRIX) -> "_Space":
        """The space inside of a form that has this matrix."""
        a, b, c, d, e, f = self.matrix
        return _Space(
            self.view,
            (
                a * inner.a + c * inner.b,
                b * inner.a + d * inner.b,
                a * inner.c + c * inner.d,
                b * inner.c + d * inner.d,
                a * inner.e + c * inner.f + e,
                b * inner.e + d * inner.f + f,
            ),
        )

    def edges(self, one: tuple[float, float], other: tuple[float, float]) -> Edges:
        """The box between two points, as shown."""
        (x0, y0), (x1, y1) = one, other
        if self.matrix != _SAME_SPACE:
            a, b, c, d, e, f = self.matrix
            x0, y0, x1, y1 = a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f
        left, top, right, bottom = self.view.boxes(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return float(left), float(top), float(right), float(bottom)


def _paths(page: pypdfium2.PdfPage, view: PageView) -> Iterator[tuple[int, _Space]]:
    calls = _calls()
    first = (ctypes.cast(page.raw, ctypes.c_void_p).value, _Space(view), calls.count, calls.object, 0)
    waiting, most = [first], _MOST_OBJECTS
    while waiting:
        holder, space, counted, object_of, depth = waiting.pop()
        count = counted(holder)
        most -= count
        if most < 0:
            return
        for index in range(count):
            thing = object_of(holder, index)
            kind = calls.kind(thing) if thing else 0
            if kind == raw.FPDF_PAGEOBJ_PATH:
                yield thing, space
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST and _is_whole(thing, space):
                matrix = raw.FS_MATRIX()
                calls.matrix(thing, ctypes.byref(matrix))
                waiting.append((thing, space.within(matrix), calls.form_count, calls.form_object, depth + 1))


def _is_whole(form: int, space: _Space) -> bool:
    edges = _bounds(form, space)
    return edges is not None and edges[2] - edges[0] >= _WHOLE * space.view.size[0]


@dataclass(frozen=True, slots=True)
class _Calls:
    """PDFium's functions, by their addresses: half the cost of a call."""

    count: Any
    object: Any
    form_count: Any
    form_object: Any
    kind: Any
    bounds: Any
    segments: Any
    segment: Any
    point: Any
    segment_kind: Any
    closes: Any
    matrix: Any
    mode: Any


@cache
def _calls() -> _Calls:
    thing, number = ctypes.c_void_p, ctypes.c_int
    return _Calls(
        plain_call(raw.FPDFPage_CountObjects, number, thing),
        plain_call(raw.FPDFPage_GetObject, thing, thing, number),
        plain_call(raw.FPDFFormObj_CountObjects, number, thing),
        plain_call(raw.FPDFFormObj_GetObject, thing, thing, ctypes.c_ulong),
        plain_call(raw.FPDFPageObj_GetType, number, thing),
        plain_call(raw.FPDFPageObj_GetBounds, number, thing, *[thing] * 4),
        plain_call(raw.FPDFPath_CountSegments, number, thing),
        plain_call(raw.FPDFPath_GetPathSegment, thing, thing, number),
        plain_call(raw.FPDFPathSegment_GetPoint, number, thing, thing, thing),
        plain_call(raw.FPDFPathSegment_GetType, number, thing),
        plain_call(raw.FPDFPathSegment_GetClose, number, thing),
        plain_call(raw.FPDFPageObj_GetMatrix, number, thing, thing),
        plain_call(raw.FPDFPath_GetDrawMode, number, thing, thing, thing),
    )


_FOUR = (ctypes.c_float * 4)()
_PLACES = tuple(ctypes.byref(_FOUR, 4 * index) for index in range(4))


def _bounds(thing: int, space: _Space) -> Edges | None:
    if not _calls().bounds(thing, *_PLACES):
        return None
    left, bottom, right, top = _FOUR
    return space.edges((left, bottom), (right, top))


def _strokes(thing: int, space: _Space) -> Iterator[Edges]:
    """A thin path as it is; of a stroked one its segments; nothing of one too short for a rule."""
    edges = _bounds(thing, space)
    if edges is None or max(edges[2] - edges[0], edges[3] - edges[1]) < _SHORTEST:
        return
    if edges[2] - edges[0] <= _THIN or edges[3] - edges[1] <= _THIN:
        yield edges
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    if _calls().mode(thing, ctypes.byref(filled), ctypes.byref(stroked)) and stroked.value:
        yield from _segments(thing, space)


def _segments(thing: int, space: _Space) -> Iterator[Edges]:
    calls, matrix = _calls(), raw.FS_MATRIX()
    count = calls.segments(thing)
    if not 1 < count <= _MOST_SEGMENTS or not calls.matrix(thing, ctypes.byref(matrix)):
        return
    space = space.within(matrix)
    begin = before = (0.0, 0.0)
    for index in range(count):
        segment = calls.segment(thing, index)
        if not segment or not calls.point(segment, *_PLACES[:2]):
            return
        point = (_FOUR[0], _FOUR[1])
        kind = calls.segment_kind(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO and _is_straight(before, point):
            yield space.edges(before, point)
        before = point
        if calls.closes(segment):
            if _is_straight(before, begin):
                yield space.edges(before, begin)
            before = begin


def _is_straight(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Along one of the axes; curves are drawn with thousands of lines that are not."""
    return abs(one[0] - other[0]) <= _THIN or abs(one[1] - other[1]) <= _THIN


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
