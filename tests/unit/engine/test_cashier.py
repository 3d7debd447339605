import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import BudgetExceeded, ProviderError, RetryDecision, StorageError
from reviewer.domain.money import FREE, Caps, Price, Spent
from reviewer.domain.usage import Usage
from reviewer.engine.cashier import Book, Cashier
from reviewer.engine.pool import FatalProviderError
from reviewer.engine.purse import Purse
from tests.fakes.clock import run
from tests.fakes.models import ScriptedModel, in_turn
from tests.fakes.workspace import DISK_FULL, MemoryLedger

PRICE = Price(1.0, 10.0, 0.5)
MODEL = "openai/m"
REQUEST = ChatRequest("", "", {}, "s", 0, max_tokens=100_000)
MOST = 600_000
"""Tokens of a call: half a million read, a hundred thousand written; 1.50 at most."""
REPLY = ChatReply("", "m", tokens_in=200_000, tokens_out=10_000, tokens_cached=100_000)
PAID = 0.25


def cashier(ledger: MemoryLedger, price: Price | None = PRICE, *, counts_free: bool = False, **caps: float) -> Cashier:
    prices = {} if price is None else {MODEL: price}
    purse = Purse(Caps(**caps), Spent(), 0.0, "mon")  # type: ignore[arg-type]  # a cap on tokens is whole
    return Cashier(purse, prices, Book(ledger, "run-1", lambda: "mon", counts_free))


async def call(of: Cashier, reply: ChatReply | BaseException = REPLY, wait_s: float = 1.0) -> Usage:
    async with of.bill(MODEL, replace(REQUEST), MOST) as bill:
        await bill.enter()
        await asyncio.sleep(wait_s)
        if isinstance(reply, BaseException):
            raise reply
        return await bill.pay(reply, 2)


def failure(code: str) -> ProviderError:
    return ProviderError(code, "It failed.", decision=RetryDecision(retry=False))


def booked(ledger: MemoryLedger) -> list[tuple[int, float]]:
    return [(each.tokens, each.cost) for each in ledger.entries]


def test_call_is_booked_with_the_most_it_may_cost_and_settled_with_what_it_did() -> None:
    ledger = MemoryLedger()

    async def work() -> Usage:
        found = cashier(ledger)
        async with asyncio.TaskGroup() as group:
            task = group.create_task(call(found))
            await asyncio.sleep(0.5)
            assert [(each.run, each.day, each.model) for each in ledger.entries] == [("run-1", "mon", MODEL)]
            assert booked(ledger) == [(MOST, 1.5)]
        return task.result()

    usage = run(work())
    assert booked(ledger) == [(210_000, pytest.approx(PAID))]
    assert usage.cost == pytest.approx(PAID)
    assert usage.saved == pytest.approx(0.05)
    assert (usage.calls, usage.retries, usage.tokens_in, usage.tokens_out, usage.tokens_cached) == (
        1,
        2,
        200_000,
        10_000,
        100_000,
    )


def test_calls_that_find_no_room_wait_for_those_in_flight() -> None:
    """Six calls reserve 9.00 together and cost 1.50: under a cap of 4.00 two go at once, and all are made."""
    ledger = MemoryLedger()

    async def work() -> float:
        found = cashier(ledger, max_cost=4.0)
        async with asyncio.TaskGroup() as group:
            for _ in range(6):
                group.create_task(call(found))
        return asyncio.get_running_loop().time()

    assert run(work()) == pytest.approx(3.0)
    assert sum(each.cost for each in ledger.entries) == pytest.approx(6 * PAID)


def test_cap_is_reached_only_after_the_last_call_in_flight() -> None:
    ledger = MemoryLedger()
    done: list[Usage] = []

    found = cashier(ledger, max_cost=1.9)

    async def one() -> None:
        done.append(await call(found))

    async def work() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(9):
                group.create_task(one())

    with pytest.raises(ExceptionGroup) as raised:
        run(work())
    assert all(isinstance(each, BudgetExceeded) for each in raised.value.exceptions)
    assert len(done) == len(ledger.entries) == 2
    assert sum(each.cost for each in ledger.entries) == pytest.approx(2 * PAID)


def test_no_call_is_let_in_once_the_cap_is_reached_however_small() -> None:
    """The run ends then, and would break off a call for which there was still room: paid, and asked again."""
    found = cashier(MemoryLedger(), max_cost=1.9)

    async def work() -> list[object]:
        first = await found.reserve(1, 1.0)
        waiting = [asyncio.create_task(found.reserve(1, cost)) for cost in (1.5, 0.1)]
        await asyncio.sleep(0)
        found.settle(first, 1, 1.0)
        return [*await asyncio.gather(*waiting, found.reserve(1, 0.1), return_exceptions=True)]

    assert [type(each) for each in run(work())] == [BudgetExceeded] * 3


