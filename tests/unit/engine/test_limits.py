import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.engine.limits import Limiter


def send_all(limiter: Limiter, count: int, tokens: int = 0, late: "list[float] | None" = None) -> list[float]:
    """When each call is sent by a sender that always has another one, and whose timers are late."""
    now, sent = 0.0, []
    for number in range(count):
        now = max(now, limiter.ready_at(now, tokens))
        booking = limiter.book(now, tokens)
        while (wait_s := limiter.hold_s(now, booking)) > 0:
            now += wait_s + (late[number % len(late)] if late else 0.0)
        sent.append(now)
    return sent


def most_within(times: list[float], span_s: float) -> int:
    return max(sum(start <= time < start + span_s for time in times) for start in times)


@pytest.mark.parametrize("late", [None, [0.0, 0.002, 0.009, 0.001]])
def test_calls_are_sent_at_the_rate_and_hardly_slower(late: list[float] | None) -> None:
    sent = send_all(Limiter(rpm=18_000, tpm=None), 900, late=late)
    assert sent[-1] <= 900 / 300 * 1.02
    assert most_within(sent, 1.0) <= 300


@given(st.integers(1, 3000), st.lists(st.floats(0.0, 0.05), min_size=1, max_size=7))
@settings(max_examples=60, deadline=None)
def test_no_minute_and_no_second_ever_holds_more_calls_than_allowed(rpm: int, late: list[float]) -> None:
    sent = send_all(Limiter(rpm, None), 200, late=late)
    assert most_within(sent, 60.0) <= rpm
    assert most_within(sent, 1.0) <= max(1, rpm // 60)
    assert all(earlier <= later for earlier, later in pairwise(sent))


def test_a_second_of_less_than_one_call_is_spread_over_seconds() -> None:
    assert send_all(Limiter(rpm=30, tpm=None), 3) == pytest.approx([0.0, 2.0, 4.0], abs=0.05)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_minute_ever_holds_more_tokens_than_allowed(sizes: list[int]) -> None:
    limiter, now, sent = Limiter(None, 1000), 0.0, []
    for size in sizes:
        now = max(now, limiter.ready_at(now, size))
        booking = limiter.book(now, size)
        now = max(now, booking.at)
        assert limiter.hold_s(now, booking) == 0.0
        sent.append((now, size))
    for start, _ in sent:
        assert sum(size for at, size in sent if start <= at < start + 60.0) <= 1000


def test_tokens_that_were_not_used_are_free_for_others() -> None:
    limiter = Limiter(None, 1000)
    booking = limiter.book(0.0, 900)
    assert limiter.ready_at(1.0, 500) == 60.0
    limiter.settle(booking, 300)
    assert limiter.ready_at(1.0, 500) == 1.0


def test_what_is_settled_after_its_minute_changes_nothing() -> None:
    limiter = Limiter(None, 1000)
    booking = limiter.book(0.0, 900)
    limiter.book(100.0, 900)
    limiter.settle(booking, 0)
    assert limiter.ready_at(101.0, 500) == 160.0


def test_a_call_larger_than_a_whole_minute_goes_alone() -> None:
    limiter = Limiter(None, 1000)
    limiter.book(0.0, 100)
    assert limiter.ready_at(1.0, 5000) == 60.0
    assert limiter.book(60.0, 5000).at == 60.0


def test_both_limits_hold_together() -> None:
    limiter, moments = Limiter(rpm=60, tpm=100), random.Random(3)
    now, sent = 0.0, []
    for _ in range(30):
        size = moments.randrange(1, 20)
        now = max(now, limiter.ready_at(now, size))
        booking = limiter.book(now, size)
        while (wait_s := limiter.hold_s(now, booking)) > 0:
            now += wait_s
        sent.append((now, size))
    assert most_within([at for at, _ in sent], 60.0) <= 60
    for start, _ in sent:
        assert sum(size for at, size in sent if start <= at < start + 60.0) <= 100
