"""Text of a PDF page that nobody sees: too small, off the page, without colour, clipped away, covered, switched off.

What can be told from a text object alone is told from it. Where something may lie over or under the words, or where
their colour is light, the page is drawn and looked at: words whose place shows no contrast are not seen.
"""

import ctypes
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from reviewer.parsing.pdf_chars import Flags, PageChars, PageView
from reviewer.parsing.pdfium_call import plain_call

TINY, OFF_PAGE, TRANSPARENT, INVISIBLE = "tiny", "off the page", "transparent", "drawn without ink"
CLIPPED, COVERED, PALE, SWITCHED_OFF = "cut off", "covered", "in the colour of its background", "on a hidden layer"
REASONS = (TINY, OFF_PAGE, TRANSPARENT, INVISIBLE, CLIPPED, COVERED, PALE, SWITCHED_OFF)

_TINY_SIZE = 1.6  # points
_OUTSIDE = 1.0  # points beyond the page's edge
_OPAQUE = 16  # of 255: less alpha is as good as none
_LIGHT = 170  # of 255: lighter colours may be those of the paper
_DARK = 110
_NO_INK_MODES = {3, 7}  # neither filled nor stroked; 7 clips
_THIN = 3.0  # points: rules and underlines cover nothing
_MANY_OBJECTS = 4000  # more are not looked at one by one: the page is drawn
_SCALE = 2.0  # pixels a point
_MAX_PIXELS = 3000
_CONTRAST = 14  # of 255: less is not seen
_MARGIN = 0.12  # of a character's height: what its box may share with the lines above and below
_MOSTLY = 0.8
_Clip: TypeAlias = tuple[float, float, float, float]
_EVERYWHERE: _Clip = (-np.inf, -np.inf, np.inf, np.inf)


def hidden_reasons(page: pypdfium2.PdfPage, chars: PageChars, view: PageView) -> list[str]:
    """For each character why nobody sees it, or an empty string; an empty list where all are seen.

    Linear in the characters and objects of the page; draws the page where the objects leave it open.
    """
    if not chars.count:
        return []
    clips: dict[tuple[int, ...], _Clip] = {}
    facts = [_Facts.of(address, clips) for address in chars.objects]
    reasons = np.zeros(chars.count, np.int8)
    orders = _orders(page)
    doubtful = _doubtful(chars, view, facts, orders)
    size = np.array([look.size for look in chars.looks])[chars.look]
    _say(reasons, size <= _TINY_SIZE, TINY)
    width, height = view.size
    middle_x, middle_y = (chars.x0 + chars.x1) / 2, (chars.y0 + chars.y1) / 2
    inside = (middle_x > -_OUTSIDE) & (middle_x < width + _OUTSIDE) & (middle_y > -_OUTSIDE)
    _say(reasons, ~(inside & (middle_y < height + _OUTSIDE)), OFF_PAGE)
    _say(reasons, _of_objects(chars, [each.alpha < _OPAQUE for each in facts]), TRANSPARENT)
    _say(reasons, _clipped(chars, view, facts, orders), CLIPPED)
    no_ink = _of_objects(chars, [each.mode in _NO_INK_MODES for each in facts])
    _say(reasons, no_ink & ~doubtful, INVISIBLE)
    _look_at(page, chars, doubtful & (reasons == 0), facts, reasons)
    return ["" if not each else REASONS[each - 1] for each in reasons.tolist()] if reasons.any() else []


def _say(reasons: NDArray[np.int8], where: Flags, reason: str) -> None:
    """Notes a reason where there is none yet."""
    reasons[where & (reasons == 0)] = REASONS.index(reason) + 1


def _of_objects(chars: PageChars, flags: list[bool]) -> Flags:
    return np.array(flags, bool)[chars.object]


# ---------------------------------------------------------------------------------------------------- what objects tell


class _Facts(NamedTuple):
    """What a text object says of itself.

    Attributes:
        light: the lightest that its colour could be called, of 255: its darkest channel.
        alpha: of 255.
        mode: the text rendering mode.
        clip: left, bottom, right, top of what its clip paths leave, in the page's own space; None without any.
        is_layered: it belongs to optional content.
    """

    light: int = 0
    alpha: int = 255
    mode: int = 0
    clip: _Clip | None = None
    is_layered: bool = False

    @classmethod
    def of(cls, address: int, clips: dict[tuple[int, ...], _Clip]) -> "_Facts":
        """What an object says; ``clips`` keeps what the page's clip paths leave: many objects share one."""
        if not address:
            return cls()
        calls = _calls()
        mode = int(calls.mode(address))
        light, alpha = _colour(address, by_stroke=mode == 1)
        return cls(light, alpha, mode, _clip(address, clips), bool(calls.marks(address)) and _is_layered(address))


