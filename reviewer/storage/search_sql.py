"""What to ask the two search indexes for a query."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.outcome import Severity
from reviewer.domain.search import (
    PART_CHARS,
    AllOf,
    AnyOf,
    Field,
    Filter,
    HitKind,
    InDocument,
    Not,
    Query,
    SearchRow,
    Term,
)
from reviewer.domain.search_text import is_cjk
from reviewer.domain.section import SectionKind

_FIRST_TAG = 0xE000
_VALUES = ((Field.IN, HitKind), (Field.KIND, SectionKind), (Field.SEVERITY, Severity))
_TAGS = {
    key: 3 * chr(_FIRST_TAG + number)
    for number, key in enumerate((field, each.value) for field, values in _VALUES for each in values)
}
"""Three characters that no text holds: a word to one index, a three-letter part to the other."""


class Table(StrEnum):
    """The index of words, and of one and two characters of what has no words; the index of three letters."""

    WORDS = "search_words"
    PARTS = "search_parts"


@dataclass(frozen=True, slots=True)
class Match:
    """What to ask an index for. ``is_exact``: it gives just the rows that are asked for; else some more."""

    expression: str
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How to find the rows of a query.

    Attributes:
        table, match: the index that gives the rows in their order.
        within: what the other index must give too, or None.
    """

    table: Table
    match: Match
    within: Match | None = None

    @property
    def is_exact(self) -> bool:
        """True where no row needs to be looked at."""
        return self.match.is_exact


def tags_of(row: SearchRow) -> str:
    """What a row has in the column of tags."""
    pairs = ((Field.IN, row.kind.value), (Field.KIND, row.section_kind), (Field.SEVERITY, row.severity))
    return " ".join(_TAGS[pair] for pair in pairs if pair in _TAGS)


def plan(query: Query) -> Plan | None:
    """How to find the rows of a query; None where no index can tell, and every row is to be looked at."""
    words = _match(query, Table.WORDS)
    if words is not None and not _has_parts(query):
        return Plan(Table.WORDS, words)
    parts = _match(query, Table.PARTS)
    if parts is None:
        return None if words is None else Plan(Table.WORDS, Match(words.expression, is_exact=False))
    return Plan(Table.PARTS, parts, None if parts.is_exact or not _has_cjk(query) else words)


def _match(query: Query, table: Table) -> Match | None:
    """None where the index knows nothing of it."""
    match query:
        case Term():
            return _term(query, table, "body")
        case InDocument(term):
            return _term(term, table, "name")
        case Filter(field, value):
            return Match(f'tags : "{_TAGS[field, value]}"', is_exact=True)
        case AnyOf(parts):
            found = [_match(each, table) for each in parts]
            if None in found:
                return None
            return _join(" OR ", [each for each in found if each])
        case AllOf(parts):
            return _all_of(parts, table)
        case Not():  # never alone
            return None


def _all_of(parts: tuple[Query, ...], table: Table) -> Match | None:
    wanted = [_match(each, table) for each in parts if not isinstance(each, Not)]
    unwanted = [_match(each.part, table) for each in parts if isinstance(each, Not)]
    known = [each for each in wanted if each]
    if not known:
        return None
    sure = [each for each in unwanted if each and each.is_exact]
    expression = _join(" AND ", known).expression
    for each in sure:
        expression = f"({expression} NOT {each.expression})"
    is_exact = len(known) == len(wanted) and len(sure) == len(unwanted) and all(each.is_exact for each in known)
    return Match(expression, is_exact)


def _term(term: Term, table: Table, column: str) -> Match | None:
    if table is Table.PARTS:
        return _letters(term, column)
    if term.is_whole:
        return Match(f'{column} : "{" ".join(term.pieces)}"', is_exact=True)
    last = len(term.pieces) - 1
    tokens = [
        token
        for index, piece in enumerate(term.pieces)
        if is_cjk(piece) or ((index or term.opens) and (index < last or term.closes))
        for token in _grams(piece)
    ]
    return _tokens(tokens, column, is_exact=last == 0 and len(tokens) == 1)


def _letters(term: Term, column: str) -> Match | None:
    if any(is_cjk(each) for each in term.pieces):
        return None
    text = f"{' ' if term.opens else ''}{' '.join(term.pieces)}{' ' if term.closes else ''}"
    threes = {text[index : index + PART_CHARS]: None for index in range(len(text) - PART_CHARS + 1)}
    return _tokens(list(threes), column, is_exact=len(threes) == 1)


def _grams(piece: str) -> list[str]:
    if not is_cjk(piece) or len(piece) <= 2:  # noqa: PLR2004 - the index holds one and two characters
        return [piece]
    return [piece[index : index + 2] for index in range(len(piece) - 1)]


def _tokens(tokens: list[str], column: str, *, is_exact: bool) -> Match | None:
    """All of these; None where there are none."""
    if not tokens:
        return None
    expression = _join(" AND ", [Match(f'{column} : "{each}"', is_exact=True) for each in tokens]).expression
    return Match(expression, is_exact)


def _join(sign: str, found: list[Match]) -> Match:
    expression = sign.join(each.expression for each in found)
    return Match(f"({expression})" if len(found) > 1 else expression, all(each.is_exact for each in found))


def _has_parts(query: Query) -> bool:
    return any(not term.is_whole and not any(is_cjk(each) for each in term.pieces) for term in _terms(query))


def _has_cjk(query: Query) -> bool:
    return any(is_cjk(each) for term in _terms(query) for each in term.pieces)


def _terms(query: Query) -> list[Term]:
    match query:
        case Term() | InDocument(Term()):
            return [query if isinstance(query, Term) else query.term]
        case AllOf(parts) | AnyOf(parts):
            return [term for part in parts for term in _terms(part)]
        case Not(part):
            return _terms(part)
        case _:
            return []
