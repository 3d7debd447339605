"""The places the parser names are where the drawn page has its ink."""

import io
from pathlib import Path

import pypdf
import pytest
from fpdf import FPDF
from pypdf.generic import FloatObject, NameObject, RectangleObject

from reviewer.domain.anchor import Box, TextSpan
from reviewer.domain.document import Document, Page, Source
from reviewer.domain.ids import DocumentId
from reviewer.domain.raster import Tile, pixels
from reviewer.parsing.page_drawing import PdfiumDrawer
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.reading import Aids

_SCALE = 3.0
_DARK = 128
_FAR = 1000  # points from the origin: no word would be on the page
_Area = tuple[float, float, float, float]


def _pdf(*words: str) -> bytes:
    """A page of 400 by 300 points with a word in each of its corners, and the last one in its middle."""
    pdf = FPDF(unit="pt", format=(400, 300))
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    for place, word in zip([(40, 50), (300, 50), (40, 260), (300, 260), (170, 150)], words, strict=False):
        pdf.text(*place, word)
    return bytes(pdf.output())


def _changed(
    data: bytes, degrees: int = 0, media: _Area | None = None, crop: _Area | None = None, unit: float = 1.0
) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    page = writer.pages[0]
    if media is not None and abs(media[0]) >= _FAR:  # words go where the page is
        page.add_transformation(pypdf.Transformation().translate(media[0], media[1]))
    page.rotate(degrees)
    if unit != 1.0:
        page[NameObject("/UserUnit")] = FloatObject(unit)
    if media is not None:
        page.mediabox = RectangleObject(media)
    if crop is not None:
        page.cropbox = RectangleObject(crop)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _document(data: bytes) -> Document:
    reading = read_pdf(data, Aids(lambda _page, _pages: None))
    return Document(DocumentId("doc"), Source("a.pdf", "", "", 0), reading.text, reading.blocks, reading.pages)


def _picture(data: bytes, page: Page) -> tuple[int, bytes]:
    """Width in pixels, and one byte a pixel: 1 where it is dark."""
    drawer = PdfiumDrawer(1)
    drawer.open("a", data)
    width, height = pixels(page.width, _SCALE), pixels(page.height, _SCALE)
    drawn = drawer.draw("a", Tile(page.number, _SCALE, 0, 0, width, height))
    return width, bytes(level < _DARK for level in drawn[::4])


def _dark(picture: tuple[int, bytes], box: Box) -> int:
    width, dots = picture
    left, right = max(0, int(box.x0 * _SCALE)), min(width, int(box.x1 * _SCALE) + 1)
    top, bottom = max(0, int(box.y0 * _SCALE)), int(box.y1 * _SCALE) + 1
    return sum(sum(dots[row * width + left : row * width + right]) for row in range(top, bottom))


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1.0, 2.0])
@pytest.mark.parametrize(
    ("media", "crop"),
    [
        (None, None),
        ((-100, -50, 500, 400), None),
        ((20, 10, 400, 300), None),
        (None, (20, 30, 380, 280)),
        ((-100, -50, 500, 400), (10, 15, 390, 290)),
        ((10, 15, 390, 290), (-100, -50, 500, 400)),
        ((1000, 2000, 1400, 2300), None),
        ((1000, 2000, 1400, 2300), (1020, 2030, 1380, 2280)),
        ((-1400, -2300, -1000, -2000), None),
    ],
)
def test_all_ink_lies_in_the_boxes_of_the_words(
    degrees: int, media: _Area | None, crop: _Area | None, unit: float
) -> None:
    """Pages that are turned, cropped, set off from the origin of their space, and counted in a larger unit."""
    words = ["Alpha", "Beta", "Gamma", "Delta", "MIDDLE"]
    data = _changed(_pdf(*words), degrees, media, crop, unit)
    document = _document(data)
    page = document.pages[0]
    picture = _picture(data, page)
    inside = []
    for word in words:
        start = document.text.index(word)
        anchor = document.anchor(TextSpan(start, start + len(word)))
        inside.append(sum(_dark(picture, box) for box in anchor.boxes))
        area = sum((box.x1 - box.x0) * (box.y1 - box.y0) for box in anchor.boxes) * _SCALE**2
        assert inside[-1] > 0.08 * area
    assert sum(inside) >= 0.99 * sum(picture[1]) > 0


def test_a_part_is_cut_out_of_the_whole() -> None:
    data = _pdf("Alpha", "Beta", "Gamma", "Delta", "MIDDLE")
    drawer = PdfiumDrawer(1)
    drawer.open("a", data)
    whole = drawer.draw("a", Tile(1, 2.0, 0, 0, 800, 600))
    part = drawer.draw("a", Tile(1, 2.0, 330, 270, 120, 60))
    rows = [whole[4 * (row * 800 + 330) : 4 * (row * 800 + 450)] for row in range(270, 330)]
    assert part == b"".join(rows)
    assert any(level < _DARK for level in part)


@pytest.mark.data
@pytest.mark.parametrize("name", ["contracts/cuad-003.pdf", "contracts/USC_Title_1_Chapter_1.pdf"])
def test_lines_of_real_pages_hold_their_ink(shared_data: Path, name: str) -> None:
    data = (shared_data / name).read_bytes()
    document = _document(data)
    page = next(page for page in document.pages if len(page.lines) > 10)
    picture = _picture(data, page)
    inside = sum(_dark(picture, line.box) for line in page.lines)
    assert inside > 0.9 * sum(picture[1])
