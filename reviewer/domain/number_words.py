"""Numbers as contracts print them: in digits, or in English words."""

import re

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SMALL = {word: number for number, word in enumerate(_UNITS)} | _TENS
_POWERS = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_WORD = "(?:" + "|".join(sorted((*_SMALL, *_POWERS), key=len, reverse=True)) + ")"
_DIGITS = r"\d+(?:[.,]\d+)*(?:[ \t]+(?:thousand|million|billion)\b)?"
NUMBER_EXPRESSION = (
    rf"(?<![\w.,])({_DIGITS}|\b{_WORD}(?:[\s-]+(?:and[\s-]+)?{_WORD}){{0,8}}\b)(?:\s*\([^()]{{1,30}}\))?"
)
"""A number as one group, then the same in parentheses where it is printed twice: ``thirty (30)``, ``1 million``."""

_NUMBER_BEFORE = re.compile(rf"\b{_WORD}[\s-]+(?:and[\s-]+)?$", re.IGNORECASE)
_LOOK_BACK = 24


def is_cut_number(before: str) -> bool:
    """True where the text before a number ends in a part of the same number, as *one hundred* before *twenty*."""
    return _NUMBER_BEFORE.search(before[-_LOOK_BACK:]) is not None


def read_number(text: str) -> float | None:
    """The value of a number in digits (``1,000.5``), in English words (``forty-five``) or both (``2 million``).

    None where the text is no number. A comma separates thousands, a single dot the decimals.
    """
    total, part = 0.0, None
    for word in re.findall(r"[^\s-]+", text.lower()):
        if word == "and":
            continue
        if (value := _small(word)) is not None:
            part = (part or 0.0) + value
        elif word == "hundred":
            part = (1.0 if part is None else part) * _POWERS[word]
        elif word in _POWERS:
            total += (1.0 if part is None else part) * _POWERS[word]
            part = 0.0
        else:
            return None
    return None if part is None else total + part


def _small(word: str) -> float | None:
    if word in _SMALL:
        return float(_SMALL[word])
    digits = word.replace(",", "")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
