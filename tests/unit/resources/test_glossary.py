"""The glossary of states holds every state, none besides, in every language; and exports take their words from it."""

from dataclasses import replace
from enum import StrEnum

import pytest

from reviewer.assets import glossary
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.document import Visibility
from reviewer.domain.glossary import GROUPS, LANGUAGES
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.run import RunStatus
from reviewer.domain.vote import VerdictStatus, VoteState
from reviewer.export import words
from tests.fakes.reports import FEES, make_finding, make_report

STATES = [state for kind in GROUPS for state in kind]


def test_glossary_holds_every_state_and_none_besides() -> None:
    expected = {group: {state.value for state in kind} for kind, group in GROUPS.items()}
    assert {group: set(values) for group, values in glossary().words.items()} == expected


@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{type(state).__name__}.{state.name}")
def test_glossary_has_a_word_in_every_language(state: StrEnum) -> None:
    said = glossary().words[GROUPS[type(state)]][state.value]
    assert tuple(said) == LANGUAGES
    assert all(each.strip() == each and each for each in said.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_tells_the_states_of_a_kind_apart(language: str) -> None:
    for kind in GROUPS:
        said = [glossary().word(state, language) for state in kind]
        assert len(set(said)) == len(said)


def test_glossary_says_exactly_what_a_quote_is() -> None:
    assert [glossary().word(status) for status in QuoteStatus] == [
        "exact", "found elsewhere", "differs", "not in the document",
    ]  # fmt: skip


def test_glossary_never_says_verified() -> None:
    said = [word for values in glossary().words.values() for each in values.values() for word in each.values()]
    assert not [word for word in said if "verif" in word.lower() or "verifiziert" in word.lower()]


def test_glossary_answers_in_english_when_it_does_not_know_the_language() -> None:
    assert glossary().word(Outcome.MISSING, "tlh") == "missing"
    assert glossary().word(Outcome.MISSING, "de") == "fehlt"


def test_exports_take_their_words_from_the_glossary() -> None:
    finding = make_finding("fees", Outcome.DEVIATES, Severity.HIGH, FEES, voted=True)
    run = make_report().run
    assert run is not None
    for outcome in Outcome:
        assert words.outcome(replace(finding, outcome=outcome)) == glossary().word(outcome)
        assert words.vote(replace(finding.votes[0], outcome=outcome.value)) == glossary().word(outcome)
    for severity in Severity:
        assert words.severity(replace(finding, severity=severity)) == glossary().word(severity)
    for status in QuoteStatus:
        assert words.quote_state(Citation("x", status)) == f"Quote: {glossary().word(status)}"
    for verdict in (VerdictStatus.TIED, VerdictStatus.NO_QUORUM):
        assert words.votes(replace(finding, status=verdict)).endswith(glossary().word(verdict))
    for reason in DismissReason:
        expected = f"{glossary().word(Status.DISMISSED)}: {glossary().word(reason)}"
        assert words.decision(Standing(Status.DISMISSED, reason)) == expected
    for state in RunStatus:
        assert words.run_status(replace(run, status=state)) == glossary().word(state)


def test_votes_without_an_answer_and_hidden_citations_have_the_words_of_the_glossary() -> None:
    finding = make_finding("fees", Outcome.DEVIATES, Severity.HIGH, FEES, voted=True)
    for state in VoteState:
        assert words.vote(replace(finding.votes[0], outcome=state.value)).startswith(glossary().word(state))
    for seen in (Visibility.HIDDEN, Visibility.DELETED, Visibility.COMMENT):
        said = words.quote_state(Citation("x", QuoteStatus.VERIFIED, hidden=seen.value))
        assert said == f"{glossary().word(seen)} text, for your warning"
