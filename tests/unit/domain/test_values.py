import pytest

from reviewer.domain.answer_field import NOT_STATED, AnswerField, FieldType
from reviewer.domain.values import comparable, date_form, money_form, name_form, parts_of_money


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2024/3/12", "2024-03-12"),
        ("12 March 2024", "2024-03-12"),
        ("March 12th, 2024", "2024-03-12"),
        ("the 12th day of March 2024", "12th day of march 2024"),
        ("12th day of March, 2024", "2024-03-12"),
        ("12. März 2024", "2024-03-12"),
        ("12.03.2024", "2024-03-12"),
        ("2024年3月12日", "2024-03-12"),
        ("March 2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("03/12/2024", "03122024"),
        ("2024-13-01", "2024 13 01"),
        ("32 March 2024", "32 march 2024"),
        ("12 Smarch 2024", "12 smarch 2024"),
        ("upon signature", "upon signature"),
    ],
)
def test_date_form_makes_spellings_alike(written: str, form: str) -> None:
    assert date_form(written) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("USD 1,200.50", "1200.5 USD"),
        ("$1200.50", "1200.5 USD"),
        ("1.200,50 Euro", "1200.5 EUR"),
        ("€1.2 million", "1200000 EUR"),
        ("1 200 CHF", "1200 CHF"),
        ("1,000,000 pounds", "1000000 GBP"),
        ("12,5 EUR", "12.5 EUR"),
        ("500", "500"),
        ("none", "none"),
    ],
)
def test_money_form_makes_spellings_alike(written: str, form: str) -> None:
    assert money_form(written) == form


def test_parts_of_money_are_amount_and_currency() -> None:
    assert parts_of_money("USD 1,200.50") == (1200.5, "USD")
    assert parts_of_money("12") == (12.0, "")
    assert parts_of_money("a lot") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme, Inc.", "ACME Incorporated"),
        ("The Acme Company Limited", "Acme Co. Ltd."),
        ("Dr. Ada Lovelace", "ada lovelace"),
        ("Smith & Sons", "Smith and Sons"),
    ],
)
def test_name_form_makes_spellings_alike(one: str, other: str) -> None:
    assert name_form(one) == name_form(other)


def test_name_form_keeps_a_name_that_is_a_title() -> None:
    assert name_form("The") == "the"


def test_comparable_is_by_type() -> None:
    assert comparable(AnswerField("x"), None) == NOT_STATED
    assert comparable(AnswerField("x", FieldType.BOOL), True) == "yes"
    assert comparable(AnswerField("x", FieldType.BOOL), False) == "no"
    assert comparable(AnswerField("x", FieldType.NUMBER), 12.0) == "12"
    assert comparable(AnswerField("x", FieldType.CHOICE), "A b") == "A b"
    assert comparable(AnswerField("x", FieldType.DATE), "1 May 2020") == "2020-05-01"
    assert comparable(AnswerField("x"), "A, b!") == "a b"
