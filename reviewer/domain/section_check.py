"""What is uncertain about how a document was cut: told as warnings, never mended silently."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reviewer.domain.document import BlockKind, Document, DocumentWarning, Visibility
from reviewer.domain.ids import SectionId
from reviewer.domain.section import Section, SectionKind

_LONG_TEXT = 5000  # characters: a letter may well be one part
_LONG_SECTION = 20_000
_SHORT_TEXT = 500
_MOST = 0.6  # of the document
_SHOWN = 3
_COUNTED = {SectionKind.CLAUSE, SectionKind.SECTION, SectionKind.SCHEDULE}
_LAST_NUMBER = re.compile(r"(\d+)(?:\.0)?\D{0,2}$")  # some write 2.0 for 2


def section_warnings(sections: Sequence[Section]) -> tuple[DocumentWarning, ...]:
    """The warnings about sections, in the order of what they are about. Linear."""
    return tuple(_warnings(sections))


def layout_warnings(document: Document) -> tuple[DocumentWarning, ...]:
    """What makes it hard to tell where the parts of a document begin: most of its text stands in tables. Linear."""
    visible = [block for block in document.blocks if block.visibility is Visibility.VISIBLE]
    length = sum(len(block.span) for block in visible)
    in_tables = sum(len(block.span) for block in visible if block.kind is BlockKind.TABLE_CELL)
    if in_tables <= _MOST * length or length < _SHORT_TEXT:
        return ()
    sentence = (
        "Most of the text stands in tables; where a part begins was told by its cells. Check it against the source."
    )
    return (DocumentWarning("text_in_tables", sentence),)


def _warnings(sections: Sequence[Section]) -> Iterator[DocumentWarning]:
    length = sections[-1].span.end if sections else 0
    if length > _LONG_TEXT and not any(section.number or section.heading for section in sections[1:]):
        sentence = "No clauses or headings were found; the document is read as one part. Check it against the source."
        yield DocumentWarning("no_sections", sentence)
    for section in sections:
        if len(section.own) > max(_LONG_SECTION, _MOST * length) and len(sections) > 1:
            sentence = f"{_name(section)} holds most of the document; headings inside it may have been missed."
            yield DocumentWarning("long_section", sentence)
    odd = list(_odd_numbers(sections))
    if odd:
        more = f", and {len(odd) - _SHOWN} more" if len(odd) > _SHOWN else ""
        sentence = f"Numbers are out of order: {'; '.join(odd[:_SHOWN])}{more}. A section may be missing or cut wrong."
        yield DocumentWarning("numbers_out_of_order", sentence)


def _odd_numbers(sections: Sequence[Section]) -> Iterator[str]:
    """Neighbours of one row that do not count on; a row may begin anew under another heading."""
    rows: dict[SectionId | None, list[Section]] = defaultdict(list)
    for section in sections:
        if section.kind in _COUNTED:
            rows[section.parent].append(section)
    for row in rows.values():
        for before, after in pairwise(row):
            first, second = _value(before), _value(after)
            if first is None or second is None or before.kind is not after.kind:
                continue
            if second not in {first + 1, 1}:
                yield f"{after.number} follows {before.number}"


def _value(section: Section) -> int | None:
    found = _LAST_NUMBER.search(section.number)
    return int(found[1]) if found else None


def _name(section: Section) -> str:
    return f"{section.number} {section.heading}".strip() or f"The part {section.kind}"
