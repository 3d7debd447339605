"""The second PDF reader."""

import pytest
from fpdf import FPDF

from reviewer.domain.errors import InputError
from reviewer.parsing.pdf_fallback import read_pdf_text
from reviewer.parsing.reading import Aids


def _pdf(pages: int) -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for number in range(pages):
        pdf.add_page()
        pdf.cell(text=f"Page number {number + 1}.")
    return bytes(pdf.output())


def test_fallback_reads_text_with_pages_and_without_places() -> None:
    reading = read_pdf_text(_pdf(2), Aids(lambda _page, _pages: None), 10)
    assert reading.text == "Page number 1.\n\nPage number 2."
    assert [(block.page, block.box) for block in reading.blocks] == [(1, None), (2, None)]
    assert [(page.number, page.lines) for page in reading.pages] == [(1, ()), (2, ())]


@pytest.mark.parametrize(("data", "code"), [(b"%PDF-1.4 broken", "corrupt"), (_pdf(3), "too_many_pages")])
def test_fallback_refuses(data: bytes, code: str) -> None:
    with pytest.raises(InputError, match=code):
        read_pdf_text(data, Aids(lambda _page, _pages: None), 2)
