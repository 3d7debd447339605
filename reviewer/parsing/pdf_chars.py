"""Characters of a PDF page with their places and looks, as arrays: there are too many for an object each.

All coordinates are PDF points, origin at the top left of the page as it is shown: crop box and rotation applied.
"""

import ctypes
import math
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from reviewer.parsing.pdfium_call import AnswerTable, bare_call, plain_call, ready

_HYPHENS = (0x02, 0xFFFE)  # how PDFium hands over a hyphen at a line's end
_TAB, _FIRST_PRINTABLE = 0x09, 0x20
_LINE_ENDS = (0x0A, 0x0D)
_SURROGATES = (0xD800, 0xDFFF)
_LAST_CODE_POINT = 0x10FFFF
_UNKNOWN = 0xFFFD
_BLANK = 0x20
_LEFTWARD = (0x0590, 0x08FF)
_LEFTWARD_FORMS = 0xFB1D
_BARE = (0x7F, 0x9F)  # no text: numbers of signs in a font that does not say what they are
# Dashes, quotes and the like have these numbers in most fonts; what else there is may be anything.
_BARE_SIGNS = np.array(
    [ord(sign) for sign in "\ufffd€\ufffd‚\ufffd„…†‡ˆ‰\ufffd‹" + 5 * "\ufffd" + "‘’“”•–—˜™\ufffd›" + 4 * "\ufffd"],
    np.uint32,
)
_STRIDE = 16  # characters
_NAME_BYTES = 256
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "-bd", ".b")
_ITALIC_NAMES = ("italic", "oblique", "-it", ".i")
_LOOSE_HEIGHT = (0.5, 1.7)  # of the size; a box of another height comes from a font that lies about itself

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Look(NamedTuple):
    """How a character is set. Size in points as shown."""

    size: float
    bold: bool
    italic: bool
    upright: bool = True


@dataclass(slots=True)
class PageChars:
    """The printable characters of a page in the order of its content; all arrays are as long as there are characters.

    Attributes:
        codes: Unicode code points.
        x0, y0, x1, y1: the boxes.
        looks, look: the looks that occur, and for each character which of them it has.
        objects, object: addresses of the page's text objects, and for each character which of them it belongs to.
        line: how many line ends PDFium put before the character.
    """

    codes: NDArray[np.uint32]
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    looks: list[Look]
    look: Ints
    objects: list[int]
    object: Ints
    line: Ints

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.codes)

    def at(self, places: Ints) -> "PageChars":
        """Those at some places."""
        x0, y0, x1, y1 = (side[places] for side in (self.x0, self.y0, self.x1, self.y1))
        look, owner, line = self.look[places], self.object[places], self.line[places]
        return PageChars(self.codes[places], x0, y0, x1, y1, self.looks, look, self.objects, owner, line)


@dataclass(frozen=True, slots=True)
class PageView:
    """From the page's own space (origin at the bottom left, y up) to the page as it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> "PageView":
        """The view of a page."""
        box = raw.FS_RECTF()
        if raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box)):
            edges = (box.left, box.bottom, box.right, box.top)
        else:
            edges = (0.0, 0.0, *page.get_size())
        return cls(*edges, page.get_rotation() // 90 % 4)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (width, height) if self.quarter_turns % 2 == 0 else (height, width)

    def boxes(self, x0: Any, y0: Any, x1: Any, y1: Any) -> tuple[Any, Any, Any, Any]:
        """Left, top, right, bottom as shown."""
        if self.quarter_turns == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.quarter_turns == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.quarter_turns == 2:  # noqa: PLR2004 - upside down
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0

    def is_upright(self, along_x: float, along_y: float) -> bool:
        """Whether text that runs in a direction of the page's own space is shown level."""
        along, across = (along_x, along_y) if self.quarter_turns % 2 == 0 else (along_y, along_x)
        return abs(along) >= abs(across)


def read_chars(textpage: pypdfium2.PdfTextPage, view: PageView) -> PageChars:
    """The characters of a page. Three calls of PDFium a character, nothing else that grows with them in Python."""
    page = ready(textpage.raw)
    count = max(0, raw.FPDFText_CountChars(textpage.raw))
    codes = _codes(textpage.raw, count)
    line: Ints = np.cumsum((codes == _LINE_ENDS[0]) | (codes == _LINE_ENDS[1]))
    codes, keep = _printable(codes)
    objects, first, which = _objects(page, codes)
    looks, number = _looks(page, objects, first, view)
    look = number[which]
    kept = np.nonzero(keep)[0]
    boxes = _boxes(page, kept, codes[kept] == _BLANK, looks, look[kept])
    if not np.isfinite(boxes).all():
        finite = np.isfinite(boxes).all(axis=0)
        boxes, kept = boxes[:, finite], kept[finite]
    x0, y0, x1, y1 = view.boxes(*boxes)
    return PageChars(codes[kept], x0, y0, x1, y1, looks, look[kept], objects.tolist(), which[kept], line[kept])


