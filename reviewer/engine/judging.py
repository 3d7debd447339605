"""Taking the best of several texts: by their quotes, or by asking a model to compare them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import combinations

from reviewer.domain.chat import ChatRequest
from reviewer.domain.ids import canonical_json, sha256_hex
from reviewer.domain.policy import COMPARED, Policy
from reviewer.domain.task import Task
from reviewer.domain.vote import Ballot, Judgement, StepFailure, Vote
from reviewer.engine.results import chosen
from reviewer.engine.steps import StepResult
from reviewer.ports.handling import Judge, ModelHandler

BEST = "best"
"""The criterion of a comparison: its value is the position of the best text, from 0."""

Compare = Callable[[ModelHandler], Awaitable[StepResult | StepFailure]]
"""Asks one model one question about a task, and keeps it as a step."""


class Comparison:
    """One comparison as a question to a model. Implements `reviewer.ports.handling.ModelHandler`.

    Args:
        judge: what asks and reads.
        texts: what is compared.
    """

    def __init__(self, judge: Judge, texts: Sequence[str]) -> None:
        self._judge = judge
        self._texts = texts
        self.version = judge.version
        self.fingerprint = sha256_hex(canonical_json([judge.fingerprint, *texts]))

    def request(self, task: Task, seed: int) -> ChatRequest:
        """The question."""
        return self._judge.request(task, self._texts, seed)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        """One judgement: value = position of the best, text = why."""
        del task
        position, why = self._judge.read(self._texts, reply)
        return (Judgement(BEST, str(position), why),)


async def best_of(ballot: Ballot, policy: Policy, judge: Judge | None, compare: Compare) -> tuple[Vote | None, str]:
    """The vote whose words are taken, and why; None without votes.

    Equal texts are compared once. Where a comparison fails, the most exact quotes decide, and that is said.
    """
    quoted = chosen(ballot)
    texts: dict[str, Vote] = {}
    for vote in sorted(ballot.votes, key=lambda vote: (vote.rater, vote.index)):
        texts.setdefault(text_of(vote), vote)
    if policy not in COMPARED or judge is None or len(texts) < 2:  # noqa: PLR2004 - nothing to compare
        return quoted, ""
    if policy is Policy.JUDGE:
        found = await _judged(judge, tuple(texts), compare)
    else:
        found = await _tournament(judge, tuple(texts), compare)
    if found is None:
        return quoted, "The comparison failed; of several texts the one with the most exact quotes was taken."
    text, why = found
    return texts[text], why


def text_of(vote: Vote) -> str:
    """All that a vote says, as it is compared."""
    return "\n".join(each.judgement.text for each in vote.judgements)


async def _judged(judge: Judge, texts: Sequence[str], compare: Compare) -> tuple[str, str] | None:
    said = await compare(Comparison(judge, texts))
    if isinstance(said, StepFailure):
        return None
    best = said.judgements[0]
    return texts[int(best.value)], f"Chosen of {len(texts)} by a model: {best.text}"


async def _tournament(judge: Judge, texts: Sequence[str], compare: Compare) -> tuple[str, str] | None:
    """Each pair once, the later text first in every other: models favour a place. None where a comparison fails."""
    pairs = [pair if number % 2 == 0 else pair[::-1] for number, pair in enumerate(combinations(texts, 2))]
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(_of(compare, Comparison(judge, pair))) for pair in pairs]
    wins = dict.fromkeys(texts, 0)
    for pair, each in zip(pairs, waiting, strict=True):
        found = each.result()
        if isinstance(found, StepFailure):
            return None
        wins[pair[int(found.judgements[0].value)]] += 1
    best = max(texts, key=lambda text: wins[text])  # of equals the first
    return best, f"Chosen of {len(texts)} pair by pair: better than {wins[best]} of {len(texts) - 1} others."


async def _of(compare: Compare, comparison: Comparison) -> StepResult | StepFailure:
    return await compare(comparison)
