import asyncio
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.answer_field import AnswerField, FieldType
from reviewer.domain.policy import Adaptive, ModelClass, Policy
from reviewer.domain.task import Context, Task
from reviewer.domain.vote import Ballot, CheckedJudgement, Judgement, StepFailure, VerdictStatus, Vote
from reviewer.domain.workflow import HandlerNode
from reviewer.engine.plan import Panel
from reviewer.engine.polling import Ask, mode_of, planned, poll
from reviewer.engine.voting import SILENT, count
from tests.fakes.clock import run
from tests.fakes.models import ScriptedModel
from tests.fakes.pooling import panel_of
from tests.unit.engine.test_voting import ITEM

FIELDS = (AnswerField("topic", FieldType.CHOICE, choices=("a", "b")),)
A, B, C = (ScriptedModel(name=f"openai/{name}") for name in "abc")


def node(votes: int = 5, adaptive: Adaptive = Adaptive.EXACT, **more: object) -> HandlerNode:
    settings: dict[str, object] = {"fields": FIELDS, "policy": Policy.MAJORITY, **more}
    return HandlerNode("h", "classify", votes, prompt="p", adaptive=adaptive, **settings)  # type: ignore[arg-type]


def task(quorum: int = 1) -> Task:
    return Task("h", ITEM, Context(), 5, quorum)


def said(ask: Ask, value: str) -> Vote | StepFailure:
    if value == "!":
        return StepFailure(ask.rater.name, ask.index, "timeout", "Too late.")
    judged = (CheckedJudgement(Judgement("topic", value), ()),)
    return Vote(ask.rater.name, ask.index, () if value == "-" else judged)


def polled(
    values: str,
    handler: HandlerNode,
    panel: Panel | None = None,
    quorum: int = 1,
    delay: Callable[[int], float] = lambda number: 0.0,
) -> tuple[Ballot, int, list[int]]:
    """A poll whose planned votes say these values in turn; also how many were in flight at once, wave by wave."""
    panel = panel or panel_of(A)
    order = {(ask.rater.name, ask.index): number for number, ask in enumerate(planned(handler, panel))}
    in_flight: list[int] = []
    now = 0

    async def ask_for(ask: Ask) -> Vote | StepFailure:
        nonlocal now
        now += 1
        in_flight.append(now)
        number = order[ask.rater.name, ask.index]
        await asyncio.sleep(delay(number))
        now -= 1
        return said(ask, values[number])

    ballot, saved = run(poll(handler, panel, task(quorum), ask_for))
    return ballot, saved, in_flight


@pytest.mark.parametrize(
    ("values", "asked"),
    [("aaabb", 3), ("aabaa", 4), ("ababa", 5), ("aabba", 5), ("aab-a", 5), ("a!aaa", 4), ("---aa", 3)],
)
def test_exact_stops_when_the_rest_cannot_change_the_winner(values: str, asked: int) -> None:
    ballot, saved, _ = polled(values, node())
    assert len(ballot.votes) + len(ballot.failures) == ballot.task.votes == asked
    assert saved == 5 - asked


def test_exact_goes_on_to_the_quorum() -> None:
    ballot, _, _ = polled("aaaaa", node(), quorum=4)
    assert len(ballot.votes) == 4
    assert count(ballot)[0].status is VerdictStatus.DECIDED


def test_off_asks_all_at_once_and_adaptive_as_many_as_could_end_it() -> None:
    assert polled("aaaaa", node(adaptive=Adaptive.OFF))[2] == [1, 2, 3, 4, 5]
    assert polled("aabab", node())[2] == [1, 2, 3, 1]
    assert polled("ababa", node(adaptive=Adaptive.FAST))[2] == [1, 2, 1, 1, 1]