@dataclass(frozen=True, slots=True)
class _Calls:
    """PDFium's functions on objects, by their addresses."""

    mode: Any
    fill: Any
    stroke: Any
    clip: Any
    clip_paths: Any
    clip_segments: Any
    clip_segment: Any
    point: Any
    object: Any
    kind: Any
    marks: Any


@cache
def _calls() -> _Calls:
    thing, numbers = ctypes.c_void_p, [ctypes.c_void_p] * 4
    return _Calls(
        plain_call(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int, thing),
        plain_call(raw.FPDFPageObj_GetFillColor, ctypes.c_int, thing, *numbers),
        plain_call(raw.FPDFPageObj_GetStrokeColor, ctypes.c_int, thing, *numbers),
        plain_call(raw.FPDFPageObj_GetClipPath, ctypes.c_void_p, thing),
        plain_call(raw.FPDFClipPath_CountPaths, ctypes.c_int, thing),
        plain_call(raw.FPDFClipPath_CountPathSegments, ctypes.c_int, thing, ctypes.c_int),
        plain_call(raw.FPDFClipPath_GetPathSegment, ctypes.c_void_p, thing, ctypes.c_int, ctypes.c_int),
        plain_call(raw.FPDFPathSegment_GetPoint, ctypes.c_int, thing, ctypes.c_void_p, ctypes.c_void_p),
        plain_call(raw.FPDFPage_GetObject, ctypes.c_size_t, thing, ctypes.c_int),
        plain_call(raw.FPDFPageObj_GetType, ctypes.c_int, thing),
        plain_call(raw.FPDFPageObj_CountMarks, ctypes.c_int, thing),
    )


_TWO = (ctypes.c_float * 2)()
_TWO_PLACES = (ctypes.byref(_TWO), ctypes.byref(_TWO, 4))
_FOUR = (ctypes.c_uint * 4)()
_FOUR_PLACES = tuple(ctypes.byref(_FOUR, 4 * index) for index in range(4))


def _colour(address: int, *, by_stroke: bool) -> tuple[int, int]:
    """The darkest channel and the alpha; black where PDFium does not know."""
    ask = _calls().stroke if by_stroke else _calls().fill
    if not ask(address, *_FOUR_PLACES):
        return 0, 255
    return min(_FOUR[0], _FOUR[1], _FOUR[2]), _FOUR[3]


def _clip(address: int, clips: dict[tuple[int, ...], _Clip]) -> _Clip | None:
    calls = _calls()
    found = calls.clip(address)
    count = calls.clip_paths(found) if found else 0
    if count <= 0:
        return None
    paths = tuple(calls.clip_segment(found, path, 0) or 0 for path in range(count))
    if paths not in clips:
        clips[paths] = _left_by(found, count)
    return clips[paths]


def _left_by(clip: int, count: int) -> _Clip:
    calls = _calls()
    left, bottom, right, top = _EVERYWHERE
    for path in range(count):
        across, up = [], []
        for segment in range(calls.clip_segments(clip, path)):
            if calls.point(calls.clip_segment(clip, path, segment), *_TWO_PLACES):
                across.append(_TWO[0])
                up.append(_TWO[1])
        if across:
            left, right = max(left, min(across)), min(right, max(across))
            bottom, top = max(bottom, min(up)), min(top, max(up))
    return left, bottom, right, top


def _is_layered(address: int) -> bool:
    for index in range(_calls().marks(address)):
        mark = raw.FPDFPageObj_GetMark(ctypes.cast(address, raw.FPDF_PAGEOBJECT), index)
        if mark_name(mark) == "OC":
            return True
    return False


def mark_name(mark: Any) -> str:
    """The tag of marked content."""
    buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), ctypes.byref(length)):
        return ""
    return bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "replace")


def _clipped(chars: PageChars, view: PageView, facts: list[_Facts], orders: dict[int, int]) -> Flags:
    """Characters outside of what is left to their object. In a form the paths are in a space of its own: see below."""
    clips = [
        each.clip if each.clip is not None and address in orders else _EVERYWHERE
        for each, address in zip(facts, chars.objects, strict=True)
    ]
    left, top, right, bottom = (side[chars.object] for side in view.boxes(*np.array(clips).T))
    flags: Flags = (chars.x1 <= left) | (chars.x0 >= right) | (chars.y1 <= top) | (chars.y0 >= bottom)
    return flags


# ------------------------------------------------------------------------------------------------- what lies over them


def _orders(page: pypdfium2.PdfPage) -> dict[int, int]:
    """When each object of the page is drawn, by its address; objects inside of forms are not among them."""
    address = ctypes.cast(page.raw, ctypes.c_void_p).value
    count = range(max(0, raw.FPDFPage_CountObjects(page.raw)))
    return dict(zip(map(_calls().object, repeat(address), count), count, strict=True))


