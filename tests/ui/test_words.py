from dataclasses import replace

import pytest

from reviewer import assets
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.run import RunStatus
from reviewer.domain.vote import VerdictStatus
from reviewer.domain.workflow import RouteMethod
from reviewer.export import words as export_words
from reviewer.ui import words
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.severity_words import severity_word
from tests.fakes.entries import EXACT, make_entry, silent, tied, with_dissent, without_quorum


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("rank", [0, 2])
def test_outcome_has_the_word_it_has_in_exports(outcome: Outcome, rank: int) -> None:
    finding = make_entry(outcome=outcome, fallback_rank=rank).finding

    assert words.outcome(finding) == export_words.outcome(finding)
    assert words.outcome_word(outcome)


@pytest.mark.parametrize("status", QuoteStatus)
def test_quote_state_has_the_word_it_has_in_exports(status: QuoteStatus) -> None:
    assert f"Quote: {words.quote_state(status)}" == export_words.quote_state(replace(EXACT, status=status))


@pytest.mark.parametrize("entry", [make_entry(), with_dissent(), tied(), without_quorum(), silent()])
def test_votes_have_the_words_they_have_in_exports(entry: object) -> None:
    finding = entry.finding  # type: ignore[attr-defined]  # entries, as parameters

    assert words.votes(finding) == export_words.votes(finding)


def test_votes_say_what_a_person_must_look_at() -> None:
    assert words.votes(make_entry().finding) == "rule"
    assert words.votes(with_dissent().finding) == "3 of 5 votes"
    assert words.votes(tied().finding) == "2 of 4 votes, tied"
    assert words.votes(without_quorum().finding) == "0 of 2 votes, no quorum"


def test_vote_says_an_outcome_or_its_own_word() -> None:
    assert words.said(with_dissent().finding.votes[2]) == "as wanted"
    assert words.said(silent().finding.votes[0]) == "not addressed"


def test_decision_is_said_with_its_reason() -> None:
    assert words.status(Standing()) == "To review"
    assert words.status(Standing(Status.AGREED)) == "Agreed"
    assert words.status(Standing(Status.DISMISSED, DismissReason.NOT_OUR_POSITION)) == "Dismissed: Not our position"
    assert [words.dismiss_reason(reason) for reason in DismissReason] == ["Wrong", "Not our position", "Trivial"]


def test_every_state_has_a_word_of_its_own() -> None:
    for said in (
        [words.severity(each) for each in Severity],
        [words.quote_state(each) for each in QuoteStatus],
        [words.status_word(each) for each in Status],
        [words.run_status(each) for each in RunStatus],
        [words.verdict(each) for each in VerdictStatus if each is not VerdictStatus.DECIDED],
    ):
        assert all(said)
        assert len(set(said)) == len(said)


def test_every_state_has_an_icon_that_is_there() -> None:
    names = [*words.QUOTE_ICONS.values(), *(name for name in words.STATUS_ICONS.values() if name)]

    assert len(set(words.QUOTE_ICONS.values())) == len(QuoteStatus)
    assert set(names) <= set(assets.asset_names("icons", ".svg"))


def test_window_takes_its_words_from_the_glossary() -> None:
    said = assets.glossary().word
    for group, shown in (
        (QuoteStatus, words.quote_state),
        (Outcome, words.outcome_word),
        (RunStatus, words.run_status),
        (RouteMethod, wording.method),
        (Severity, severity_word),
    ):
        assert [shown(each) for each in group] == [said(each) for each in group]  # type: ignore[operator]  # of its kind
    for group, shown in (
        (Severity, words.severity),
        (Status, words.status_word),
        (DismissReason, words.dismiss_reason),
    ):
        assert [shown(each) for each in group] == [said(each)[0].upper() + said(each)[1:] for each in group]  # type: ignore[operator]  # of its kind
    assert [words.verdict(each) for each in VerdictStatus] == ["", *map(said, list(VerdictStatus)[1:])]


def test_quote_line_reads_as_it_should() -> None:
    lines = [wording.quote_state(replace(EXACT, status=status)) for status in QuoteStatus]
    assert lines == ["Quote: exact", "Quote: found elsewhere", "Quote: differs", "Quote: not in the document"]
