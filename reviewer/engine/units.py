"""Other units than sections: what a workflow may cut a document into besides the parts that it is printed in."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import BlockKind, Document
from reviewer.domain.ids import SectionId, content_id
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section
from reviewer.domain.workflow import SplitNode, SplitUnit

TOKEN = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W぀-ヿ㐀-鿿가-힣]+")
"""What counts as a word: letters and digits in a row, or one sign of a script without blanks."""

_LINE = re.compile(r"[^\n]+")
_MAX_LINE = 5000
"""Characters of a line that an expression is looked for in: a document shall not keep it busy for long."""


def cut_units(
    document: Document, projection: Projection, sections: Sequence[Section], split: SplitNode
) -> tuple[Section, ...]:
    """The sections that become items; the splitter's own where the unit is *section* or *document*.

    Units are sections of one level whose ``own`` parts tile the projection. Each has the kind, number and heading of
    the section it begins in, so that routes by kind hold for it too. Linear in characters and sections.
    """
    text = projection.text
    match split.unit:
        case SplitUnit.HEADING:
            return _down_to(projection, sections, split.level)
        case SplitUnit.PARAGRAPH:
            starts = [(start, "") for start in _paragraphs(document, projection)]
        case SplitUnit.PAGE:
            starts = [(start, f"Page {page}") for start, page in _pages(document, projection)]
        case SplitUnit.PATTERN:
            starts = list(_lines(text, split.pattern))
        case SplitUnit.WINDOW:
            starts = [(start, f"Part {number}") for number, start in enumerate(_windows(text, split.tokens), start=1)]
        case _:
            starts = []
    return _flat(document, projection, sections, starts) if starts else tuple(sections)


def _down_to(projection: Projection, sections: Sequence[Section], level: int) -> tuple[Section, ...]:
    """The tree without what is deeper than a level; its text is its ancestor's own."""
    kept = [section for section in sections if section.level <= level]
    ends = [projection.from_document(section.own).start for section in kept[1:]] + [len(projection.text)]
    found = []
    for section, end in zip(kept, ends, strict=True):
        own = TextSpan(projection.from_document(section.own).start, end)
        found.append(replace(section, own=projection.to_document(own)))
    return tuple(found)


def _paragraphs(document: Document, projection: Projection) -> Iterator[int]:
    for block in document.blocks:
        if block.kind is not BlockKind.CONTINUATION:
            span = projection.from_document(block.span)
            if span.of(projection.text).strip():
                yield span.start


def _pages(document: Document, projection: Projection) -> Iterator[tuple[int, int]]:
    """Where each page with visible words begins; nothing where the source has no pages."""
    last = 0
    for block in document.blocks:
        span = projection.from_document(block.span)
        if block.page is not None and block.page > last and len(span):
            last = block.page
            yield span.start, last


def _lines(text: str, pattern: str) -> Iterator[tuple[int, str]]:
    expression = re.compile(pattern)
    for line in _LINE.finditer(text):
        if expression.search(line[0][:_MAX_LINE]):
            yield line.start(), " ".join(line[0].split())[:100]


def _windows(text: str, tokens: int) -> Iterator[int]:
    for index, token in enumerate(TOKEN.finditer(text)):
        if index % tokens == 0:
            yield token.start()


def _flat(
    document: Document, projection: Projection, sections: Sequence[Section], starts: Sequence[tuple[int, str]]
) -> tuple[Section, ...]:
    """One section from each start to the next; the first begins at 0."""
    begins = [projection.from_document(section.own).start for section in sections]
    places = [0, *(start for start, _ in starts[1:]), len(projection.text)]
    found = []
    for (_, heading), begin, end in zip(starts, places[:-1], places[1:], strict=True):
        around = sections[bisect_right(begins, begin) - 1]
        span = projection.to_document(TextSpan(begin, end))
        name = SectionId(content_id("sec", document.id, "unit", span.start, span.end))
        number, words = ("", heading) if heading else (around.number, around.heading)
        found.append(Section(name, around.kind, number, words, 1, None, span, span))
    return tuple(found)
