import asyncio
from collections.abc import Sequence

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.ids import StepKey
from reviewer.domain.policy import Policy
from reviewer.domain.task import Context, Task
from reviewer.domain.usage import Usage
from reviewer.domain.vote import Ballot, CheckedJudgement, Judgement, StepFailure, Vote
from reviewer.engine.judging import Comparison, best_of
from reviewer.engine.steps import StepResult
from reviewer.ports.handling import ModelHandler
from tests.unit.engine.test_voting import ITEM

TASK = Task("h", ITEM, Context())


class LongestWins:
    """A judge whose model always names the longest text, or none."""

    version = "1"
    fingerprint = "longest"

    def request(self, task: Task, texts: Sequence[str], seed: int) -> ChatRequest:
        return ChatRequest("Compare.", "\n".join(texts), {}, "judge", seed)

    def read(self, texts: Sequence[str], reply: str) -> tuple[int, str]:
        return max(range(len(texts)), key=lambda index: len(texts[index])), "It is the longest."


class Compared:
    """Answers comparisons; keeps what was compared."""

    def __init__(self, fails: int = 99) -> None:
        self.asked: list[str] = []
        self._fails = fails

    async def __call__(self, comparison: ModelHandler) -> StepResult | StepFailure:
        self.asked.append(comparison.request(TASK, 0).user)
        await asyncio.sleep(0)
        if len(self.asked) > self._fails:
            return StepFailure("m", 0, "timeout", "Too late.")
        return StepResult(StepKey("k"), comparison.read(TASK, ""), Usage())


def ballot(*texts: str) -> Ballot:
    said = ((CheckedJudgement(Judgement("text", text, text), ()),) for text in texts)
    return Ballot(TASK, tuple(Vote("m", index, each) for index, each in enumerate(said)))


def best(policy: Policy, compared: Compared, *texts: str) -> tuple[str, str]:
    vote, why = asyncio.run(best_of(ballot(*texts), policy, LongestWins(), compared))
    return ("" if vote is None else vote.judgements[0].judgement.text), why


def test_judge_sees_all_texts_once_and_its_reason_is_kept() -> None:
    compared = Compared()
    assert best(Policy.JUDGE, compared, "a", "ccc", "bb", "a") == (
        "ccc",
        "Chosen of 3 by a model: It is the longest.",
    )
    assert compared.asked == ["a\nccc\nbb"]


def test_tournament_compares_each_pair_once_in_changing_order() -> None:
    compared = Compared()
    assert best(Policy.TOURNAMENT, compared, "a", "bb", "ccc") == (
        "ccc",
        "Chosen of 3 pair by pair: better than 2 of 2 others.",
    )
    assert compared.asked == ["a\nbb", "ccc\na", "bb\nccc"]


@pytest.mark.parametrize("policy", [Policy.JUDGE, Policy.TOURNAMENT])
def test_failed_comparison_leaves_it_to_the_quotes(policy: Policy) -> None:
    text, why = best(policy, Compared(fails=0), "a", "bb")
    assert text == "a"
    assert why.startswith("The comparison failed")


def test_nothing_is_compared_where_there_is_nothing_to_choose() -> None:
    compared = Compared()
    assert best(Policy.JUDGE, compared, "a", "a") == ("a", "")
    assert best(Policy.BEST_QUOTED, compared, "a", "bb") == ("a", "")
    assert best(Policy.JUDGE, compared) == ("", "")
    assert compared.asked == []


def test_comparison_is_another_step_for_other_texts() -> None:
    judge = LongestWins()
    assert Comparison(judge, ("a", "b")).fingerprint != Comparison(judge, ("b", "a")).fingerprint
