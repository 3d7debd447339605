"""The grammar of numbers that stand before clauses: what can be a label, and what it can mean.

A label such as ``(i)`` has two readings, the ninth letter and the Roman one; which is meant only its neighbours tell
(see `reviewer.parsing.sequence`). Nothing here looks beyond the label itself.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from reviewer.parsing.numbering_words import (
    ARABIC_ROWS,
    ARTICLE,
    CHAPTER,
    CIRCLED,
    HAN_DIGITS,
    HAN_PLACES,
    IN_CAPITALS_ALONE,
    PARAGRAPH,
    SCHEDULE,
    SECTION,
    SPELLED,
    SPELLED_WORDS,
    STANDING_ALONE,
)

Ordinals: TypeAlias = tuple[int, ...]

_ALPHABET = 26
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN = re.compile(r"m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_LETTERS_ALONE = "cdm"  # (c) stands behind (b), and never for a hundred

_KEYWORDS = ("chapter", "article", "section", "schedule", "paragraph")
_ORDINAL = r"(?:\d{1,4}(?:[.\-]\d{1,4}){0,4}|[IVXLCDM]{1,12}|[A-Z])(?![\w])"
# Scripts that know no capitals, and put no space behind a number.
_UNCASED = "\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3「『《“"
_DATE = r"(?:Jan|Feb|Mar|Mär|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[a-z]*\.?,?[ \u00a0]+\d{4}"
_CAPITALS = "A-ZÀ-ÖØ-ÞĆČĐĞĢĪİŁŃŘŚŞŠŹŻŽ"
_NEXT = rf"(?=[\s\u00a0{_CAPITALS}*_\"“(（\u0410-\u042f{_UNCASED}]|$)"

_KEYWORD = re.compile(
    rf"(?:(?P<chapter>{CHAPTER})|(?P<article>{ARTICLE})|(?P<section>{SECTION})|(?P<schedule>{SCHEDULE})|(?P<paragraph>{PARAGRAPH}))"
    rf"(?:[ \t\u00a0]+|(?<=\.)|(?=\d))(?:n[or]?\.?°?[ \t]*)?"
    rf"(?P<ordinal>{_ORDINAL}|\d{{1,4}}(?:[ºª°]|er|re|[èe]re|[èe]?me)(?!\w)|(?:{SPELLED_WORDS})\b)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?P<ordinal>{STANDING_ALONE})[ \u00a0]?(?:\.[ \u00a0]?[-–—]+|[.:]|[ \u00a0]?[-–—])", re.IGNORECASE
)
_PARAGRAPH_SIGN = re.compile(r"(?:§|Art\.)[ \t\u00a0]*(?P<ordinal>\d{1,4}[a-z]?)[ºª°]?(?!\w)")
_HAN_LABEL = re.compile(
    rf"第\s*(?P<ordinal>[\d{HAN_DIGITS}{HAN_PLACES}]{{1,8}})\s*(?P<unit>[条條章节節編编款])"
    r"|제?\s?(?P<korean>\d{1,3})\s?(?P<korean_unit>[조장절관])(?:의\s?\d{1,2})?(?=[\s\u00a0.(（\-–]|$)"
)
_HAN_SCHEDULE = re.compile(
    rf"(?:附件|附录|附錄|附表|別紙|別表|付属書|별첨|별지|부속서)\s?(?P<ordinal>[\d{HAN_DIGITS}{HAN_PLACES}]{{1,5}}|[A-Z])?(?!\w)"
)
_PLAIN = re.compile(
    rf"(?P<multi>\d{{1,3}}(?:[.．]\d{{1,3}}){{1,5}})(?:[.．](?!\d)|[)）、])?{_NEXT}"
    r"|[(（](?P<paren>\d{1,4}|[a-z]{1,2}|[ivxlc]{3,9}|[A-Z]|[IVXLCDM]{1,9})[)）]"
    rf"|(?P<closed>\d{{1,4}}|[a-z]{{1,2}}|[ivxlc]{{3,9}}|[A-Z]|[IVXLCDM]{{1,9}})[)）](?=[\s\u00a0{_UNCASED}]|$)"
    r"|(?P<dashed>\d{1,3})[ \u00a0]?[-–](?=[ \u00a0]*[\u0600-\u06ff])"
    r"|(?P<hyphened>[IVX]{1,6})[ \u00a0]?[-–—](?=[ \u00a0])"
    rf"|(?P<dotted>\d{{1,5}}|[A-Za-z]|[IVXLCDM]{{1,9}}|[ivxl]{{1,8}})[ \u00a0]?(?:[.．]{_NEXT}|、|\u3000)"
    rf"|(?P<bare>\d{{1,2}})(?![ \t\u00a0]+{_DATE})(?=[ \t\u00a0]+[{_CAPITALS}\"“*{_UNCASED}])"
)
_SIGN = re.compile(
    rf"(?P<han>[{HAN_DIGITS}{HAN_PLACES}]{{1,5}})[、．.]|[(（](?P<han_paren>[{HAN_DIGITS}{HAN_PLACES}]{{1,5}})[)）]|(?P<circled>[{CIRCLED}])"
    rf"|[(（](?P<arabic_paren>[{ARABIC_ROWS[0]}ا])[)）]|(?P<arabic>[{ARABIC_ROWS[0]}ا])[ \u00a0]?[-.)–](?=[\s\u00a0])"
)
_COMPOSITE = re.compile(r"(?P<head>\d{1,4}(?:\.\d{1,4})*)\.?(?P<tail>(?:\([a-zA-Z0-9]{1,5}\))+)")
_OCR_GAP = re.compile(r"(?P<bare>\d{1,3})[ \u00a0]\.(?=\s)")


class Reading(NamedTuple):
    """One meaning of a label.

    Attributes:
        family: labels of one family count on: ``n.1`` for ``7.``, ``n.2`` for ``7.3``, ``(a)``, ``(i)``, ``article``.
        ordinals: the place in the row; several for a decimal number.
    """

    family: str
    ordinals: Ordinals


class Label(NamedTuple):
    """A label found at a place.

    Attributes:
        printed: as it stands there, spaces made single, without trailing punctuation.
        end: offset behind it, punctuation included.
        readings: what it can mean; never empty.
        is_bare: a number without any punctuation, such as ``7`` in ``7 Payment``.
        keyword: ``chapter``, ``article``, ``section``, ``schedule``, ``paragraph`` or empty.
    """

    printed: str
    end: int
    readings: tuple[Reading, ...]
    is_bare: bool = False
    keyword: str = ""


def read_label(text: str, start: int = 0) -> Label | None:
    """The label that begins exactly at an offset, or None. Constant time."""
    for read in _readers(text[start : start + 2]):
        found = read(text, start)
        if found is not None:
            return found
    return None


def read_number(number: str) -> Label | None:
    """The label a word processor computed for a list item, or None for a bullet."""
    printed = number.strip()
    if printed == "o":  # the hollow bullet of word processors, not the fifteenth letter
        return None
    composite = _COMPOSITE.fullmatch(printed.rstrip("."))
    if composite is not None:
        last = composite["tail"].rstrip(")").rpartition("(")[2]
        return Label(printed.rstrip("."), len(number), _letters_or_digits(last, "(", ")"))
    label = read_label(printed + " ", 0)
    if label is None and re.fullmatch(r"[A-Za-z]{1,4}|\d{1,4}", printed):
        label = Label(printed, len(printed), _letters_or_digits(printed, "", "."))
    if label is None or printed[label.end :].strip(" .:)-–"):
        return None
    return Label(label.printed, len(number), label.readings, keyword=label.keyword)


def roman_value(numeral: str) -> int | None:
    """The value of a well-formed Roman numeral, in either case, or None."""
    lower = numeral.lower()
    if not lower or _ROMAN.fullmatch(lower) is None:
        return None
    digits = [_ROMAN_DIGITS[character] for character in lower]
    following = [*digits[1:], 0]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))


def _read_plain(text: str, start: int) -> Label | None:
    found = _PLAIN.match(text, start)
    if found is None:
        return None
    kind, inner = found.lastgroup or "", found[found.lastgroup or 0]
    if kind == "multi":
        return Label(inner, found.end(), (_decimal(inner),))
    if kind == "bare":
        return Label(inner, found.end(), (Reading("n.1", (int(inner),)),), is_bare=True)
    if kind == "hyphened":
        value = roman_value(inner)
        return None if value is None else Label(inner, found.end(), (Reading("I-", (value,)),))
    if kind == "dashed":
        return Label(inner, found.end(), (Reading("1-", (int(inner),)),))
    if kind == "dotted" and found[0].endswith("\u3000") and inner.isdecimal():
        return Label(inner, found.end(), (Reading("項", (int(inner),)),))
    marks = {"paren": ("(", ")"), "closed": ("", ")"), "dotted": ("", ".")}[kind]
    readings = _letters_or_digits(inner, *marks)
    if not readings:
        return None
    return Label({"paren": f"({inner})", "closed": f"{inner})", "dotted": inner}[kind], found.end(), readings)


def _decimal(number: str) -> Reading:
    ordinals = tuple(int(part) for part in re.split("[.．]", number))
    if len(ordinals) == 2 and number.endswith(".0"):  # noqa: PLR2004 - "2.0" is how some write "2."
        ordinals = ordinals[:1]
    return Reading(f"n.{len(ordinals)}", ordinals)


@lru_cache(maxsize=4096)
def _letters_or_digits(inner: str, before: str, after: str) -> tuple[Reading, ...]:
    if inner.isdecimal():
        return (Reading("n.1" if after == "." else f"{before}1{after}", (int(inner),)),)
    case = "a" if inner.islower() else "A"
    roman = roman_value(inner)
    readings = []
    if len(set(inner)) == 1 and len(inner) <= 2:  # noqa: PLR2004 - after z come aa, bb
        ordinal = ord(inner[0].lower()) - ord("a") + 1 + _ALPHABET * (len(inner) - 1)
        readings.append(Reading(f"{before}{case}{after}", (ordinal,)))
    if roman is not None and inner.lower() not in _LETTERS_ALONE:
        readings.append(Reading(f"{before}{'i' if case == 'a' else 'I'}{after}", (roman,)))
    return tuple(readings)


def _read_keyword(text: str, start: int) -> Label | None:
    found = _KEYWORD.match(text, start) or _ALONE.match(text, start)
    if found is None or found[0][0].islower():
        return None
    if found.re is _ALONE:
        return _spelled(found)
    keyword = found.lastgroup if found.lastgroup != "ordinal" else None
    keyword = keyword or next(name for name in _KEYWORDS if found[name])
    ordinals = _ordinals(found["ordinal"])
    if ordinals is None:
        return None
    family = keyword if len(ordinals) == 1 else f"{keyword}.{len(ordinals)}"
    printed = " ".join(found[0].split())
    return Label(printed, _past_punctuation(text, found.end()), (Reading(family, ordinals),), keyword=keyword)


def _read_paragraph_sign(text: str, start: int) -> Label | None:
    found = _PARAGRAPH_SIGN.match(text, start)
    if found is None:
        return None
    number = int(re.sub(r"\D", "", found["ordinal"]))
    end = _past_punctuation(text, found.end())
    return Label(" ".join(found[0].split()), end, (Reading("section", (number,)),), keyword="section")


def _spelled(found: "re.Match[str]") -> Label | None:
    """``PRIMERA.-``: in capitals, or as the beginning of a sentence is written."""
    word = found["ordinal"]
    if not (word.isupper() or word[1:].islower()) or (word.lower() in IN_CAPITALS_ALONE and not word.isupper()):
        return None
    value = SPELLED[word.lower()]
    return Label(" ".join(word.split()), found.end(), (Reading("section", (value,)),), keyword="section")


def _read_han(text: str, start: int) -> Label | None:
    found = _HAN_LABEL.match(text, start)
    if found is not None:
        family = "section" if (found["unit"] or found["korean_unit"]) in "条條조款" else "article"
        value = _chinese_value(found["ordinal"] or found["korean"])
        return Label(
            found[0].strip(), _past_punctuation(text, found.end()), (Reading(family, (value,)),), keyword=family
        )
    found = _HAN_SCHEDULE.match(text, start)
    if found is None:
        return None
    ordinal = found["ordinal"] or "1"
    value = ord(ordinal) - ord("A") + 1 if ordinal.isascii() and ordinal.isalpha() else _chinese_value(ordinal)
    end = _past_punctuation(text, found.end())
    return Label(found[0].strip(), end, (Reading("schedule", (value,)),), keyword="schedule")


def _read_sign(text: str, start: int) -> Label | None:
    """Chinese numerals, circled figures and Arabic letters."""
    found = _SIGN.match(text, start)
    if found is None:
        return None
    kind, inner = found.lastgroup or "", found[found.lastgroup or 0]
    if kind == "circled":
        readings: tuple[Reading, ...] = (Reading("①", (CIRCLED.index(inner) + 1,)),)
    elif kind.startswith("han"):
        readings = (Reading("(一)" if kind == "han_paren" else "一、", (_chinese_value(inner),)),)
    else:
        letter, mark = inner.replace("ا", "أ"), "(أ)" if kind == "arabic_paren" else "أ-"
        readings = tuple(Reading(f"{mark}{order}", (row.index(letter) + 1,)) for order, row in enumerate(ARABIC_ROWS))
    printed = f"({inner})" if kind.endswith("_paren") else inner
    return Label(printed, found.end(), readings)


def _ordinals(printed: str) -> Ordinals | None:
    if printed[0].isdecimal():
        return tuple(int(part) for part in re.split(r"[.\-]", printed.rstrip("ºª°erèm")))
    if printed.lower() in SPELLED:
        return (SPELLED[printed.lower()],)
    if not printed.isupper():
        return None
    roman = roman_value(printed)
    if roman is not None and (len(printed) > 1 or printed in "IVX"):
        return (roman,)
    return (ord(printed) - ord("A") + 1,) if len(printed) == 1 else None


def _chinese_value(numeral: str) -> int:
    """``12``, ``一二`` and ``十二`` are twelve, ``一百零三`` is a hundred and three."""
    if numeral.isdecimal():
        return int(numeral)
    value, digits = 0, ""
    for sign in numeral:
        if sign in HAN_PLACES:
            value, digits = value + int(digits or 1) * 10 ** (HAN_PLACES.index(sign) + 1), ""
        else:
            digits += sign if sign.isdecimal() else str(HAN_DIGITS.index(sign) % 10)
    return value + int(digits or 0)


def _past_punctuation(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] in {".", ":", ")", "：", "．", "、"} else end


@lru_cache(maxsize=4096)
def _readers(beginning: str) -> tuple[Callable[[str, int], Label | None], ...]:
    """Who can read a label that begins with these two characters; of most words nobody can."""
    first, second = beginning[:1], beginning[1:]
    if not first.isascii():
        return (_read_plain, _read_keyword, _read_paragraph_sign, _read_han, _read_sign)
    if first.islower() and second.isalpha() and not _may_go_on(beginning):
        return ()
    if not first.isupper():
        return (_read_plain, *((_read_han,) if first.isdigit() else (_read_sign,) if first == "(" else ()))
    of_words = (_read_keyword, _read_paragraph_sign)
    if not second.islower():
        return (_read_plain, *of_words)
    return of_words if beginning.lower() in _KEYWORD_BEGINNINGS else ()


def _may_go_on(letters: str) -> bool:
    """Whether a label of letters can begin with these two: ``aa`` or a Roman numeral."""
    return letters[0] == letters[1] or set(letters) <= _ROMAN_DIGITS.keys()


_KEYWORD_BEGINNINGS = frozenset(
    word[:2]
    for word in f"art.|{CHAPTER}|{ARTICLE}|{SECTION}|{SCHEDULE}|{PARAGRAPH}|{STANDING_ALONE}".split("|")
    if word not in IN_CAPITALS_ALONE
)  # their first two characters are letters, not signs of regular expressions
