"""Pages that PDFium does not read: the second reader's words, or a sentence, but no silent gap."""

import re

import pytest
from fpdf import FPDF

from reviewer.domain.errors import InputError
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.reading import Aids, Reading


def _pdf(pages: int) -> bytes:
    pdf = FPDF(unit="pt")
    pdf.set_font("Helvetica", size=11)
    for number in range(1, pages + 1):
        pdf.add_page()
        pdf.text(50, 60, f"Words of page {number}.")
    return bytes(pdf.output())


def _broken(data: bytes, page: int) -> bytes:
    """With a table of contents that leads astray where a page stands. PDFium gives the page up; pypdf looks for it."""
    number = int(re.findall(rb"(\d+) 0 R", re.search(rb"/Kids \[(.*?)\]", data, re.DOTALL)[1])[page - 1])  # type: ignore[index]
    entry = re.search(rb"xref\n0 \d+\n", data).end() + 20 * number  # type: ignore[union-attr]
    return data[:entry] + b"0000000009" + data[entry + 10 :]


def _read(data: bytes) -> Reading:
    return read_pdf(data, Aids(lambda _page, _pages: None))


def test_a_damaged_page_is_read_without_places_and_named() -> None:
    reading = _read(_broken(_pdf(3), 2))
    assert reading.text == "Words of page 1.\n\nWords of page 2.\n\nWords of page 3."
    assert [block.box is None for block in reading.blocks] == [False, True, False]
    assert [len(page.lines) for page in reading.pages] == [1, 0, 1]
    assert [(warning.code, warning.page) for warning in reading.warnings] == [("damaged_page", 2)]
    assert "cannot be shown in place" in reading.warnings[0].message


def test_a_damaged_page_that_nobody_reads_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.parsing.pdf.page_text", lambda _data, _page, _password: "")
    reading = _read(_broken(_pdf(2), 2))
    assert reading.text == "Words of page 1."
    assert [(warning.code, warning.page) for warning in reading.warnings] == [("damaged_page", 2)]
    assert "not read" in reading.warnings[0].message


def test_a_file_of_damaged_pages_without_words_is_damaged_and_not_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.parsing.pdf.page_text", lambda _data, _page, _password: "")
    with pytest.raises(InputError, match="corrupt"):
        _read(_broken(_pdf(1), 1))
