import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.number_words import NUMBER_EXPRESSION, is_cut_number, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30", 30),
        ("1,000.5", 1000.5),
        ("1.000.000", 1_000_000),
        ("forty-five", 45),
        ("Twenty  Four", 24),
        ("one hundred and eighty", 180),
        ("hundred", 100),
        ("two thousand five hundred", 2500),
        ("2 million", 2_000_000),
        ("million", 1_000_000),
        ("zero", 0),
    ],
)
def test_read_number_reads_digits_and_words(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "days", "and", "5 x", "ten days", "1.2,3.4.5x"])
def test_read_number_is_none_when_the_text_is_no_number(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_read_number_reads_grouped_digits(value: int) -> None:
    assert read_number(f"{value:,}") == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("within thirty (30) days", "thirty"),
        ("within 30 (thirty) days", "30"),
        ("one hundred twenty (120) days", "one hundred twenty"),
        ("£1,500,000.", "1,500,000"),
        ("5 million pounds", "5 million"),
    ],
)
def test_number_expression_finds_the_whole_number(text: str, found: str) -> None:
    match = re.search(NUMBER_EXPRESSION, text)
    assert match is not None
    assert match[1] == found


@pytest.mark.parametrize("text", ["v2x", "someone", "clause 3.a"])
def test_number_expression_reads_no_part_of_a_word(text: str) -> None:
    match = re.search(NUMBER_EXPRESSION + r"(?!\w)", text)
    assert match is None or match[1] == "3"


@pytest.mark.parametrize(
    ("before", "cut"), [("upon one hundred ", True), ("twenty-", True), ("within ", False), ("", False)]
)
def test_is_cut_number_sees_the_part_before(before: str, cut: bool) -> None:
    assert is_cut_number(before) is cut
