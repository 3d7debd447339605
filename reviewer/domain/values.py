"""Values in the form in which votes are compared: dates, money, numbers, names."""

import re
import unicodedata
from collections.abc import Callable

from reviewer.domain.answer_field import NOT_STATED, AnswerField, FieldType

_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            ("january", "jan", "januar", "jänner"),
            ("february", "feb", "februar"),
            ("march", "mar", "märz"),
            ("april", "apr"),
            ("may", "mai"),
            ("june", "jun", "juni"),
            ("july", "jul", "juli"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct", "oktober", "okt"),
            ("november", "nov"),
            ("december", "dec", "dezember", "dez"),
        ),
        start=1,
    )
    for month in months
}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?(?: day)?(?: of)? ([^\W\d]+)\.?,? (\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTH_ONLY = re.compile(r"([^\W\d]+)\.?,? (\d{4})")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_POINTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_DAYS, _MONTHS_OF_YEAR = 31, 12

_CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP",
    "¥": "JPY", "jpy": "JPY", "yen": "JPY", "cny": "CNY", "rmb": "CNY", "元": "CNY", "chf": "CHF",
}  # fmt: skip
_AMOUNT = re.compile(r"\d[\d.,'\u00a0\u202f ]*\d|\d")
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mio": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
_WORD = re.compile(r"us\$|[$€£¥元]|[^\W\d_]+")
_GROUPS_OF_THREE = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SIGNS = re.compile(r"[^\w\s]+")
_LEGAL_FORMS = {
    "incorporated": "inc", "limited": "ltd", "corporation": "corp", "company": "co", "gesellschaft": "gmbh",
}  # fmt: skip
_TITLES = {"mr", "mrs", "ms", "dr", "prof", "the", "herr", "frau"}


def comparable(field: AnswerField, value: object) -> str:
    """A field's value as votes are counted over it; values that mean the same are equal.

    Args:
        field: says of what type it is.
        value: as a reply gives it; None where the text does not say. Not for lists, whose entries are compared.
    """
    if value is None:
        return NOT_STATED
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _FORMS.get(field.type, name_form)(str(value))


def date_form(text: str) -> str:
    """A date as ``2024-03-12``, ``2024-03`` or ``2024``; what is not understood, as `name_form`.

    Days and months in digits alone are read where they can be read in one way: ``12.03.2024`` with points is the day
    first, ``2024/3/12`` the year; ``03/12/2024`` stays as it is.
    """
    plain = " ".join(text.lower().split())
    for pattern, order in (
        (_ISO, "ymd"),
        (_CHINESE, "ymd"),
        (_POINTED, "dmy"),
        (_DAY_FIRST, "dmy"),
        (_MONTH_FIRST, "mdy"),
        (_MONTH_ONLY, "my"),
    ):
        found = pattern.fullmatch(plain)
        if found and (date := _date(dict(zip(order, found.groups(), strict=True)))):
            return date
    return name_form(text)


def _date(parts: dict[str, str | None]) -> str:
    written = parts.get("m")
    month = None if written is None else int(written) if written.isdecimal() else _MONTHS.get(written, 0)
    day = None if parts.get("d") is None else int(parts["d"] or 0)
    if month is not None and not 1 <= month <= _MONTHS_OF_YEAR:
        return ""
    if day is not None and not 1 <= day <= _DAYS:
        return ""
    return "-".join([parts["y"] or "", *(f"{each:02}" for each in (month, day) if each is not None)])


def money_form(text: str) -> str:
    """An amount with its currency, such as ``1200.5 USD``; without one where the text names none."""
    found = _AMOUNT.search(text)
    if found is None:
        return name_form(text)
    words = _WORD.findall(text.lower())
    scale = next((_SCALES[word] for word in words if word in _SCALES), 1.0)
    currency = next((_CURRENCIES[word] for word in words if word in _CURRENCIES), "")
    return f"{_number(found.group()) * scale:.10g} {currency}".strip()


def number_form(text: str) -> str:
    """A number without what does not change it: ``12``, ``0.5``."""
    return f"{float(text):.10g}"


def _number(digits: str) -> float:
    """An amount in digits; a sign that does not set thousands apart is the decimal's."""
    bare = re.sub(r"['\s\u00a0\u202f]", "", digits)
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0 or (_GROUPS_OF_THREE.fullmatch(bare) and len(set(re.findall(r"[.,]", bare))) == 1):
        return float(re.sub(r"[.,]", "", bare))
    return float(f"{re.sub('[.,]', '', bare[:last])}.{re.sub('[.,]', '', bare[last:]) or '0'}")


def name_form(text: str) -> str:
    """A name or a short text without case, accents' spelling, punctuation, titles and long legal forms."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _SIGNS.sub("", folded.replace("-", " ").replace("&", " and ")).split()
    kept = [_LEGAL_FORMS.get(word, word) for word in words if word not in _TITLES]
    return " ".join(kept or words)


_FORMS: dict[FieldType, Callable[[str], str]] = {
    FieldType.DATE: date_form,
    FieldType.MONEY: money_form,
    FieldType.NUMBER: number_form,
    FieldType.CHOICE: lambda text: text,
}


def parts_of_money(text: str) -> tuple[float, str] | None:
    """An amount and its currency (empty where none is named); None where the text names no amount."""
    amount, _, currency = money_form(text).partition(" ")
    return (float(amount), currency) if amount.replace(".", "", 1).isdecimal() else None
