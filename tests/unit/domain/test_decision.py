"""Decisions add up to a standing."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.decision import (
    CLAUSE_CHANGED,
    Decision,
    DecisionAction,
    DismissReason,
    Standing,
    Status,
    SubjectKind,
    SubjectRef,
    conflicts,
    stand,
    standings,
)
from tests.fakes.clock import START

SUBJECT = SubjectRef(SubjectKind.FINDING, "find-1")


def decide(action: DecisionAction, reason: DismissReason | None = None, value: str = "") -> Decision:
    return Decision(SUBJECT, action, START, reason, value)


DECISIONS = st.builds(
    decide,
    st.sampled_from([each for each in DecisionAction if each is not DecisionAction.DISMISS]),
    st.none(),
    st.sampled_from(["", "note"]),
) | st.builds(decide, st.just(DecisionAction.DISMISS), st.sampled_from(DismissReason))


@given(st.lists(DECISIONS))
def test_last_word_counts_and_notes_are_apart(decisions: list[Decision]) -> None:
    standing = Standing()
    for decision in decisions:
        standing = stand(standing, decision)

    others = {DecisionAction.NOTE, DecisionAction.RESPLIT, DecisionAction.REROUTE}
    acts = [each for each in decisions if each.action not in others]
    expected = {
        DecisionAction.AGREE: Status.AGREED,
        DecisionAction.DISMISS: Status.DISMISSED,
        DecisionAction.REOPEN: Status.OPEN,
    }
    notes = [each.value for each in decisions if each.action is DecisionAction.NOTE]
    assert standing.status is (expected[acts[-1].action] if acts else Status.OPEN)
    assert standing.reason is (acts[-1].reason if acts else None)
    assert standing.note == (notes[-1] if notes else "")


def test_standings_are_per_finding() -> None:
    other = SubjectRef(SubjectKind.FINDING, "find-2")
    made = [decide(DecisionAction.AGREE), Decision(other, DecisionAction.DISMISS, START, DismissReason.WRONG)]

    assert standings(made) == {
        "find-1": Standing(Status.AGREED),
        "find-2": Standing(Status.DISMISSED, DismissReason.WRONG),
    }
    assert standings([]) == {}


def decided(person: str, action: DecisionAction, finding: str = "f") -> Decision:
    return Decision(SubjectRef(SubjectKind.FINDING, finding), action, START, by=person)


def test_conflict_is_between_the_last_words_of_different_people() -> None:
    agree, dismiss, reopen = DecisionAction.AGREE, DecisionAction.DISMISS, DecisionAction.REOPEN
    journal = [decided("ada", agree), decided("bob", dismiss), decided("ada", agree, "g"), decided("bob", agree, "g")]
    (conflict,) = conflicts(journal)
    assert conflict.finding == "f"
    assert [name for name, _ in conflict.by_person] == ["ada", "bob"]
    assert conflicts([*journal, decided("bob", reopen)]) == ()
    assert conflicts([Decision(SubjectRef(SubjectKind.SECTIONS, "d"), DecisionAction.RESPLIT, START)]) == ()


def test_finding_that_is_open_again_says_why_until_it_is_decided() -> None:
    reopened = Decision(SubjectRef(SubjectKind.FINDING, "f"), DecisionAction.REOPEN, START, value=CLAUSE_CHANGED)
    standing = stand(Standing(Status.AGREED, note="n"), reopened)
    assert standing == Standing(note="n", why_open=CLAUSE_CHANGED)
    assert stand(standing, decided("ada", DecisionAction.AGREE)).why_open == ""
    assert stand(standing, decided("ada", DecisionAction.DISMISS)).why_open == ""
