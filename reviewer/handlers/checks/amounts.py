"""Rules about numbers, amounts, currencies."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from reviewer.domain.anchor import TextSpan
from reviewer.domain.number_words import read_number
from reviewer.handlers.checks.draft import Draft
from reviewer.handlers.checks.rule import Hit

MAX_SHOWN = 20
_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "billion "
)
_SMALL = tuple(_SMALL_WORDS.split())
_WORD = "(?:" + "|".join(sorted(_SMALL, key=len, reverse=True)) + ")"
_WORDS = (
    rf"\b(?P<words>{_WORD}(?:(?:[\s-]+(?:and[\s-]+)?){_WORD}){{0,9}})\b"
    r"(?![\s-]+(?:and[\s-]+)?(?:half|third|quarter|one-|\d))"
)
_BETWEEN = (
    r"(?:\s+(?:(?:U\.?S\.?|United\s+States|Canadian|Australian)\s+)?"
    r"(?:dollars?|euros?|pounds?(?:\s+sterling)?|percent|per\s*cent|francs?|yen))?"
)
_FIGURE = (
    r"(?:(?:US\$|USD|EUR|GBP|CHF|[$€£¥])\s*)?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?)"
    r"(?:\s*(?P<scale>thousand|million|billion))?"
)
_WORDS_FIRST = re.compile(rf"{_WORDS}{_BETWEEN}\s*\(\s*{_FIGURE}[^()\d]{{0,20}}\)", re.IGNORECASE)
_FIGURE_FIRST = re.compile(rf"(?<![\d.,(]){_FIGURE}(?:\s*%)?\s*\(\s*{_WORDS}{_BETWEEN}[^()\d]{{0,20}}\)", re.IGNORECASE)
_FRACTION_BEFORE = re.compile(
    r"(?:half|thirds?|quarters?|point|hundredths?|tenths?)[\s-]+(?:of[\s-]+|and[\s-]+)?$", re.IGNORECASE
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}

_AMOUNT = re.compile(
    r"(?P<before>US\$|CA?\$|A\$|HK\$|S\$|USD|EUR|GBP|CHF|CAD|AUD|JPY|CNY|RMB|INR|[$€£¥])\s?\d(?:[\d.,]*\d)?"
    r"|\d[\d.,]*\s?(?P<after>USD|EUR|GBP|CHF|CAD|AUD|JPY|CNY|RMB|INR|€|£|euros?|dollars)\b"
)
_CURRENCIES = {
    "US$": "USD", "$": "USD", "dollars": "USD", "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "¥": "JPY",
    "C$": "CAD", "CA$": "CAD", "A$": "AUD", "HK$": "HKD", "S$": "SGD", "RMB": "CNY",
}  # fmt: skip


def words_and_figures(draft: Draft) -> Iterator[Hit]:
    """Numbers that are written twice, in words and in figures, and differ."""
    for pattern in (_WORDS_FIRST, _FIGURE_FIRST):
        for match in pattern.finditer(draft.text):
            said, meant = read_number(match["words"]), _value(match)
            if said is None or meant is None or said == meant or _is_part(match, draft.text):
                continue
            shown = " ".join(match[0].split())
            yield Hit(f"Words and figures differ: {shown}", (TextSpan(*match.span()),))


def _value(match: re.Match[str]) -> float | None:
    value = read_number(match["figure"])
    return None if value is None else value * _SCALES.get((match["scale"] or "").lower(), 1)


def _is_part(match: re.Match[str], text: str) -> bool:
    """True for a part of a longer number (*twenty-five hundredths of one percent (0.25 %)*)."""
    before = text[max(0, match.start() - 24) : match.start()]
    return match.re is _WORDS_FIRST and _FRACTION_BEFORE.search(before) is not None


def currencies(draft: Draft) -> Iterator[Hit]:
    """Amounts in a currency that hardly any other amount is in."""
    found: dict[str, list[TextSpan]] = defaultdict(list)
    for match in _AMOUNT.finditer(draft.text):
        sign = match["before"] or match["after"]
        found[_CURRENCIES.get(sign, sign)].append(TextSpan(*match.span()))
    counts = Counter({currency: len(spans) for currency, spans in found.items()})
    if len(counts) < 2:  # noqa: PLR2004 - one is as it should be
        return
    usual, most = counts.most_common(1)[0]
    for currency, count in counts.items():
        if currency != usual and count * 3 <= most:
            spans = tuple(found[currency][:MAX_SHOWN])
            shown = spans[0].of(draft.text)
            yield Hit(f"{shown} is in {currency}, while {most} amounts are in {usual}.", spans)
