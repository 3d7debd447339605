import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: TextSpan(min(ends), max(ends)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
def test_span_refuses_what_is_no_range(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        TextSpan(start, end)


@given(SPANS, SPANS)
def test_span_relations_are_those_of_sets_of_positions(first: TextSpan, second: TextSpan) -> None:
    one, other = set(range(first.start, first.end)), set(range(second.start, second.end))
    assert len(first) == len(one)
    assert first.overlaps(second) == bool(one & other)
    if other:
        assert first.contains(second) == (other <= one)


def test_span_of_text_is_its_characters() -> None:
    assert TextSpan(2, 5).of("contract") == "ntr"
    assert TextSpan(3, 3).of("contract") == ""
