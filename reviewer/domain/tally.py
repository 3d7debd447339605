"""Tallies: votes for closed values and numbers become one, by a policy; whether votes to come can change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, repeat
from math import fsum
from statistics import fmean
from statistics import median as middle

from reviewer.domain.policy import Policy
from reviewer.domain.vote import VerdictStatus

WeighedVote = tuple[str, float]
"""A valid vote's value, and how much it counts under the policy *weighted*; 1 under every other."""

TRIMMED = 0.2
"""The share of numbers that a trimmed mean leaves out at each end (Wilcox, 2012, recommends 0.2)."""
_DIGITS = 9
"""Sums of weights that differ by less are equal: 0.1 + 0.2 and 0.3."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What votes add up to.

    Attributes:
        value: the winner; the first of the tied in alphabetical order when tied; empty without a quorum.
        support: the winner's share, 0 to 1; of what has most votes where they do not suffice.
    """

    value: str
    status: VerdictStatus
    support: float


NOTHING = Tally("", VerdictStatus.NO_QUORUM, 0.0)


def decide(votes: Sequence[WeighedVote], policy: Policy, quorum: int) -> Tally:
    """The winner by one of the policies for closed values. Independent of the votes' order.

    Fewer valid votes than the quorum, values that differ under *unanimous*, and a winner with fewer votes than the
    quorum under *quorum* give *no_quorum*; two values with the most votes give *tied*.
    """
    if not votes or len(votes) < quorum:
        return NOTHING
    sums = _sums(votes)
    most = max(sums.values())
    winners = sorted(value for value, votes_for in sums.items() if votes_for == most)
    support = most / round(fsum(weight for _, weight in votes), _DIGITS)
    is_missed = policy is Policy.QUORUM and most < quorum
    if is_missed or (policy is Policy.UNANIMOUS and len(sums) > 1):
        return Tally("", VerdictStatus.NO_QUORUM, support)
    return Tally(winners[0], VerdictStatus.TIED if len(winners) > 1 else VerdictStatus.DECIDED, support)


def is_settled(votes: Sequence[WeighedVote], left: Sequence[float], policy: Policy, quorum: int) -> bool:
    """Whether votes still to come cannot change status and value of `decide`, whatever they say, or if they fail.

    Never without a quorum: votes to come may reach it. A tie is settled only when nothing is left.

    Args:
        votes: the valid ones so far.
        left: how much each vote still to come counts.
        policy: one of the policies for closed values.
        quorum: as for `decide`.
    """
    if not left:
        return True
    if not votes or len(votes) < quorum:
        return False
    sums = _sums(votes)
    if policy is Policy.UNANIMOUS:
        return len(sums) > 1
    first, second, *_ = sorted([*sums.values(), 0.0, 0.0], reverse=True)
    if policy is Policy.QUORUM and first < quorum:
        return False
    return round(first - second - fsum(left), _DIGITS) > 0


def median(numbers: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle.

    Raises:
        StatisticsError: there is none.
    """
    return float(middle(numbers))


def is_median_settled(numbers: Sequence[float], left: int) -> bool:
    """Whether so many numbers more cannot change the median, whatever they are, and however many of them fail."""
    if not numbers:
        return left == 0
    now = median(numbers)
    ends = (float("-inf"), float("inf"))
    return all(median([*numbers, *repeat(end, more)]) == now for more in range(1, left + 1) for end in ends)


def trimmed_mean(numbers: Sequence[float]) -> float:
    """The mean without a fifth of the numbers at each end, rounded down.

    Raises:
        StatisticsError: there is none.
    """
    cut = int(len(numbers) * TRIMMED)
    return fmean(sorted(numbers)[cut : len(numbers) - cut])


def agreement(values: Sequence[str]) -> float:
    """Mean pairwise agreement: the share of pairs that are equal; 1 for fewer than two values."""
    pairs = list(combinations(values, 2))
    return sum(left == right for left, right in pairs) / len(pairs) if pairs else 1.0


def weight_of(rater: str, weights: Mapping[str, float]) -> float:
    """How much a rater's votes count; 1 where nothing is said."""
    return weights.get(rater, 1.0)


def _sums(votes: Sequence[WeighedVote]) -> dict[str, float]:
    """How much each value has."""
    by_value: dict[str, list[float]] = {}
    for value, weight in votes:
        by_value.setdefault(value, []).append(weight)
    return {value: round(fsum(weights), _DIGITS) for value, weights in by_value.items()}
