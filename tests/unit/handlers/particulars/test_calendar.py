from datetime import date

import pytest

from reviewer.handlers.particulars.calendar import days, later


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on March 1, 2024", date(2024, 3, 1)),
        ("the 19th day of January, 2001", date(2001, 1, 19)),
        ("31 Dec 2026", date(2026, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        ("Sept. 5, 2023", date(2023, 9, 5)),
    ],
)
def test_days_are_found(text: str, day: date) -> None:
    assert [found for found, _ in days(text)] == [day]


@pytest.mark.parametrize("text", ["June 31, 2024", "2023-02-29", "4/5/2024", "May 2024", "12 months"])
def test_what_is_no_certain_day_is_left_out(text: str) -> None:
    assert list(days(text)) == []


def test_days_come_in_order_and_within_bounds() -> None:
    text = "2024-02-29 and March 1, 2024"
    assert [found for found, _ in days(text)] == [date(2024, 2, 29), date(2024, 3, 1)]
    assert [found for found, _ in days(text, 11)] == [date(2024, 3, 1)]


@pytest.mark.parametrize(
    ("number", "unit", "day"),
    [
        (90, "days", date(2024, 4, 30)),
        (-2, "weeks", date(2024, 1, 17)),
        (1, "months", date(2024, 2, 29)),
        (-2, "months", date(2023, 11, 30)),
        (3, "years", date(2027, 1, 31)),
        (9000, "years", None),
        (10**9, "days", None),
    ],
)
def test_later_days_keep_to_the_calendar(number: int, unit: str, day: date | None) -> None:
    assert later(date(2024, 1, 31), number, unit) == day
