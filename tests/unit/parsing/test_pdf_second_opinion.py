"""When the second reader is asked, and what is said where it differs."""

import pytest

from reviewer.parsing.pdf_chars import Look
from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_second_opinion import second_opinion
from reviewer.parsing.pdf_sheet import PageSheet

_PROSE = "The Supplier shall deliver the goods within thirty days of each order and bear the risk until then. " * 2
_SPACED = " ".join(_PROSE.replace(" ", ""))


def _sheet(text: str, number: int = 1, confidence: float | None = None, *, is_pictured: bool = False) -> PageSheet:
    runs = [Run(text, (), 0.0, 0.0, 1.0, 1.0, Look(10.0, bold=False, italic=False), confidence=confidence)]
    return PageSheet(number, runs=runs if text else [], is_blank=False, is_pictured=is_pictured)


def _codes(sheet: PageSheet, drawn: str) -> list[str]:
    return [each.code for each in second_opinion([sheet], lambda _page: drawn)]


@pytest.mark.parametrize("text", [_SPACED, _PROSE.replace(" ", "") + " x" * 5 + "y" * 800 + " z" * 25])
def test_odd_pages_that_read_otherwise_are_named(text: str) -> None:
    assert _codes(_sheet(text), _PROSE) == ["readers_disagree"]


def test_ordinary_pages_are_not_asked_about() -> None:
    asked: list[int] = []
    assert not list(second_opinion([_sheet(_PROSE)], lambda page: str(asked.append(page))))
    assert not asked


def test_readers_that_agree_or_read_nothing_are_no_reason_to_warn() -> None:
    assert not _codes(_sheet(_SPACED), _SPACED)
    assert not _codes(_sheet(_SPACED), "")


@pytest.mark.parametrize("sheet", [_sheet(_SPACED, confidence=0.9), _sheet("", is_pictured=True), PageSheet(1)])
def test_recognised_pictured_and_blank_pages_are_left_alone(sheet: PageSheet) -> None:
    assert not _codes(sheet, _PROSE)


def test_a_few_pages_are_asked_about_and_named_together() -> None:
    asked: list[int] = []

    def draw(page: int) -> str:
        asked.append(page)
        return _PROSE

    sheets = [_sheet(_SPACED, number) for number in range(1, 9)]
    (warning,) = second_opinion(sheets, draw)
    assert asked == [0, 1, 2]
    assert warning.message.startswith("Pages 1 to 3: two readers")
    assert warning.page == 1
