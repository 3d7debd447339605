import pytest

from reviewer.domain.destination import Destination
from reviewer.domain.estimate import LATENCY_S, Departure, Estimate, ModelEstimate, PlannedRequest
from reviewer.domain.model_facts import ModelFacts
from reviewer.domain.money import Price

PRICE = Price(1.0, 2.0)


def part(
    calls: int = 10, price: Price | None = PRICE, *, local: bool = False, speed: float | None = None
) -> ModelEstimate:
    facts = ModelFacts("a/b", local, price=price, tokens_per_s=speed)
    return ModelEstimate(facts, calls, 1_000_000, 2_000_000, 500, 2_000)


def estimate(*models: ModelEstimate, connections: int = 4) -> Estimate:
    return Estimate(1, 5, (), 0, models, connections, "USD")


def test_cost_is_about_and_at_most() -> None:
    found = estimate(part(), part())
    assert found.cost == pytest.approx(2 * (1.0 + 500 * 2 / 1e6))
    assert found.cost_most == pytest.approx(2 * (2.0 + 2000 * 2 / 1e6))
    assert found.calls == 20


def test_cost_is_not_known_where_one_price_is_not() -> None:
    found = estimate(part(), part(price=None))
    assert (found.cost, found.cost_most) == (None, None)


def test_time_is_rounds_of_a_latency_that_is_said() -> None:
    found = estimate(part(9), part(4))
    assert found.seconds == 4 * LATENCY_S
    assert found.basis == "8 s a call (assumed), 4 at once"


def test_time_of_a_local_model_is_from_its_measured_speed() -> None:
    found = estimate(part(local=True, speed=10.0))
    assert (found.seconds, found.basis) == (50.0, "the measured speed of the model on this computer")


def test_speed_counts_on_this_computer_only() -> None:
    assert estimate(part(speed=10.0)).seconds == 3 * LATENCY_S


def test_slowest_part_decides() -> None:
    found = estimate(part(4), part(local=True, speed=1.0))
    assert found.seconds == 500.0
    assert "assumed" in found.basis
    assert "measured" in found.basis


def test_nothing_to_ask_takes_no_time() -> None:
    found = estimate(part(0))
    assert (found.seconds, found.basis) == (0.0, "")


def test_departures_say_what_goes_where_with_each_section_once() -> None:
    away, other = Destination("https", "a", 443), Destination("https", "b", 443)
    planned = (
        PlannedRequest("m", other, "d", "s1", 10),
        PlannedRequest("m", away, "d", "s1", 10),
        PlannedRequest("m", away, "d", "s1", 20),
        PlannedRequest("m", away, "e", "s1", 30),
        PlannedRequest("m", away, "", "", 5),
        PlannedRequest("l", None, "d", "s1", 1),
    )

    found = Estimate(2, 2, (), 0, (), 1, "USD", planned).departures

    assert found == (
        Departure(None, 1, 1, 1, 1),
        Departure(away, 4, 2, 2, 65),
        Departure(other, 1, 1, 1, 10),
    )
