"""What sections are called in the outline: heading, else first words, else what they are."""

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from reviewer.domain.document import Document
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind

FIRST_CHARS = 90
_AFTER_NUMBER = " \t\n.):–-"

_KINDS = {
    SectionKind.TITLE: QT_TRANSLATE_NOOP("Sections", "Title"),
    SectionKind.PARTIES: QT_TRANSLATE_NOOP("Sections", "Parties"),
    SectionKind.TOC: QT_TRANSLATE_NOOP("Sections", "Contents"),
    SectionKind.PREAMBLE: QT_TRANSLATE_NOOP("Sections", "Preamble"),
    SectionKind.RECITAL: QT_TRANSLATE_NOOP("Sections", "Recital"),
    SectionKind.DEFINITION: QT_TRANSLATE_NOOP("Sections", "Definition"),
    SectionKind.CLAUSE: QT_TRANSLATE_NOOP("Sections", "Clause"),
    SectionKind.SCHEDULE: QT_TRANSLATE_NOOP("Sections", "Schedule"),
    SectionKind.SIGNATURE: QT_TRANSLATE_NOOP("Sections", "Signatures"),
    SectionKind.AUTHORS: QT_TRANSLATE_NOOP("Sections", "Authors"),
    SectionKind.ABSTRACT: QT_TRANSLATE_NOOP("Sections", "Abstract"),
    SectionKind.KEYWORDS: QT_TRANSLATE_NOOP("Sections", "Keywords"),
    SectionKind.SECTION: QT_TRANSLATE_NOOP("Sections", "Section"),
    SectionKind.ACKNOWLEDGEMENTS: QT_TRANSLATE_NOOP("Sections", "Acknowledgements"),
    SectionKind.REFERENCES: QT_TRANSLATE_NOOP("Sections", "References"),
    SectionKind.REFERENCE: QT_TRANSLATE_NOOP("Sections", "Reference"),
    SectionKind.FIGURE: QT_TRANSLATE_NOOP("Sections", "Figure"),
    SectionKind.TABLE: QT_TRANSLATE_NOOP("Sections", "Table"),
    SectionKind.APPENDIX: QT_TRANSLATE_NOOP("Sections", "Appendix"),
    SectionKind.OTHER: QT_TRANSLATE_NOOP("Sections", "Text"),
}
_NAMED_BY_KIND = {
    SectionKind.TITLE,
    SectionKind.PARTIES,
    SectionKind.TOC,
    SectionKind.PREAMBLE,
    SectionKind.SIGNATURE,
    SectionKind.AUTHORS,
    SectionKind.ABSTRACT,
    SectionKind.KEYWORDS,
    SectionKind.ACKNOWLEDGEMENTS,
    SectionKind.REFERENCES,
}
"""Kinds whose word says more than their first words would."""


def kind_word(kind: SectionKind) -> str:
    """What a section is, as a word."""
    return QCoreApplication.translate("Sections", str(_KINDS[kind]))


def section_titles(sections: Sequence[Section], document: Document | None) -> dict[SectionId, str]:
    """The title of every section, without its number. First words only where there is a document to take them from."""
    openings = _openings(sections, document) if document else {}
    return {each.id: each.heading or openings.get(each.id) or kind_word(each.kind) for each in sections}


def _openings(sections: Sequence[Section], document: Document) -> dict[SectionId, str]:
    """The first visible words of sections that have no heading."""
    projection = project(document)
    found = {}
    for section in sections:
        if section.heading or section.kind in _NAMED_BY_KIND:
            continue
        place = projection.from_document(section.own)
        words = projection.text[place.start : min(place.end, place.start + FIRST_CHARS)].strip()
        if section.number and words.startswith(section.number):
            words = words[len(section.number) :].lstrip(_AFTER_NUMBER)
        found[section.id] = " ".join(words.split())
    return found
