"""Identifiers are found by their form, and amounts, dates and clause numbers are none."""

import pytest

from reviewer.domain.identifiers import IdentifierKind, find_identifiers

ALL = frozenset(IdentifierKind)


def found(text: str) -> list[tuple[str, str]]:
    """The longest ones: what stands in another is none of its own."""
    every = list(find_identifiers(text, ALL))
    longest = [each for each in every if not any(o.span != each.span and o.span.contains(each.span) for o in every)]
    return sorted({(each.kind.value, each.span.of(text)) for each in longest})


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "first.last+tag@mail.example.co.uk"),
        ("email", "jürgen@müller.example"),
        ("phone", "+49 (0)30 1234567"),
        ("phone", "+49 30/123456-78"),
        ("phone", "+1 (555) 123-4567"),
        ("phone", "+33 1 23 45 67 89"),
        ("phone", "+861065001234"),
        ("phone", "0044 20 7946 0958"),
        ("phone", "020 7946 0958"),
        ("phone", "(020) 7946 0958"),
        ("phone", "030/1234567"),
        ("phone", "01 23 45 67 89"),
        ("phone", "(555) 123-4567"),
        ("phone", "555-123-4567"),
        ("phone", "13812345678"),
        ("iban", "DE89 3704 0044 0532 0130 00"),
        ("iban", "de89370400440532013000"),
        ("iban", "GB82 WEST 1234 5698 7654 32"),
        ("iban", "DE89 3704 0044\n0532 0130 00"),
        ("card", "4111 1111 1111 1111"),
        ("card", "4111-1111-1111-1111"),
        ("card", "4111111111111111"),
        ("card", "3782 822463 10005"),
        ("id", "123-45-6789"),
        ("id", "12-3456789"),
        ("id", "86 095 742 719"),
        ("id", "86095742719"),
        ("id", "1 84 12 76 451 089 46"),
        ("id", "12345678Z"),
        ("id", "12.345.678-Z"),
        ("id", "X-1234567-L"),
        ("id", "11010519491231002X"),
        ("id", "AB 12 34 56 C"),
        ("id", "ab123456c"),
    ],
)
def test_identifier_is_found_whole_among_words(kind: str, text: str) -> None:
    assert found(text) == [(kind, text)]
    assert found(f"It is {text}, as said.") == [(kind, text)]
    assert found(f"({text})") == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Tel. 123 456", "phone", "123 456"),
        ("Telefon: 4711-22", "phone", "4711-22"),
        ("Fax no: 12 34 56 78", "phone", "12 34 56 78"),
        ("身份证号11010519491231002X。", "id", "11010519491231002X"),
        ("邮箱a@b.example，", "email", "a@b.example"),
        ("手机13812345678，", "phone", "13812345678"),
        ("SSN 123456789", "id", "123456789"),
        ("Social Security Number: 123 45 6789", "id", "123 45 6789"),
    ],
)
def test_a_label_makes_a_bare_number_one(text: str, kind: str, number: str) -> None:
    assert found(text) == [(kind, number)]


@pytest.mark.parametrize(
    "text",
    [
        "EUR 1,000,000.00 or 12 345 678 901 or 4 000 000 000 000 000",
        "15000000000 and $13000000000",
        "01.02.2024 10:30, 01/02/2024 and 2024-01-02 at 08:15",
        "clauses 12.3.4, 9.2(a) and 01 02 03; Sections 2021 2022 2023 2024",
        "0.123456789 and 12,345,678 and 1.234.567,89",
        "ISBN 978-3-16-148410-0; pages 123-45",
        "DE00 3704 0044 0532 0130 00 and DE89 and XX12 3456",
        "5 May 2024 to 30 June 2025 at 12.5 % (twelve and a half)",
        "4111 1111 1111 1112",
        "part 123-45-67890 and 12-34567890",
        "@handle and a@b",
        "the \u0130B12345678901 of 1\u0130345678Z",
    ],
)
def test_amounts_dates_and_clauses_are_none(text: str) -> None:
    assert found(text) == []


def test_a_telephone_number_ends_with_its_line() -> None:
    assert found("call +49 30 1234567.\n2. Liability") == [("phone", "+49 30 1234567")]
    assert found("call +49 30 1234567\n2024 was a year") == [("phone", "+49 30 1234567")]


def test_only_wanted_kinds_are_looked_for() -> None:
    text = "info@example.com, DE89 3704 0044 0532 0130 00"
    assert [each.kind for each in find_identifiers(text, frozenset({IdentifierKind.EMAIL}))] == [IdentifierKind.EMAIL]


def test_one_value_however_it_is_set() -> None:
    values = {
        each.value
        for each in find_identifiers(
            "DE89 3704 0044 0532 0130 00 de89370400440532013000", frozenset({IdentifierKind.IBAN})
        )
    }
    assert values == {"DE89370400440532013000"}
    assert len({each.value for each in find_identifiers("123-45-6789 12-3456789", ALL)}) == 2
