from dataclasses import replace

import pytest

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.task import Route
from reviewer.domain.workflow import RouteMethod
from reviewer.ui.viewmodels import wording
from tests.fakes.reports import SECTIONS, cited


def test_part_is_named_by_number_and_heading_else_by_what_it_is() -> None:
    assert wording.part_title(SECTIONS[0]) == "1 Fees"
    assert wording.part_title(replace(SECTIONS[0], number="", heading="")) == "Clause"
    assert wording.part_title(None) == "Whole document"


@pytest.mark.parametrize(("value", "words"), [(0.6, "0.60, sure"), (0.59, "0.59, unsure"), (1.0, "1.00, sure")])
def test_confidence_is_a_number_and_a_word(value: float, words: str) -> None:
    assert wording.confidence(value) == words


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (RouteMethod.RULES, "by rules"),
        (RouteMethod.ML, "by a trained classifier"),
        (RouteMethod.LLM, "by a model"),
    ],
)
def test_reason_follows_how_the_route_was_found(method: RouteMethod, words: str) -> None:
    assert wording.because(Route("main", 0.9, method, "It is short.")) == f"{words}: It is short."
    assert wording.because(Route("main", 0.9, method, "")) == words


def test_language_has_its_english_name() -> None:
    assert [wording.language(code) for code in ("de", "zh", "xx", "")] == ["German", "Chinese", "xx", "not known"]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (QuoteStatus.VERIFIED, "Page 1 · Quote: exact"),
        (QuoteStatus.MOVED, "Page 1 · Quote: found elsewhere"),
        (QuoteStatus.NEAR, "Page 1 · Quote: differs"),
    ],
)
def test_citation_has_page_and_state(status: QuoteStatus, words: str) -> None:
    assert wording.citation_line(replace(cited("within 30 days"), status=status)) == words


def test_citation_without_a_page_has_a_state() -> None:
    assert wording.citation_line(Citation("x", QuoteStatus.UNVERIFIED)) == "Quote: not in the document"
    assert wording.citation_line(None) == "No quote"
