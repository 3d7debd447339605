from dataclasses import replace

from reviewer.domain.answer import Answer, FieldAnswer
from reviewer.domain.answer_field import FieldType
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import RaterVote
from reviewer.domain.quote_tally import QuoteTally, tally
from reviewer.domain.report import Report
from tests.fakes.reports import DOCUMENT, make_report

REPORT = make_report()
ONLY = REPORT.documents[DOCUMENT.id]


def test_tally_counts_the_quotes_of_votes_and_summaries_of_models() -> None:
    assert tally(REPORT) == QuoteTally(verified=3, unverified=1)
    assert tally(Report()) == QuoteTally()


def test_tally_passes_over_votes_that_quote_nothing() -> None:
    voted = next(each for each in ONLY.findings if each.support is not None)
    silent = replace(voted, votes=tuple(replace(each, citation=None) for each in voted.votes))
    only = replace(ONLY, findings=(silent,), summaries=())
    assert tally(replace(REPORT, documents={DOCUMENT.id: only})) == QuoteTally()


def test_report_is_unfounded_when_it_quotes_and_nothing_is_there() -> None:
    assert QuoteTally(unverified=2, near=1).is_unfounded
    assert QuoteTally(unverified=2, near=1).fenced == 3
    assert not QuoteTally(unverified=2, moved=1).is_unfounded
    assert not QuoteTally().is_unfounded


def test_finding_and_sentence_are_backed_by_words_that_are_there() -> None:
    finding, sentence = ONLY.findings[0], ONLY.summaries[0].sentences[0]
    lost = Citation("made up", QuoteStatus.UNVERIFIED)
    assert not finding.is_unbacked
    assert not replace(finding, citations=()).is_unbacked
    assert replace(finding, citations=(lost,)).is_unbacked
    assert not replace(finding, citations=(lost, *finding.citations)).is_unbacked
    assert sentence.is_backed
    assert not replace(sentence, citations=(lost,)).is_backed
    assert not replace(sentence, citations=()).is_backed


def test_tally_counts_what_answers_rest_on() -> None:
    lost, found = Citation("made up", QuoteStatus.UNVERIFIED), ONLY.findings[0].citations[0]
    vote = RaterVote("openai/a", 0, "3", "", lost, counted=False)
    counted = FieldAnswer("fee", FieldType.TEXT, "3", citations=(found,), votes=(vote, vote))
    prose = FieldAnswer("text", FieldType.TEXT, "It is so.", citations=(found,))
    only = replace(ONLY, findings=(), summaries=(), answers=(Answer(None, "ask", "extract", (counted, prose)),))
    assert tally(replace(REPORT, documents={DOCUMENT.id: only})) == QuoteTally(verified=1, unverified=2)
