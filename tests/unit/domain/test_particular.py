from dataclasses import replace
from datetime import date

import pytest

from reviewer.domain.particular import Column, Obligation, Particular, in_order

VALUE = Particular(Column.TERM, "1", "years", "", None, ())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (VALUE, "1 year"),
        (replace(VALUE, value="3", note="automatic"), "3 years (automatic)"),
        (replace(VALUE, column=Column.PARTY, value="Alder", unit=""), "Alder"),
        (replace(VALUE, column=Column.PARTY, value="Alder", unit="Supplier"), "Alder, the Supplier"),
        (replace(VALUE, column=Column.AMOUNT, value="12500.50", unit="EUR"), "12,500.50 EUR"),
        (
            replace(VALUE, column=Column.LIABILITY_CAP, value="fees paid", unit="", note="over 6 months"),
            "fees paid over 6 months",
        ),
        (replace(VALUE, column=Column.VENUE, value="Paris", unit=""), "Paris"),
    ],
)
def test_value_is_said_in_plain_words(value: Particular, said: str) -> None:
    assert value.said == said


def test_obligations_with_a_day_come_first() -> None:
    undated = Obligation("a", "", "", "", None, None, ())
    late, early = (replace(undated, id=str(year), day=date(year, 1, 1)) for year in (2030, 2025))
    assert [each.id for each in in_order((undated, late, early))] == ["2025", "2030", "a"]
