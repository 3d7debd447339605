"""Sums of money, and what liability is capped at."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import Clause
from reviewer.domain.number_words import NUMBER_EXPRESSION, read_number
from reviewer.domain.particular import Column
from reviewer.handlers.particulars.found import Contract, Found

MAX_AMOUNTS = 60
_SIGNS = {
    "US$": "USD", "$": "USD", "U.S.$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "C$": "CAD", "CA$": "CAD",
    "A$": "AUD",    "AU$": "AUD", "HK$": "HKD", "S$": "SGD", "NZ$": "NZD", "RMB": "CNY", "RS.": "INR", "DOLLARS": "USD",
    "U.S. DOLLARS": "USD", "US DOLLARS": "USD", "EUROS": "EUR", "EURO": "EUR",
}  # fmt: skip
_CODES = "USD|EUR|GBP|CHF|CAD|AUD|JPY|CNY|RMB|INR|HKD|SGD|NZD|SEK|NOK|DKK|NIS|ILS"
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?(?!\d|,\d)"
_SCALE = r"(?:\s?(?P<scale>thousand|million|billion|mm|m|k)\b)?"
_BEFORE = re.compile(
    rf"(?<![\w.])(?P<sign>U\.?S\.?\s?\$|CA?\$|AU?\$|HK\$|S\$|NZ\$|[$€£¥]|Rs\.|(?:{_CODES})\s?\$?)\s?(?P<figure>{_FIGURE}){_SCALE}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\w.,$])(?P<figure>{_FIGURE}){_SCALE}\s?\)?\s?(?P<sign>(?:{_CODES})\b|U\.?S\.?\s+dollars|euros?|dollars)",
    re.IGNORECASE,
)
_SCALES = {
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "mm": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
}
_LIMIT = re.compile(
    r"\b(?:exceed|limited\s+(?:in\s+all\s+cases\s+)?to|in\s+excess\s+(?:of|in\s+the\s+aggregate\s+of)|"
    r"(?:no|not)\s+(?:more|greater)\s+than|maximum\s+of|capped\s+at|(?:be|is)\s+the\s+(?:lesser|greater)\s+of)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|neither|never)\b", re.IGNORECASE)
_LIABILITY = re.compile(r"\b(?:liab|damages|recover)", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?P<thing>(?:amounts?\s+of\s+(?:the\s+)?)?fees?|amounts?(?!\s+of\s+(?:the\s+)?fee)|sums?|compensation|consideration|charges|purchase\s+price|price|royalties|commissions?|payments?)\b"
    r"[^.;]{0,100}?\b(?P<state>(?:actually\s+)?(?:paid|received)(?:\s+(?:or|and)\s+payable)?|payable|due|owed|owing|paid\s+to)\b",
    re.IGNORECASE,
)
_WINDOW = re.compile(rf"{NUMBER_EXPRESSION}[\s-]+(?P<unit>month|year)s?\b", re.IGNORECASE)
_LIMIT_REACH = 320


def sums(contract: Contract) -> Iterator[Found]:
    """Every sum with a currency, once a value, in the order of the contract."""
    seen: set[tuple[str, str]] = set()
    for clause in contract.clauses:
        for value, currency, words in sums_in(clause.text):
            if (value, currency) in seen or len(seen) >= MAX_AMOUNTS:
                continue
            seen.add((value, currency))
            yield Found(Column.AMOUNT, value, clause, words, currency)


def sums_in(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, str, TextSpan]]:
    """Value, currency and place of the sums in a text."""
    last = len(text) if end is None else end
    found = {
        match.start("figure"): match for pattern in (_AFTER, _BEFORE) for match in pattern.finditer(text, start, last)
    }
    for _, match in sorted(found.items()):
        value = _value(match)
        if value:
            yield value, _currency(match["sign"]), TextSpan(*match.span())


def _value(match: re.Match[str]) -> str:
    try:
        value = Decimal(match["figure"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
    except InvalidOperation:
        return ""
    if not value:
        return ""
    return f"{value:.2f}" if value != value.to_integral_value() else f"{value:.0f}"


def _currency(sign: str) -> str:
    plain = re.sub(r"\s+", " ", sign.upper()).strip()
    compact = plain.replace(" ", "")
    if compact.endswith("$") and compact[:-1] in _CODES.split("|"):
        compact = compact[:-1]
    code = _SIGNS.get(plain) or _SIGNS.get(compact) or compact.replace(".", "")
    return _SIGNS.get(code, "USD" if code.startswith("US") else code)


def caps(contract: Contract) -> Iterator[Found]:
    """What liability is limited to: a sum, or what was paid; and over what time that is reckoned."""
    for clause in contract.about("Cap on Liability"):
        for match in _LIMIT.finditer(clause.text):
            before = clause.text[max(0, match.start() - _LIMIT_REACH) : match.start()]
            if not _LIABILITY.search(before) or (match[0].lower() == "exceed" and not _NOT.search(before)):
                continue
            found = _cap(clause, match)
            if found is not None:
                yield found
                break


def _cap(clause: Clause, limit: re.Match[str]) -> Found | None:
    end = _sentence_end(clause.text, limit.end())
    base = _BASE.search(clause.text, limit.end(), end)
    window = _WINDOW.search(clause.text, limit.end(), end)
    over = _over(window)
    words = TextSpan(limit.start(), end)
    first = next(sums_in(clause.text, limit.end(), end), None)
    if first is not None:
        value, currency, _ = first
        return Found(Column.LIABILITY_CAP, value, clause, words, currency, f"or {_based(base)}{over}" if base else "")
    if base is not None:
        return Found(Column.LIABILITY_CAP, _based(base), clause, words, "", over.strip())
    return None


def _based(base: re.Match[str]) -> str:
    thing = re.sub(r"^amounts?\s+of\s+(?:the\s+)?", "", base["thing"], flags=re.IGNORECASE)
    return " ".join(f"{thing} {base['state']}".lower().split())


def _over(window: re.Match[str] | None) -> str:
    number = read_number(window[1]) if window else None
    return f" over {number:g} {window['unit'].lower()}s" if window and number else ""


def _sentence_end(text: str, at: int) -> int:
    match = re.compile(r"[.;](?=\s|$)|\n\s*\n").search(text, at)
    return min(match.start() if match else len(text), at + 400)