def _codes(textpage: raw.FPDF_TEXTPAGE, count: int) -> NDArray[np.uint32]:
    """Code points: from the whole text at once where it has one unit for each character, else one by one."""
    units = np.zeros(count + 2, np.uint16)
    place = units.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    if (
        raw.FPDFText_GetText(textpage, 0, count, place) == count + 1
        and not ((units >> 11) == _SURROGATES[0] >> 11).any()
    ):
        return units[:count].astype(np.uint32)
    return np.fromiter(map(_calls().code, repeat(ready(textpage)), range(count)), np.uint32, count)


_PLAIN = Look(10.0, bold=False, italic=False)


@dataclass(frozen=True, slots=True)
class _Calls:
    """Functions of PDFium that are called for each character or object, and room for what they write."""

    code: Any
    text_object: Any
    box: Any
    tight_box: Any
    matrix: Any
    size: Any
    font: Any
    font_name: Any
    weight: Any
    boxes: AnswerTable
    tight_boxes: AnswerTable
    matrices: AnswerTable


@cache
def _calls() -> _Calls:
    place = ctypes.c_void_p
    return _Calls(
        bare_call(raw.FPDFText_GetUnicode, ctypes.c_uint),
        bare_call(raw.FPDFText_GetTextObject, ctypes.c_size_t),
        bare_call(raw.FPDFText_GetLooseCharBox, None),
        bare_call(raw.FPDFText_GetCharBox, ctypes.c_int),
        bare_call(raw.FPDFText_GetMatrix, None),
        bare_call(raw.FPDFText_GetFontSize, ctypes.c_double),
        plain_call(raw.FPDFTextObj_GetFont, ctypes.c_size_t, place),
        plain_call(raw.FPDFText_GetFontInfo, ctypes.c_ulong, place, ctypes.c_int, place, ctypes.c_ulong, place),
        bare_call(raw.FPDFText_GetFontWeight, ctypes.c_int),
        AnswerTable(ctypes.c_float, 4, (0,)),  # as PDFium's FS_RECTF: left, top, right, bottom
        AnswerTable(ctypes.c_double, 4, (0, 2, 1, 3)),  # written as left, right, bottom, top
        AnswerTable(ctypes.c_float, 6, (0,)),  # as PDFium's FS_MATRIX
    )


def _printable(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], Flags]:
    """Code points as the document has them, and which of the characters it has at all."""
    written = codes.copy()
    written[(codes == _HYPHENS[0]) | (codes == _HYPHENS[1])] = ord("-")
    written[codes == _TAB] = ord(" ")
    bare = (codes >= _BARE[0]) & (codes <= _BARE[1])
    if bare.any():
        written[bare] = _BARE_SIGNS[codes[bare] - _BARE[0]]
    keep = written >= _FIRST_PRINTABLE
    written[((codes >= _SURROGATES[0]) & (codes <= _SURROGATES[1])) | (codes > _LAST_CODE_POINT)] = _UNKNOWN
    return written, keep


def _objects(page: Any, codes: NDArray[np.uint32]) -> tuple[Ints, Ints, Ints]:
    """Addresses of the text objects, a character of each, and for each character which object it belongs to.

    PDFium appends the characters of an object in one go: where two a few places apart belong to the same one, so do
    those between. Only right-to-left text, which it puts in order afterwards, is asked for one by one.
    """
    count = len(codes)
    if not count:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    is_leftward = ((codes >= _LEFTWARD[0]) & (codes <= _LEFTWARD[1])) | (codes >= _LEFTWARD_FORMS)
    asked = np.append(np.arange(0, count - 1, 1 if is_leftward.any() else _STRIDE), count - 1)
    found = _addresses(page, asked)
    places, addresses = [asked], [found]
    low, high, before, after = asked[:-1], asked[1:], found[:-1], found[1:]
    while True:
        is_open = (high - low > 1) & ((before != after) | (before == 0))
        if not is_open.any():
            break
        low, high, before, after = low[is_open], high[is_open], before[is_open], after[is_open]
        asked = (low + high) // 2
        found = _addresses(page, asked)
        places.append(asked)
        addresses.append(found)
        low, high = np.concatenate([low, asked]), np.concatenate([asked, high])
        before, after = np.concatenate([before, found]), np.concatenate([found, after])
    return _stretches(np.concatenate(places), np.concatenate(addresses), count)


