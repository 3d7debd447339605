"""A sample of ``tests/benchmarks/voting.py``, which is exact: no figure here is drawn by chance."""

import pytest

from reviewer.domain.policy import Adaptive
from tests.benchmarks import voting


@pytest.mark.parametrize(("accuracy", "classes"), [(0.6, 2), (0.85, 2), (0.95, 2)])
def test_majority_is_the_optimum_for_independent_raters_and_exact_loses_nothing(accuracy: float, classes: int) -> None:
    panel = (accuracy,) * voting.VOTES
    everyone = voting.score(panel, classes, Adaptive.OFF)
    exact = voting.score(panel, classes, Adaptive.EXACT)
    assert everyone.accuracy == pytest.approx(voting.optimum(panel, classes), abs=0.01)
    assert exact.accuracy == pytest.approx(everyone.accuracy)
    assert exact.calls < everyone.calls


def test_weights_make_the_most_of_unlike_raters() -> None:
    weights = voting.log_odds(voting.MIXED, 2)
    weighed = voting.score(voting.MIXED, 2, Adaptive.OFF, weights=weights)
    assert weighed.accuracy == pytest.approx(voting.optimum(voting.MIXED, 2), abs=0.01)
    assert weighed.accuracy > voting.score(voting.MIXED, 2, Adaptive.OFF, weights=(1.0,) * 5).accuracy


def test_fast_saves_two_calls_of_five_at_half_a_point() -> None:
    panel = (0.85,) * voting.VOTES
    everyone, fast = (voting.score(panel, 4, mode) for mode in (Adaptive.OFF, Adaptive.FAST))
    assert fast.calls <= 0.6 * everyone.calls
    assert fast.accuracy >= everyone.accuracy - 0.005


def test_correlated_raters_buy_little() -> None:
    panel = (0.8,) * voting.VOTES
    alone = voting.score(panel, 2, Adaptive.OFF).accuracy - 0.8
    together = voting.score(panel, 2, Adaptive.OFF, voting.CORRELATED).accuracy - 0.8
    assert together < alone / 2
