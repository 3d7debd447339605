"""How much voting buys, and what adaptive voting costs: exact, over every pattern of five votes.

A simulated panel: raters with known error rates over two or four classes, wrong answers equally likely, who answer by
themselves or repeat a common answer with a probability (their correlation). Every pattern goes through the engine's own
polling and counting once; accuracies are sums over patterns, so nothing here is a sample. A tie counts as a fair draw
among the tied; how many ties a person sees is printed beside it.

    python tests/benchmarks/voting.py
"""

import asyncio
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from reviewer.domain.anchor import TextSpan
from reviewer.domain.answer_field import AnswerField, FieldType
from reviewer.domain.policy import Adaptive, Policy
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Context, Item, Task
from reviewer.domain.vote import CheckedJudgement, Judgement, VerdictStatus, Vote
from reviewer.domain.workflow import HandlerNode
from reviewer.engine.plan import Panel
from reviewer.engine.polling import Ask, poll
from reviewer.engine.voting import count
from tests.fakes.models import ScriptedModel

VOTES = 5
CLASSES = "abcd"
RIGHT = "a"
ACCURACIES = (0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95)
MIXED = (0.95, 0.80, 0.70, 0.65, 0.60)
CORRELATED = 0.5
_ITEM = Item(None, None, SectionKind.CLAUSE, "", "", "text", TextSpan(0, 4))
_TASK = Task("h", _ITEM, Context(), VOTES, 2)
_FIELD = AnswerField("class", FieldType.CHOICE, choices=tuple(CLASSES))

Pattern = tuple[str, ...]
Weights = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class End:
    """How a pattern of votes ends: the credit (1 right, 1/k for a tie of k with the right one), ties, votes asked."""

    credit: float
    is_tied: bool
    asked: int


@cache
def ends(classes: int, mode: Adaptive, weights: Weights = ()) -> Mapping[Pattern, End]:
    """What the engine makes of every pattern of votes over so many classes."""

    async def each() -> dict[Pattern, End]:
        return {pattern: await _end(pattern, mode, weights) for pattern in product(CLASSES[:classes], repeat=VOTES)}

    return asyncio.run(each())


async def _end(pattern: Pattern, mode: Adaptive, weights: Weights) -> End:
    """What the engine makes of votes that say this in the order planned."""
    models = [ScriptedModel(name=f"sim/{number}") for number in range(VOTES)] if weights else [ScriptedModel()]
    by_name = {model.name: weight for model, weight in zip(models, weights, strict=False)}
    policy = Policy.WEIGHTED if weights else Policy.MAJORITY
    node = HandlerNode(
        "h",
        "classify",
        1 if weights else VOTES,
        2,
        "p",
        policy=policy,
        adaptive=mode,
        weights=by_name,
        fields=(_FIELD,),
    )
    panel = Panel.of(models)
    places = {model.name: number for number, model in enumerate(models)}

    async def ask_for(ask: Ask) -> Vote:
        said = pattern[places[ask.rater.name] if weights else ask.index]
        return Vote(ask.rater.name, ask.index, (CheckedJudgement(Judgement("class", said), ()),))

    ballot, _ = await poll(node, panel, _TASK, ask_for)
    (verdict,) = count(ballot, policy, by_name)
    if verdict.status is VerdictStatus.TIED:
        said = [vote.value for vote in verdict.votes]
        tied = [each for each in set(said) if said.count(each) == max(map(said.count, said))]
        return End((RIGHT in tied) / len(tied), is_tied=True, asked=len(said))
    return End(float(verdict.value == RIGHT), is_tied=False, asked=len(verdict.votes))


def chances(accuracies: Sequence[float], classes: int, correlation: float) -> Iterator[tuple[Pattern, float]]:
    """Every pattern of votes with its probability."""
    names = CLASSES[:classes]

    def says(accuracy: float, value: str) -> float:
        return accuracy if value == RIGHT else (1 - accuracy) / (classes - 1)

    mean = sum(accuracies) / len(accuracies)
    for pattern in product(names, repeat=len(accuracies)):
        chance = 0.0
        for common in names if correlation else names[:1]:
            each = (
                correlation * (value == common) + (1 - correlation) * says(accuracy, value)
                for accuracy, value in zip(accuracies, pattern, strict=True)
            )
            chance += (says(mean, common) if correlation else 1.0) * math.prod(each)
        yield pattern, chance


