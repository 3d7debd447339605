"""Rules about dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewer.domain.anchor import TextSpan
from reviewer.handlers.checks.draft import Draft
from reviewer.handlers.checks.rule import Hit

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari",
            "february feb februar février febrero febbraio fevereiro februari",
            "march mar märz mars marzo março maart",
            "april apr avril abril aprile",
            "may mai mayo maggio maio mei",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août agosto augustus",
            "september sept sep septembre septiembre settembre setembro",
            "october oct oktober octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember décembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<{day}>\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?"
_PATTERNS = (
    re.compile(rf"\b(?P<month>{_MONTH})\s+{_DAY.format(day='day')},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(
        rf"\b{_DAY.format(day='day')}\s*(?:day\s+of\s+|de\s+|of\s+)?(?P<month>{_MONTH}),?\s+(?:de\s+)?(?P<year>\d{{4}})\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d.-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])"),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d{2})(?!\d|\.\d)"),
    re.compile(r"(?<![\d/])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20)\d{2})(?![\d/])"),
)
_YEARLESS = re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s*\d)", re.IGNORECASE)
_START = re.compile(
    r"(?:effective\s+(?:as\s+of|date(?:\s+of)?(?:\s+is)?|on|from)|commenc\w+\s+(?:on|as\s+of)|(?:entered\s+into|made|dated)(?:\s+as)?\s+(?:of|on)|"
    r"beginning\s+on|start\w*\s+on)\s*[:“\"]?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:expir\w+(?:\s+date)?(?:\s+is|\s+on)?|end(?:s|ing)?\s+on|terminat\w+\s+on|(?:in\s+effect|continues?|valid|remain\w*\s+in\s+(?:full\s+)?force)"
    r"(?:\s+\w+){0,4}\s+(?:until|through))\s*[:“\"]?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_LOOK_BACK = 60
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class _Found:
    span: TextSpan
    year: int
    month: int
    day: int

    @property
    def value(self) -> date | None:
        """The day, or None where the calendar has none."""
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def impossible(draft: Draft) -> Iterator[Hit]:
    """Dates that are in no calendar, such as 31 June."""
    for found in _dates(draft.text):
        if found.value is None:
            yield Hit(f"There is no such day: {' '.join(found.span.of(draft.text).split())}.", (found.span,))
    for match in _YEARLESS.finditer(draft.text):
        month = _MONTHS[match["month"].lower().rstrip(".")]
        span = TextSpan(*match.span())
        if len(match["month"]) > 3 and _Found(span, _LEAP_YEAR, month, int(match["day"])).value is None:  # noqa: PLR2004
            yield Hit(f"There is no such day: {match[0]}.", (span,))


def _dates(text: str) -> Iterator[_Found]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if "first" in groups:
                first, second = int(match["first"]), int(match["second"])
                month, day = (first, second) if first <= 12 else (second, first)  # noqa: PLR2004 - months
            else:
                month = _month(match["month"])
                day = int(match["day"])
            yield _Found(TextSpan(*match.span()), int(match["year"]), month, day)


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS[name.lower().rstrip(".")]


def contradictions(draft: Draft) -> Iterator[Hit]:
    """An end before the beginning."""
    dates = [
        found for found in _dates(draft.text) if found.value is not None and not draft.is_signed_at(found.span.start)
    ]
    starts = [
        found for found in dates if _START.search(draft.text, max(0, found.span.start - _LOOK_BACK), found.span.start)
    ]
    if not starts:
        return
    first = min(starts, key=lambda found: found.span.start)
    for found in dates:
        is_end = _END.search(draft.text, max(0, found.span.start - _LOOK_BACK), found.span.start)
        if is_end and found.value and first.value and found.value < first.value:
            shown = [" ".join(each.span.of(draft.text).split()) for each in (found, first)]
            yield Hit(
                f"It ends on {shown[0]}, before it begins on {shown[1]}.", tuple(sorted((found.span, first.span)))
            )
