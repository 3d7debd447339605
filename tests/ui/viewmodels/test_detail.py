from dataclasses import replace

import pytest

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import Standing, Status
from reviewer.domain.finding import RaterVote, WordEdit
from reviewer.domain.outcome import Severity
from reviewer.ui.viewmodels.detail import FindingDetail
from tests.fakes.entries import EXACT, MARKUP, make_entries, make_entry, silent, tied, with_dissent, without_quorum


def test_detail_says_what_where_and_how_much_it_matters() -> None:
    detail = FindingDetail.of(make_entries()[0])

    assert (detail.title, detail.severity, detail.severity_word) == ("Liability", Severity.CRITICAL, "Critical")
    assert (detail.outcome, detail.place) == ("walk away", "2 Liability")
    assert (detail.rationale, detail.gap) == ("The liability is walk_away.", "Wanted: better.")
    assert (detail.suggestion, detail.approver) == ("Better words.", "Head of Legal")
    assert detail.route == "Main · 0.95, sure · by rules: A clause."
    assert detail.standing == Standing()


def test_detail_says_the_least_change_and_what_may_be_accepted() -> None:
    entry = make_entry()
    finding = replace(entry.finding, edit=WordEdit(EXACT, "30 days"), if_refused="45 days.")
    detail = FindingDetail.of(replace(entry, finding=finding))

    assert (detail.edit, detail.if_refused) == (f"Change “{EXACT.quote}” to “30 days”.", "45 days.")
    assert FindingDetail.of(entry).edit == ""


def test_detail_of_a_rule_takes_no_vote() -> None:
    detail = FindingDetail.of(make_entry())

    assert detail.votes_line == "By rule. The built-in checks take no vote."
    assert detail.cards == detail.dissent == detail.shares == ()


def test_detail_of_what_is_missing_says_where_it_was_looked_for() -> None:
    detail = FindingDetail.of(make_entries()[2])

    assert detail.searched == ("3 parts of the document", "headings")
    assert (detail.place, detail.quotes) == ("Whole document", ())


def test_quotes_are_on_one_line_with_their_page_and_state() -> None:
    broken = replace(EXACT, quote="liable\n  without limit")
    detail = FindingDetail.of(replace(with_dissent(), finding=replace(with_dissent().finding, citations=(broken,))))
    exact, lost = FindingDetail.of(with_dissent()).quotes

    assert detail.quotes[0].text == "liable without limit"
    assert (exact.state, exact.anchor, exact.is_evidence) == ("Page 1 · Quote: exact", EXACT.anchor, True)
    assert (lost.state, lost.anchor, lost.is_evidence) == ("Quote: not in the document", None, False)
    assert lost.status is QuoteStatus.UNVERIFIED


def test_dissent_counts_and_says_something_else_than_what_won() -> None:
    detail = FindingDetail.of(with_dissent())

    assert [(card.title, card.rationale) for card in detail.dissent] == [("openai/b, vote 1: as wanted", MARKUP)]
    assert [card.number for card in detail.cards] == [1, 2, 1, 2, 1]
    assert [card.counted for card in detail.cards] == [True, True, True, False, True]
    assert detail.votes_line == ("3 of 5 votes: 3 say deviates, 1 says as wanted, 1 not counted. Agreement 0.50.")


def test_tie_has_no_winner_and_so_no_dissent() -> None:
    detail = FindingDetail.of(tied())

    assert detail.dissent == ()
    assert not detail.is_decided
    assert not any(share.is_winner for share in detail.shares)
    assert detail.votes_line == "Tied: 2 say as wanted, 2 say deviates. Agreement 0.33."


def test_votes_without_a_quorum_agree_about_nothing() -> None:
    detail = FindingDetail.of(without_quorum())

    assert detail.votes_line == "No quorum: 1 says deviates, 1 not counted."
    assert not detail.is_decided


def test_vote_that_sees_something_dissents_from_those_that_see_nothing() -> None:
    detail = FindingDetail.of(silent())

    assert [card.title for card in detail.dissent] == ["openai/c, vote 1: deviates"]
    assert [share.word for share in detail.shares if share.is_winner] == ["not addressed"]


def test_detail_keeps_how_the_finding_stands() -> None:
    standing = Standing(Status.AGREED, None, "Yes.")

    assert FindingDetail.of(replace(tied(), standing=standing)).standing is standing


def test_card_says_who_abstained_and_who_answered_for_another() -> None:
    votes = (
        RaterVote("openai/gpt-4o", 0, "deviates", "No cap.", EXACT, counted=True, answered_by="gpt-3.5-turbo"),
        RaterVote("openai/gpt-4o", 1, "abstained", "", None, counted=False),
        RaterVote("openai/gpt-4o", 2, "compromised", "", None, counted=False),
    )
    detail = FindingDetail.of(make_entry(votes=votes, support=1.0, agreement=1.0))

    assert [card.answered_by for card in detail.cards] == ["Answered by gpt-3.5-turbo.", "", ""]
    assert [card.warning for card in detail.cards] == [
        "",
        "Abstained: the model declined to answer.",
        "Compromised: the reply held what the document does not. It is not shown.",
    ]
    assert detail.dissent == ()
    assert detail.votes_line == "1 of 3 votes: 1 says deviates, 1 abstained, 1 compromised."


def test_detail_shows_a_near_quote_with_what_the_document_says() -> None:
    near = replace(EXACT, quote="liable  without\nany limit", status=QuoteStatus.NEAR)
    entry = make_entry()
    detail = FindingDetail.of(replace(entry, finding=replace(entry.finding, citations=(near,))))

    (quote,) = detail.quotes
    assert (quote.text, quote.is_evidence) == ("liable without any limit", False)
    assert near.anchor is not None
    assert quote.ours == " ".join(near.anchor.quote.exact.split())
    assert detail.doubts == ("No words of the document stand behind this finding: check it there.",)


def test_detail_doubts_a_reason_that_misquotes() -> None:
    entry = make_entry()
    assert FindingDetail.of(entry).doubts == ()
    detail = FindingDetail.of(replace(entry, finding=replace(entry.finding, misquoted=("not a word",))))
    assert detail.doubts == ("The reason quotes words that are not in the document: “not a word”",)


@pytest.mark.parametrize(
    ("citation", "why"),
    [
        (None, "Not counted: it quotes nothing."),
        (Citation("", QuoteStatus.UNVERIFIED), "Not counted: it quotes nothing."),
        (Citation("a b c", QuoteStatus.UNVERIFIED), "Not counted: its quote is not in the document."),
        (replace(EXACT, status=QuoteStatus.NEAR), "Not counted: its quote differs from the document."),
    ],
)
def test_vote_that_does_not_count_says_why(citation: Citation | None, why: str) -> None:
    entry = with_dissent()
    votes = tuple(replace(vote, citation=citation, counted=False) for vote in entry.finding.votes)
    detail = FindingDetail.of(replace(entry, finding=replace(entry.finding, votes=votes)))
    assert {card.warning for card in detail.cards} == {why}