def _addresses(page: Any, characters: Ints) -> Ints:
    """Of the objects that some characters belong to; 0 for those that PDFium made up."""
    return np.fromiter(map(_calls().text_object, repeat(page), characters.tolist()), np.int64, len(characters))


def _stretches(places: Ints, addresses: Ints, count: int) -> tuple[Ints, Ints, Ints]:
    """As `_objects`, from the addresses at some places; between two places with the same one it is that one."""
    order = np.argsort(places)
    places, addresses = places[order], addresses[order]
    # Characters that PDFium made up belong to no object; they get the one before.
    addresses = addresses[np.maximum.accumulate(np.where(addresses != 0, np.arange(len(addresses)), 0))]
    begins = np.concatenate([[0], np.nonzero(addresses[1:] != addresses[:-1])[0] + 1])
    starts = places[begins]
    objects, first, which = np.unique(addresses[begins], return_index=True, return_inverse=True)
    return objects, starts[first], np.repeat(which, np.diff(np.append(starts, count)))


def _boxes(page: Any, characters: Ints, is_blank: Flags, looks: list[Look], look: Ints) -> Floats:
    """Rows of left, bottom, right, top, in the page's own space; blanks without ink may have none: PDFium's own."""
    boxes = _calls().boxes.note(_calls().box, len(characters), repeat(page), characters.tolist())
    found = np.array([boxes[:, 0], boxes[:, 3], boxes[:, 2], boxes[:, 1]], np.float64)
    incredible = _incredible(found, looks, look)
    incredible = incredible[~is_blank[incredible] | found[:, incredible].any(axis=0)]
    asked = characters[incredible].tolist()
    tight, is_known = _calls().tight_boxes.ask(_calls().tight_box, len(asked), repeat(page), asked)
    found[:, incredible[is_known]] = tight[is_known].T
    return found


def _incredible(boxes: Floats, looks: list[Look], look: Ints) -> Ints:
    upright = np.array([each.upright for each in looks], bool)[look]
    size = np.array([each.size for each in looks], float)[look]
    left, bottom, right, top = boxes
    height = np.abs(top - bottom if upright.all() else np.where(upright, top - bottom, right - left))
    low, high = _LOOSE_HEIGHT
    return np.nonzero(~((height >= low * size) & (height <= high * size)))[0]


def _looks(page: Any, objects: Ints, first: Ints, view: PageView) -> tuple[list[Look], Ints]:
    """The looks that occur, and which of them each object has, as the first of its characters is set."""
    calls = _calls()
    characters, count = first.tolist(), len(first)
    matrices = calls.matrices.note(calls.matrix, count, repeat(page), characters)
    sizes = map(calls.size, repeat(page), characters)
    fonts = map(calls.font, objects.tolist())
    numbers: dict[tuple[object, ...], int] = {}  # of what objects say of themselves
    looks: dict[Look, int] = {}
    weights: dict[int, tuple[bool, bool]] = {}
    number = np.zeros(count, np.int64)
    for index, said in enumerate(zip(sizes, fonts, *matrices.T[:4].tolist(), strict=True)):
        if said not in numbers:
            look = _look(page, characters[index], view, said, weights) if objects[index] else _PLAIN
            numbers[said] = looks.setdefault(look, len(looks))
        number[index] = numbers[said]
    return list(looks), number


def _look(
    page: Any,
    character: int,
    view: PageView,
    said: tuple[float, int, float, float, float, float],
    weights: dict[int, tuple[bool, bool]],
) -> Look:
    """How a character is set; ``weights`` keeps which fonts of the page are bold and italic."""
    size, font, along_x, along_y, up_x, up_y = said
    size *= math.hypot(up_x, up_y)
    if font not in weights:
        weights[font] = _weight(page, character)
    upright = view.is_upright(along_x, along_y)
    return Look(round(size, 1) if math.isfinite(size) else 0.0, *weights[font], upright)


_NAME, _FLAGS = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()


def _weight(page: Any, index: int) -> tuple[bool, bool]:
    """Whether a character's font is bold, and whether it is italic."""
    _FLAGS.value = 0
    length = _calls().font_name(page, index, _NAME, _NAME_BYTES, ctypes.byref(_FLAGS))
    font = _NAME.value.lower().decode("latin-1") if 0 < length <= _NAME_BYTES else ""
    bold = _calls().weight(page, index) >= _BOLD_WEIGHT or bool(_FLAGS.value & _FORCE_BOLD)
    return (
        bold or any(part in font for part in _BOLD_NAMES),
        bool(_FLAGS.value & _ITALIC) or any(part in font for part in _ITALIC_NAMES),
    )