def _doubtful(chars: PageChars, view: PageView, facts: list[_Facts], orders: dict[int, int]) -> Flags:
    """Characters that only the drawn page can tell about: light ones, layered ones, those with something over or under.

    Words without ink count where a picture lies under them: text recognition puts them over the scan it read.
    """
    no_ink = _of_objects(chars, [each.mode in _NO_INK_MODES for each in facts])
    flags = _of_objects(chars, [each.light >= _LIGHT or each.is_layered for each in facts]) & ~no_ink
    in_form = [
        each.clip is not None and address not in orders for each, address in zip(facts, chars.objects, strict=True)
    ]
    flags |= _of_objects(chars, in_form) & ~no_ink
    if len(orders) > _MANY_OBJECTS:
        return np.ones(chars.count, bool)
    order = np.array([orders.get(address, -1) for address in chars.objects])[chars.object]
    dark = _of_objects(chars, [each.light < _DARK for each in facts])
    words = set(chars.objects)
    for address, at in orders.items():
        if address in words:
            continue
        kind = _calls().kind(address)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        box = _bounds(address, view)
        if box is None or (kind == raw.FPDF_PAGEOBJ_PATH and not _is_filled(address)):
            continue
        inside = (chars.x0 < box[2]) & (chars.x1 > box[0]) & (chars.y0 < box[3]) & (chars.y1 > box[1])
        if kind == raw.FPDF_PAGEOBJ_PATH:
            # Under dark words a light ground hides nothing; what comes after them, or nobody knows when, may.
            is_light = _colour(address, by_stroke=False)[0] >= _LIGHT
            inside &= ~no_ink & ((order < 0) | (order < at) | (dark if not is_light else ~dark))
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inside &= ~no_ink & (order >= 0) & (order < at)
        flags |= inside
    return flags


def _bounds(address: int, view: PageView) -> tuple[float, float, float, float] | None:
    """The box as shown; None for what is too thin to cover anything."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = (ctypes.byref(each) for each in (left, bottom, right, top))
    if not raw.FPDFPageObj_GetBounds(ctypes.cast(address, raw.FPDF_PAGEOBJECT), *places):
        return None
    if right.value - left.value < _THIN or top.value - bottom.value < _THIN:
        return None
    x0, y0, x1, y1 = view.boxes(left.value, bottom.value, right.value, top.value)
    return float(x0), float(y0), float(x1), float(y1)


def _is_filled(address: int) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    known = raw.FPDFPath_GetDrawMode(
        ctypes.cast(address, raw.FPDF_PAGEOBJECT), ctypes.byref(mode), ctypes.byref(stroked)
    )
    return bool(known) and mode.value != 0 and _colour(address, by_stroke=False)[1] >= _OPAQUE


# ------------------------------------------------------------------------------------------------------- the drawn page


def _look_at(
    page: pypdfium2.PdfPage, chars: PageChars, where: Flags, facts: list[_Facts], reasons: NDArray[np.int8]
) -> None:
    """Notes for each object whose doubtful characters show no contrast on the drawn page that it is not seen."""
    if not where.any():
        return
    scale = min(_SCALE, _MAX_PIXELS / max(*page.get_size(), 1.0))
    picture = page.render(scale=scale, grayscale=True, draw_annots=False).to_numpy().reshape(-1)
    width, height = (int(np.ceil(side * scale)) for side in page.get_size())
    picture = picture[: width * height].reshape(height, width)
    indices = np.nonzero(where & (chars.x1 > chars.x0) & _is_tall(chars))[0]
    shown = np.array([_has_contrast(picture, chars, index, scale) for index in indices.tolist()], bool)
    for number in np.unique(chars.object[indices]).tolist():
        mine = chars.object[indices] == number
        if np.count_nonzero(~shown[mine]) >= _MOSTLY * np.count_nonzero(mine):
            _say(reasons, where & (chars.object == number), _why(facts[number]))


def _is_tall(chars: PageChars) -> Flags:
    """Letters and digits: the ink of dashes and underscores is a small part of their boxes."""
    codes, which = np.unique(chars.codes, return_inverse=True)
    flags: Flags = np.array([chr(code).isalnum() for code in codes], bool)[which]
    return flags


def _has_contrast(picture: NDArray[np.uint8], chars: PageChars, index: int, scale: float) -> bool:
    margin = _MARGIN * (chars.y1[index] - chars.y0[index])
    top, bottom = (chars.y0[index] + margin) * scale, (chars.y1[index] - margin) * scale
    piece = picture[
        max(0, int(top)) : max(0, int(np.ceil(bottom))),
        max(0, int(chars.x0[index] * scale)) : max(0, int(np.ceil(chars.x1[index] * scale))),
    ]
    return bool(piece.size) and int(piece.max()) - int(piece.min()) >= _CONTRAST


def _why(facts: _Facts) -> str:
    if facts.mode in _NO_INK_MODES:
        return INVISIBLE
    if facts.is_layered:
        return SWITCHED_OFF
    return PALE if facts.light >= _LIGHT else COVERED
