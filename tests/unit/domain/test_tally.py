from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.policy import CLOSED, Policy
from reviewer.domain.tally import (
    NOTHING,
    Tally,
    agreement,
    decide,
    is_median_settled,
    is_settled,
    median,
    trimmed_mean,
    weight_of,
)
from reviewer.domain.vote import VerdictStatus


def votes(values: str, *weights: float) -> list[tuple[str, float]]:
    return list(zip(values, weights or [1.0] * len(values), strict=True))


@pytest.mark.parametrize(
    ("policy", "cast", "quorum", "expected"),
    [
        (Policy.MAJORITY, votes("aab"), 1, Tally("a", VerdictStatus.DECIDED, 2 / 3)),
        (Policy.MAJORITY, votes("ab"), 1, Tally("a", VerdictStatus.TIED, 0.5)),
        (Policy.MAJORITY, votes("aa"), 3, NOTHING),
        (Policy.MAJORITY, [], 1, NOTHING),
        (Policy.WEIGHTED, votes("aab", 0.1, 0.2, 0.3), 1, Tally("a", VerdictStatus.TIED, 0.5)),
        (Policy.WEIGHTED, votes("aab", 1, 1, 3), 1, Tally("b", VerdictStatus.DECIDED, 0.6)),
        (Policy.UNANIMOUS, votes("aaa"), 1, Tally("a", VerdictStatus.DECIDED, 1.0)),
        (Policy.UNANIMOUS, votes("aab"), 1, Tally("", VerdictStatus.NO_QUORUM, 2 / 3)),
        (Policy.QUORUM, votes("aab"), 2, Tally("a", VerdictStatus.DECIDED, 2 / 3)),
        (Policy.QUORUM, votes("abc"), 2, Tally("", VerdictStatus.NO_QUORUM, 1 / 3)),
    ],
)
def test_decide_by_policy(policy: Policy, cast: list[tuple[str, float]], quorum: int, expected: Tally) -> None:
    found = decide(cast, policy, quorum)
    assert (found.value, found.status) == (expected.value, expected.status)
    assert found.support == pytest.approx(expected.support)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([0.1, 0.2, 0.3, 1.0])), min_size=1, max_size=5),
    st.sampled_from(CLOSED),
    st.integers(1, 4),
)
def test_decide_is_independent_of_order(cast: list[tuple[str, float]], policy: Policy, quorum: int) -> None:
    assert len({decide(list(order), policy, quorum) for order in permutations(cast)}) == 1


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from("abc"), max_size=4),
    st.lists(st.sampled_from([0.5, 1.0, 2.0]), max_size=3),
    st.sampled_from(CLOSED),
    st.integers(1, 4),
)
def test_settled_means_that_nothing_can_change_it(
    values: list[str], left: list[float], policy: Policy, quorum: int
) -> None:
    """The rest says every combination of a value, a new value, or nothing at all."""
    if policy is not Policy.WEIGHTED:
        left = [1.0] * len(left)
    cast = [(value, 1.0) for value in values]
    ends = set()
    for rest in product("abcd-", repeat=len(left)):
        more = [(value, weight) for value, weight in zip(rest, left, strict=True) if value != "-"]
        end = decide(cast + more, policy, quorum)
        ends.add((end.value, end.status))
    if is_settled(cast, left, policy, quorum):
        assert len(ends) == 1
    elif len(ends) == 1 and policy is Policy.MAJORITY and len(cast) >= quorum and cast:
        raise AssertionError("it could have ended earlier")


def test_settled_waits_for_the_quorum_and_for_ties() -> None:
    assert not is_settled(votes("aa"), [1.0], Policy.MAJORITY, 3)
    assert not is_settled(votes("aa"), [1.0, 1.0], Policy.MAJORITY, 1)
    assert is_settled(votes("aaa"), [1.0, 1.0], Policy.MAJORITY, 1)
    assert not is_settled(votes("aab"), [1.0], Policy.MAJORITY, 1)
    assert is_settled(votes("ab"), [1.0], Policy.UNANIMOUS, 1)
    assert not is_settled(votes("aa"), [1.0], Policy.UNANIMOUS, 1)
    assert not is_settled(votes("aa"), [1.0], Policy.QUORUM, 3)
    assert is_settled([], [], Policy.MAJORITY, 1)


def test_median_and_trimmed_mean() -> None:
    assert median([1, 9, 3]) == 3
    assert median([1, 3]) == 2
    assert trimmed_mean([1, 2, 3, 4, 100]) == 3
    assert trimmed_mean([1, 3]) == 2


@given(st.lists(st.sampled_from([1.0, 2.0, 3.0]), max_size=5), st.integers(0, 3))
def test_median_is_settled_only_where_no_number_can_change_it(numbers: list[float], left: int) -> None:
    if not is_median_settled(numbers, left) or not numbers:
        return
    for more in range(left + 1):
        for rest in product([-9.0, 1.5, 2.5, 9.0], repeat=more):
            assert median([*numbers, *rest]) == median(numbers)


def test_median_is_settled_by_equal_numbers() -> None:
    assert is_median_settled([2, 2, 2], 2)
    assert not is_median_settled([2, 2], 2)
    assert not is_median_settled([], 1)
    assert is_median_settled([], 0)


def test_agreement_is_the_share_of_equal_pairs() -> None:
    assert agreement(["a", "a", "b"]) == pytest.approx(1 / 3)
    assert agreement(["a"]) == 1.0


def test_weight_is_1_where_nothing_is_said() -> None:
    assert (weight_of("m", {"m": 2.0}), weight_of("n", {"m": 2.0})) == (2.0, 1.0)
