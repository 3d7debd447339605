"""Days as contracts write them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from reviewer.domain.anchor import TextSpan

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_PATTERNS = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s+(?P<year>(?:19|20)\d{{2}})\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?:day\s+)?(?:of\s+)?{_MONTH}\s*,?\s*(?P<year>(?:19|20)\d{{2}})\b", re.IGNORECASE),
    re.compile(r"(?<![\d.-])(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])"),
)
DATE = "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", each.pattern) for each in _PATTERNS) + ")"
"""A day as an expression without groups; its month is in words, or it is written as 2024-05-31."""
_MONTHS_A_YEAR = 12


def days(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[date, TextSpan]]:
    """The days in a text, in order. None that no calendar has, nor where month and day may be mixed up."""
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, start, len(text) if end is None else end):
            month = match["month"]
            number = int(month) if month.isdigit() else _MONTHS[month.lower()]
            try:
                found.append((date(int(match["year"]), number, int(match["day"])), TextSpan(*match.span())))
            except ValueError:
                continue
    return iter(sorted(found, key=lambda each: each[1].start))


def later(day: date, number: int, unit: str) -> date | None:
    """The day so many days, weeks, months or years later (earlier for negative numbers); the last of a shorter month.

    None outside of the calendar.
    """
    try:
        match unit:
            case "days":
                return day + timedelta(days=number)
            case "weeks":
                return day + timedelta(weeks=number)
            case _:
                months = number * (_MONTHS_A_YEAR if unit == "years" else 1) + day.month - 1
                year, month = day.year + months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1
                return _last_of(year, month, day.day)
    except (ValueError, OverflowError):
        return None


def _last_of(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            if day <= 28:  # noqa: PLR2004 - every month has so many
                raise
            day -= 1
