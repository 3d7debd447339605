"""Papers: title, authors, abstract, keywords, sections by their headings, acknowledgements, references, appendices."""

from collections.abc import Iterator, Sequence

from reviewer.domain.section import SectionKind
from reviewer.domain.section_tree import Mark
from reviewer.parsing.paper_headings import PaperHeading, find_headings
from reviewer.parsing.paper_words import RUN_IN_ABSTRACT, RUN_IN_KEYWORDS
from reviewer.parsing.paragraphs import Paragraph
from reviewer.parsing.references import find_references

_MAX_FRONT = 40
_MAX_TITLE = 250
_NO_AUTHOR = ("doi", "http", "•", "submitted", "published", "license", "editor", "journal", "vol")


def split_paper(text: str, paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """Where the sections of a paper begin. Linear in its characters."""
    title, behind = _title(paragraphs)
    headings = [each for each in find_headings(text, paragraphs) if each.paragraph >= behind]
    first = headings[0].paragraph if headings else min(len(paragraphs), _MAX_FRONT)
    marks = list(_front(paragraphs, title, behind, first))
    marks.extend(_sections(paragraphs, headings))
    return marks


def _title(paragraphs: Sequence[Paragraph]) -> tuple[Mark | None, int]:
    """The title and the index behind it: the largest type near the beginning."""
    near = range(min(len(paragraphs), 15))
    if not near:
        return None, 0
    largest = max(paragraphs[index].style.size for index in near)
    first = next((index for index in near if paragraphs[index].style.size == largest), 0)
    if largest == 0:
        first = next((index for index in near if paragraphs[index].is_heading), 0)
    if len(paragraphs[first].words) > _MAX_TITLE:
        return None, 0
    behind, words = first + 1, paragraphs[first].words
    while largest and behind < len(near) and paragraphs[behind].style.size == largest and len(words) < _MAX_TITLE:
        words += " " + paragraphs[behind].words
        behind += 1
    return Mark(paragraphs[first].start, SectionKind.TITLE, 1, "", words[:_MAX_TITLE]), behind


def _front(paragraphs: Sequence[Paragraph], title: Mark | None, behind: int, first: int) -> Iterator[Mark]:
    if title is not None:
        yield title
    has_authors = title is None
    for index in range(behind, first):
        paragraph = paragraphs[index]
        for kind, pattern in ((SectionKind.ABSTRACT, RUN_IN_ABSTRACT), (SectionKind.KEYWORDS, RUN_IN_KEYWORDS)):
            found = pattern.match(paragraph.text)
            if found is not None:
                has_authors = True
                yield Mark(paragraph.start, kind, 1, "", found["word"])
        if not has_authors and not paragraph.words.lower().startswith(_NO_AUTHOR):
            has_authors = True
            yield Mark(paragraph.start, SectionKind.AUTHORS, 1)


def _sections(paragraphs: Sequence[Paragraph], headings: Sequence[PaperHeading]) -> Iterator[Mark]:
    is_behind_references = False
    for order, heading in enumerate(headings):
        kind = heading.kind
        if kind is SectionKind.SECTION and is_behind_references and heading.number[:1].isalpha():
            kind = SectionKind.APPENDIX
        yield Mark(heading.start, kind, heading.level, heading.number, heading.text)
        stop = headings[order + 1].paragraph if order + 1 < len(headings) else len(paragraphs)
        if kind is SectionKind.REFERENCES:
            is_behind_references = True
            for start, number in find_references(paragraphs[heading.paragraph : stop], heading.end):
                yield Mark(start, SectionKind.REFERENCE, heading.level + 1, number)
        elif kind is SectionKind.ABSTRACT:
            yield from _keywords(paragraphs[heading.paragraph + 1 : stop])


def _keywords(paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    for paragraph in paragraphs:
        found = RUN_IN_KEYWORDS.match(paragraph.text)
        if found is not None:
            yield Mark(paragraph.start, SectionKind.KEYWORDS, 1, "", found["word"])
            return
