"""Text of a PDF page that nobody sees: too small, off the page, without colour, clipped away, covered, switched off.

What can be told from a text object alone is told from it. Where something may lie over or under the words, or where
their colour is light, the page is drawn and looked at: words whose place shows no contrast are not seen.
"""

import ctypes

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from reviewer.parsing.pdf_chars import Flags, Ints, PageChars, PageView
from reviewer.parsing.pdf_objects import Objects
from reviewer.parsing.pdf_text_objects import TextObjects, colours

TINY, OFF_PAGE, TRANSPARENT, INVISIBLE = "tiny", "off the page", "transparent", "drawn without ink"
CLIPPED, COVERED, PALE, SWITCHED_OFF = "cut off", "covered", "in the colour of its background", "on a hidden layer"
REASONS = (TINY, OFF_PAGE, TRANSPARENT, INVISIBLE, CLIPPED, COVERED, PALE, SWITCHED_OFF)

_TINY_SIZE = 1.6  # points
_OUTSIDE = 1.0  # points beyond the page's edge
_OPAQUE = 16  # of 255: less alpha is as good as none
_LIGHT = 170  # of 255: lighter colours may be those of the paper
_DARK = 110
_NO_INK_MODES = (3, 7)  # neither filled nor stroked; 7 clips
_THIN = 3.0  # points: rules and underlines cover nothing
_MANY_OBJECTS = 4000  # more are not looked at one by one: the page is drawn
_SCALE = 2.0  # pixels a point
_MAX_PIXELS = 3000
_CONTRAST = 14  # of 255: less is not seen
_MARGIN = 0.12  # of a character's height: what its box may share with the lines above and below
_MOSTLY = 0.8


def hidden_reasons(
    page: pypdfium2.PdfPage, objects: Objects, chars: PageChars, texts: TextObjects, view: PageView
) -> list[str]:
    """For each character why nobody sees it, or an empty string; an empty list where all are seen.

    Linear in the characters and objects of the page; draws the page where the objects leave it open.

    Args:
        page: the page.
        objects: what is drawn on it.
        chars: its characters.
        texts: what the text objects of the characters say of themselves.
        view: the page as it is shown.
    """
    if not chars.count:
        return []
    reasons = np.zeros(chars.count, np.int8)
    order = _orders(objects, chars)
    doubtful = _doubtful(chars, view, texts, objects, order)
    size = np.array([look.size for look in chars.looks])[chars.look]
    _say(reasons, size <= _TINY_SIZE, TINY)
    width, height = view.size
    middle_x, middle_y = (chars.x0 + chars.x1) / 2, (chars.y0 + chars.y1) / 2
    inside = (middle_x > -_OUTSIDE) & (middle_x < width + _OUTSIDE) & (middle_y > -_OUTSIDE)
    _say(reasons, ~(inside & (middle_y < height + _OUTSIDE)), OFF_PAGE)
    _say(reasons, (texts.alpha < _OPAQUE)[chars.object], TRANSPARENT)
    _say(reasons, _clipped(chars, view, texts, order), CLIPPED)
    no_ink = np.isin(texts.mode, _NO_INK_MODES)[chars.object]
    _say(reasons, no_ink & ~doubtful, INVISIBLE)
    _look_at(page, chars, doubtful & (reasons == 0), texts, reasons)
    return ["" if not each else REASONS[each - 1] for each in reasons.tolist()] if reasons.any() else []


def _say(reasons: NDArray[np.int8], where: Flags, reason: str) -> None:
    """Notes a reason where there is none yet."""
    reasons[where & (reasons == 0)] = REASONS.index(reason) + 1


def _orders(objects: Objects, chars: PageChars) -> Ints:
    """When each text object is drawn; -1 for those inside of forms, which the page does not draw itself."""
    orders = dict(zip(objects.addresses, range(len(objects)), strict=True))
    return np.fromiter((orders.get(address, -1) for address in chars.objects), np.int64, len(chars.objects))


def _clipped(chars: PageChars, view: PageView, texts: TextObjects, order: Ints) -> Flags:
    """Characters outside of what is left to their object. In a form the paths are in a space of its own: see below."""
    mine = np.nonzero((texts.is_clipped & (order >= 0))[chars.object])[0]
    flags: Flags = np.zeros(chars.count, np.bool_)
    left, top, right, bottom = view.boxes(*texts.clip[chars.object[mine]].T)
    flags[mine] = (
        (chars.x1[mine] <= left) | (chars.x0[mine] >= right) | (chars.y1[mine] <= top) | (chars.y0[mine] >= bottom)
    )
    return flags


# ------------------------------------------------------------------------------------------------- what lies over them


def _doubtful(chars: PageChars, view: PageView, texts: TextObjects, objects: Objects, order: Ints) -> Flags:
    """Characters that only the drawn page can tell about: light ones, layered ones, those with something over or under.

    Words without ink count where a picture lies under them: text recognition puts them over the scan it read.
    """
    if len(objects) > _MANY_OBJECTS:
        return np.ones(chars.count, np.bool_)
    no_ink = np.isin(texts.mode, _NO_INK_MODES)[chars.object]
    open_ones = (texts.light >= _LIGHT) | texts.is_layered | (texts.is_clipped & (order < 0))
    flags = open_ones[chars.object] & ~no_ink
    drawn, dark = order[chars.object], (texts.light < _DARK)[chars.object]
    bounds = objects.bounds
    is_thick = (bounds[:, 2] - bounds[:, 0] >= _THIN) & (bounds[:, 3] - bounds[:, 1] >= _THIN)
    thick = np.nonzero(is_thick)[0]
    boxes = np.stack(view.boxes(*bounds[thick].T), axis=1).tolist()
    for at, kind, box in zip(thick.tolist(), objects.kinds[thick].tolist(), boxes, strict=True):
        light = _ground(objects.addresses[at]) if kind == raw.FPDF_PAGEOBJ_PATH else None
        if kind == raw.FPDF_PAGEOBJ_PATH and light is None:
            continue
        inside = (chars.x0 < box[2]) & (chars.x1 > box[0]) & (chars.y0 < box[3]) & (chars.y1 > box[1])
        if light is not None:
            # Under dark words a light ground hides nothing; what comes after them, or nobody knows when, may.
            inside &= ~no_ink & ((drawn < 0) | (drawn < at) | (dark if light < _LIGHT else ~dark))
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inside &= ~no_ink & (drawn >= 0) & (drawn < at)
        flags |= inside
    return flags


def _ground(path: int) -> int | None:
    """How light a filled path is; None for one that is not filled or can be seen through."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    known = raw.FPDFPath_GetDrawMode(ctypes.cast(path, raw.FPDF_PAGEOBJECT), ctypes.byref(mode), ctypes.byref(stroked))
    if not known or mode.value == 0:
        return None
    light, alpha = colours([path])
    return int(light[0]) if alpha[0] >= _OPAQUE else None


# ------------------------------------------------------------------------------------------------------- the drawn page


def _look_at(
    page: pypdfium2.PdfPage, chars: PageChars, where: Flags, texts: TextObjects, reasons: NDArray[np.int8]
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
            _say(reasons, where & (chars.object == number), _why(texts, number))


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


def _why(texts: TextObjects, number: int) -> str:
    if texts.mode[number] in _NO_INK_MODES:
        return INVISIBLE
    if texts.is_layered[number]:
        return SWITCHED_OFF
    return PALE if texts.light[number] >= _LIGHT else COVERED
