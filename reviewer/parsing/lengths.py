"""Lengths as XML formats write them."""

import re

_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"(-?\d{0,6}\.?\d{0,6})(pt|in|cm|mm|pc|px)")
_TWIPS_PER_POINT = 20
_LIMIT = 2**31


def length(text: str | None) -> float | None:
    """A length such as ``1.27cm`` in points; None where it is none."""
    found = _LENGTH.fullmatch(text or "")
    try:
        return float(found.group(1)) * _POINTS[found.group(2)] if found is not None else None
    except ValueError:
        return None


def twips(text: str | None) -> float | None:
    """A length of Word in points: twentieths of a point, or as strict files write it, with a unit."""
    try:
        value = int(text or "")
    except ValueError:
        return length(text)
    return value / _TWIPS_PER_POINT if abs(value) < _LIMIT else None
