"""Sections: a document cut as a careful reader would cut it, as a tree."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import SectionId


class SplitAs(StrEnum):
    """Which kind of document to split for; *auto* decides by what the text looks like."""

    AUTO = "auto"
    CONTRACT = "contract"
    PAPER = "paper"


class SectionKind(StrEnum):
    """What a section is; the first group belongs to contracts, the second to papers, *title* and *other* to both."""

    TITLE = "title"
    PARTIES = "parties"
    TOC = "toc"
    PREAMBLE = "preamble"
    RECITAL = "recital"
    DEFINITION = "definition"
    CLAUSE = "clause"
    SCHEDULE = "schedule"
    SIGNATURE = "signature"

    AUTHORS = "authors"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    SECTION = "section"
    ACKNOWLEDGEMENTS = "acknowledgements"
    REFERENCES = "references"
    REFERENCE = "reference"
    FIGURE = "figure"
    TABLE = "table"
    APPENDIX = "appendix"

    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document.

    Attributes:
        number: as printed, without trailing punctuation (``3.1``, ``Article IV``, ``a``), or empty.
        level: 1 for the top.
        parent: id of the section that contains this one, or None.
        span: offsets into ``Document.text``; covers the whole subtree.
        own: what no child has: from the section's start to its first child. The ``own`` parts of all sections, in
            order, tile the visible projection of the document: no gap, no overlap.
    """

    id: SectionId
    kind: SectionKind
    number: str
    heading: str
    level: int
    parent: SectionId | None
    span: TextSpan
    own: TextSpan
