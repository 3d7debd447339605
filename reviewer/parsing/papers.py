"""Papers: title, authors, abstract, keywords, sections by their headings, acknowledgements, references, appendices."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reviewer.domain.section import SectionKind
from reviewer.domain.section_tree import Mark
from reviewer.parsing.floats import find_floats
from reviewer.parsing.paper_headings import PaperHeading, find_headings
from reviewer.parsing.paper_words import RUN_IN_ABSTRACT, RUN_IN_KEYWORDS, kind_of
from reviewer.parsing.paragraphs import Paragraph
from reviewer.parsing.references import find_references

_MAX_FRONT = 40
_MAX_TITLE = 250
_MAX_HEADING = 60
_ABSTRACT_WORDS = 60
_SENTENCE = 15  # words
_PROSE_SHARE = 0.6
_NEAR = 12  # paragraphs between a title and its abstract
_NO_AUTHOR = ("doi", "http", "•", "submitted", "published", "license", "editor", "journal", "vol")


def split_paper(text: str, paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """Where the sections of a paper begin; of several papers in one file, each is its title's section. Linear."""
    starts = _starts(paragraphs)
    if len(starts) == 1:
        return _split_one(text, paragraphs)
    marks: list[Mark] = []
    for begin, end in pairwise([*starts, len(paragraphs)]):
        first, *rest = sorted(_split_one(text, paragraphs[begin:end]), key=lambda mark: mark.start)
        title = first if first.kind is SectionKind.TITLE else None
        marks.append(title or Mark(paragraphs[begin].start, SectionKind.TITLE, 1))
        marks.extend(replace(mark, level=mark.level + 1) for mark in (rest if title else [first, *rest]))
    return marks


def _starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Indices of the paragraphs that papers begin with; the first is 0.

    Another paper begins where references are followed by an abstract that has references behind it in turn: its title
    is the largest or the first heading shortly before.
    """
    ends = [index for index, each in enumerate(paragraphs) if _begins(each, SectionKind.REFERENCES)]
    abstracts = [index for index, each in enumerate(paragraphs) if _begins(each, SectionKind.ABSTRACT)]
    starts = [0]
    for before, after in pairwise(ends):
        abstract = next((index for index in abstracts if before < index < after), None)
        title = None if abstract is None else _title_before(paragraphs, max(before + 1, abstract - _NEAR), abstract)
        if title is not None:
            starts.append(title)
    return starts


def _begins(paragraph: Paragraph, kind: SectionKind) -> bool:
    if kind is SectionKind.ABSTRACT and RUN_IN_ABSTRACT.match(paragraph.text):
        return True
    return len(paragraph.words) <= _MAX_HEADING and kind_of(paragraph.words) is kind


def _title_before(paragraphs: Sequence[Paragraph], begin: int, end: int) -> int | None:
    """The title among the paragraphs before an abstract; none where nothing is set larger than the rest."""
    near = range(begin, end)
    sizes = {paragraphs[index].style.size for index in near}
    if len(sizes) > 1:
        return next(index for index in near if paragraphs[index].style.size == max(sizes))
    return next((index for index in near if paragraphs[index].is_heading), None)


def _split_one(text: str, paragraphs: Sequence[Paragraph]) -> list[Mark]:
    title, behind = _title(paragraphs)
    headings = [each for each in find_headings(text, paragraphs) if each.paragraph >= behind]
    first = headings[0].paragraph if headings else min(len(paragraphs), _MAX_FRONT)
    marks = list(_front(paragraphs, title, behind, first))
    kinds = {mark.kind for mark in marks} | {heading.kind for heading in headings}
    if SectionKind.ABSTRACT not in kinds:
        marks.extend(_unnamed_abstract(paragraphs[behind:first]))
    marks.extend(_sections(paragraphs, headings))
    marks.sort(key=lambda mark: mark.start)
    marks.extend(list(_floats(paragraphs, marks)))
    return marks


def _floats(paragraphs: Sequence[Paragraph], marks: Sequence[Mark]) -> Iterator[Mark]:
    """Figures and tables, a level below the section they stand in; text behind them goes on as a part of its own."""
    starts = {mark.start for mark in marks}
    position = -1
    floats = find_floats(paragraphs)
    for order, each in enumerate(floats):
        start = paragraphs[each.first].start
        while position + 1 < len(marks) and marks[position + 1].start <= start:
            position += 1
        if position < 0:
            continue
        around = marks[position]
        level = around.level + (around.kind is not SectionKind.REFERENCE)
        yield Mark(start, each.kind, level, each.number, each.heading)
        goes_on = each.end < len(paragraphs) and paragraphs[each.end].start not in starts
        if goes_on and not (order + 1 < len(floats) and floats[order + 1].first == each.end):
            yield Mark(paragraphs[each.end].start, SectionKind.OTHER, level)


def _title(paragraphs: Sequence[Paragraph]) -> tuple[Mark | None, int]:
    """The title and the index behind it: the largest type near the beginning."""
    near = range(min(len(paragraphs), 15))
    if not near:
        return None, 0
    largest = max(paragraphs[index].style.size for index in near)
    alike = [index for index in near if paragraphs[index].style.size == largest]
    first = 0 if paragraphs[0].is_heading and alike[-1] - alike[0] >= len(alike) else alike[0]  # headings are alike
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
        is_author = not _is_prose(paragraph) and not paragraph.words.lower().startswith(_NO_AUTHOR)
        if not has_authors and is_author:
            has_authors = True
            yield Mark(paragraph.start, SectionKind.AUTHORS, 1)


def _unnamed_abstract(paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    """The first long prose between the authors and the first heading; addresses hold few small words."""
    for paragraph in paragraphs:
        if _is_prose(paragraph) and len(paragraph.words.split()) >= _ABSTRACT_WORDS:
            yield Mark(paragraph.start, SectionKind.ABSTRACT, 1)
            return


def _is_prose(paragraph: Paragraph) -> bool:
    words = paragraph.words.split()
    return len(words) >= _SENTENCE and sum(word == word.lower() and word[0].isalpha() for word in words) > (
        _PROSE_SHARE * len(words)
    )


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
