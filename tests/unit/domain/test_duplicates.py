from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import Anchor, TextQuote, TextSpan
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.duplicates import without_duplicates
from reviewer.domain.finding import Finding
from reviewer.domain.ids import FindingId
from reviewer.domain.outcome import Outcome, Severity
from tests.fakes.reports import LIABILITY, make_finding


def found(name: str, *spans: tuple[int, int], outcome: Outcome = Outcome.DEVIATES, position: str = "cap") -> Finding:
    cited = tuple(Citation("w", QuoteStatus.VERIFIED, Anchor(TextSpan(*span), TextQuote("w"))) for span in spans)
    made = make_finding(position, outcome, Severity.HIGH, LIABILITY)
    return replace(made, id=FindingId(name), citations=cited)


def names(*findings: Finding) -> list[str]:
    return [each.id for each in without_duplicates(findings)]


def test_same_words_are_one_finding_with_all_citations() -> None:
    (kept,) = without_duplicates([found("a", (0, 9)), found("b", (5, 20), (0, 9))])
    assert kept.id == "a"
    assert [each.anchor.span for each in kept.citations if each.anchor] == [TextSpan(0, 9), TextSpan(5, 20)]


def test_other_words_outcomes_or_positions_stay_apart() -> None:
    assert names(found("a", (0, 9)), found("b", (9, 20))) == ["a", "b"]
    assert names(found("a", (0, 9)), found("b", (0, 9), outcome=Outcome.WALK_AWAY)) == ["a", "b"]
    assert names(found("a", (0, 9)), found("b", (0, 9), position="law")) == ["a", "b"]


def test_what_rests_on_no_words_is_a_duplicate_of_nothing() -> None:
    assert names(found("a"), found("b")) == ["a", "b"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=8))
def test_without_duplicates_keeps_the_order_and_changes_nothing_twice(spans: list[tuple[int, int]]) -> None:
    findings = [found(str(index), (start, start + size)) for index, (start, size) in enumerate(spans)]
    once = without_duplicates(findings)
    assert [each.id for each in once] == [each.id for each in findings if each.id in {kept.id for kept in once}]
