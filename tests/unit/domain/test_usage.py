import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.usage import Usage

COUNTS = st.integers(0, 10**9)
USAGES = st.builds(Usage, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, st.none() | st.integers(0, 10**6).map(float))


@given(USAGES, USAGES, USAGES)
def test_usage_adds_up_in_any_order(one: Usage, two: Usage, three: Usage) -> None:
    assert one + two + three == three + (two + one)
    assert one + Usage() == one


@pytest.mark.parametrize(
    ("first", "second", "total"), [(None, None, None), (None, 0.0, 0.0), (1.5, None, 1.5), (1.5, 0.5, 2.0)]
)
def test_usage_cost_is_unknown_only_when_no_price_is_known(
    first: float | None, second: float | None, total: float | None
) -> None:
    assert (Usage(cost=first) + Usage(cost=second)).cost == total
