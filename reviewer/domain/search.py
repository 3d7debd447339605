"""Searching: what a person asks for, and what is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias, assert_never

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId, FindingId, RunId, SectionId
from reviewer.domain.search_text import LETTER, Folded, is_cjk

PART_CHARS = 3
"""The shortest part of a word that is looked for; the space beside a word's beginning or end counts."""


class HitKind(StrEnum):
    """Where something was found."""

    DOCUMENT = "document"
    SECTION = "section"
    FINDING = "finding"
    NOTE = "note"


class Field(StrEnum):
    """What a search can be narrowed to."""

    IN = "in"
    KIND = "kind"
    SEVERITY = "severity"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Term:
    """Words to find, one right after the other; of Chinese, Japanese and Korean any characters.

    Attributes:
        pieces: folded, as from `reviewer.domain.search_text.pieces`; never empty.
        opens: the first begins a word.
        closes: the last ends a word.
    """

    pieces: tuple[str, ...]
    opens: bool = True
    closes: bool = True

    @property
    def is_whole(self) -> bool:
        """True for whole words of letters only."""
        return self.opens and self.closes and not any(is_cjk(each) for each in self.pieces)


@dataclass(frozen=True, slots=True)
class Filter:
    """Only what has this value in a field."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class InDocument:
    """Only what is in documents whose name or title holds this."""

    term: Term


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these at least."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this. Stands in an `AllOf` only, beside something that must occur."""

    part: "Query"


Query: TypeAlias = Term | Filter | InDocument | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One thing that can be found.

    Attributes:
        text: what is searched; without characters that nobody sees.
        places: for the text of a document, where its stretches begin: (offset in ``text``, offset in
            ``Document.text``), ascending; none for other texts.
        anchor: for other texts, the words in the document that they are about, if any.
        title: number and heading of the section, or the finding's title.
        section_kind: of a section; else empty.
        severity: of a finding; else empty.
    """

    kind: HitKind
    text: str
    title: str = ""
    section: SectionId | None = None
    finding: FindingId | None = None
    places: tuple[tuple[int, int], ...] = ()
    anchor: TextSpan | None = None
    section_kind: str = ""
    severity: str = ""

    def source(self, span: TextSpan) -> TextSpan | None:
        """Where a part of the text is in ``Document.text``."""
        if not self.places:
            return self.anchor
        start = self._origin(span.start)
        return TextSpan(start, max(start, self._origin(max(span.start, span.end - 1)) + (1 if len(span) else 0)))

    def _origin(self, offset: int) -> int:
        begin, origin = next((each for each in reversed(self.places) if each[0] <= offset), self.places[0])
        return origin + offset - begin


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found.

    Attributes:
        title: number and heading of the section, or the finding's title.
        run: whose finding it is.
        span: the first words found, or those that a finding is about: offsets into ``Document.text``; None where there
            are none.
        snippet: some of the text, on one line.
        ranges: what was found in the snippet.
    """

    kind: HitKind
    document: DocumentId
    document_name: str
    title: str
    section: SectionId | None
    finding: FindingId | None
    run: RunId | None
    span: TextSpan | None
    snippet: str
    ranges: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some hits, newest document first, then in the order of reading.

    Attributes:
        after: gives the next page; None where there is none.
        has_parts: no whole words were found; these hold them as parts of words.
    """

    hits: tuple[SearchHit, ...]
    after: int | None = None
    has_parts: bool = False


@dataclass(frozen=True, slots=True)
class Searched:
    """A row as a query looks at it; ``name`` is that of its document, with the title, folded."""

    row: SearchRow
    text: Folded
    name: str


@lru_cache(maxsize=256)
def pattern_of(term: Term) -> re.Pattern[str]:
    """What finds a term in a folded text."""
    written = ""
    before_is_cjk = True
    for index, piece in enumerate(term.pieces):
        piece_is_cjk = is_cjk(piece)
        if index:
            written += r"[\W_]*" if piece_is_cjk or before_is_cjk else r"[\W_]+"
        written += r"\s*".join(piece) if piece_is_cjk else re.escape(piece)
        if not index and term.opens and not piece_is_cjk:
            # Looked for behind the word, not before it: a pattern that begins with plain letters is found much faster.
            written += rf"(?<!{LETTER}{re.escape(piece)})"
        before_is_cjk = piece_is_cjk
    return re.compile(written + ("" if before_is_cjk or not term.closes else rf"(?!{LETTER})"))


def holds(query: Query, searched: Searched) -> bool:
    """Whether a row is what is asked for. Linear in the length of its text."""
    match query:
        case Term():
            return pattern_of(query).search(searched.text.text) is not None
        case InDocument(term):
            return pattern_of(term).search(searched.name) is not None
        case Filter(field, value):
            row = searched.row
            return value == {Field.IN: row.kind, Field.KIND: row.section_kind, Field.SEVERITY: row.severity}[field]
        case AllOf(parts):
            return all(holds(each, searched) for each in parts)
        case AnyOf(parts):
            return any(holds(each, searched) for each in parts)
        case Not(part):
            return not holds(part, searched)
        case _:
            assert_never(query)


def find(query: Query, text: Folded, reach: int) -> tuple[TextSpan, ...]:
    """Where the terms that may occur stand, from the first of them on for ``reach`` characters.

    Gives places in the text before it was folded, ascending and apart.
    """
    patterns = [pattern_of(term) for term in terms(query)]
    firsts = [match.start() for pattern in patterns if (match := pattern.search(text.text))]
    if not firsts:
        return ()
    start = min(firsts)
    found = sorted(match.span() for pattern in patterns for match in pattern.finditer(text.text, start, start + reach))
    apart: list[TextSpan] = []
    for span in (text.source(*each) for each in found if each[0] < each[1]):
        if apart and span.start < apart[-1].end:
            apart[-1] = TextSpan(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return tuple(apart)


def terms(query: Query) -> Iterator[Term]:
    """The terms that may occur in what is found."""
    match query:
        case Term():
            yield query
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from terms(part)


def widen(query: Query) -> Query:
    """The same query, which finds its words also as parts of words; itself where no word is long enough."""
    match query:
        case Term(pieces=(word,)) if query.is_whole and len(word) >= PART_CHARS:
            return replace(query, opens=False, closes=False)
        case AllOf(parts):
            return AllOf(tuple(widen(each) for each in parts))
        case AnyOf(parts):
            return AnyOf(tuple(widen(each) for each in parts))
        case _:
            return query
