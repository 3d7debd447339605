"""Numbers of the items of a web page's lists, as browsers print them."""

from dataclasses import dataclass

from reviewer.parsing.docx_numerals import write_letters, write_number

_LIMIT = 2**31
_STYLES = {
    "1": "decimal", "i": "lowerRoman", "I": "upperRoman", "decimal": "decimal", "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero", "a": "letters", "A": "LETTERS",
    "lower-alpha": "letters", "lower-latin": "letters", "upper-alpha": "LETTERS", "upper-latin": "LETTERS",
    "hebrew": "hebrew1", "cjk-ideographic": "chineseCounting",
}  # fmt: skip
_BULLET = "•"


@dataclass(slots=True)
class HtmlList:
    """A list that is being read.

    Attributes:
        style: how it counts: a word of CSS or a value of ``type``; empty where nothing is said, ``none`` for no marks.
        next: the next item's number.
        level: from 1.
        step: 1, or -1 where the list counts down.
    """

    is_ordered: bool
    style: str
    next: int
    level: int
    step: int = 1

    def number(self, value: str | None) -> str | None:
        """The next item's number as printed, bullets included; None where nothing is printed.

        Args:
            value: what the item itself wants to be.
        """
        if not self.is_ordered:
            return None if self.style == "none" else _BULLET
        current = whole(value, self.next)
        self.next = current + self.step
        if self.style == "none":
            return None
        return f"{_written(current, _STYLES.get(self.style, 'decimal'))}."


def whole(text: str | None, default: int) -> int:
    """A number from an attribute; the default where it is none."""
    try:
        value = int((text or "").strip() or default)
    except ValueError:
        return default
    return value if abs(value) < _LIMIT else default


def _written(value: int, number_format: str) -> str:
    if number_format == "letters":
        return write_letters(value)
    return write_letters(value).upper() if number_format == "LETTERS" else write_number(value, number_format)
