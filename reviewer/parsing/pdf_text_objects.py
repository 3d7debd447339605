"""What the text objects of a PDF page say of themselves: ink, clip and layer."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from pypdfium2 import raw

from reviewer.parsing.pdf_chars import Flags, Floats, Ints
from reviewer.parsing.pdfium_call import AnswerTable, plain_call

_STROKED = 1  # the text rendering mode
_BLACK, _WHOLE = 0, 255


@dataclass(frozen=True, slots=True)
class TextObjects:
    """Arrays as long as there are objects; an unknown one (address 0) is plain black text.

    Attributes:
        light: the lightest that its colour could be called, of 255: its darkest channel.
        alpha: of 255.
        mode: the text rendering mode.
        clip: left, bottom, right, top of what its clip paths leave, in the page's own space; all of it without any.
        is_clipped: it has clip paths.
        marks: how many marks of content it has.
        is_layered: it belongs to optional content.
    """

    light: Ints
    alpha: Ints
    mode: Ints
    clip: Floats
    is_clipped: Flags
    marks: Ints
    is_layered: Flags

    @classmethod
    def at(cls, addresses: Sequence[int]) -> "TextObjects":
        """What the objects say. A few calls of PDFium for each."""
        calls = _calls()
        count = len(addresses)
        mode = np.fromiter(map(calls.mode, addresses), np.int64, count)
        light, alpha = colours(addresses)
        stroked = np.nonzero(mode == _STROKED)[0].tolist()
        light[stroked], alpha[stroked] = colours([addresses[index] for index in stroked], by_stroke=True)
        marks = np.fromiter(map(calls.marks, addresses), np.int64, count)
        is_layered = np.zeros(count, np.bool_)
        for index in np.nonzero(marks > 0)[0].tolist():
            is_layered[index] = _is_layered(addresses[index], int(marks[index]))
        clip, is_clipped = _clips(addresses)
        return cls(light, alpha, mode, clip, is_clipped, marks, is_layered)


def colours(addresses: Sequence[int], *, by_stroke: bool = False) -> tuple[Ints, Ints]:
    """Of each object the darkest channel and the alpha; black where PDFium does not know."""
    calls = _calls()
    found, known = calls.colours.ask(calls.stroke if by_stroke else calls.fill, len(addresses), addresses)
    light = np.where(known, found[:, :3].min(axis=1), _BLACK).astype(np.int64)
    return light, np.where(known, found[:, 3], _WHOLE).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Calls:
    """PDFium's functions on objects, by their addresses."""

    mode: Any
    fill: Any
    stroke: Any
    marks: Any
    clip: Any
    clip_paths: Any
    clip_segments: Any
    clip_segment: Any
    point: Any
    colours: AnswerTable
    points: AnswerTable


@cache
def _calls() -> _Calls:
    thing, number, address = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
    return _Calls(
        plain_call(raw.FPDFTextObj_GetTextRenderMode, number, thing),
        plain_call(raw.FPDFPageObj_GetFillColor, number, thing),
        plain_call(raw.FPDFPageObj_GetStrokeColor, number, thing),
        plain_call(raw.FPDFPageObj_CountMarks, number, thing),
        plain_call(raw.FPDFPageObj_GetClipPath, address, thing),
        plain_call(raw.FPDFClipPath_CountPaths, number, thing),
        plain_call(raw.FPDFClipPath_CountPathSegments, number, thing, number),
        plain_call(raw.FPDFClipPath_GetPathSegment, address, thing, number, number),
        plain_call(raw.FPDFPathSegment_GetPoint, number, thing),
        AnswerTable(ctypes.c_uint, 4, (0, 1, 2, 3)),
        AnswerTable(ctypes.c_float, 2, (0, 1)),
    )


# ---------------------------------------------------------------------------------------------------------------- clips


def _clips(addresses: Sequence[int]) -> tuple[Floats, Flags]:
    """What their clip paths leave of each object, and which have any. Many objects share one: each is read once."""
    calls = _calls()
    left = np.tile([-np.inf, -np.inf, np.inf, np.inf], (len(addresses), 1))
    paths: dict[int, tuple[int, int, int]] = {}  # by its first segment: its number, a clip it is in, its index there
    clipped, numbers = [], []
    clips = list(map(calls.clip, addresses))
    for index, (clip, count) in enumerate(zip(clips, map(calls.clip_paths, clips), strict=True)):
        for path in range(count):
            first = calls.clip_segment(clip, path, 0)
            clipped.append(index)
            numbers.append(paths.setdefault(first, (len(paths), clip, path))[0])
    if clipped:
        boxes = _path_boxes([(clip, path) for _, clip, path in paths.values()])[numbers]
        np.maximum.at(left[:, :2], clipped, boxes[:, :2])
        np.minimum.at(left[:, 2:], clipped, boxes[:, 2:])
    is_clipped = np.zeros(len(addresses), np.bool_)
    is_clipped[clipped] = True
    return left, is_clipped


def _path_boxes(paths: Sequence[tuple[int, int]]) -> Floats:
    """The boxes around paths, each given by a clip and its index in it; everything for one without points."""
    calls = _calls()
    boxes = np.tile([-np.inf, -np.inf, np.inf, np.inf], (len(paths), 1))
    segments: list[int] = []
    begins, filled = [], []
    for number, (clip, path) in enumerate(paths):
        count = calls.clip_segments(clip, path)
        if count > 0:
            begins.append(len(segments))
            filled.append(number)
            segments.extend(map(calls.clip_segment, repeat(clip), repeat(path), range(count)))
    if segments:
        points, known = calls.points.ask(calls.point, len(segments), segments)
        places = np.where(known[:, None], points, np.nan).astype(np.float64)
        low, high = np.fmin.reduceat(places, begins), np.fmax.reduceat(places, begins)
        boxes[filled, :2] = np.where(np.isnan(low), -np.inf, low)
        boxes[filled, 2:] = np.where(np.isnan(high), np.inf, high)
    return boxes


# --------------------------------------------------------------------------------------------------------------- layers


def _is_layered(address: int, marks: int) -> bool:
    thing = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    return any(_mark_name(raw.FPDFPageObj_GetMark(thing, index)) == "OC" for index in range(marks))


def _mark_name(mark: Any) -> str:
    """The tag of marked content."""
    buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), ctypes.byref(length)):
        return ""
    return bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "replace")
