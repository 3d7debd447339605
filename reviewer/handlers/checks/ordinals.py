"""What place a printed clause number takes in its row."""

import re
from collections.abc import Iterator

_ROMAN = re.compile(r"(?=[ivxlc])(?:x[lc]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LAST = re.compile(r"(?P<open>\(?)(?P<inner>\d{1,3}|[A-Za-z]{1,5})(?P<close>\)?)\.?$")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ALPHABET = 26


def roman_value(numeral: str) -> int | None:
    """The value of a well-formed Roman numeral below 90, in either case, or None."""
    lower = numeral.lower()
    if not lower or _ROMAN.fullmatch(lower) is None:
        return None
    values = [_DIGITS[each] for each in lower]
    return sum(-now if now < after else now for now, after in zip(values, [*values[1:], 0], strict=True))


def numerals(highest: int) -> Iterator[str]:
    """The Roman numerals from 1 on, in capitals; ``highest`` below 90."""
    for value in range(1, highest + 1):
        tens, ones = divmod(value, 10)
        yield ("L" * (tens // 5) + "X" * (tens % 5) if tens != 4 else "XL") + _ONES[ones]  # noqa: PLR2004 - XL, not XXXX


def readings(number: str) -> dict[str, int]:
    """The places that a number's last part can take, by the kind of row: ``1``, ``(a)``, ``(i)``, ``3.1`` ..."""
    match = _LAST.search(number.strip())
    if match is None:
        return {}
    prefix = re.sub(r"\s+", " ", number[: match.start()])
    inner, marks = match["inner"], match["open"] + "{}" + match["close"]
    if inner.isdigit():
        return {prefix + marks.format(1): int(inner)}
    case = "a" if inner.islower() else "A"
    found = {}
    if len(set(inner)) == 1 and len(inner) <= 2:  # noqa: PLR2004 - after z come aa, bb
        found[prefix + marks.format(case)] = ord(inner[0].lower()) - ord("a") + 1 + _ALPHABET * (len(inner) - 1)
    if (value := roman_value(inner)) is not None and (inner.islower() or inner.isupper()):
        found[prefix + marks.format("i" if case == "a" else "I")] = value
    return found
