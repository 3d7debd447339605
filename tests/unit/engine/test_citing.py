from dataclasses import replace

import pytest

from reviewer.domain.citation import Evidence, QuoteStatus
from reviewer.domain.vote import Judgement
from reviewer.engine.citing import check, misquoted
from tests.fakes.documents import CLAUSES, make_plan, make_position
from tests.fakes.running import make_team

PLAN = make_plan(make_team(), (*CLAUSES[:2], "3 More fees\nThe Customer shall pay within 30 days.\n"))
FEES, LIABILITY, MORE = PLAN.items


def judgement(*evidence: Evidence) -> Judgement:
    return Judgement("fees", "preferred", "It says so.", evidence)


def test_check_counts_a_judgement_without_evidence() -> None:
    checked = check(PLAN, FEES, judgement())
    assert checked.counted
    assert checked.citations == ()


def test_check_verifies_words_of_the_item() -> None:
    checked = check(PLAN, FEES, judgement(Evidence("pay within 30 days")))
    (citation,) = checked.citations
    assert checked.counted
    assert citation.status is QuoteStatus.VERIFIED
    assert citation.anchor is not None
    assert citation.anchor.quote.exact == "pay within 30 days"


def test_check_finds_the_words_in_the_item_they_were_said_of() -> None:
    (citation,) = check(PLAN, MORE, judgement(Evidence("pay within 30 days"))).citations
    assert citation.anchor is not None
    assert MORE.span.contains(citation.anchor.span)


def test_check_takes_the_hint_as_an_offset_in_the_item() -> None:
    plan = make_plan(make_team(), (CLAUSES[0], "2 Twice\nThe fee is due. The fee is due.\n"))
    twice = plan.items[1]
    (citation,) = check(plan, twice, judgement(Evidence("The fee is due", twice.text.rindex("The fee")))).citations
    assert citation.anchor is not None
    assert citation.anchor.span.start == twice.span.start + twice.text.rindex("The fee")


def test_check_counts_words_that_stand_elsewhere() -> None:
    checked = check(PLAN, FEES, judgement(Evidence("liable without limit")))
    assert checked.counted
    assert checked.citations[0].status is QuoteStatus.MOVED


def test_check_does_not_count_when_no_words_are_in_the_document() -> None:
    checked = check(PLAN, FEES, judgement(Evidence("The moon is made of cheese and gold.")))
    assert not checked.counted
    assert checked.citations[0].status is QuoteStatus.UNVERIFIED
    assert checked.citations[0].anchor is None


def test_check_counts_when_some_words_are_in_the_document() -> None:
    evidence = (Evidence("The moon is made of cheese and gold."), Evidence("pay within 30 days"))
    assert check(PLAN, FEES, judgement(*evidence)).counted


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("It says “pay within 30 days” here.", ()),
        ("It says “pay within 90 long days” here.", ("pay within 90 long days",)),
        ("It says “Liability is limited” as wanted.", ()),
        ("It says nothing.", ()),
    ],
)
def test_reason_misquotes_what_neither_document_nor_playbook_says(said: str, found: tuple[str, ...]) -> None:
    position = replace(make_position(), preferred="Liability is limited.")
    assert misquoted(PLAN, position, said) == found
