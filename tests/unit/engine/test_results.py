from dataclasses import replace

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import Citation, Evidence, QuoteStatus
from reviewer.domain.finding import TranslationState
from reviewer.domain.ids import SectionId
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.vote import RULE, Ballot, CheckedJudgement, Judgement, Vote
from reviewer.engine import results
from reviewer.engine.voting import count

ITEM = Item(None, SectionId("s1"), SectionKind.SECTION, "", "", "text", TextSpan(0, 4), "de")
TASK = Task("handler", ITEM, Context(target_language="en"))


def said(
    criterion: str, value: str = "", text: str = "", quotes: str = "", confidence: float | None = None
) -> CheckedJudgement:
    """A judgement; each letter of ``quotes`` is a citation: v for verified, u for unverified."""
    statuses = [QuoteStatus.VERIFIED if letter == "v" else QuoteStatus.UNVERIFIED for letter in quotes]
    citations = tuple(Citation("words", status) for status in statuses)
    counted = not citations or any(each.is_evidence for each in citations)
    return CheckedJudgement(Judgement(criterion, value, text, confidence=confidence), citations, counted)


def ballot(*votes: Vote) -> Ballot:
    return Ballot(TASK, votes)


def test_labels_are_what_won_with_the_best_confidence() -> None:
    votes = ballot(
        Vote("a", 0, (said("label:Fees", "yes", "one", confidence=0.4),)),
        Vote("b", 0, (said("label:Fees", "yes", "two", confidence=0.9),)),
    )
    (label,) = results.labels(ITEM, count(votes))
    assert (label.section, label.label, label.confidence, label.reason) == ("s1", "Fees", 0.9, "two")


def test_label_confidence_is_the_support_when_none_is_given() -> None:
    votes = [Vote("a", index, (said("label:Fees", "yes"),)) for index in range(2)]
    (label,) = results.labels(ITEM, count(ballot(*votes, Vote("a", 2, ()))))
    assert label.confidence == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "votes",
    [
        [Vote("a", 0, (said("label:Fees", "yes"),)), Vote("b", 0, ())],
        [Vote("a", 0, (said("label:Fees", "yes"),)), Vote("b", 0, ()), Vote("c", 0, ())],
        [Vote("a", 0, (said("label:Fees", "yes", quotes="u"),))],
        [Vote("a", 0, (said("label:Fees", ""),))],
    ],
)
def test_labels_are_left_out_when_they_did_not_win(votes: list[Vote]) -> None:
    assert results.labels(ITEM, count(ballot(*votes))) == ()


def test_labels_are_left_out_when_the_item_is_no_section() -> None:
    verdicts = count(ballot(Vote("a", 0, (said("label:Fees", "yes"),))))
    assert results.labels(replace(ITEM, section=None), verdicts) == ()


def test_chosen_is_the_vote_with_the_most_exact_quotes() -> None:
    best = Vote("b", 1, (said("summary:1", quotes="vv"),))
    votes = ballot(
        Vote("a", 0, (said("summary:1", quotes="vu"),)), best, Vote("c", 0, (said("summary:1", quotes="u"),))
    )
    assert results.chosen(votes) is best


def test_chosen_is_the_first_in_order_when_quotes_are_equal() -> None:
    first, second = Vote("a", 0, (said("summary:1"),)), Vote("a", 1, (said("summary:1"),))
    assert results.chosen(ballot(second, first)) is first


def test_chosen_is_nothing_without_votes() -> None:
    assert results.chosen(ballot()) is None


def test_summary_holds_the_sentences_and_the_most_common_facet() -> None:
    sentences = (said("summary:1", "result", "A."), said("summary:2", "", "B."), said("summary:3", "result", "C."))
    (summary,) = results.summary(ITEM, Vote("m", 0, sentences))
    assert [each.text for each in summary.sentences] == ["A.", "B.", "C."]
    assert (summary.facet, summary.section, summary.rater) == ("result", "s1", "m")


def test_summary_has_no_facet_when_none_is_named() -> None:
    (summary,) = results.summary(ITEM, Vote("m", 0, (said("summary:1", text="A.", quotes="u"),)))
    assert summary.facet == ""
    assert summary.sentences[0].citations[0].status is QuoteStatus.UNVERIFIED


def test_summary_is_nothing_when_the_vote_says_nothing() -> None:
    assert results.summary(ITEM, Vote("m", 0, ())) == ()
    assert results.summary(ITEM, None) == ()


def segment(source: str, target: str) -> CheckedJudgement:
    judgement = Judgement("segment:1", "", target, (Evidence(source),))
    return CheckedJudgement(judgement, (Citation(source, QuoteStatus.VERIFIED),))


@pytest.mark.parametrize(
    ("source", "target", "checks"),
    [
        ("Es gilt.", "It applies.", ()),
        ("1.000,50 Euro in 30 Tagen", "in 30 days 1,000.50 euros", ()),
        ("30 Tage", "60 days", ("numbers",)),
        ("30 Tage", "thirty days", ("numbers",)),
        ("bald", "in 3 days", ("numbers",)),
        ("5 und 5", "5", ("numbers",)),
        ("1,5 Jahre", "15 years", ("numbers",)),
    ],
)
def test_translation_says_when_numbers_differ(source: str, target: str, checks: tuple[str, ...]) -> None:
    (translation,) = results.translation(TASK, Vote("m", 0, (segment(source, target),)))
    assert translation.segments[0].checks == checks
    assert (translation.source_language, translation.target_language) == ("de", "en")
    assert translation.state is TranslationState.DONE


def test_translation_is_nothing_without_votes() -> None:
    assert results.translation(TASK, None) == ()


def test_untranslated_says_what_to_do() -> None:
    (translation,) = results.untranslated(TASK, RULE)
    assert translation.state is TranslationState.NEEDS_MODEL
    assert "Choose one" in translation.message
    assert translation.segments == ()


def test_translation_says_when_its_source_is_not_in_the_document() -> None:
    judgement = Judgement("segment:1", "", "10 days", (Evidence("30 Tage"),))
    lost = CheckedJudgement(judgement, (Citation("30 Tage", QuoteStatus.UNVERIFIED),), counted=False)
    (translation,) = results.translation(TASK, Vote("m", 0, (lost,)))
    assert translation.segments[0].checks == ("numbers", "source")


def test_label_stands_at_the_clause_that_its_criterion_names() -> None:
    verdicts = count(ballot(Vote("a", 0, (said("label:Fees@s1.2", "yes"), said("label:Term@", "yes")))))
    assert [(each.label, each.section) for each in results.labels(ITEM, verdicts)] == [("Fees", "s1.2"), ("Term", "s1")]
