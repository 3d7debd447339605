"""Places given out in virtual time: fair between runs, first to what is looked at, never more than there are."""

import asyncio
from collections import Counter

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import ProviderError, RetryDecision, StorageError
from reviewer.engine.breaker import GIVES_UP_AFTER_S
from reviewer.engine.desk import Desk
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.limits import Limits
from reviewer.engine.pool import Answered, Call, FatalProviderError, Pool
from tests.fakes.clock import FakeClock, run
from tests.fakes.models import ScriptedModel, busy, in_turn, rejected, unreachable
from tests.fakes.pooling import pool_of, rater_of


def request(seed: int = 0) -> ChatRequest:
    return ChatRequest("system", "user", {}, "test", seed)


def ill(after_s: float | None = None) -> ProviderError:
    """The endpoint's own trouble."""
    return ProviderError("server_error", "It has a problem.", decision=RetryDecision(retry=True, after_s=after_s))


async def ask_all(pool: Pool, model: ScriptedModel, seeds: range, subject: str = "") -> list[Answered]:
    async with asyncio.TaskGroup() as group:
        calls = [
            group.create_task(pool.call(rater_of(model), Call(request(seed), subjects=(subject, "document"))))
            for seed in seeds
        ]
    return [call.result() for call in calls]


def test_runs_share_an_endpoint_fairly_however_many_calls_each_has() -> None:
    model, clock = ScriptedModel("yes"), FakeClock()

    async def work() -> None:
        dispatcher = Dispatcher(clock)
        many, few = (pool_of(4, clock, dispatcher=dispatcher) for _ in range(2))
        async with asyncio.TaskGroup() as group:
            group.create_task(ask_all(many, model, range(100, 200)))
            await asyncio.sleep(0.01)
            group.create_task(ask_all(few, model, range(10)))

    run(work())
    assert model.peak == 4
    last_of_few = max(place for place, asked in enumerate(model.requests) if asked.seed < 100)
    assert last_of_few < 4 + 2 * 10 + 4


def test_what_the_user_looks_at_goes_first() -> None:
    model = ScriptedModel("yes")

    async def work() -> None:
        pool = pool_of(1)
        async with asyncio.TaskGroup() as group:
            group.create_task(ask_all(pool, model, range(6), "others"))
            group.create_task(ask_all(pool, model, range(6, 8), "looked at"))
            await asyncio.sleep(0.15)
            pool.look_at(["nothing", "looked at", "document"])

    run(work())
    assert [asked.seed for asked in model.requests] == [0, 1, 6, 7, 2, 3, 4, 5]


def test_paused_run_starts_nothing_and_goes_on_where_it_was() -> None:
    model = ScriptedModel("yes")

    async def work() -> None:
        pool = pool_of(2)
        asking = asyncio.create_task(ask_all(pool, model, range(6)))
        await asyncio.sleep(0.05)
        pool.pause()
        await asyncio.sleep(5.0)
        assert len(model.requests) == 2
        pool.go_on()
        await asking

    run(work())
    assert [asked.seed for asked in model.requests] == list(range(6))


def test_closed_run_gives_its_part_to_the_others() -> None:
    async def work() -> None:
        clock = FakeClock()
        dispatcher = Dispatcher(clock)
        first = pool_of(1, clock, dispatcher=dispatcher)
        first.close()
        second = pool_of(1, clock, dispatcher=dispatcher)
        await ask_all(second, ScriptedModel("yes"), range(2))

    run(work())


def test_refusals_lower_the_limit_and_the_calls_wait_out_of_the_way() -> None:
    refused = set(range(3))

    def script(asked: ChatRequest) -> str | ChatReply | Exception:
        if asked.seed in refused:
            refused.discard(asked.seed)
            return busy(2.0)
        return "yes"

    model, clock = ScriptedModel(script), FakeClock()

    async def work() -> list[Answered]:
        return await ask_all(pool_of(10, clock), model, range(60))

    answered = run(work())
    assert Counter(each.retries for each in answered) == {0: 57, 1: 3}
    assert clock.slept == [2.0, 2.0, 2.0]


def test_endpoint_far_away_gets_more_calls_while_it_keeps_up() -> None:
    model = ScriptedModel("yes")

    async def work() -> None:
        await ask_all(pool_of(limits=Limits(4, may_grow=True)), model, range(100))

    run(work())
    assert model.peak > 16


