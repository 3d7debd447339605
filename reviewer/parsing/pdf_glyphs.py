"""Characters of a PDF page with their places, gathered into runs.

All coordinates are PDF points, origin at the top left of the page as it is shown: crop box and rotation applied.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

_LINE_ENDS = {10, 13}
_HYPHENS = {0x02, 0xFFFE}  # how PDFium hands over a hyphen at a line's end
_FIRST_PRINTABLE = 0x20
_SURROGATES = range(0xD800, 0xE000)
_LAST_CODE_POINT = 0x10FFFF
_NAME_BYTES = 256
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "-bd", ".b")
_ITALIC_NAMES = ("italic", "oblique", "-it", ".i")
_MAX_GAP = 1.2  # of the size; more parts columns and table cells
_MAX_SPACED_GAP = 3.0  # of the size, where the file itself has spaces in the gap (justified text)
_MIN_OVERLAP = 0.4  # of the lower of two heights; less is another line
_LOOSE_HEIGHT = (0.5, 1.7)  # of the size; a box of another height comes from a font that lies about itself


@dataclass(frozen=True, slots=True)
class Look:
    """How a character is set. Size in points as shown."""

    size: float
    bold: bool
    italic: bool
    upright: bool = True


@dataclass(slots=True)
class Glyph:
    """One character and its box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    look: Look


