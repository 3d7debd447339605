"""What comes before the clauses of a contract: contents, title, parties, recitals, and the terms of a cover page."""

from collections.abc import Iterator, Sequence

from reviewer.domain.document import BlockKind
from reviewer.domain.section import SectionKind
from reviewer.domain.section_tree import Mark
from reviewer.parsing.contract_layout import Layout
from reviewer.parsing.contract_words import (
    NO_HEADING,
    PROSE,
    TITLE_WORD,
    is_operative,
    is_recital,
    is_signing,
    names_parties,
    parties_of,
)
from reviewer.parsing.headings import is_heading_like
from reviewer.parsing.paragraphs import Paragraph

_MAX_TITLE_PARAGRAPHS = 12
_FEWEST_TERMS = 3
_LONGEST = 120
_SHORTEST = 4
_NEAR = 20  # paragraphs


def front_marks(paragraphs: Sequence[Paragraph], layout: Layout) -> Iterator[Mark]:
    """Where the parts before the clauses begin. Linear."""
    toc = range(*layout.toc)
    if toc and toc.start < layout.body:
        yield Mark(paragraphs[toc.start].start, SectionKind.TOC, 1, "", "")
    front = [index for index in range(layout.body) if index not in toc]
    title = _title(paragraphs, front)
    if title is not None:
        yield Mark(paragraphs[title].start, SectionKind.TITLE, 1, "", paragraphs[title].words[:_LONGEST])
    terms = list(_terms(paragraphs, [index for index in front if index != title]))
    yield from terms
    seen: set[SectionKind] = set()
    for index in front:
        if index == title or (terms and paragraphs[index].kind is BlockKind.TABLE_CELL):
            continue
        kind = _front_kind(paragraphs[index], seen)
        if kind is None and (seen or terms) and index == layout.body - 1 and _leads(paragraphs[index]):
            kind = SectionKind.OTHER
        if kind is not None:
            seen.add(kind)
            yield Mark(paragraphs[index].start, kind, 1, "", _front_heading(paragraphs[index]))
    if toc and any(index >= toc.stop for index in front):
        yield Mark(paragraphs[toc.stop].start, SectionKind.PREAMBLE, 1)


def heads_cells(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a cell's bold words head what stands beside or below them, as in the table of a cover page."""
    paragraph = paragraphs[index]
    if paragraph.kind is not BlockKind.TABLE_CELL or not paragraph.style.bold or index + 1 >= len(paragraphs):
        return False
    before = paragraphs[index - 1] if index else None
    if before is not None and before.style.bold and _place(before) == _place(paragraph):
        return False  # what explains a heading is often bold, too
    is_first = paragraph.cell is None or paragraph.cell.column == 1
    if not is_first or _heads_columns(paragraphs, index):
        return False
    return is_heading_like(paragraph.words) and not NO_HEADING.search(paragraph.text)


def _heads_columns(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the words beside a cell's are bold, too, and those below them are not."""
    table, row, column = _place(paragraphs[index])
    is_beside_bold = False
    for after in paragraphs[index + 1 : index + _NEAR]:
        place = _place(after)
        if not table or place[0] != table:
            return False
        if place[1] > row:
            return is_beside_bold and not after.style.bold
        is_beside_bold = is_beside_bold or (place[2] > column and after.style.bold)
    return False


def _place(paragraph: Paragraph) -> tuple[int, int, int]:
    cell = paragraph.cell
    return (cell.table, cell.row, cell.column) if cell is not None else (0, 0, 0)


def _terms(paragraphs: Sequence[Paragraph], front: Sequence[int]) -> Iterator[Mark]:
    """The terms of a cover page, each with what was agreed beside it; what spans columns heads a group of them."""
    heads = {index for index in front if heads_cells(paragraphs, index)}
    if len(heads) < _FEWEST_TERMS:
        return
    to_sign = {_place(paragraphs[index])[0] for index in front if is_signing(paragraphs[index])} - {0}
    signed = grouped = 0  # the tables in which is signed, and whose terms have a heading over them
    for index in front:
        paragraph = paragraphs[index]
        table = _place(paragraph)[0]
        after = next((place[0] for each in paragraphs[index + 1 : index + 3] if (place := _place(each))[0]), 0)
        if table and table == signed:
            continue
        if table in to_sign or is_signing(paragraph):
            yield Mark(paragraph.start, SectionKind.SIGNATURE, 1)
            signed = table or after
        elif index in heads:
            is_group = paragraph.cell is not None and paragraph.cell.columns > 1
            level = 2 if grouped and grouped == table and not is_group else 1
            yield Mark(paragraph.start, SectionKind.PREAMBLE, level, "", paragraph.words)
            grouped = table if is_group else grouped
        elif not table and (signed or after) and _leads(paragraph):
            yield Mark(paragraph.start, SectionKind.PREAMBLE, 1, "", paragraph.words)
            signed, grouped = 0, after


def _front_kind(paragraph: Paragraph, seen: set[SectionKind]) -> SectionKind | None:
    if is_recital(paragraph):
        return None if SectionKind.RECITAL in seen else SectionKind.RECITAL
    if is_operative(paragraph):
        is_first = SectionKind.PARTIES not in seen and names_parties(paragraph)
        return SectionKind.PARTIES if is_first else SectionKind.PREAMBLE
    if SectionKind.RECITAL in seen:
        return None
    if parties_of(paragraph) and (SectionKind.PARTIES not in seen or paragraph.words[:7].lower() == "parties"):
        return SectionKind.PARTIES
    if paragraph.is_heading or (not seen and len(paragraph.text) > PROSE):
        return SectionKind.PREAMBLE
    return None


def _leads(paragraph: Paragraph) -> bool:
    """Whether a line is a heading over what follows, and so no part of what is before."""
    words = paragraph.words
    is_known = is_recital(paragraph) or is_operative(paragraph) or parties_of(paragraph)
    if is_known or len(words) < _SHORTEST or words.endswith(".") or ":" in words:
        return False
    return is_heading_like(words) and not NO_HEADING.search(words)


def _front_heading(paragraph: Paragraph) -> str:
    return paragraph.words[:_LONGEST] if is_heading_like(paragraph.words) else ""


def _title(paragraphs: Sequence[Paragraph], front: Sequence[int]) -> int | None:
    """The paragraph that is the title: the one with a word such as *Agreement*, else the largest heading."""
    near = [index for index in front[:_MAX_TITLE_PARAGRAPHS] if _may_entitle(paragraphs[index])]
    named = [index for index in near if TITLE_WORD.search(paragraphs[index].text)]
    pool = named or [index for index in near if paragraphs[index].is_heading] or near
    return max(pool, key=lambda index: (paragraphs[index].style.size, -index), default=None)


def _may_entitle(paragraph: Paragraph) -> bool:
    return is_heading_like(paragraph.words.rstrip(".")) and not is_recital(paragraph)
