"""A document as the rules of the linter read it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Document
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import Projection, project
from reviewer.domain.section import Section, SectionKind
from reviewer.handlers.checks.definitions import DefinedTerm, find_definitions

_SENTENCE_END = re.compile(
    r"(?<![A-Z]\.)(?<!\bNo\.)(?<!\bInc\.)(?<!\bLtd\.)(?<!\bCorp\.)[.!?;](?=\s+[A-Z(“\"])|\n\s*\n|。"
)
_WITNESS = re.compile(r"IN WITNESS (?:WHEREOF|HEREOF)|ZU URKUND DESSEN|EN FOI DE QUOI", re.IGNORECASE)
_APART = (SectionKind.TOC, SectionKind.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Part:
    """A section in offsets of ``Draft.text``: its own words, and all of its subtree.

    Attributes:
        schedule: id of the schedule it belongs to, or None for the body.
        parent: its parent's place in ``Draft.parts``, or None.
    """

    section: Section
    own: TextSpan
    whole: TextSpan
    schedule: SectionId | None
    parent: int | None

    @property
    def name(self) -> str:
        """Number and heading as people cite them."""
        return f"{self.section.number} {self.section.heading}".strip()


class Draft:
    """The visible text of a document with its sections; what several rules need is found once.

    Attributes:
        text: the *visible* projection; every offset of a rule is in it.
        parts: the sections in order; their own spans tile the text.
    """

    def __init__(self, document: Document, sections: Sequence[Section]) -> None:
        self.document = document
        self.projection: Projection = project(document)
        self.text = self.projection.text
        self.parts = tuple(self._parts(sections))
        self._starts = [part.own.start for part in self.parts]

    def _parts(self, sections: Sequence[Section]) -> list[Part]:
        parts: list[Part] = []
        places: dict[SectionId, int] = {}
        for section in sections:
            parent = places.get(section.parent) if section.parent else None
            inherited = parts[parent].schedule if parent is not None else None
            schedule = section.id if section.kind is SectionKind.SCHEDULE and inherited is None else inherited
            spans = [self.projection.from_document(span) for span in (section.own, section.span)]
            places[section.id] = len(parts)
            parts.append(Part(section, spans[0], spans[1], schedule, parent))
        return parts

    def part_at(self, offset: int) -> Part | None:
        """The section whose own words hold an offset; None where there are no sections."""
        index = bisect_right(self._starts, offset) - 1
        return self.parts[index] if index >= 0 else None

    def is_apart(self, offset: int) -> bool:
        """True in tables of contents and where people sign."""
        part = self.part_at(offset)
        return self.is_signed_at(offset) or (part is not None and part.section.kind in _APART)

    def is_signed_at(self, offset: int) -> bool:
        """True where people sign."""
        return any(span.start <= offset < span.end for span in self.signatures)

    def sentence(self, offset: int) -> TextSpan:
        """The sentence around an offset, roughly: from one full stop, semicolon or blank line to the next."""
        low, high = max(0, offset - 1200), offset + 1200
        before = [match.end() for match in _SENTENCE_END.finditer(self.text, low, offset)]
        after = _SENTENCE_END.search(self.text, offset, high)
        return TextSpan(before[-1] if before else low, after.start() if after else min(high, len(self.text)))

    @property
    def is_english(self) -> bool:
        """True for English, and where the language is not known: rules about capitals hold there only."""
        return self.document.language in ("en", "")

    @cached_property
    def signatures(self) -> tuple[TextSpan, ...]:
        """Where people sign: sections of that kind, and what follows *In witness whereof* in its section."""
        spans = [part.whole for part in self.parts if part.section.kind is SectionKind.SIGNATURE]
        for match in _WITNESS.finditer(self.text):
            part = self.part_at(match.start())
            if part is not None:
                spans.append(TextSpan(match.start(), max(match.end(), part.own.end)))
        return tuple(spans)

    @cached_property
    def definitions(self) -> tuple[DefinedTerm, ...]:
        """Every place where a term is given its meaning, in order."""
        return tuple(term for term in find_definitions(self.text) if not self.is_apart(term.span.start))

    @cached_property
    def terms(self) -> dict[str, list[DefinedTerm]]:
        """The definitions by the term as it is written."""
        found: dict[str, list[DefinedTerm]] = {}
        for term in self.definitions:
            found.setdefault(term.name, []).append(term)
        return found
