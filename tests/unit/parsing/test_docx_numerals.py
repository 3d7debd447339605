"""Numbers written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.parsing.docx_numerals import write_number


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (53, "upperLetter", "AAA"),
        (1, "ordinal", "1st"),
        (12, "ordinal", "12th"),
        (23, "ordinal", "23rd"),
        (21, "cardinalText", "Twenty-one"),
        (305, "cardinalText", "Three hundred five"),
        (1, "ordinalText", "First"),
        (20, "ordinalText", "Twentieth"),
        (42, "ordinalText", "Forty-second"),
        (5, "none", ""),
        (10, "chineseCounting", "十"),
        (21, "chineseCounting", "二十一"),
        (105, "chineseCounting", "一百〇五"),
        (105, "chineseCountingThousand", "一百零五"),
        (20, "ideographDigital", "二〇"),
        (3, "decimalEnclosedCircle", "③"),
        (15, "hebrew1", "טו"),
        (3, "numberInDash", "- 3 -"),
        (1, "arabicAbjad", "أ"),
        (14, "arabicAbjad", "ن"),
        (3, "arabicAlpha", "ت"),
        (105, "chineseLegalSimplified", "壹佰零伍"),
        (10, "chineseLegalSimplified", "壹拾"),
        (2020, "ideographLegalTraditional", "貳仟零貳拾"),
        (12, "koreanCounting", "십이"),
        (111, "koreanCounting", "백십일"),
        (20, "koreanDigital", "이영"),
        (10, "koreanDigital2", "一零"),
        (15, "ganada", "가"),
        (3, "chosung", "ㄷ"),
        (46, "aiueoFullWidth", "ン"),
        (2, "irohaFullWidth", "ロ"),
        (1, "aiueo", "\uff71"),
        (2, "iroha", "\uff9b"),
        (10, "ideographTraditional", "癸"),
        (11, "ideographTraditional", "11"),
        (12, "ideographZodiac", "亥"),
        (12, "thaiNumbers", "๑๒"),
        (30, "hindiNumbers", "३०"),
        (20, "decimalEnclosedParen", "⒇"),
        (1, "decimalEnclosedFullstop", "⒈"),
        (10, "ideographEnclosedCircle", "㊉"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (4, "a format of tomorrow", "4"),
        (0, "lowerRoman", "0"),
    ],
)
def test_write_number_writes_as_word_does(value: int, number_format: str, expected: str) -> None:
    assert write_number(value, number_format) == expected


@given(st.integers(1, 3999), st.integers(1, 3999))
def test_roman_numbers_are_different_for_different_values(one: int, other: int) -> None:
    assert (write_number(one, "upperRoman") == write_number(other, "upperRoman")) is (one == other)


@given(
    st.integers(-5, 2**31), st.sampled_from(["lowerLetter", "upperRoman", "chineseCounting", "ordinalText", "hebrew1"])
)
def test_write_number_stays_short_for_any_value(value: int, number_format: str) -> None:
    assert 0 < len(write_number(value, number_format)) <= 60
