import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import Patience, RetryDecision
from reviewer.engine.retry import RetryPolicy

POLICY = RetryPolicy()
AGAIN = RetryDecision(retry=True)


def patient(**values: float) -> RetryDecision:
    return RetryDecision(retry=True, patience=Patience(**{"attempts": 100, **values}))  # type: ignore[arg-type]


def test_delay_gives_up_when_another_attempt_cannot_help() -> None:
    assert POLICY.delay(RetryDecision(retry=False), 1, 0.0, 1.0) is None


def test_delay_gives_up_after_the_last_attempt() -> None:
    assert POLICY.delay(AGAIN, 2, 0.0, 1.0) is not None
    assert POLICY.delay(AGAIN, 3, 0.0, 1.0) is None


@pytest.mark.parametrize(("attempt", "ceiling"), [(1, 0.5), (2, 1.0), (3, 2.0), (6, 16.0), (7, 20.0), (60, 20.0)])
def test_delay_doubles_to_its_ceiling(attempt: int, ceiling: float) -> None:
    assert POLICY.delay(patient(), attempt, 0.0, 1.0) == ceiling
    assert POLICY.delay(patient(), attempt, 0.0, 0.0) == ceiling / 2


@given(st.integers(1, 6), st.floats(0, 1), st.floats(0, 1))
def test_delay_leaves_as_much_to_chance_as_its_failure_says(attempt: int, share: float, jitter: float) -> None:
    ceiling = 0.5 * 2 ** (attempt - 1)
    delay = POLICY.delay(patient(random_share=share), attempt, 0.0, jitter)
    assert delay is not None
    assert ceiling * (1 - share) - 1e-9 <= delay <= ceiling


def test_delay_is_what_the_server_asked_for() -> None:
    assert POLICY.delay(RetryDecision(retry=True, after_s=7.0), 1, 0.0, 0.3) == 7.0


def test_delay_gives_up_when_the_server_asks_for_too_long() -> None:
    assert POLICY.delay(RetryDecision(retry=True, after_s=600.0), 1, 0.0, 0.3) == 600.0
    assert POLICY.delay(RetryDecision(retry=True, after_s=600.5), 1, 0.0, 0.3) is None


def test_delay_gives_up_when_the_time_would_run_out() -> None:
    assert POLICY.delay(patient(within_s=180.0), 1, 179.5, 1.0) == 0.5
    assert POLICY.delay(patient(within_s=180.0), 1, 179.6, 1.0) is None