@dataclass(frozen=True, slots=True)
class Score:
    """Accuracy, share of ties and calls of a way to vote."""

    accuracy: float
    ties: float
    calls: float


def score(
    accuracies: Sequence[float], classes: int, mode: Adaptive, correlation: float = 0.0, weights: Weights = ()
) -> Score:
    """What a way to vote comes to."""
    found = ends(classes, mode, weights)
    accuracy = ties = calls = 0.0
    for pattern, chance in chances(accuracies, classes, correlation):
        end = found[pattern]
        accuracy += chance * end.credit
        ties += chance * end.is_tied
        calls += chance * end.asked
    return Score(accuracy, ties, calls)


def optimum(accuracies: Sequence[float], classes: int) -> float:
    """The best any rule can do with independent raters whose error rates it knows: the likeliest class, by Bayes."""
    total = 0.0
    wrong = [(1 - accuracy) / (classes - 1) for accuracy in accuracies]
    for pattern in product(CLASSES[:classes], repeat=len(accuracies)):
        likelihoods = [
            math.prod(
                accuracy if value == truth else miss
                for accuracy, miss, value in zip(accuracies, wrong, pattern, strict=True)
            )
            for truth in CLASSES[:classes]
        ]
        total += max(likelihoods) / classes
    return total


def log_odds(accuracies: Sequence[float], classes: int) -> Weights:
    """The weights that make weighted voting optimal: the log of how often a rater is right over each wrong class."""
    return tuple(math.log(accuracy * (classes - 1) / (1 - accuracy)) for accuracy in accuracies)


def report() -> Mapping[str, float]:
    """Prints all tables; gives the figures that must be reached: the worst of each."""
    worst = {"below optimum": 0.0, "exact loses": 0.0, "fast loses": 0.0, "fast saves": 1.0}
    print(f"{'classes':>7} {'corr.':>5} {'one':>6} {'five':>6} {'optimum':>7} {'ties':>6}   exact calls   fast  calls")
    for classes, correlation in product((2, 4), (0.0, CORRELATED)):
        for accuracy in ACCURACIES:
            panel = (accuracy,) * VOTES
            all_five, exact, fast = (score(panel, classes, mode, correlation) for mode in Adaptive)
            best = optimum(panel, classes)
            print(
                f"{classes:7} {correlation:5} {accuracy:6.3f} {all_five.accuracy:6.3f} "
                f"{best if not correlation else math.nan:7.3f} {all_five.ties:6.3f}   {exact.accuracy:5.3f} "
                f"{exact.calls:5.2f}   {fast.accuracy:5.3f} {fast.calls:5.2f}"
            )
            worst["exact loses"] = max(worst["exact loses"], all_five.accuracy - exact.accuracy)
            if not correlation:
                worst["below optimum"] = max(worst["below optimum"], best - all_five.accuracy)
            if classes == 4 and not correlation and accuracy >= 0.85:
                worst["fast loses"] = max(worst["fast loses"], all_five.accuracy - fast.accuracy)
                worst["fast saves"] = min(worst["fast saves"], 1 - fast.calls / VOTES)
    print(f"\nFive raters of {', '.join(map(str, MIXED))}, independent:")
    for classes in (2, 4):
        plain = score(MIXED, classes, Adaptive.OFF, weights=(1.0,) * VOTES)
        weighed = score(MIXED, classes, Adaptive.OFF, weights=log_odds(MIXED, classes))
        best = optimum(MIXED, classes)
        print(f"{classes:7} classes: equal {plain.accuracy:.3f}  weighted {weighed.accuracy:.3f}  optimum {best:.3f}")
        worst["below optimum"] = max(worst["below optimum"], best - weighed.accuracy)
    print()
    for name, figure in worst.items():
        print(f"worst: {name:14} {100 * figure:6.2f} %")
    return worst


if __name__ == "__main__":
    report()