def test_rate_is_kept_by_waiting_before_the_call_is_sent() -> None:
    moments: list[float] = []

    async def work() -> None:
        loop = asyncio.get_running_loop()
        model = ScriptedModel(lambda asked: moments.append(loop.time()) or "yes", delay=lambda asked: 0.0)  # type: ignore[func-returns-value]
        await ask_all(pool_of(limits=Limits(20, rpm=60)), model, range(5))

    run(work())
    assert moments == pytest.approx([0.0, 1.0, 2.0, 3.0, 4.0], abs=0.1)


def test_tokens_of_a_minute_are_counted_by_what_was_used() -> None:
    moments: list[float] = []

    async def work() -> None:
        loop = asyncio.get_running_loop()
        model = ScriptedModel(lambda asked: moments.append(loop.time()) or "yes")  # type: ignore[func-returns-value]
        pool = pool_of(limits=Limits(1, tpm=100))
        for seed in range(4):  # each books 60 and uses 15
            await pool.call(rater_of(model), Call(request(seed), tokens=60))

    run(work())
    assert moments[2] < 1.0
    assert moments[3] > 59.0


def test_sick_endpoint_rests_and_one_call_tries_it_first() -> None:
    healthy_from_s = 25.0

    def script(_asked: ChatRequest) -> str | Exception:
        return "yes" if asyncio.get_running_loop().time() >= healthy_from_s else ill(0.1)

    model = ScriptedModel(script, delay=lambda asked: 0.01)

    async def work() -> list[Answered]:
        return await ask_all(pool_of(8), model, range(8))

    answered = run(work())
    assert len(answered) == 8
    tries = len(model.requests) - 8
    assert tries <= 8 + 3, "the endpoint was left alone while it was ill"


def test_endpoint_that_answers_nothing_for_minutes_ends_the_run() -> None:
    model, clock = ScriptedModel(in_turn(ill(0.1)), delay=lambda asked: 0.01), FakeClock()

    async def work() -> float:
        with pytest.RaisesGroup(FatalProviderError, flatten_subgroups=True) as raised:
            await ask_all(pool_of(8, clock), model, range(40))
        assert "Nothing came for 3 minutes" in str(raised.value.exceptions[0])
        return clock.monotonic()

    assert GIVES_UP_AFTER_S <= run(work()) < GIVES_UP_AFTER_S + 120


def test_endpoint_that_was_never_reached_ends_the_run_within_seconds() -> None:
    model, clock = ScriptedModel(in_turn(unreachable()), delay=lambda asked: 0.01), FakeClock()

    async def work() -> float:
        with pytest.RaisesGroup(FatalProviderError, flatten_subgroups=True) as raised:
            await ask_all(pool_of(8, clock), model, range(40))
        assert str(raised.value.exceptions[0]) == "unreachable: Nothing answers."
        return clock.monotonic()

    assert run(work()) < 10.0


def at(name: str, script: object) -> ScriptedModel:
    """The same model at another endpoint."""
    model = ScriptedModel(script)  # type: ignore[arg-type]
    model.endpoint = f"http://{name}.test/v1"
    return model


@pytest.mark.parametrize("failure", [ill(), unreachable(), rejected(), busy(60.0)])
def test_another_endpoint_of_the_same_model_takes_over_at_once(failure: ProviderError) -> None:
    bad, good, clock = at("bad", in_turn(failure)), at("good", "yes"), FakeClock()

    async def work() -> None:
        pool = pool_of(4, clock)
        for seed in range(20):
            assert (await pool.call(rater_of(bad, good), Call(request(seed)))).reply.text == "yes"

    run(work())
    assert clock.slept == []
    assert 1 <= len(bad.requests) <= 20
    if failure.decision.fatal and not failure.decision.retry:
        assert len(bad.requests) == 1, "it was given up"


def test_run_ends_with_what_its_last_endpoint_says() -> None:
    first, second = at("a", in_turn(rejected())), at("b", in_turn(rejected()))

    async def work() -> None:
        with pytest.raises(FatalProviderError, match="key_rejected"):
            await pool_of().call(rater_of(first, second), Call(request()))

    run(work())
    assert (len(first.requests), len(second.requests)) == (1, 1)


def test_endpoint_given_up_beside_one_that_is_ill_leaves_the_ill_one_its_attempts() -> None:
    gone, shaky = at("a", in_turn(rejected())), at("b", in_turn(ill(), "yes"))
    clock = FakeClock()

    async def work() -> Answered:
        return await pool_of(4, clock).call(rater_of(shaky, gone), Call(request()))

    assert run(work()).retries == 2
    assert (len(gone.requests), len(shaky.requests)) == (1, 2)