@pytest.mark.parametrize("wrap", [lambda error: error, FatalProviderError])
def test_refused_call_costs_nothing(wrap: Callable[[ProviderError], Exception]) -> None:
    ledger = MemoryLedger()
    found = cashier(ledger, max_cost=1.5)

    async def work() -> None:
        with pytest.raises((ProviderError, FatalProviderError)):
            await call(found, wrap(failure("rate_limited")))
        await call(found)

    run(work())
    assert booked(ledger) == [(0, 0.0), (210_000, pytest.approx(PAID))]


@pytest.mark.parametrize("error", [failure("timeout"), failure("connection_lost"), DISK_FULL])
def test_call_whose_reply_was_lost_counts_with_its_reservation(error: Exception) -> None:
    ledger = MemoryLedger()
    found = cashier(ledger, max_cost=2.9)

    async def work() -> None:
        with pytest.raises((ProviderError, StorageError)):
            await call(found, error)
        with pytest.raises(BudgetExceeded):
            await call(found)

    run(work())
    assert booked(ledger) == [(MOST, 1.5)]


def test_cancelled_call_counts_with_its_reservation() -> None:
    ledger = MemoryLedger()

    async def work() -> None:
        task = asyncio.create_task(call(cashier(ledger)))
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(work())
    assert booked(ledger) == [(MOST, 1.5)]


def test_call_cancelled_before_its_socket_opened_costs_nothing() -> None:
    ledger = MemoryLedger()
    found = cashier(ledger, max_cost=1.5)

    async def never_entered() -> None:
        async with found.bill(MODEL, REQUEST, MOST):
            await asyncio.sleep(9)

    async def work() -> None:
        first, second = asyncio.create_task(never_entered()), asyncio.create_task(call(found))
        await asyncio.sleep(0.5)
        assert not ledger.entries
        first.cancel()
        await second

    run(work())
    assert booked(ledger) == [(210_000, pytest.approx(PAID))]


def test_cancelled_waiting_call_lets_the_next_one_in() -> None:
    ledger = MemoryLedger()
    found = cashier(ledger, max_cost=2.0)

    async def work() -> None:
        tasks = [asyncio.create_task(call(found)) for _ in range(3)]
        await asyncio.sleep(0.5)
        tasks[1].cancel()
        await asyncio.gather(tasks[0], tasks[2])

    run(work())
    assert len(ledger.entries) == 2


def test_reply_that_does_not_say_what_it_used_counts_with_its_reservation() -> None:
    ledger = MemoryLedger()
    usage = run(call(cashier(ledger), ChatReply("", "m")))
    assert booked(ledger) == [(MOST, 1.5)]
    assert usage.cost == 1.5


def test_free_calls_are_not_booked() -> None:
    ledger = MemoryLedger()
    usage = run(call(cashier(ledger, FREE)))
    assert (usage.cost, usage.saved, ledger.entries) == (0.0, 0.0, [])


def test_free_calls_are_booked_for_a_cap_on_tokens() -> None:
    ledger = MemoryLedger()
    run(call(cashier(ledger, FREE, counts_free=True, max_tokens=MOST)))
    assert booked(ledger) == [(210_000, 0.0)]


def test_calls_without_a_price_are_booked_with_their_tokens() -> None:
    ledger = MemoryLedger()
    usage = run(call(cashier(ledger, None)))
    assert (usage.cost, usage.saved) == (None, None)
    assert booked(ledger) == [(210_000, 0.0)]


def test_without_a_book_nothing_is_kept() -> None:
    assert run(call(Cashier())).calls == 1


def watched(of: Cashier, *says: ChatReply | Exception) -> Usage:
    """A call of which each attempt but the last one fails so, asked of a watched model."""
    model = ScriptedModel(in_turn(*says), MODEL)
    (seen,) = of.watch([model])
    assert (seen.name, seen.endpoint, seen.requests) == (model.name, model.endpoint, model.requests)  # type: ignore[attr-defined]  # whatever a model has

    async def work() -> Usage:
        async with of.bill(MODEL, REQUEST, MOST) as bill:
            await bill.enter()
            for _ in says[:-1]:
                with pytest.raises(ProviderError):
                    await seen.complete(REQUEST)
            return await bill.pay(await seen.complete(REQUEST), len(says) - 1)

    return run(work())


def test_attempts_that_were_lost_count_beside_the_one_that_was_answered() -> None:
    ledger = MemoryLedger()
    found = cashier(ledger, max_cost=9.0)
    usage = watched(found, failure("timeout"), failure("rate_limited"), failure("connection_lost"), REPLY)
    assert booked(ledger) == [(210_000 + 2 * MOST, pytest.approx(PAID + 2 * 1.5))]
    assert usage.cost == pytest.approx(PAID)


def test_call_that_was_lost_again_and_again_counts_each_time() -> None:
    ledger = MemoryLedger()
    found = cashier(ledger, max_cost=9.0)
    with pytest.raises(ProviderError):
        watched(found, failure("timeout"), failure("timeout"), failure("rate_limited"))
    assert booked(ledger) == [(2 * MOST, 3.0)]


def test_what_is_asked_without_a_bill_is_nobodys() -> None:
    (seen,) = Cashier().watch([ScriptedModel(in_turn(failure("timeout")))])
    with pytest.raises(ProviderError):
        run(seen.complete(REQUEST))