@pytest.mark.parametrize(("values", "asked"), [("aabbb", 2), ("abaab", 4), ("abbbb", 4), ("a!aaa", 3), ("ab!!a", 5)])
def test_fast_stops_at_two_equal_votes_and_else_goes_on_to_five(values: str, asked: int) -> None:
    ballot, saved, _ = polled(values, node(votes=3, adaptive=Adaptive.FAST))
    assert len(ballot.votes) + len(ballot.failures) == asked
    assert saved == max(0, 3 - asked)


def test_fast_waits_for_a_quorum_of_more_than_two() -> None:
    assert len(polled("aaabb", node(adaptive=Adaptive.FAST), quorum=3)[0].votes) == 3


def test_planned_asks_everybody_once_before_anybody_twice() -> None:
    asks = planned(node(votes=2), panel_of(A, B))
    assert [(ask.rater.name, ask.index) for ask in asks] == [
        ("openai/a", 0),
        ("openai/b", 0),
        ("openai/a", 1),
        ("openai/b", 1),
    ]


def test_planned_asks_the_strongest_after_the_first_two() -> None:
    def names(handler: HandlerNode, panel: Panel) -> list[str]:
        return [f"{ask.rater.name[-1]}{ask.index}" for ask in planned(handler, panel)]

    fast = node(votes=2, adaptive=Adaptive.FAST)
    assert names(fast, panel_of(A, B, C)) == ["a0", "b0", "c0", "a1", "b1", "c1"]
    cheap = node(votes=3, adaptive=Adaptive.FAST, model=ModelClass.CHEAP)
    assert names(cheap, panel_of(A, C)) == ["a0", "a1", "c0", "a2", "a3"]
    assert names(fast, panel_of(A)) == ["a0", "a1", "a2", "a3", "a4"]
    assert names(node(votes=1, adaptive=Adaptive.FAST), panel_of(A)) == ["a0"]
    assert names(node(votes=2, model=ModelClass.STRONG), panel_of(A, B)) == ["b0", "b1"]


def test_run_says_more_than_the_file_about_votes_and_haste() -> None:
    panel = Panel.of([A], votes=4, adaptive=Adaptive.OFF)
    assert mode_of(node(), panel) is Adaptive.OFF
    assert len(planned(node(), panel)) == 4
    prose = node(adaptive=Adaptive.OFF, policy=Policy.JUDGE)
    assert mode_of(prose, Panel.of([A], adaptive=Adaptive.FAST)) is Adaptive.OFF


@settings(max_examples=60, deadline=None)
@given(
    st.text("ab-!", min_size=7, max_size=7),
    st.sampled_from(list(Adaptive)),
    st.integers(1, 4),
    st.sampled_from([Policy.MAJORITY, Policy.UNANIMOUS, Policy.QUORUM]),
    st.randoms(use_true_random=False),
)
def test_poll_is_the_same_whatever_comes_first(
    values: str, mode: Adaptive, quorum: int, policy: Policy, random: Random
) -> None:
    handler = node(7, mode, policy=policy)
    delays = [random.random() for _ in values]
    one = polled(values, handler, panel_of(A), quorum)
    other = polled(values, handler, panel_of(A), quorum, delays.__getitem__)
    assert one[0] == other[0]
    assert one[1] == other[1]


@settings(max_examples=150, deadline=None)
@given(
    st.text("abc-!", min_size=7, max_size=7),
    st.integers(1, 5),
    st.sampled_from([Policy.MAJORITY, Policy.UNANIMOUS, Policy.QUORUM]),
)
def test_exact_decides_as_all_votes_would(values: str, quorum: int, policy: Policy) -> None:
    def decided(mode: Adaptive) -> list[tuple[str, str]]:
        ballot, _, _ = polled(values, node(7, mode, policy=policy), quorum=quorum)
        # That nobody speaks about it and that most do not come to the same.
        return [(each.status, each.value) for each in count(ballot, policy) if each.value != SILENT]

    assert decided(Adaptive.EXACT) == decided(Adaptive.OFF)
