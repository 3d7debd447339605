"""Polling: who is asked for a vote, in which order, and how many of them before the vote is over."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reviewer.domain.policy import STOPPABLE, Adaptive
from reviewer.domain.task import Task
from reviewer.domain.vote import Ballot, StepFailure, Vote
from reviewer.domain.workflow import HandlerNode
from reviewer.engine.plan import Panel, Rater
from reviewer.engine.stopping import FAST_VOTES, is_over
from reviewer.engine.together import together

MOST_FAST = 5
"""So many votes a *fast* vote goes on to where the first two differ."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A vote that may be asked for: of whom, and which of theirs, from 0."""

    rater: Rater
    index: int


AskFor = Callable[[Ask], Coroutine[Any, Any, Vote | StepFailure]]


def mode_of(node: HandlerNode, panel: Panel) -> Adaptive:
    """How adaptive a handler's vote is: as the run says, else as its file does; not where every vote adds something."""
    wanted = node.adaptive if panel.adaptive is None else panel.adaptive
    return wanted if node.policy in STOPPABLE else Adaptive.OFF


def planned(node: HandlerNode, panel: Panel) -> tuple[Ask, ...]:
    """All votes there may be, in the order in which they are asked for and counted.

    Each rater's first vote comes before anybody's second: the more different the first raters are, the more an early
    end is worth. A *fast* vote of several goes on to five, and asks the strongest model after its first two.
    """
    raters = panel.of_class(node.model)
    votes = panel.votes or node.votes
    asks = [Ask(rater, index) for index in range(votes) for rater in raters]
    if len(asks) < FAST_VOTES or mode_of(node, panel) is not Adaptive.FAST:
        return tuple(asks)
    strong = Ask(panel.raters[-1], 0)
    if strong not in asks[:FAST_VOTES]:
        asks = [*asks[:FAST_VOTES], strong, *(ask for ask in asks[FAST_VOTES:] if ask != strong)]
    index = votes
    while len(asks) < MOST_FAST:
        asks += [Ask(rater, index) for rater in raters]
        index += 1
    return tuple(asks)


async def poll(node: HandlerNode, panel: Panel, task: Task, ask_for: AskFor) -> tuple[Ballot, int]:
    """The ballot on a task, and how many of the votes that the workflow allows were not needed.

    Votes are asked for in waves, all of a wave at once: as many as could end the vote at the earliest. What they say
    is looked at when the whole wave is in, in the order planned; so the ballot is the same whichever came first.

    Args:
        node: the handler's.
        panel: whom the run may ask.
        task: what they are asked; its quorum is the handler's.
        ask_for: gets one vote, or its failure.
    """
    asks, mode = planned(node, panel), mode_of(node, panel)
    task = _of_votes(task, len(asks), min(task.quorum, len(asks)))
    answers: list[Vote | StepFailure] = []
    while left := asks[len(answers) :]:
        if mode is not Adaptive.OFF and is_over(node, mode, ballot_of(task, answers), [ask.rater.name for ask in left]):
            break
        wave = left[: _wave(mode, len(answers), len(asks))]
        answers += await together([partial(ask_for, ask) for ask in wave])
    ballot = ballot_of(_of_votes(task, len(answers), task.quorum), answers)
    return ballot, 0 if mode is Adaptive.OFF else max(0, usual_votes(node, panel) - len(answers))


def usual_votes(node: HandlerNode, panel: Panel) -> int:
    """How many votes are asked for where none of them is spared."""
    return (panel.votes or node.votes) * len(panel.of_class(node.model))


def _of_votes(task: Task, votes: int, quorum: int) -> Task:
    """The same, asked so many times."""
    return task if (task.votes, task.quorum) == (votes, quorum) else replace(task, votes=votes, quorum=quorum)


def _wave(mode: Adaptive, done: int, votes: int) -> int:
    """How many votes are asked for at once: without need for haste, so many that the vote may be over after them."""
    if mode is Adaptive.OFF:
        return votes
    if mode is Adaptive.FAST and done == 0:
        return FAST_VOTES
    return max(1, votes // 2 + 1 - done)


def ballot_of(task: Task, answers: Sequence[Vote | StepFailure]) -> Ballot:
    """Votes and failures, each in the order given."""
    return Ballot(
        task,
        tuple(answer for answer in answers if isinstance(answer, Vote)),
        tuple(answer for answer in answers if isinstance(answer, StepFailure)),
    )
