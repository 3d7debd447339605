"""The language in which people search.

``word word`` both; ``"a phrase"``; ``a OR b``; ``-word`` and ``NOT word``; ``( )``; ``begin*``, ``*end``, ``*part*``;
``in:finding``, ``kind:clause``, ``severity:high``, ``document:"name"``. What stands side by side belongs closer
together than what stands on the two sides of OR.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.errors import InputError
from reviewer.domain.outcome import Severity
from reviewer.domain.search import PART_CHARS, AllOf, AnyOf, Field, Filter, HitKind, InDocument, Not, Query, Term
from reviewer.domain.search_text import fold, is_cjk, pieces
from reviewer.domain.section import SectionKind

LONGEST_QUERY = 1000
_MANY = 64

_TOKEN = re.compile(
    r"(?P<bracket>[()])"
    r"|(?P<minus>-(?=[^\s)]))?(?:(?P<field>in|kind|severity|document):)?"
    r'(?:["\u201c\u201d\u201e](?P<phrase>[^"\u201c\u201d\u201e]*)["\u201c\u201d\u201e]?|(?P<word>[^\s()"\u201c\u201d\u201e]+))',
)
_VALUES: dict[Field, type[StrEnum]] = {Field.IN: HitKind, Field.KIND: SectionKind, Field.SEVERITY: Severity}


@dataclass(frozen=True, slots=True)
class _Token:
    """A sign (one of ``( ) OR NOT``), or something to find."""

    sign: str
    query: Query | None = None


def parse_query(text: str) -> Query:
    """Reads what a person typed. Quotes and brackets that are not closed end with the text; a lone OR means nothing.

    Raises:
        InputError: ``bad_search``; there is nothing to search for, or it cannot be done, and what to do.
    """
    if len(text) > LONGEST_QUERY:
        raise _wrong("This is too long to search for.", "Search for a few words of it.")
    tokens = [token for match in _TOKEN.finditer(text) for token in _tokens(match)]
    if len(tokens) > _MANY:
        raise _wrong("These are too many words to search for.", "Search for a few of them.")
    query, _ = _any_of(_balanced(tokens), 0)
    if query is None:
        raise _wrong("There is nothing to search for.", "Type a word, or a phrase in quotation marks.")
    return query


def _tokens(match: re.Match[str]) -> Iterable[_Token]:
    if match["bracket"]:
        yield _Token(match["bracket"])
        return
    word = match["word"] or ""
    if word in ("OR", "NOT", "AND") and not match["minus"] and not match["field"]:
        if word != "AND":
            yield _Token(word)
        return
    query = _item(match["field"], word, match["phrase"])
    if query is not None:
        if match["minus"]:
            yield _Token("NOT")
        yield _Token("", query)


def _item(field: str | None, word: str, phrase: str | None) -> Query | None:
    if field and field != Field.DOCUMENT:
        return _filter(Field(field), (phrase if phrase is not None else word).strip().lower())
    term = _term(word, phrase)
    return InDocument(term) if term and field else term


def _filter(field: Field, value: str) -> Filter:
    allowed = [each.value for each in _VALUES[field]]
    if value not in allowed:
        raise _wrong(f"{field}: takes one of these: {', '.join(allowed)}.", f"For example: {field}:{allowed[-2]}")
    return Filter(field, value)


def _term(word: str, phrase: str | None) -> Term | None:
    """A phrase, or a word; a star in front of it or behind leaves that side open. None without letters or digits."""
    found = tuple(pieces(fold(phrase if phrase is not None else word).text))
    if not found:
        return None
    term = Term(found, opens=not word.startswith("*"), closes=not word.endswith("*"))
    if len(found) == 1 and not is_cjk(found[0]) and len(found[0]) + term.opens + term.closes < _shortest(term):
        raise _wrong("This part of a word is too short.", "Give at least two letters before a *, or three between two.")
    return term


def _shortest(term: Term) -> int:
    return 1 if term.is_whole else PART_CHARS


def _balanced(tokens: Iterable[_Token]) -> list[_Token]:
    """Without brackets that close what was not opened."""
    kept: list[_Token] = []
    depth = 0
    for token in tokens:
        depth += (token.sign == "(") - (token.sign == ")")
        if depth >= 0:
            kept.append(token)
        depth = max(depth, 0)
    return kept


def _any_of(tokens: list[_Token], at: int) -> tuple[Query | None, int]:
    """What is joined by OR, up to a closing bracket."""
    parts: list[Query] = []
    while at < len(tokens) and tokens[at].sign != ")":
        part, at = _all_of(tokens, at)
        if part is not None:
            parts.append(part)
    return (parts[0] if len(parts) == 1 else AnyOf(tuple(parts)) if parts else None), at


def _all_of(tokens: list[_Token], at: int) -> tuple[Query | None, int]:
    """What stands side by side, up to an OR, which is taken too, or a closing bracket."""
    parts: list[Query] = []
    is_not = False
    while at < len(tokens) and tokens[at].sign not in (")", "OR"):
        token = tokens[at]
        at += 1
        if token.sign == "NOT":
            is_not = not is_not
            continue
        part = token.query
        if token.sign == "(":
            part, at = _any_of(tokens, at)
            at += 1
        if part is not None:
            parts.append(Not(part) if is_not else part)
        is_not = False
    if parts and all(isinstance(each, Not) for each in parts):
        raise _wrong("A search needs something that must occur.", "Add a word without NOT or - before it.")
    if at < len(tokens) and tokens[at].sign == "OR":
        at += 1
    return (parts[0] if len(parts) == 1 else AllOf(tuple(parts)) if parts else None), at


def _wrong(message: str, hint: str) -> InputError:
    return InputError("bad_search", message, hint)
