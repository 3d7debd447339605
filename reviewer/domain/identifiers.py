"""What identifies a person or an account by its form alone: addresses of mail, telephone, bank accounts, cards, ids.

Looked for in normal text (`reviewer.domain.normal`) with its line ends marked: only a bank account goes on there.
Amounts, dates and numbers of clauses are none of them: a number counts by its check digits, else by how it is set, or
by what stands before it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain import check_digits
from reviewer.domain.anchor import TextSpan
from reviewer.domain.normal import UNSPACED


class IdentifierKind(StrEnum):
    """Kinds, as they stand in placeholders (in capitals) and in settings."""

    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    CARD = "card"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One that was found, in offsets of the text. ``value`` is the same however it is set: no blanks, capitals."""

    kind: IdentifierKind
    span: TextSpan
    value: str


@dataclass(frozen=True, slots=True)
class _Form:
    """What one kind looks like; ``is_one`` judges the value."""

    kind: IdentifierKind
    pattern: re.Pattern[str]
    is_one: Callable[[str], bool] = lambda _: True


_W = rf"[^\W{UNSPACED}]"
_L, _R = rf"(?<!{_W})(?<!@)", rf"(?!{_W}|@)"
"""No letter or digit beside it."""
_SEP = r"(?: ?[()] ?\(?|[ ./-])?"
_LABEL = (
    r"(?:tel|telephone|telefon|t[ée]l[ée]phone|tel[ée]fono|phone|ph|mobile|mobil|cell|fax|telefax|handy"
    r"|电话|手机|傳真|传真)"
)


def _form(kind: IdentifierKind, pattern: str, is_one: Callable[[str], bool] = lambda _: True) -> _Form:
    return _Form(kind, re.compile(pattern, re.IGNORECASE), is_one)


def _has_digits(low: int, high: int) -> Callable[[str], bool]:
    return lambda value: low <= sum(map(str.isdigit, value)) <= high


_FORMS = (
    _form(
        IdentifierKind.EMAIL,
        rf"(?<!{_W})(?:{_W}|[.+%'-]){{1,64}}@(?:[\w-]{{1,63}}\.){{1,8}}(?:(?!\d|_){_W}){{2,24}}{_R}",
    ),
    _form(IdentifierKind.CARD, rf"{_L}\d{{4}}([ -]?)\d{{4}}\1\d{{4}}\1\d{{1,7}}{_R}", check_digits.is_card),
    _form(IdentifierKind.CARD, rf"{_L}3\d{{3}}[ -]?\d{{6}}[ -]?\d{{5}}{_R}", check_digits.is_card),
    _form(IdentifierKind.ID, rf"{_L}[1-9]\d{{16}}[\dX]{_R}", check_digits.is_chinese_id),
    _form(
        IdentifierKind.ID,
        rf"{_L}[12][ .]?\d{{2}}[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d{{2}}|2[AB])"
        rf"[ .]?\d{{3}}[ .]?\d{{3}}[ .]?\d{{2}}{_R}",
        check_digits.is_french_insee,
    ),
    _form(IdentifierKind.ID, rf"{_L}\d{{2}}[ .]?\d{{3}}[ .]?\d{{3}}[ .]?\d{{3}}{_R}", check_digits.is_german_tax_id),
    _form(
        IdentifierKind.ID,
        rf"{_L}(?:[XYZ][ -]?\d{{7}}|\d{{8}}|\d{{2}}\.\d{{3}}\.\d{{3}})[ -]?[A-HJ-NP-TV-Z]{_R}",
        check_digits.is_spanish_id,
    ),
    _form(
        IdentifierKind.ID,
        rf"{_L}(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{{2}} ?\d{{2}} ?\d{{2}} ?[A-D]{_R}",
    ),
    _form(IdentifierKind.ID, rf"{_L}\d{{3}}-\d{{2}}-\d{{4}}{_R}(?!-\d)", check_digits.is_us_ssn),
    _form(
        IdentifierKind.ID,
        rf"(?:\bSSN|social security (?:number|no\.?))[ :#.]{{1,3}}(?P<value>\d{{3}} ?\d{{2}} ?\d{{4}}){_R}",
        check_digits.is_us_ssn,
    ),
    _form(IdentifierKind.ID, rf"{_L}\d{{2}}-\d{{7}}{_R}(?!-\d)", check_digits.is_us_ein),
    _form(
        IdentifierKind.PHONE,
        rf"{_L}(?<![+.,])(?<!\d[ -])(?:\+|00)[1-9]\d{{0,2}}(?:{_SEP}\d){{6,13}}{_R}",
        _has_digits(8, 17),
    ),
    _form(
        IdentifierKind.PHONE,
        rf"(?<!{_W}){_LABEL}(?: ?(?:no|nr|number|nummer))?[ :.]{{0,3}}(?P<value>[+(]{{0,2}}\d(?:{_SEP}\d){{5,14}}){_R}",
        _has_digits(6, 15),
    ),
    _form(IdentifierKind.PHONE, rf"{_L}(?<![.,/-])(?:\(\d{{3}}\) ?|\d{{3}}-)\d{{3}}-\d{{4}}{_R}(?!-\d)"),
    _form(IdentifierKind.PHONE, rf"{_L}1[3-9]\d{{5}}(?!0000)\d{{4}}{_R}"),
    _form(
        IdentifierKind.PHONE,
        rf"{_L}(?<![.,/:-])(?<!\d[ ])"
        r"(?!\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b)"
        r"(?:\(0[1-9]\d{0,4}\)|0[1-9]\d{0,4})[ /-](?:\d[ /-]?){4,9}(?<=\d)"
        rf"{_R}(?![.,/:]\d)",
        _has_digits(9, 12),
    ),
)
_IBAN_START = re.compile(rf"{_L}[A-Z]{{2}}\d{{2}}(?=[ \n-]?[A-Z0-9])", re.IGNORECASE)
_IBAN_SIGN = re.compile(r"[ \n-]?([A-Z0-9])", re.IGNORECASE)
_EMPLOYER = re.compile(r"\d{2}-\d{7}")
"""The same digits in another grouping are a person's."""
_APART = re.compile(r"[ ./()-]")


def find_identifiers(text: str, kinds: frozenset[IdentifierKind]) -> Iterator[Identifier]:
    """All that are of these kinds; they may overlap, and come form by form. Linear but for odd runs of digits."""
    if IdentifierKind.IBAN in kinds:
        yield from _ibans(text)
    for form in _FORMS:
        if form.kind not in kinds:
            continue
        for found in form.pattern.finditer(text):
            group = "value" if "value" in form.pattern.groupindex else 0
            value = _value(form.kind, found[group])
            if form.kind is IdentifierKind.EMAIL or (value.isascii() and form.is_one(value)):
                yield Identifier(form.kind, TextSpan(*found.span(group)), value)


def _ibans(text: str) -> Iterator[Identifier]:
    for found in _IBAN_START.finditer(text):
        length = check_digits.IBAN_LENGTH.get(found[0][:2].upper(), 0)
        value, end = found[0].upper(), found.end()
        while len(value) < length and (sign := _IBAN_SIGN.match(text, end)):
            value, end = value + sign[1].upper(), sign.end()
        if value.isascii() and check_digits.is_iban(value) and not text[end : end + 1].isalnum():
            yield Identifier(IdentifierKind.IBAN, TextSpan(found.start(), end), value)


def _value(kind: IdentifierKind, text: str) -> str:
    if kind is IdentifierKind.EMAIL:
        return text.casefold()
    return text if _EMPLOYER.fullmatch(text) else _APART.sub("", text).upper()
