"""Entries of the findings table: one of everything, with dissent, a tie and words that are not in the document."""

from dataclasses import replace

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import Standing
from reviewer.domain.finding import Finding, RaterVote
from reviewer.domain.ids import FindingId
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.vote import VerdictStatus
from reviewer.ui.viewmodels.entries import entries_of
from reviewer.ui.viewmodels.entry import Entry
from tests.fakes.reports import DOCUMENT, LIABILITY, cited, make_report

EXACT = cited("liable without limit")
NEAR = replace(EXACT, status=QuoteStatus.NEAR)
MOVED = replace(EXACT, status=QuoteStatus.MOVED)
LOST = Citation("made up words", QuoteStatus.UNVERIFIED)
MARKUP = "It is <b>unlimited</b>. <img src='file:///etc/hostname'>"


def make_entries() -> list[Entry]:
    """Those of `make_report`, worst first: liability (voted), fees (fallback 2), audit (missing), term (as wanted)."""
    return entries_of(make_report().documents[DOCUMENT.id], {})


def make_entry(
    severity: Severity = Severity.HIGH,
    order: tuple[int, int, str] | None = None,
    finding_id: str = "find-1",
    **changes: object,
) -> Entry:
    """By rule, unless votes are among the changes."""
    finding = Finding(
        FindingId(finding_id), LIABILITY, "liability", "Limitation of liability", Outcome.DEVIATES, severity, "No cap.",
        (EXACT,), (RaterVote("rule", 0, "deviates", "No cap.", EXACT, counted=True),),
    )  # fmt: skip
    finding = replace(finding, **changes)  # type: ignore[arg-type]  # the fields are named by each test
    place = order or (severity.rank, 1, "liability")
    return Entry(DOCUMENT.id, finding, "12.1", "Limitation of liability", place, None, Standing())


def with_dissent() -> Entry:
    """Three of five say *deviates*; one says *as wanted* with reasons full of markup, one rests on made up words."""
    return make_entry(
        votes=(
            RaterVote("openai/a", 0, "deviates", "No cap.", EXACT, counted=True),
            RaterVote("openai/a", 1, "deviates", "None at all.", MOVED, counted=True),
            RaterVote("openai/b", 0, "preferred", MARKUP, NEAR, counted=True),
            RaterVote("openai/b", 1, "walk_away", "Never.", LOST, counted=False),
            RaterVote("openai/c", 0, "deviates", "No.", None, counted=True),
        ),
        support=0.75,
        agreement=0.5,
        citations=(EXACT, LOST),
    )


def tied() -> Entry:
    """Two against two."""
    said = ("deviates", "deviates", "preferred", "preferred")
    return make_entry(
        outcome=Outcome.UNCERTAIN,
        status=VerdictStatus.TIED,
        support=0.5,
        agreement=0.33,
        votes=tuple(RaterVote("openai/a", index, word, "So.", EXACT, counted=True) for index, word in enumerate(said)),
    )


def without_quorum() -> Entry:
    """One vote counts, one does not."""
    return make_entry(
        outcome=Outcome.UNCERTAIN,
        status=VerdictStatus.NO_QUORUM,
        support=0.0,
        agreement=1.0,
        citations=(LOST,),
        votes=(
            RaterVote("openai/a", 0, "deviates", "So.", EXACT, counted=True),
            RaterVote("openai/b", 0, "preferred", "Not so.", LOST, counted=False),
        ),
    )


def silent() -> Entry:
    """Two of three find nothing on the subject."""
    return make_entry(
        outcome=Outcome.UNCERTAIN,
        support=0.67,
        agreement=0.33,
        votes=(
            RaterVote("openai/a", 0, "not_addressed", "", None, counted=True),
            RaterVote("openai/b", 0, "not_addressed", "", None, counted=True),
            RaterVote("openai/c", 0, "deviates", "There is something.", EXACT, counted=True),
        ),
    )
