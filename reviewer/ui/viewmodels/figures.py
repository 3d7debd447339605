"""Numbers as people type them."""

MOST = 1e9
_THOUSANDS = str.maketrans("", "", " ,.'\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")


def whole(typed: str, most: int = 10**9) -> int | None:
    """A whole number from 1 on as people type it, thousands set apart or not; None for a blank.

    Raises:
        ValueError: it is none.
    """
    text = typed.translate(_THOUSANDS)
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise ValueError(typed)
    return int(text)


def figure(typed: str) -> float | None:
    """A number as people type it, with a point or one comma before the decimals; None for a blank.

    Raises:
        ValueError: it is none, or out of bounds.
    """
    text = typed.replace(" ", "").replace(",", ".")
    if not text:
        return None
    number = float(text)
    if not 0 <= number <= MOST:
        raise ValueError(typed)
    return number
