from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.vote import Ballot, CheckedJudgement, Judgement, StepFailure, Verdict, VerdictStatus, Vote
from reviewer.engine.voting import SILENT, count

ITEM = Item(None, None, SectionKind.CLAUSE, "", "", "text", TextSpan(0, 4))


def ballot(*votes: Vote, quorum: int = 1) -> Ballot:
    return Ballot(Task("assess", ITEM, Context(), len(votes), quorum), votes)


def vote(index: int, *values: str, rater: str = "m", counted: bool = True) -> Vote:
    """A vote about criterion c1 for the first value, c2 for the second; an empty value is silence."""
    said = (
        CheckedJudgement(Judgement(f"c{number}", value), (), counted) for number, value in enumerate(values, 1) if value
    )
    return Vote(rater, index, tuple(said))


def only(*votes: Vote, quorum: int = 1) -> Verdict:
    (verdict,) = count(ballot(*votes, quorum=quorum))
    return verdict


def test_count_takes_the_majority_and_keeps_the_dissent() -> None:
    verdict = only(vote(0, "preferred"), vote(1, "deviates"), vote(2, "preferred"))
    assert (verdict.value, verdict.status) == ("preferred", VerdictStatus.DECIDED)
    assert [each.value for each in verdict.votes] == ["preferred", "deviates", "preferred"]
    assert verdict.support == pytest.approx(2 / 3)
    assert verdict.agreement == pytest.approx(1 / 3)
    assert len(verdict.winners) == 2


def test_count_takes_silence_for_a_vote() -> None:
    verdict = only(vote(0, "deviates"), vote(1), vote(2))
    assert (verdict.value, verdict.status) == (SILENT, VerdictStatus.DECIDED)
    assert verdict.support == pytest.approx(2 / 3)
    assert verdict.winners == ()


def test_count_shows_an_unverified_vote_without_counting_it() -> None:
    verdict = only(vote(0, "preferred"), vote(1, "deviates", counted=False), vote(2, "deviates", counted=False))
    assert (verdict.value, verdict.support, verdict.agreement) == ("preferred", 1.0, 1.0)
    assert [each.value for each in verdict.votes] == ["preferred", "deviates", "deviates"]


def test_count_gives_tied_when_two_values_have_the_most_votes() -> None:
    verdict = only(vote(0, "preferred"), vote(1, "deviates"))
    assert (verdict.status, verdict.value, verdict.support) == (VerdictStatus.TIED, "deviates", 0.5)
    assert verdict.agreement == 0.0


def test_count_shows_an_abstention_and_never_takes_it_for_silence() -> None:
    given = replace(
        ballot(vote(0, "deviates"), vote(2, "deviates"), quorum=2),
        failures=(StepFailure("m", 1, "refused", "The model declined to answer."), StepFailure("m", 3, "timeout", "")),
    )
    (verdict,) = count(given)
    assert (verdict.value, verdict.support, verdict.agreement) == ("deviates", 1.0, 1.0)
    assert [(each.index, each.value, each.is_valid) for each in verdict.votes] == [
        (0, "deviates", True),
        (1, "abstained", False),
        (2, "deviates", True),
    ]


def test_count_gives_no_quorum_where_abstentions_leave_too_few() -> None:
    given = replace(
        ballot(vote(0, "deviates"), quorum=2),
        failures=tuple(StepFailure("m", index, "refused", "It declined.") for index in (1, 2)),
    )
    (verdict,) = count(given)
    assert (verdict.status, verdict.value) == (VerdictStatus.NO_QUORUM, "")


def test_count_keeps_who_answered_a_vote() -> None:
    verdict = only(replace(vote(0, "deviates"), answered_by="tiny-1b"))
    assert verdict.votes[0].answered_by == "tiny-1b"


def test_count_gives_no_quorum_when_too_few_votes_are_valid() -> None:
    verdict = only(vote(0, "preferred"), vote(1, "preferred", counted=False), quorum=2)
    assert (verdict.status, verdict.value, verdict.support) == (VerdictStatus.NO_QUORUM, "", 0.0)


def test_count_gives_no_quorum_when_no_vote_is_valid() -> None:
    assert only(vote(0, "preferred", counted=False)).status is VerdictStatus.NO_QUORUM


def test_count_does_not_take_failures_for_votes() -> None:
    failed = replace(ballot(vote(0, "preferred"), quorum=2), failures=(StepFailure("m", 1, "timeout", "Too late."),))
    assert count(failed)[0].status is VerdictStatus.NO_QUORUM


def test_count_agrees_with_itself_when_there_is_one_vote() -> None:
    verdict = only(vote(0, "preferred"))
    assert (verdict.support, verdict.agreement) == (1.0, 1.0)


def test_count_gives_a_verdict_for_each_criterion_that_is_spoken_about() -> None:
    verdicts = count(ballot(vote(0, "", "deviates"), vote(1, "preferred")))
    assert [verdict.criterion for verdict in verdicts] == ["c2", "c1"]
    assert all(len(verdict.votes) == 2 for verdict in verdicts)


def test_count_gives_nothing_when_nobody_speaks() -> None:
    assert count(ballot(vote(0), vote(1))) == ()


def test_count_takes_the_first_of_two_judgements_about_the_same() -> None:
    double = Vote("m", 0, (*vote(0, "preferred").judgements, *vote(0, "deviates").judgements))
    assert only(double).value == "preferred"


VALUES = st.sampled_from(["preferred", "fallback", "deviates", ""])


@given(st.lists(st.tuples(VALUES, VALUES, st.booleans()), min_size=1, max_size=7), st.randoms(), st.integers(1, 4))
def test_count_is_independent_of_arrival(said: list[tuple[str, str, bool]], random: Random, quorum: int) -> None:
    votes = [
        vote(index // 2, first, second, rater=f"m{index % 2}", counted=counted)
        for index, (first, second, counted) in enumerate(said)
    ]
    shuffled = list(votes)
    random.shuffle(shuffled)
    assert count(ballot(*shuffled, quorum=quorum)) == count(ballot(*votes, quorum=quorum))


@given(st.lists(VALUES, min_size=1, max_size=9))
def test_count_support_and_agreement_stay_in_their_range(said: list[str]) -> None:
    for verdict in count(ballot(*(vote(index, value) for index, value in enumerate(said)))):
        values = [each.value for each in verdict.votes]
        assert verdict.support == pytest.approx(values.count(verdict.value) / len(values))
        assert 0.0 <= verdict.agreement <= 1.0
        if verdict.status is VerdictStatus.DECIDED:
            assert all(values.count(verdict.value) > values.count(other) for other in values if other != verdict.value)


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_count_decides_alike_when_every_vote_is_doubled(said: list[str]) -> None:
    once = [vote(index, value) for index, value in enumerate(said)]
    twice = once + [vote(index, value, rater="n") for index, value in enumerate(said)]
    decided = {each.criterion: (each.value, each.status, each.support) for each in count(ballot(*once))}
    assert {each.criterion: (each.value, each.status, each.support) for each in count(ballot(*twice))} == decided
