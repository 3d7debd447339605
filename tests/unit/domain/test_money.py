import pytest

from reviewer.domain.money import FREE, Caps, Price, money

PRICE = Price(2.0, 10.0, 0.5)


def test_cost_is_per_million_tokens() -> None:
    assert PRICE.of(1_000_000, 100_000) == pytest.approx(3.0)
    assert FREE.of(10**9, 10**9) == 0.0


def test_cached_tokens_cost_their_own_price() -> None:
    assert PRICE.of(1_000_000, 0, 400_000) == pytest.approx(0.6 * 2.0 + 0.4 * 0.5)
    assert PRICE.saved(400_000) == pytest.approx(0.6)


def test_no_more_is_cached_than_was_read() -> None:
    assert PRICE.of(10, 0, 1_000_000) == pytest.approx(10 * 0.5 / 1e6)


def test_cached_tokens_cost_the_full_price_where_theirs_is_not_known() -> None:
    price = Price(2.0, 10.0)
    assert price.of(1000, 0, 1000) == price.of(1000, 0)
    assert price.saved(1000) == 0.0


def test_caps_say_whether_they_are_on_money() -> None:
    assert Caps(max_cost=1.0).is_on_money
    assert Caps(max_cost_day=1.0).is_on_money
    assert not Caps(max_tokens=5).is_on_money


@pytest.mark.parametrize(
    ("amount", "shown"), [(0.0, "0.00 USD"), (1234.5, "1,234.50 USD"), (0.0123, "0.0123 USD"), (0.5, "0.50 USD")]
)
def test_amounts_are_shown_with_figures_that_mean_something(amount: float, shown: str) -> None:
    assert money(amount) == shown
