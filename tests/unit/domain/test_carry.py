from dataclasses import replace

import pytest

from reviewer.domain.carry import Fate, Match, Text, carry, carry_corrections, fates, match_sections
from reviewer.domain.correction import Correction, CorrectionAction
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.finding import Finding
from reviewer.domain.ids import FindingId, SectionId
from reviewer.domain.outcome import Outcome, Severity
from tests.fakes.documents import make_sections
from tests.fakes.reports import make_finding

AGREED = Standing(Status.AGREED)


def version(*parts: str, names: str = "") -> Text:
    sections = make_sections(parts)
    return Text("".join(parts), [replace(each, id=SectionId(names + each.id)) for each in sections])


BEFORE = version("1 Fees\nPay in 30 days.\n", "2 Liability\nWithout limit.\n", "3 Term\nTwo years.\n")
AFTER = version(
    *("1 Fees\nPay in 30  days.\n", "2 Scope\nNew words here.\n", "3 Liability\nLimited to the fees.\n"),
    *("4 Term\nTwo years.\n",),
    names="new-",
)


def pairs(matches: dict[SectionId, Match]) -> dict[str, tuple[str, bool]]:
    return {key: (match.after.id, match.is_same) for key, match in matches.items()}


def finding(position: str, section: str | None, **changes: object) -> Finding:
    made = make_finding(position, Outcome.DEVIATES, Severity.HIGH, SectionId(section) if section else None)
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of it


def test_sections_are_followed_by_words_and_by_heading() -> None:
    assert pairs(match_sections(BEFORE, AFTER)) == {
        "s1": ("new-s1", True),
        "s2": ("new-s3", False),
        "s3": ("new-s4", False),
    }


def test_section_that_moved_word_for_word_is_the_same() -> None:
    after = version("Intro\nHello there.\n", "1 Fees\nPay in 30 days.\n", names="new-")
    assert pairs(match_sections(version("1 Fees\nPay in 30 days.\n"), after)) == {"s1": ("new-s2", True)}


def test_section_under_another_heading_is_followed_by_its_words() -> None:
    before = version("1 Old\nThe supplier shall keep all records for six whole years.\n", "2 X\nGone.\n")
    after = version("9 New\nThe supplier shall keep all records for ten whole years.\n", names="new-")
    assert pairs(match_sections(before, after)) == {"s1": ("new-s1", False)}


def test_empty_and_repeated_sections_are_not_guessed() -> None:
    before = version("", "1 A\nSame words.\n", "1 A\nSame words.\n")
    after = version("", "1 A\nOther things altogether now, nothing alike.\n", names="new-")
    assert match_sections(before, after) == {}


def test_decisions_carry_over_where_the_clause_is_unchanged_and_open_where_it_is_not() -> None:
    before = [finding("fees", "s1"), finding("cap", "s2"), finding("law", None), finding("gone", "s9")]
    after = [finding("fees", "new-s1"), finding("cap", "new-s3"), finding("law", None)]
    dismissed = Standing(Status.DISMISSED, DismissReason.TRIVIAL, "ours")
    standings = {each.id: AGREED for each in before} | {before[1].id: dismissed}
    carried = carry(before, standings, after, match_sections(BEFORE, AFTER))
    assert [(each.before, each.after, each.is_open_again) for each in carried] == [
        (before[0].id, after[0].id, False),
        (before[1].id, after[1].id, True),
        (before[2].id, after[2].id, False),
    ]
    assert carried[1].standing == dismissed


def test_note_alone_carries_over_whatever_changed() -> None:
    before, after = [finding("cap", "s2")], [finding("cap", "new-s3")]
    (carried,) = carry(before, {before[0].id: Standing(note="ask")}, after, match_sections(BEFORE, AFTER))
    assert not carried.is_open_again


@pytest.mark.parametrize(
    "after",
    [
        [finding("other", "new-s1")],
        [finding("fees", "new-s3")],
        [replace(finding("fees", None), outcome=Outcome.MISSING)],
    ],
)
def test_finding_elsewhere_or_about_something_else_is_not_the_same(after: list[Finding]) -> None:
    before = [finding("fees", "s1"), finding("fees", None, id=FindingId("whole"))]
    assert carry(before, {each.id: AGREED for each in before}, after, match_sections(BEFORE, AFTER)) == ()
    assert carry(before, {}, after, match_sections(BEFORE, AFTER)) == ()


def test_each_suggestion_is_taken_altered_or_refused() -> None:
    before = [
        finding("a", "s2", suggestion="Limited to\nthe FEES."),
        finding("b", "s2", suggestion="Something else."),
        finding("c", "s1", suggestion="Pay in 60 days."),
        finding("d", None, suggestion="A new clause."),
        finding("e", "s9", suggestion="Whatever."),
        finding("f", "s1", suggestion=""),
        finding("g", "s1", suggestion="Dismissed."),
    ]
    standings = {before[6].id: Standing(Status.DISMISSED, DismissReason.WRONG)}
    told = fates(before, standings, AFTER, match_sections(BEFORE, AFTER))
    expected = [Fate.TAKEN, Fate.ALTERED, Fate.REFUSED, Fate.REFUSED, Fate.ALTERED]
    assert [(each.finding, each.fate) for each in told] == [
        (each.id, fate) for each, fate in zip(before[:5], expected, strict=True)
    ]


def test_corrections_move_with_their_words_and_are_left_out_where_those_changed() -> None:
    at = BEFORE.text.index("Pay")
    corrections = [
        Correction(CorrectionAction.SPLIT, at),
        Correction(CorrectionAction.RENUMBER, BEFORE.text.index("Without"), "2a"),
        Correction(CorrectionAction.SPLIT, 10_000),
    ]
    after = version("0 Preface\nHello.\n", "1 Fees\nPay in 30 days.\n", names="new-")
    (moved,) = carry_corrections(corrections, match_sections(BEFORE, after))
    assert moved == Correction(CorrectionAction.SPLIT, after.text.index("Pay"))
