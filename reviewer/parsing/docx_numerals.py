"""Numbers written out in the ways a list can ask for; the names of the ways are Word's."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_ENDS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_IDEOGRAPHS = "〇一二三四五六七八九"
_IDEOGRAPH_TENS = ("", "十", "百", "千")
_LARGEST_IN_LETTERS = 1_000_000
_LARGEST_IN_WORDS = 999
_LARGEST_IDEOGRAPH = 9999
_LARGEST_ROMAN = 32767
_LARGEST_CIRCLED = 20
_LARGEST_REPEAT = 780  # Word's own limit: thirty times the alphabet


def write_number(value: int, number_format: str) -> str:
    """A number as Word prints it; in a format that is not known here, in decimal digits."""
    writer = _WRITERS.get(number_format)
    return writer(value) if writer is not None and value > 0 else _decimal(value, number_format)


def write_letters(value: int) -> str:
    """A number in small letters as OpenDocument and web pages print it: after z comes aa, then ab."""
    if not 0 < value < _LARGEST_IN_LETTERS:
        return str(value)
    text = ""
    while value:
        value, digit = divmod(value - 1, len(_LATIN))
        text = _LATIN[digit] + text
    return text


def _decimal(value: int, number_format: str) -> str:
    if number_format in {"none", "bullet"}:
        return ""
    return f"{value:02d}" if number_format == "decimalZero" else str(value)


def _roman(value: int) -> str:
    if value > _LARGEST_ROMAN:
        return str(value)
    text = ""
    for size, numeral in _ROMAN:
        text += numeral * (value // size)
        value %= size
    return text


def _repeated(alphabet: str) -> Callable[[int], str]:
    """After the last letter they start again, doubled: a ... z, aa, bb ... zz, aaa."""

    def write(value: int) -> str:
        value = (value - 1) % _LARGEST_REPEAT
        return alphabet[value % len(alphabet)] * (value // len(alphabet) + 1)

    return write


def _ordinal(value: int) -> str:
    teens = value % 100 // 10 == 1
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _words(value: int) -> str:
    if value > _LARGEST_IN_WORDS:
        return str(value)
    if value >= 100:  # noqa: PLR2004 - a hundred
        rest = value % 100
        return f"{_ONES[value // 100]} hundred" + (f" {_words(rest)}" if rest else "")
    if value < len(_ONES):
        return _ONES[value]
    return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")


def _ordinal_words(value: int) -> str:
    text = _words(value)
    cut = max(text.rfind("-"), text.rfind(" ")) + 1
    last = text[cut:]
    if last.endswith("y"):
        return text[:cut] + last[:-1] + "ieth"
    return text[:cut] + _ORDINAL_ENDS.get(last, last + "th")


def _ideographs(value: int) -> str:
    """Counting with tens and hundreds: 12 is ten-two, 20 two-ten, 105 hundred-zero-five."""
    if value > _LARGEST_IDEOGRAPH:
        return str(value)
    digits = str(value)
    text, pending_zero = "", False
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            pending_zero = bool(text)
            continue
        text += ("〇" if pending_zero else "") + _IDEOGRAPHS[int(digit)] + _IDEOGRAPH_TENS[place]
        pending_zero = False
    return text.removeprefix("一") if text.startswith("一十") else text


def _ideograph_digits(value: int) -> str:
    return "".join(_IDEOGRAPHS[int(digit)] for digit in str(value))


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if value <= _LARGEST_CIRCLED else str(value)


def _hebrew(value: int) -> str:
    if value >= 500:  # noqa: PLR2004 - beyond the last letter's value and its neighbour's
        return str(value)
    text = ""
    for size, letter in zip((400, 300, 200, 100), "תשרק", strict=True):
        text += letter * (value // size)
        value %= size
    if value in {15, 16}:
        return text + "ט" + _HEBREW[value - 10]
    tens, ones = divmod(value, 10)
    return text + (_HEBREW[8 + tens] if tens else "") + (_HEBREW[ones - 1] if ones else "")


_WRITERS: dict[str, Callable[[int], str]] = {
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _repeated(_LATIN),
    "upperLetter": _repeated(_LATIN.upper()),
    "russianLower": _repeated(_RUSSIAN),
    "russianUpper": _repeated(_RUSSIAN.upper()),
    "hebrew1": _hebrew,
    "hebrew2": _repeated(_HEBREW),
    "arabicAlpha": _repeated(_ARABIC),
    "arabicAbjad": _repeated(_ABJAD),
    "ordinal": _ordinal,
    "cardinalText": lambda value: _words(value).capitalize(),
    "ordinalText": lambda value: _ordinal_words(value).capitalize(),
    "chineseCounting": _ideographs,
    "chineseCountingThousand": lambda value: _ideographs(value).replace("〇", "零"),
    "taiwaneseCounting": _ideographs,
    "taiwaneseCountingThousand": lambda value: _ideographs(value).replace("〇", "零"),
    "japaneseCounting": lambda value: _ideographs(value).replace("〇", ""),
    "ideographDigital": _ideograph_digits,
    "taiwaneseDigital": _ideograph_digits,
    "japaneseDigitalTenThousand": _ideograph_digits,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda value: "".join(chr(0xFF10 + int(digit)) for digit in str(value)),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
}
