import asyncio
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import ProviderError
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.pool import Answered, Call, FatalProviderError, Pool
from tests.fakes.clock import FakeClock, run
from tests.fakes.models import ScriptedModel, broken, busy, in_turn, rejected, unreachable
from tests.fakes.pooling import pool_of, rater_of


def request(seed: int = 0) -> ChatRequest:
    return ChatRequest("system", "user", {}, "test", seed)


def ask(model: ScriptedModel, clock: FakeClock | None = None, deadline_s: float = 60.0) -> Answered:
    async def work() -> Answered:
        return await pool_of(4, clock, deadline_s=deadline_s).call(rater_of(model), Call(request()))

    return run(work())


def test_pool_gives_the_reply() -> None:
    answered = ask(ScriptedModel("yes"))
    assert (answered.reply.text, answered.retries) == ("yes", 0)


@given(st.integers(1, 6), st.lists(st.floats(0.01, 9.0), min_size=1, max_size=20))
@settings(max_examples=30)
def test_pool_never_has_more_in_flight_than_it_may(slots: int, delays: list[float]) -> None:
    model = ScriptedModel("yes", delay=lambda asked: delays[asked.seed])

    async def work() -> None:
        pool = pool_of(slots)
        async with asyncio.TaskGroup() as group:
            for seed in range(len(delays)):
                group.create_task(pool.call(rater_of(model), Call(request(seed))))

    run(work())
    assert model.peak == min(slots, len(delays))
    assert len(model.requests) == len(delays)


def test_pool_tries_again_and_counts_it() -> None:
    clock = FakeClock()
    answered = ask(ScriptedModel(in_turn(busy(), busy(3.0), "yes")), clock)
    assert answered.retries == 2
    assert clock.slept == [0.5, 3.0]


def test_pool_lends_its_slot_while_it_waits() -> None:
    first, second = ScriptedModel(in_turn(busy(50.0), "late")), ScriptedModel("soon")
    done: list[str] = []

    async def call(pool: Pool, model: ScriptedModel) -> None:
        done.append((await pool.call(rater_of(model), Call(request()))).reply.text)

    async def work() -> None:
        pool = pool_of(1)
        async with asyncio.TaskGroup() as group:
            group.create_task(call(pool, first))
            group.create_task(call(pool, second))

    run(work())
    assert done == ["soon", "late"]


def test_pool_gives_up_at_once_when_retrying_cannot_help() -> None:
    model = ScriptedModel(in_turn(broken()))
    with pytest.raises(ProviderError, match="bad_request"):
        ask(model)
    assert len(model.requests) == 1


def test_pool_gives_up_after_the_last_attempt() -> None:
    model = ScriptedModel(in_turn(busy()))
    with pytest.raises(ProviderError, match="rate_limited"):
        ask(model)
    assert len(model.requests) == 3


@pytest.mark.parametrize(("failure", "attempts"), [(rejected(), 1), (unreachable(), 3)])
def test_pool_says_when_no_other_call_can_succeed(failure: ProviderError, attempts: int) -> None:
    model = ScriptedModel(in_turn(failure))
    with pytest.raises(FatalProviderError) as raised:
        ask(model)
    assert raised.value.cause is failure
    assert len(model.requests) == attempts


def test_pool_counts_the_time_from_the_first_attempt() -> None:
    model = ScriptedModel(in_turn(busy()), delay=lambda asked: 1000.0)
    with pytest.raises(ProviderError, match="rate_limited"):
        ask(model, deadline_s=2000.0)
    assert len(model.requests) == 2


def test_pool_turns_a_missed_deadline_into_an_error_to_retry() -> None:
    model = ScriptedModel("never", delay=lambda asked: 1000.0)
    with pytest.raises(ProviderError) as raised:
        ask(model, deadline_s=10.0)
    assert (raised.value.code, raised.value.decision.retry) == ("timeout", True)
    assert "10 seconds" in raised.value.user_message
    assert model.cancelled == 3


def test_pool_leaves_nothing_behind_when_cancelled() -> None:
    model = ScriptedModel("late", delay=lambda asked: 50.0)

    async def work() -> None:
        dispatcher = Dispatcher(FakeClock())
        pool, other = (pool_of(2, dispatcher=dispatcher) for _ in range(2))
        calls = [asyncio.create_task(pool.call(rater_of(model), Call(request(seed)))) for seed in range(5)]
        await asyncio.sleep(1.0)
        for call in calls:
            call.cancel()
        await asyncio.wait(calls)
        assert all(call.cancelled() for call in calls)
        assert (await other.call(rater_of(ScriptedModel("free")), Call(request()))).reply.text == "free"

    run(work())
    assert (model.in_flight, model.cancelled) == (0, 2)


def test_pool_takes_the_waiting_in_turn() -> None:
    model = ScriptedModel("yes")

    async def work() -> None:
        pool = pool_of(1)
        async with asyncio.TaskGroup() as group:
            for seed in range(6):
                group.create_task(pool.call(rater_of(model), Call(request(seed))))

    run(work())
    assert all(left.seed < right.seed for left, right in pairwise(model.requests))
