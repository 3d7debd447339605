"""The grammar of numbers that stand before clauses: what can be a label, and what it can mean.

A label such as ``(i)`` has two readings, the ninth letter and the Roman one; which is meant only its neighbours tell
(see `reviewer.parsing.sequence`). Nothing here looks beyond the label itself.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

Ordinals: TypeAlias = tuple[int, ...]

_MAX_ROMAN = 60
_ALPHABET = 26
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"(?:x{0,3}|xl|l)(?:ix|iv|v?i{0,3})")
_CHINESE = {digit: value for value, digit in enumerate("〇一二三四五六七八九十")}

ARTICLE_WORDS = (
    r"article|artikel|articolo|art[íi]culo|artigo|part|teil|chapter|kapitel|capitolo|cap[íi]tulo|chapitre|titre|título"
)
SECTION_WORDS = (
    r"section|sect\.|sec\.|abschnitt|sezione|secci[óo]n|se[çc][ãa]o|clause|klausel|ziffer|cl[áa]usula|clausola"
)
SCHEDULE_WORDS = (
    r"schedule|exhibit|annex|annexe|appendix|attachment|anlage|anhang|bijlage|allegato|anexo|ap[ée]ndice|annexure"
)
_ORDINAL = r"(?:\d{1,3}(?:[.\-]\d{1,3}){0,4}|[IVXLC]{1,7}|[A-Z])(?![\w])"
_SPELLED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_KEYWORD = re.compile(
    rf"(?:(?P<article>{ARTICLE_WORDS})|(?P<section>{SECTION_WORDS})|(?P<schedule>{SCHEDULE_WORDS}))"
    rf"[ \t\u00a0]*(?:n[or]\.?°?[ \t]*)?(?P<ordinal>{_ORDINAL}|(?:{'|'.join(_SPELLED)})\b)",
    re.IGNORECASE,
)
_PARAGRAPH_SIGN = re.compile(r"(?:§|Art\.)[ \t\u00a0]*(?P<ordinal>\d{1,3}[a-z]?)(?!\w)")
_CHINESE_LABEL = re.compile(r"第\s*(?P<ordinal>[\d〇一二三四五六七八九十]{1,4})\s*(?P<unit>[条條章节節])")
_PLAIN = re.compile(
    r"(?P<multi>\d{1,3}(?:\.\d{1,3}){1,5})(?:\.(?!\d)|\))?(?=[\s\u00a0A-ZÄÖÜ*_\"“]|$)"
    r"|\((?P<paren>\d{1,3}|[a-z]{1,5}|[A-Z]|[IVXLC]{1,6})\)"
    r"|(?P<closed>\d{1,3}|[a-z]{1,4}|[A-Z]|[IVX]{1,5})\)(?=[\s\u00a0]|$)"
    r"|(?P<dotted>\d{1,3}|[A-Za-z]|[IVXLC]{1,7}|[ivx]{1,5})[ \u00a0]?\.(?=[\s\u00a0A-ZÄÖÜ*_]|$)"
    r"|(?P<bare>\d{1,2})(?=[ \t\u00a0]+[A-ZÄÖÜ\"“*])"
)
_COMPOSITE = re.compile(r"(?P<head>\d{1,3}(?:\.\d{1,3})*)\.?(?P<tail>(?:\([a-zA-Z0-9]{1,5}\))+)")
_OCR_GAP = re.compile(r"(?P<bare>\d{1,3})[ \u00a0]\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a label.

    Attributes:
        family: labels of one family count on: ``n.1`` for ``7.``, ``n.2`` for ``7.3``, ``(a)``, ``(i)``, ``article``.
        ordinals: the place in the row; several for a decimal number.
    """

    family: str
    ordinals: Ordinals


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at a place.

    Attributes:
        printed: as it stands there, spaces made single, without trailing punctuation.
        end: offset behind it, punctuation included.
        readings: what it can mean; never empty.
        is_bare: a number without any punctuation, such as ``7`` in ``7 Payment``.
        keyword: ``article``, ``section``, ``schedule`` or empty.
    """

    printed: str
    end: int
    readings: tuple[Reading, ...]
    is_bare: bool = False
    keyword: str = ""


def read_label(text: str, start: int = 0) -> Label | None:
    """The label that begins exactly at an offset, or None. Constant time."""
    return (
        _read_plain(text, start) or _read_keyword(text, start) or _read_sign(text, start) or _read_chinese(text, start)
    )


def read_number(number: str) -> Label | None:
    """The label a word processor computed for a list item, or None for a bullet."""
    printed = number.strip()
    composite = _COMPOSITE.fullmatch(printed.rstrip("."))
    if composite is not None:
        last = composite["tail"].rstrip(")").rpartition("(")[2]
        return Label(printed.rstrip("."), len(number), _letters_or_digits(last, "(", ")"))
    label = read_label(printed + " ", 0)
    if label is None and re.fullmatch(r"[A-Za-z]{1,4}|\d{1,3}", printed):
        label = Label(printed, len(printed), _letters_or_digits(printed, "", "."))
    if label is None or printed[label.end :].strip(" .:)-–"):
        return None
    return Label(label.printed, len(number), label.readings, keyword=label.keyword)


def roman_value(numeral: str) -> int | None:
    """The value of a well-formed Roman numeral up to 60, in either case, or None."""
    lower = numeral.lower()
    if not lower or _ROMAN.fullmatch(lower) is None:
        return None
    digits = [_ROMAN_DIGITS[character] for character in lower]
    following = [*digits[1:], 0]
    value = sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))
    return value if value <= _MAX_ROMAN else None


def _read_plain(text: str, start: int) -> Label | None:
    found = _PLAIN.match(text, start)
    if found is None:
        return None
    kind, inner = found.lastgroup or "", found[found.lastgroup or 0]
    if kind == "multi":
        return Label(inner, found.end(), (_decimal(inner),))
    if kind == "bare":
        return Label(inner, found.end(), (Reading("n.1", (int(inner),)),), is_bare=True)
    marks = {"paren": ("(", ")"), "closed": ("", ")"), "dotted": ("", ".")}[kind]
    readings = _letters_or_digits(inner, *marks)
    if not readings:
        return None
    return Label({"paren": f"({inner})", "closed": f"{inner})", "dotted": inner}[kind], found.end(), readings)


def _decimal(number: str) -> Reading:
    ordinals = tuple(int(part) for part in number.split("."))
    if len(ordinals) == 2 and number.endswith(".0"):  # noqa: PLR2004 - "2.0" is how some write "2."
        ordinals = ordinals[:1]
    return Reading(f"n.{len(ordinals)}", ordinals)


def _letters_or_digits(inner: str, before: str, after: str) -> tuple[Reading, ...]:
    if inner.isdecimal():
        return (Reading("n.1" if after == "." else f"{before}1{after}", (int(inner),)),)
    case = "a" if inner.islower() else "A"
    roman = roman_value(inner)
    readings = []
    if len(set(inner)) == 1 and len(inner) <= 2:  # noqa: PLR2004 - after z come aa, bb
        ordinal = ord(inner[0].lower()) - ord("a") + 1 + _ALPHABET * (len(inner) - 1)
        readings.append(Reading(f"{before}{case}{after}", (ordinal,)))
    if roman is not None:
        readings.append(Reading(f"{before}{'i' if case == 'a' else 'I'}{after}", (roman,)))
    return tuple(readings)


def _read_keyword(text: str, start: int) -> Label | None:
    found = _KEYWORD.match(text, start)
    if found is None or not (found[0][0].isupper() or found[0][0].isdecimal()):
        return None
    keyword = found.lastgroup if found.lastgroup != "ordinal" else None
    keyword = keyword or next(name for name in ("article", "section", "schedule") if found[name])
    ordinals = _ordinals(found["ordinal"])
    if ordinals is None:
        return None
    family = keyword if len(ordinals) == 1 else f"{keyword}.{len(ordinals)}"
    printed = " ".join(found[0].split())
    return Label(printed, _past_punctuation(text, found.end()), (Reading(family, ordinals),), keyword=keyword)


def _read_sign(text: str, start: int) -> Label | None:
    found = _PARAGRAPH_SIGN.match(text, start)
    if found is None:
        return None
    number = int(re.sub(r"\D", "", found["ordinal"]))
    end = _past_punctuation(text, found.end())
    return Label(" ".join(found[0].split()), end, (Reading("section", (number,)),), keyword="section")


def _read_chinese(text: str, start: int) -> Label | None:
    found = _CHINESE_LABEL.match(text, start)
    if found is None:
        return None
    family = "section" if found["unit"] in "条條" else "article"
    value = _chinese_value(found["ordinal"])
    return Label(found[0], found.end(), (Reading(family, (value,)),), keyword=family)


def _ordinals(printed: str) -> Ordinals | None:
    if printed[0].isdecimal():
        return tuple(int(part) for part in re.split(r"[.\-]", printed))
    if printed.lower() in _SPELLED:
        return (_SPELLED.index(printed.lower()) + 1,)
    if not printed.isupper():
        return None
    roman = roman_value(printed)
    if roman is not None and (len(printed) > 1 or printed in "IVX"):
        return (roman,)
    return (ord(printed) - ord("A") + 1,) if len(printed) == 1 else None


def _chinese_value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return sum(_CHINESE[digit] * 10**place for place, digit in enumerate(reversed(numeral)) if digit in _CHINESE)
    return (_CHINESE.get(tens[-1:], 1) if tens else 1) * 10 + (_CHINESE.get(ones[:1], 0) if ones else 0)


def _past_punctuation(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] in {".", ":", ")"} else end