def test_endpoints_that_are_all_ill_are_not_asked_without_end() -> None:
    first, second = at("a", in_turn(ill())), at("b", in_turn(ill()))

    async def work() -> None:
        with pytest.raises(ProviderError, match="server_error"):
            await pool_of().call(rater_of(first, second), Call(request()))

    run(work())
    assert len(first.requests) + len(second.requests) <= 5


def test_endpoints_get_calls_by_their_weight() -> None:
    heavy, light, clock = at("heavy", "yes"), at("light", "yes"), FakeClock()

    async def work() -> None:
        weights = {heavy: 3.0, light: 1.0}
        pool = Pool(Dispatcher(clock), lambda model: Limits(40, weight=weights[model]), clock)  # type: ignore[index]
        async with asyncio.TaskGroup() as group:
            for seed in range(40):
                group.create_task(pool.call(rater_of(heavy, light), Call(request(seed))))

    run(work())
    assert (len(heavy.requests), len(light.requests)) == (30, 10)


def test_call_waits_while_all_endpoints_of_its_model_are_full() -> None:
    models = [ScriptedModel("yes", name) for name in ("openai/one", "openai/two")]

    async def work() -> None:
        pool, rater = pool_of(1), rater_of(*models)
        async with asyncio.TaskGroup() as group:
            for seed in range(6):
                group.create_task(pool.call(rater, Call(request(seed))))

    run(work())
    assert [(len(model.requests), model.peak) for model in models] == [(3, 1), (3, 1)]


def test_replies_that_pile_up_unwritten_hold_back_further_calls() -> None:
    model = ScriptedModel("yes")

    async def work() -> None:
        pool, disk = pool_of(3), asyncio.Event()

        async def keep(_reply: ChatReply) -> None:
            await disk.wait()

        async with asyncio.TaskGroup() as group:
            for seed in range(20):
                group.create_task(pool.call(rater_of(model), Call(request(seed), keep=keep)))
            await asyncio.sleep(10.0)
            assert len(model.requests) <= 6
            disk.set()

    run(work())
    assert len(model.requests) == 20


def test_reply_that_cannot_be_kept_lets_no_further_call_start() -> None:
    model = ScriptedModel("yes")

    async def keep(_reply: ChatReply) -> None:
        raise StorageError("disk_full", "The disk is full.")

    async def work() -> None:
        pool = pool_of(2)
        calls = [
            asyncio.create_task(pool.call(rater_of(model), Call(request(seed), keep=keep if seed == 0 else None)))
            for seed in range(6)
        ]
        with pytest.raises(StorageError, match="disk_full"):
            await calls[0]
        await asyncio.sleep(10.0)
        assert len(model.requests) <= 3
        for call in calls:
            call.cancel()
        await asyncio.wait(calls)

    run(work())


def test_cancelled_while_waiting_and_in_the_moment_of_getting_a_place() -> None:
    model = ScriptedModel("yes")

    async def work() -> None:
        pool = pool_of(1)
        calls = [asyncio.create_task(pool.call(rater_of(model), Call(request(seed)))) for seed in range(4)]
        await asyncio.sleep(0.05)
        calls[2].cancel()
        pool.pause()
        await calls[0]
        pool.go_on()
        calls[1].cancel()  # its place was given to it a moment ago
        await asyncio.wait(calls)
        assert [call.cancelled() for call in calls] == [False, True, True, False]

    run(work())
    assert model.in_flight == 0


def test_waiting_for_a_time_is_told() -> None:
    async def work() -> None:
        pool = pool_of(limits=Limits(20, rpm=6))
        calls = asyncio.create_task(ask_all(pool, ScriptedModel("yes"), range(2)))
        await asyncio.sleep(1.0)
        until = pool.waiting_until()
        assert until is not None
        assert until == pytest.approx(10.0, abs=0.2)
        await calls
        assert pool.waiting_until() is None

    run(work())


def test_other_work_waits_while_calls_are_about_to_be_sent_but_not_for_long() -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        pool, ready = pool_of(4), asyncio.Event()
        call = Call(request(), reserve=ready.wait)  # type: ignore[arg-type]  # its result does not matter
        asking = asyncio.create_task(pool.call(rater_of(ScriptedModel("yes")), call))
        await asyncio.sleep(0)
        desk = Desk(pool)
        async with desk:
            assert 0.0 < loop.time() < 0.1
        working = asyncio.create_task(enter(desk))
        await asyncio.sleep(0)
        working.cancel()
        ready.set()
        await asyncio.wait([working, asking])
        before = loop.time()
        async with desk:
            assert loop.time() == before

    run(work())


async def enter(desk: Desk) -> None:
    async with desk:
        pass