@dataclass(slots=True)
class Run:
    """Characters that follow each other closely on one line.

    Attributes:
        edges: as in `reviewer.domain.document.Line`; empty where they are not in order.
        looks: how many characters look how.
    """

    text: str
    edges: tuple[float, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    looks: Counter[Look] = field(default_factory=Counter)

    @property
    def look(self) -> Look:
        """The look of most characters."""
        return max(self.looks, key=lambda look: self.looks[look])

    @property
    def is_leftward(self) -> bool:
        """True for text written from right to left."""
        return len(self.edges) > 1 and self.edges[-1] < self.edges[0]


@dataclass(frozen=True, slots=True)
class _View:
    """From the page's own space (origin at the bottom left, y up) to the page as it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if self.quarter_turns == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.quarter_turns == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.quarter_turns == 2:  # noqa: PLR2004 - upside down
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0

    def is_upright(self, along_x: float, along_y: float) -> bool:
        along, across = (along_x, along_y) if self.quarter_turns % 2 == 0 else (along_y, along_x)
        return abs(along) >= abs(across)


def read_runs(page: pypdfium2.PdfPage) -> list[Run]:
    """The runs of a page, in the order of its content. Linear in its characters.

    Raises:
        pypdfium2.PdfiumError: PDFium cannot read the page's text.
    """
    view = _view(page)
    textpage = page.get_textpage()
    try:
        return _settle_accents(list(_gather(_glyphs(textpage, view))))
    finally:
        textpage.close()


def _view(page: pypdfium2.PdfPage) -> _View:
    box = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box)):
        edges = (box.left, box.bottom, box.right, box.top)
    else:
        edges = (0.0, 0.0, *page.get_size())
    return _View(*edges, page.get_rotation() // 90 % 4)


def _glyphs(textpage: pypdfium2.PdfTextPage, view: _View) -> Iterator[Glyph | None]:
    """Characters in order; None for the end of a line."""
    page = textpage.raw
    loose = raw.FS_RECTF()
    by_loose = ctypes.byref(loose)
    looks = _Looks(page, view)
    for index in range(max(0, raw.FPDFText_CountChars(page))):
        code = raw.FPDFText_GetUnicode(page, index)
        if code in _LINE_ENDS:
            yield None
            continue
        text = _character(code)
        if not text:
            continue
        look = looks.at(index)
        raw.FPDFText_GetLooseCharBox(page, index, by_loose)
        box = (loose.left, loose.bottom, loose.right, loose.top)
        if not _is_credible(box, look):
            box = _tight_box(page, index) or box
        if all(map(math.isfinite, box)):
            yield Glyph(text, *view.box(*box), look)


class _Looks:
    """Looks of characters; those of one text object are asked for once."""

    def __init__(self, page: raw.FPDF_TEXTPAGE, view: _View) -> None:
        self._page = page
        self._view = view
        self._known: dict[int, Look] = {}
        self._last = Look(10.0, bold=False, italic=False)
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._matrix = raw.FS_MATRIX()

    def at(self, index: int) -> Look:
        """The look of a character; characters that PDFium made up look like the one before."""
        text_object = raw.FPDFText_GetTextObject(self._page, index)
        if not text_object:
            return self._last
        address = ctypes.addressof(text_object.contents)
        look = self._known.get(address)
        if look is None:
            look = self._known[address] = self._ask(index)
        self._last = look
        return look

    def _ask(self, index: int) -> Look:
        matrix = self._matrix
        raw.FPDFText_GetMatrix(self._page, index, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.c, matrix.d)
        length = raw.FPDFText_GetFontInfo(self._page, index, self._name, _NAME_BYTES, ctypes.byref(self._flags))
        name = self._name.value.lower().decode("latin-1") if 0 < length <= _NAME_BYTES else ""
        bold = raw.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT or bool(self._flags.value & _FORCE_BOLD)
        return Look(
            round(size, 1) if math.isfinite(size) else 0.0,
            bold or any(part in name for part in _BOLD_NAMES),
            bool(self._flags.value & _ITALIC) or any(part in name for part in _ITALIC_NAMES),
            self._view.is_upright(matrix.a, matrix.b),
        )


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code < _FIRST_PRINTABLE:
        return " " if code == 9 else ""  # noqa: PLR2004 - a tab
    if code in _SURROGATES or code > _LAST_CODE_POINT:
        return "\ufffd"
    return chr(code)


def _is_credible(box: tuple[float, float, float, float], look: Look) -> bool:
    height = box[3] - box[1] if look.upright else box[2] - box[0]
    low, high = _LOOSE_HEIGHT
    return low * look.size <= abs(height) <= high * look.size


def _tight_box(page: raw.FPDF_TEXTPAGE, index: int) -> tuple[float, float, float, float] | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    places = (ctypes.byref(side) for side in (left, right, bottom, top))
    if not raw.FPDFText_GetCharBox(page, index, *places):
        return None
    return left.value, bottom.value, right.value, top.value


def _gather(glyphs: Iterator[Glyph | None]) -> Iterator[Run]:
    group: list[Glyph] = []
    for glyph in glyphs:
        if glyph is None or (group and not glyph.text.isspace() and not _is_next(glyph, group)):
            yield from _run(group)
            group = []
        if glyph is not None and (group or not glyph.text.isspace()):
            group.append(glyph)
    yield from _run(group)


def _is_next(glyph: Glyph, group: list[Glyph]) -> bool:
    spaces = 0
    while group[-1 - spaces].text.isspace():
        spaces += 1
    last = group[-1 - spaces]
    if last.look.upright is not glyph.look.upright:
        return False
    # PDFium makes up spaces without width; those with a width are in the file.
    is_spaced = spaces > 0 and any(space.x1 > space.x0 for space in group[-spaces:])
    size = max(last.look.size, glyph.look.size, 1.0)
    if not glyph.look.upright:
        return max(glyph.y0 - last.y1, last.y0 - glyph.y1) <= _MAX_GAP * size and _overlap(
            last.x0, last.x1, glyph.x0, glyph.x1
        )
    if not (_are_level(last, glyph) or _are_level(group[0], glyph) or _is_accent(last) or _is_accent(glyph)):
        return False
    return max(glyph.x0 - last.x1, last.x0 - glyph.x1) <= (_MAX_SPACED_GAP if is_spaced else _MAX_GAP) * size


def _is_accent(glyph: Glyph) -> bool:
    """Some files print accents as signs of their own, above the letter."""
    return unicodedata.category(glyph.text) in {"Sk", "Mn"}


def _are_level(one: Glyph, other: Glyph) -> bool:
    return _overlap(one.y0, one.y1, other.y0, other.y1)


def _overlap(a0: float, a1: float, b0: float, b1: float) -> bool:
    return min(a1, b1) - max(a0, b0) >= _MIN_OVERLAP * min(a1 - a0, b1 - b0)


def _settle_accents(runs: list[Run]) -> list[Run]:
    """Puts accents that the file prints apart from their line before the letter they stand over."""
    settled = [run for run in runs if not (len(run.text) == 1 and unicodedata.category(run.text) == "Sk")]
    for run in runs if len(settled) < len(runs) else ():
        if len(run.text) > 1 or unicodedata.category(run.text) != "Sk":
            continue
        middle, height = (run.x0 + run.x1) / 2, run.y1 - run.y0
        for line in settled:
            if line.x0 <= middle <= line.x1 and run.y0 < line.y1 and line.y0 - height < run.y1 and line.edges:
                _insert(line, run.text, middle)
                break
        else:
            settled.append(run)
    return settled


def _insert(line: Run, text: str, x: float) -> None:
    index = sum(edge <= x for edge in line.edges[:-1]) - 1
    if index >= 0:
        line.text = line.text[:index] + text + line.text[index:]
        line.edges = (*line.edges[: index + 1], *line.edges[index:])


def _run(group: list[Glyph]) -> Iterator[Run]:
    while group and group[-1].text.isspace():
        group.pop()
    if not group:
        return
    inked = [glyph for glyph in group if not glyph.text.isspace()]
    yield Run(
        "".join(glyph.text for glyph in group),
        _edges(group) if inked[0].look.upright else (),
        min(glyph.x0 for glyph in inked),
        min(glyph.y0 for glyph in inked),
        max(glyph.x1 for glyph in inked),
        max(glyph.y1 for glyph in inked),
        Counter(glyph.look for glyph in inked),
    )


def _edges(group: list[Glyph]) -> tuple[float, ...]:
    """Where each character begins, and where the last ends; empty where that would go back and forth."""
    places = _places(group)
    leftward = sum(1 if b[0] < a[0] else -1 for a, b in pairwise(places)) > 0
    edges = [place[1] if leftward else place[0] for place in places]
    edges.append(places[-1][0] if leftward else places[-1][1])
    sign = -1.0 if leftward else 1.0
    tolerance = max(glyph.look.size for glyph in group)
    for index in range(1, len(edges)):
        step = sign * (edges[index] - edges[index - 1])
        if step < -tolerance:
            return ()
        if step < 0:  # kerning
            edges[index] = edges[index - 1]
    return tuple(round(edge, 2) for edge in edges)


def _places(group: list[Glyph]) -> list[tuple[float, float]]:
    """Left and right of each character; spaces fill the gap, parts of a ligature share its width."""
    places = [(glyph.x0, glyph.x1) for glyph in group]
    start = 0
    while start < len(group):
        end = start + 1
        is_space = group[start].text.isspace()
        while end < len(group) and (group[end].text.isspace() if is_space else places[end] == places[start]):
            end += 1
        low, high = places[start]
        if is_space and start and end < len(group):
            before, after = places[start - 1], places[end]
            low, high = (before[1], after[0]) if after[0] >= before[0] else (after[1], before[0])
            _share(places, start, end, (low, max(low, high)), leftward=after[0] < before[0])
        elif end - start > 1:
            _share(places, start, end, (low, high), leftward=False)
        start = end
    return places


def _share(
    places: list[tuple[float, float]], start: int, end: int, room: tuple[float, float], *, leftward: bool
) -> None:
    width = (room[1] - room[0]) / (end - start)
    for index in range(start, end):
        at = end - 1 - index if leftward else index - start
        places[index] = (room[0] + at * width, room[0] + (at + 1) * width)
