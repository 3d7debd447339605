"""Scanned pages: found, drawn, recognised, and said."""

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import count

import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw

from reviewer.domain.anchor import Box
from reviewer.domain.document import Document, Origin, Source, SourceFile
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId
from reviewer.parsing.parser import IsolatedDocumentParser
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.pdf_scans import pages_named, stretches
from reviewer.parsing.reading import Aids, Reading
from reviewer.parsing.recognition import Recognizer
from reviewer.parsing.scan import MAX_EDGE, Picture, Word, is_sound
from reviewer.parsing.tesseract import find_tesseract

_WIDTH, _HEIGHT = 300, 200  # of pages, in points
_Draw = Callable[[FPDF], None]


def _pdf(*pages: _Draw, size: tuple[float, float] = (_HEIGHT, _WIDTH)) -> bytes:
    pdf = FPDF(unit="pt", format=size, orientation="landscape")
    pdf.set_auto_page_break(False)
    pdf.set_font("Helvetica", size=10)
    for draw in pages:
        pdf.add_page()
        draw(pdf)
    return bytes(pdf.output())


def _picture(share: float = 1.0, *, blank: bool = False) -> _Draw:
    image = Image.new("L", (30, 20), 255)
    if not blank:
        ImageDraw.Draw(image).rectangle((3, 3, 20, 8), fill=0)
    return lambda pdf: pdf.image(image, 0, 0, _WIDTH * share, _HEIGHT)  # type: ignore[return-value]


def _words(*words: Word) -> "Recognizing":
    return Recognizing([words])


class Recognizing:
    """Answers with the words of one page after another; keeps the pictures."""

    def __init__(self, pages: Iterable[tuple[Word, ...]]) -> None:
        self._pages = iter(pages)
        self.pictures: list[Picture] = []

    def __call__(self, pictures: Iterable[Picture]) -> Iterator[tuple[Word, ...]]:
        for picture in pictures:
            self.pictures.append(picture)
            yield next(self._pages, ())


def _read(data: bytes, recognize: Recognizing | None = None) -> Reading:
    return read_pdf(data, Aids(lambda _page, _pages: None, recognize=recognize))


def _codes(reading: Reading) -> list[str]:
    return [warning.code for warning in reading.warnings]


def _line(text: str, top: int, line: int = 0, confidence: float = 0.9) -> list[Word]:
    """Words of ten pixels a letter at 300 dpi."""
    places = count(100)
    found = []
    for word in text.split():
        left = next(places)
        found.append(Word(word, line, left, top, left + 20 * len(word), top + 40, confidence))
        places = count(left + 20 * len(word) + 20)
    return found


def test_words_of_a_scan_become_text_with_places_and_confidence() -> None:
    recognize = _words(*_line("First line of", 100), *_line("the scan", 150, 1, 0.5))
    reading = _read(_pdf(_picture()), recognize)
    assert reading.text == "First line of\nthe scan"
    (block,) = reading.blocks
    assert (block.origin, block.page) == (Origin.OCR, 1)
    assert block.confidence == pytest.approx((0.9 * 13 + 0.5 * 8) / 21, abs=0.01)
    (drawn,) = recognize.pictures
    assert is_sound(drawn)
    assert (drawn.width, drawn.height, drawn.dpi) == (1250, 834, 300)
    document = Document(
        DocumentId("d"), Source("", "", "", 0), reading.text, reading.blocks, reading.pages, warnings=reading.warnings
    )
    anchor = document.anchor(type(block.span)(6, 10))
    assert anchor.quote.exact == "line"
    assert anchor.boxes == (Box(pytest.approx(220 * 0.24), pytest.approx(24.0), pytest.approx(300 * 0.24), 33.6),)
    assert _codes(reading) == ["recognized_text"]
    assert "Page 1" in reading.warnings[0].message


