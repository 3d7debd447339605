import pytest

from reviewer.domain.errors import BudgetExceeded
from reviewer.domain.money import Caps, Spent
from reviewer.engine.purse import Purse, Reservation

NOTHING = Spent()


def purse(spent: Spent = NOTHING, today: float = 0.0, **caps: float) -> Purse:
    return Purse(Caps(**caps), spent, today, "mon")  # type: ignore[arg-type]  # a cap on tokens is whole


def reserve(of: Purse, tokens: int = 10, cost: float = 0.4, day: str = "mon") -> Reservation:
    room = of.reserve(tokens, cost, day)
    assert room is not None
    return room


def test_without_caps_there_is_always_room() -> None:
    found = purse()
    for _ in range(100):
        reserve(found, 10**9, 10**9)


def test_what_is_in_flight_counts() -> None:
    found = purse(max_cost=1.0)
    first = reserve(found)
    reserve(found)
    assert found.reserve(10, 0.4, "mon") is None
    found.settle(first, 5, 0.1)
    reserve(found)


def test_cap_is_reached_once_nothing_is_in_flight() -> None:
    found = purse(max_cost=1.0)
    found.settle(reserve(found, cost=0.9), 10, 0.9)
    with pytest.raises(BudgetExceeded, match=r"spent 0.90 USD.*cap of 1.00 USD") as raised:
        found.reserve(10, 0.4, "mon")
    assert raised.value.code == "budget_reached"
    assert "--max-cost" in raised.value.hint


def test_cap_may_be_met_exactly_though_fractions_do_not_add_up() -> None:
    found = purse(max_cost=0.3)
    for _ in range(3):
        found.settle(reserve(found, cost=0.1), 1, 0.1)
    assert found.spent.cost == pytest.approx(0.3)
    with pytest.raises(BudgetExceeded):
        found.reserve(1, 0.001, "mon")


def test_cap_on_tokens_counts_both_ways_and_earlier_parts_of_the_run() -> None:
    found = purse(Spent(80, 0.0), max_tokens=100)
    found.settle(reserve(found, 20, 0.0), 15, 0.0)
    with pytest.raises(BudgetExceeded, match=r"95 tokens.*cap of 100") as raised:
        found.reserve(6, 0.0, "mon")
    assert "--max-tokens" in raised.value.hint


def test_day_counts_other_runs_until_it_ends() -> None:
    found = purse(today=0.8, max_cost_day=1.0)
    with pytest.raises(BudgetExceeded, match="This day's runs") as raised:
        found.reserve(10, 0.4, "mon")
    assert "tomorrow" in raised.value.hint
    found.settle(reserve(found, day="tue"), 10, 0.4)
    reserve(found, day="tue")
    assert found.reserve(10, 0.4, "tue") is None


def test_calls_that_are_free_pass_a_cap_on_money() -> None:
    reserve(purse(max_cost=0.0), cost=0.0)


def test_released_reservation_leaves_nothing() -> None:
    found = purse(max_cost=1.0)
    found.release(reserve(found, cost=1.0))
    assert found.spent == Spent()
    reserve(found, cost=1.0)


def test_more_than_was_reserved_is_booked_as_it_is() -> None:
    found = purse(max_cost=1.0)
    found.settle(reserve(found), 99, 1.5)
    assert found.spent == Spent(99, 1.5)
    with pytest.raises(BudgetExceeded):
        found.reserve(1, 0.0001, "mon")
