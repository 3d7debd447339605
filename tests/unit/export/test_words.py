from dataclasses import replace

import pytest

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import RaterVote
from reviewer.domain.ids import SectionId
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.vote import VerdictStatus
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
    assert "verified" not in words.quote_state(Citation("x", status)).replace("quote: ", "")


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
