"""Clauses: each part of a document by itself, with what a reader knows of it from the parts around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section, SectionKind

LEAD_CHARS = 600
_MIN_LEAD_CHARS = 40
_ENDED = re.compile(r"[.;!?][\"”’)]*$")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.;!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9(])|\n\s*\n")
_NUMBER_CHARS = 24
_NOWHERE = TextSpan(0, 0)
_MAX_HEADING_CHARS = 60


@dataclass(frozen=True, slots=True)
class Clause:
    """The own words of a section: what no part of it has.

    Attributes:
        text: its words in the *visible* projection, at ``span`` there.
        above: the headings it stands under, the nearest first.
        lead: the sentence that it goes on with: words of the clause above it that end in the middle of a sentence.
    """

    text: str
    heading: str = ""
    above: tuple[str, ...] = ()
    kind: SectionKind = SectionKind.CLAUSE
    lead: str = ""
    section: SectionId | None = None
    span: TextSpan = _NOWHERE

    @property
    def body(self) -> int:
        """Where its text goes on after its heading; 0 where it does not begin with it, or it is a whole sentence."""
        if not 0 < len(self.heading) <= _MAX_HEADING_CHARS:
            return 0
        at = self.text.find(self.heading, 0, len(self.heading) + _NUMBER_CHARS)
        return at + len(self.heading) if at >= 0 else 0


def clauses_of(projection: Projection, sections: Sequence[Section]) -> tuple[Clause, ...]:
    """The clauses of a document, one for each section, in its order.

    Args:
        projection: the document's visible text.
        sections: as the document was cut.
    """
    known = {section.id: section for section in sections}
    spans = {section.id: projection.from_document(section.own) for section in sections}
    found = []
    for section in sections:
        span, parent = spans[section.id], section.parent
        lead = _lead(spans[parent].of(projection.text)) if parent else ""
        text, above = span.of(projection.text), _above(section, known)
        found.append(Clause(text, section.heading, above, section.kind, lead, section.id, span))
    return tuple(found)


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a text begin, from 0 on; a semicolon ends one."""
    return [0, *(match.end() for match in _BETWEEN_SENTENCES.finditer(text))]


def _above(section: Section, known: dict[SectionId, Section]) -> tuple[str, ...]:
    found = []
    while section.parent:
        section = known[section.parent]
        found.append(section.heading)
    return tuple(filter(None, found))


def _lead(text: str) -> str:
    """The sentence that a text ends in the middle of; empty where it ends with one."""
    text = text.rstrip()
    if len(text) < _MIN_LEAD_CHARS or _ENDED.search(text):
        return ""
    return text[sentence_starts(text)[-1] :][-LEAD_CHARS:]