def test_pictures_are_drawn_as_they_are_shown() -> None:
    recognize = _words()
    with pytest.raises(InputError):
        _read(_pdf(_picture()), recognize)
    (drawn,) = recognize.pictures
    middle = drawn.pixels[drawn.width * (drawn.height // 4) :][: drawn.width]
    assert middle[drawn.width // 3] == 0
    assert middle[-1] == 255


def test_large_pages_are_drawn_in_less_detail() -> None:
    recognize = _words()
    with pytest.raises(InputError):
        _read(_pdf(lambda pdf: pdf.rect(0, 0, 900, 900, "F"), size=(3000, 3000)), recognize)
    assert max(recognize.pictures[0].width, recognize.pictures[0].height) <= MAX_EDGE
    assert recognize.pictures[0].dpi == 95


def test_only_scanned_pages_are_recognised() -> None:
    recognize = _words(*_line("Scanned words.", 100))
    reading = _read(
        _pdf(lambda pdf: pdf.text(20, 50, "Typed words."), _picture(), lambda _pdf: None, _picture(blank=True)),
        recognize,
    )
    assert reading.text == "Typed words.\n\nScanned words."
    assert [block.origin for block in reading.blocks] == [Origin.TEXT, Origin.OCR]
    assert len(recognize.pictures) == 2
    assert _codes(reading) == ["recognized_text"]  # nothing is missed on pages that are blank


def test_stamp_on_a_scan_is_kept_and_not_read_twice() -> None:
    def draw(pdf: FPDF) -> None:
        _picture()(pdf)
        pdf.text(24, 33, "STAMP")

    recognize = _words(*_line("STAMP", 100), *_line("Words below.", 400, 1))
    assert _read(_pdf(draw), recognize).text == "STAMP\n\nWords below."


def test_page_with_a_small_picture_and_some_text_is_not_drawn() -> None:
    def draw(pdf: FPDF) -> None:
        _picture(0.3)(pdf)
        pdf.text(24, 33, "Typed")

    recognize = _words()
    assert _read(_pdf(draw), recognize).text == "Typed"
    assert not recognize.pictures


def test_columns_of_a_scan_are_parted_and_tall_words_are_kept_apart() -> None:
    wide = [*_line("Left", 100), Word("Right", 0, 700, 100, 800, 140, 0.9)]
    upended = [Word("Sideways", 1, 1100, 100, 1140, 400, 0.9), Word("words", 1, 1100, 420, 1140, 600, 0.9)]
    assert _read(_pdf(_picture()), _words(*wide, *upended)).text == "Left\tRight\n\nSideways words"


def test_scan_without_recognition_says_what_to_install() -> None:
    reading = _read(_pdf(lambda pdf: pdf.text(20, 50, "Typed."), _picture(), _picture()))
    (warning,) = reading.warnings
    assert (warning.code, warning.page) == ("page_without_text", 2)
    assert warning.message.startswith("Pages 2 to 3 hold no text")
    assert "Install Tesseract" in warning.message


def test_pages_that_cannot_be_recognised_are_named() -> None:
    reading = _read(_pdf(_picture(), lambda pdf: pdf.text(20, 50, "Typed.")), _words())
    (warning,) = reading.warnings
    assert warning.message == (
        "Page 1 holds no text (perhaps a scan) and could not be read. No words could be recognised either."
    )


def test_document_of_blank_pages_is_told_from_a_scan() -> None:
    with pytest.raises(InputError, match="blank"):
        _read(_pdf(lambda _pdf: None))
    with pytest.raises(InputError, match="blank"):
        _read(_pdf(_picture(blank=True)), _words())
    with pytest.raises(InputError, match="empty_text"):
        _read(_pdf(_picture()))


@pytest.mark.parametrize(
    ("pages", "named"),
    [([4], "Page 4"), ([1, 2, 3, 7], "Pages 1 to 3, 7"), ([2, 4], "Pages 2, 4"), ([5, 6], "Pages 5 to 6")],
)
def test_pages_are_named_in_stretches(pages: list[int], named: str) -> None:
    assert pages_named(stretches(pages)) == named


def test_real_scan_is_read_through_the_worker() -> None:
    tesseract = find_tesseract()
    if tesseract is None or "eng" not in tesseract.languages():
        pytest.skip("Tesseract is not installed")
    typed = _pdf(lambda pdf: pdf.text(20, 50, "Either party may terminate this Agreement on 30 days notice."))
    image = pypdfium2.PdfDocument(typed)[0].render(scale=200 / 72, grayscale=True).to_pil()
    target = io.BytesIO()
    image.save(target, "PDF", resolution=200)
    parser = IsolatedDocumentParser(Recognizer(tesseract, lambda _text: ("en", 1.0)))
    try:
        document = parser.parse(SourceFile("scan.pdf", target.getvalue()))
    finally:
        parser.close()
    assert document.text == "Either party may terminate this Agreement on 30 days notice."
    assert document.blocks[0].origin is Origin.OCR
    assert parser.version.startswith("4-eng")
