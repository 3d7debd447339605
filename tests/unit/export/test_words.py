import re
from dataclasses import replace

import pytest

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import CLAUSE_CHANGED, Standing
from reviewer.domain.events import StepFailed
from reviewer.domain.finding import RaterVote
from reviewer.domain.ids import SectionId
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import Report, sorted_for_reading
from reviewer.domain.vote import COMPROMISED, VerdictStatus
from reviewer.domain.workflow import EngineId
from reviewer.export import words
from tests.fakes.reports import DOCUMENT, FEES, make_finding, make_report

REPORT = make_report()
ONLY = REPORT.documents[DOCUMENT.id]


def test_engine_names_who_answered() -> None:
    assert REPORT.run is not None
    assert words.engine(REPORT.run) == "AI models: openai/a, openai/b"
    assert words.engine(replace(REPORT.run, engine=EngineId.BUILTIN)) == "Built-in checks (no AI model)"


@pytest.mark.parametrize("outcome", list(Outcome))
def test_outcome_has_words(outcome: Outcome) -> None:
    assert words.outcome(make_finding("fees", outcome, Severity.HIGH, FEES))


@pytest.mark.parametrize("status", list(QuoteStatus))
def test_quote_is_never_called_verified(status: QuoteStatus) -> None:
    assert re.fullmatch(
        "Quote: (exact|found elsewhere|differs|not in the document)", words.quote_state(Citation("x", status))
    )


def test_votes_say_rule_or_how_they_fell() -> None:
    voted = make_finding("fees", Outcome.DEVIATES, Severity.HIGH, FEES, voted=True)
    assert words.votes(make_finding("fees", Outcome.DEVIATES, Severity.HIGH, FEES)) == "rule"
    assert words.votes(voted) == "2 of 3 votes"
    assert words.votes(replace(voted, status=VerdictStatus.NO_QUORUM, support=0.0)) == "0 of 3 votes, no quorum"


def test_vote_says_whether_it_counts() -> None:
    vote = RaterVote("a", 0, "walk_away", "", None, counted=True)
    assert words.vote(vote) == "walk away"
    assert "not counted" in words.vote(replace(vote, counted=False))


def test_place_is_number_and_heading_or_kind() -> None:
    assert words.place(ONLY, FEES) == "1 Fees"
    assert words.place(ONLY, None) == "Whole document"
    bare = replace(ONLY.sections[0], id=SectionId("bare"), number="", heading="")
    assert words.place(replace(ONLY, sections=(bare,)), bare.id) == "Clause"


def test_counts_name_pages_sections_language_and_playbook() -> None:
    assert words.counts(ONLY) == "1 page · 3 sections · language en · playbook book"
    bare = replace(ONLY, playbook="", document=replace(ONLY.document, page_count=None, language=""))
    assert words.counts(bare) == "3 sections"
    assert words.counts(replace(ONLY, document=replace(ONLY.document, page_count=2))).startswith("2 pages")


def test_finding_that_is_open_again_says_why() -> None:
    assert words.decision(Standing(why_open=CLAUSE_CHANGED)) == "open again, as the clause changed in the new version"
    assert words.decision(Standing()) == ""


def test_abstentions_are_counted_apart() -> None:
    voted = make_finding("fees", Outcome.DEVIATES, Severity.HIGH, FEES, voted=True)
    declined = RaterVote("openai/c", 0, "abstained", "", None, counted=False)
    assert words.votes(replace(voted, votes=(*voted.votes, declined))) == "2 of 4 votes, 1 abstained"
    assert words.vote(declined) == "abstained: the model declined to answer"
    bad = RaterVote("openai/d", 0, "compromised", "", None, counted=False)
    assert words.votes(replace(voted, votes=(*voted.votes, bad))) == "2 of 4 votes, 1 compromised"
    assert words.vote(bad) == "compromised: the reply held what the document does not; it is not shown"


def test_vote_names_who_answered_where_another_was_asked() -> None:
    vote = RaterVote("openai/gpt-4o", 0, "deviates", "", None, counted=True, answered_by="gpt-3.5-turbo")
    assert words.vote(vote) == "deviates (answered by gpt-3.5-turbo)"
    told = words.substitutes(replace(REPORT, substitutes=(("openai/gpt-4o", "gpt-3.5-turbo"),)))
    assert told == ("openai/gpt-4o was asked, and gpt-3.5-turbo answered.",)


def test_vote_says_why_its_quote_does_not_count() -> None:
    vote = RaterVote("a", 0, "deviates", "", Citation("x y z", QuoteStatus.NEAR), counted=False)
    assert words.vote(vote) == "deviates, not counted: its quote differs from the document"
    assert words.why_not_counted(replace(vote, citation=Citation("x", QuoteStatus.UNVERIFIED))) == (
        "its quote is not in the document"
    )
    assert words.why_not_counted(replace(vote, citation=Citation(" ", QuoteStatus.UNVERIFIED))) == "it quotes nothing"


def test_notice_tells_of_quotes_that_are_no_evidence() -> None:
    assert words.quotes_notice(REPORT) == (
        "1 of 4 quotes that models gave is not in the documents, or not in these words: "
        "marked as no evidence, and not counted in any vote."
    )
    bare = replace(ONLY, findings=tuple(each for each in ONLY.findings if each.support is None))
    assert words.quotes_notice(replace(REPORT, documents={DOCUMENT.id: bare})) == ""
    assert words.quotes_notice(Report()) == ""


def test_finding_says_what_its_reason_misquotes() -> None:
    finding = make_finding("fees", Outcome.DEVIATES, Severity.HIGH, FEES)
    assert words.misquoted(finding) == ""
    assert words.misquoted(replace(finding, misquoted=("not a word of it",))) == (
        "Its reason quotes words that are not in the document: “not a word of it”"
    )


def test_sections_are_labelled_in_plain_words() -> None:
    assert words.label("Rofr/Rofo/Rofn") == "First refusal or first offer"
    assert words.label("Of a later version") == "Of a later version"
    labelled = words.labelled(sorted_for_reading(ONLY))
    assert [names for _, names in labelled] == ["Payment", "Cap on liability"]


def test_compromised_replies_are_told_before_anything_else() -> None:
    report = make_report()
    failed = StepFailed(None, None, "assess", "openai/a", COMPROMISED, "It holds a link.")
    one = replace(report, failures=(failed,))
    assert words.compromised_notice(report) == ""
    assert words.compromised_notice(one).startswith("1 reply of models held links, addresses")
    assert "2 replies of models" in words.compromised_notice(replace(report, failures=(failed, failed)))
    assert words.compromised_notice(one) in words.notices(one)
