"""Numbers written out in the ways a list can ask for; the names of the ways are Word's."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

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
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"))
_HANGUL = ("영일이삼사오육칠팔구", ("", "십", "백", "천"))
_SYLLABLES = "가나다라마바사아자차카타파하"
_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HALF_WIDTH = {ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in range(0xFF66, 0xFF9E)}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LARGEST_IN_LETTERS = 1_000_000
_LARGEST_IN_WORDS = 999
_LARGEST_IDEOGRAPH = 9999
_LARGEST_ROMAN = 32767
_LARGEST_CIRCLED = 20
_LARGEST_REPEAT = 780  # Word's own limit: thirty times the alphabet


@lru_cache(maxsize=4096)
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


def _enclosed(first: int, largest: int = _LARGEST_CIRCLED) -> Callable[[int], str]:
    """Signs that hold the number within, as far as Unicode has them."""
    return lambda value: chr(first + value - 1) if value <= largest else str(value)


def _listed(signs: str) -> Callable[[int], str]:
    """One sign each, then digits."""
    return lambda value: signs[value - 1] if value <= len(signs) else str(value)


def _cycled(signs: str) -> Callable[[int], str]:
    """One sign each, then from the first again."""
    return lambda value: signs[(value - 1) % len(signs)]


def _digits(signs: str) -> Callable[[int], str]:
    """Decimal, in other digits."""
    return lambda value: "".join(signs[int(digit)] for digit in str(value))


def _counted(signs: str, tens: tuple[str, ...], *, names_one: bool = True) -> Callable[[int], str]:
    """Digits with the names of tens, hundreds and thousands; a zero is named between others.

    Args:
        signs: those of 0 to 9.
        tens: names of 1, 10, 100 and 1000.
        names_one: is ten "one ten"? Without it, zeros are not named either.
    """

    def write(value: int) -> str:
        if value > _LARGEST_IDEOGRAPH:
            return str(value)
        text, pending = "", False
        for place, digit in zip(range(len(str(value)) - 1, -1, -1), str(value), strict=True):
            if digit == "0":
                pending = bool(text)
                continue
            sign = signs[int(digit)] if names_one or digit != "1" or place == 0 else ""
            text += (signs[0] if pending and names_one else "") + sign + tens[place]
            pending = False
        return text

    return write


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
    "chineseLegalSimplified": _counted(*_LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": _counted(*_LEGAL_TRADITIONAL),
    "koreanCounting": _counted(*_HANGUL, names_one=False),
    "koreanDigital": _digits(_HANGUL[0]),
    "koreanDigital2": _digits("零一二三四五六七八九"),
    "ganada": _cycled(_SYLLABLES),
    "chosung": _cycled(_CONSONANTS),
    "aiueo": _cycled(_AIUEO.translate(_HALF_WIDTH)),
    "aiueoFullWidth": _cycled(_AIUEO),
    "iroha": _cycled(_IROHA.translate(_HALF_WIDTH)),
    "irohaFullWidth": _cycled(_IROHA),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographDigital": _digits(_IDEOGRAPHS),
    "taiwaneseDigital": _digits(_IDEOGRAPHS),
    "japaneseDigitalTenThousand": _digits(_IDEOGRAPHS),
    "thaiNumbers": _digits("๐๑๒๓๔๕๖๗๘๙"),
    "hindiNumbers": _digits("०१२३४५६७८९"),
    "decimalEnclosedCircle": _enclosed(0x2460),
    "decimalEnclosedCircleChinese": _enclosed(0x2460),
    "decimalEnclosedParen": _enclosed(0x2474),
    "decimalEnclosedFullstop": _enclosed(0x2488),
    "ideographEnclosedCircle": _enclosed(0x3280, 10),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
}
