"""Which paragraphs of a paper are headings, and of which level: by number, by known words, by how they are set."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from reviewer.domain.document import BlockKind
from reviewer.domain.section import SectionKind
from reviewer.parsing.headings import is_heading_like
from reviewer.parsing.numbering import Label, Reading, read_label, read_number
from reviewer.parsing.paper_words import kind_of
from reviewer.parsing.paragraphs import Paragraph, flat
from reviewer.parsing.sequence import Candidate, choose_outline

Look: TypeAlias = tuple[int, bool, bool]
"""Size in half points, weight, capitals: what readers tell levels of headings by."""

_MAX_HEADING = 150
_LARGER = 1.05
_SAME = 0.9
_FAMILIES = {"項", "n.1", "n.2", "n.3", "n.4", "I.", "A.", "schedule", "article", "section"}
_PROSE = 60
_MIN_NUMBERED = 3
_LETTER = re.compile(r"(?P<letter>[A-H])\s+(?=[A-Z])")
_PROSE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class PaperHeading:
    """A heading: where its section begins, the offset behind it, the index of its paragraph, and what it says."""

    start: int
    end: int
    paragraph: int
    kind: SectionKind
    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A short paragraph that may be a heading; `words` come with its number, `text` without."""

    start: int
    end: int
    index: int
    label: Label | None
    words: str
    text: str
    kind: SectionKind | None
    look: Look
    is_set_off: bool


def find_headings(text: str, paragraphs: Sequence[Paragraph]) -> list[PaperHeading]:
    """The headings of a paper in order, title and run-in headings left out. Linear."""
    size = _body_size(paragraphs)
    lines = [line for line in _lines(text, paragraphs, size) if line is not None]
    depths = _numbered_depths(lines, has_geometry=size > 0)
    if _is_unnumbered(lines, depths, has_geometry=size > 0):
        depths = {}
    looks = _levels_by_look(paragraphs, lines, depths, size)
    return list(_headings(lines, depths, looks))


def _is_unnumbered(lines: Sequence[_Line], depths: dict[int, int], *, has_geometry: bool) -> bool:
    """Whether most headings that papers share stand without a number; then numbers here are those of lists."""
    shared = [
        index
        for index, line in enumerate(lines)
        if line.kind is SectionKind.SECTION and (line.is_set_off or not has_geometry)
    ]
    return sum(index in depths for index in shared) < len(shared) / 2


def _headings(lines: Sequence[_Line], depths: dict[int, int], looks: dict[Look, int]) -> Iterator[PaperHeading]:
    first = next((line.index for position, line in enumerate(lines) if line.kind is not None or position in depths), 0)
    for position, line in enumerate(lines):
        level = _level(line, position, depths, looks, is_front=line.index < first)
        if level is not None:
            number = line.label.printed if line.label and position in depths else ""
            text = line.text if number or line.label is None else line.words
            yield PaperHeading(line.start, line.end, line.index, line.kind or SectionKind.SECTION, level, number, text)


def _level(line: _Line, position: int, depths: dict[int, int], looks: dict[Look, int], *, is_front: bool) -> int | None:
    """The level of a line that is a heading, or None."""
    if position in depths:
        return depths[position] + 1
    if line.kind in {SectionKind.ABSTRACT, SectionKind.REFERENCES}:
        return 1
    is_item = line.label is not None and not line.label.keyword and line.kind is None
    if is_item and not depths:  # of a list, in a paper without numbers
        return None
    if line.kind is not None and (line.is_set_off or line.kind is not SectionKind.SECTION or not looks):
        return looks.get(line.look, 1)
    if not line.is_set_off or line.look not in looks:
        return None
    if depths and (is_front or line.words.endswith(".")):
        return None
    return looks[line.look] if not is_front or looks[line.look] == 1 else None


def _body_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size of most characters before the references, which are set smaller and may be the longer part."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        if sizes and kind_of(paragraph.words[:_MAX_HEADING]) is SectionKind.REFERENCES:
            break
        sizes[round(paragraph.style.size, 1)] += len(paragraph.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _lines(text: str, paragraphs: Sequence[Paragraph], size: float) -> Iterator[_Line | None]:
    is_behind = False
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind in {BlockKind.TABLE_CELL, BlockKind.NOTE, BlockKind.CAPTION}:
            continue
        is_short = len(paragraph.text) <= _MAX_HEADING
        line = _line(text, paragraph, index, size) if is_short else _first_line(text, paragraph, index)
        if line is not None and is_behind and line.is_set_off and line.label is None:
            line = _lettered(line)
        is_behind = is_behind or (line is not None and line.kind is SectionKind.REFERENCES)
        yield line


def _lettered(line: _Line) -> _Line:
    """Behind the references ``A Proofs`` is an appendix with its letter."""
    found = _LETTER.match(line.text)
    if found is None:
        return line
    reading = Reading("schedule", (ord(found["letter"]) - ord("A") + 1,))
    label = Label(found["letter"], line.start + found.end(), (reading,))
    return replace(line, label=label, text=line.text[found.end() :])


def _line(text: str, paragraph: Paragraph, index: int, size: float) -> _Line | None:
    start = paragraph.start + paragraph.lead
    label = read_number(paragraph.number) if paragraph.number else read_label(text, start)
    rest = start if label is None or paragraph.number else label.end
    words = flat(text[rest : paragraph.end])
    if "\t" in paragraph.text.strip() and label is None:  # the margin of a page beside a heading
        tab = paragraph.text.rstrip().rindex("\t") + 1
        words, start = flat(paragraph.text[tab:]), paragraph.start + tab
    words = words.strip(" .:—–-")
    kind = kind_of(words)
    if not words or (kind is None and not is_heading_like(words) and not paragraph.is_heading):
        return None
    if kind is None and words.endswith((",", ";")):
        return None
    style = paragraph.style
    is_set_off = paragraph.is_heading or style.size >= _LARGER * size > 0 or (style.bold and style.size >= _SAME * size)
    begin = paragraph.start if start == paragraph.start + paragraph.lead else start
    look = (round(2 * style.size), style.bold, words.isupper())
    if paragraph.level is not None and not style.size:
        look = (-paragraph.level, False, False)
    return _Line(begin, paragraph.end, index, label, flat(text[start : paragraph.end]), words, kind, look, is_set_off)


def _first_line(text: str, paragraph: Paragraph, index: int) -> _Line | None:
    """A heading that a reader took together with the text below it."""
    line = paragraph.text[:_MAX_HEADING].split("\n", 1)[0]
    if len(line) >= len(paragraph.text) or len(line) > _MAX_HEADING // 2:
        return None
    start = paragraph.start + paragraph.lead
    label = read_label(text, start)
    rest = label.end if label is not None else start
    words = flat(text[rest : paragraph.start + len(line)]).strip(" .:—–-")
    kind = kind_of(words)
    if kind is None:
        return None
    return _Line(
        paragraph.start,
        paragraph.start + len(line),
        index,
        label,
        words,
        words,
        kind,
        look=(0, False, False),
        is_set_off=True,
    )


def _numbered_depths(lines: Sequence[_Line], *, has_geometry: bool) -> dict[int, int]:
    """Depth of each line whose number takes part in the outline, by the line's position."""
    positions, candidates = [], []
    for position, line in enumerate(lines):
        if line.label is None:
            continue
        readings = tuple(reading for reading in line.label.readings if reading.family in _FAMILIES)
        if not readings:
            continue
        positions.append(position)
        weight = 2.5 if line.is_set_off or line.kind is not None else 0.4 if has_geometry else 1.5
        doubt = 0.0 if line.is_set_off or not has_geometry or line.kind is not None else 2.0
        candidates.append(Candidate(line.start, readings, weight, doubt))
    chosen = [(positions[index], _depth(candidates[index], depth)) for index, depth in choose_outline(candidates)]
    return dict(chosen) if len(chosen) >= _MIN_NUMBERED else {}


def _depth(candidate: Candidate, depth: int) -> int:
    """A decimal's depth is how many numbers it has, even where a heading above it was not found."""
    reading = candidate.readings[0]
    if reading.family == "schedule":
        return 0
    return len(reading.ordinals) - 1 if reading.family.startswith("n.") else depth


def _levels_by_look(
    paragraphs: Sequence[Paragraph], lines: Sequence[_Line], depths: dict[int, int], size: float
) -> dict[Look, int]:
    """Level of each look that headings of this paper have."""
    numbered: dict[Look, Counter[int]] = {}
    for position, depth in depths.items():
        numbered.setdefault(lines[position].look, Counter())[depth + 1] += 1
    levels = {look: counts.most_common(1)[0][0] for look, counts in numbered.items()}
    known = [line for line in lines if line.kind is not None and line.is_set_off]
    top = max((line.look for line in known), default=None)
    if levels:
        return levels
    if top is None:
        return _levels_of_essay(paragraphs, lines, size)
    begin = known[0].index
    others = {
        line.look
        for line in lines
        if line.is_set_off
        and line.index >= begin
        and line.look < top
        and _leads_prose(paragraphs, lines, line.look, size)
    }
    ranked = sorted({top, *others}, reverse=True)
    return {look: rank + 1 for rank, look in enumerate(ranked)}


def _levels_of_essay(paragraphs: Sequence[Paragraph], lines: Sequence[_Line], size: float) -> dict[Look, int]:
    """Where no heading is one that papers share: the looks that stand over text more than once."""
    counts = Counter(line.look for line in lines if line.is_set_off)
    looks = [look for look, count in counts.items() if count > 1 and _leads_prose(paragraphs, lines, look, size)]
    return {look: rank + 1 for rank, look in enumerate(sorted(looks, reverse=True))}


def _leads_prose(paragraphs: Sequence[Paragraph], lines: Sequence[_Line], look: Look, size: float) -> bool:
    """Whether text follows most lines of a look; under the heads of tables stands no text."""
    alike = [line.index for line in lines if line.look == look and line.is_set_off]
    if look[0] > 0 and look[0] < 2 * size * _SAME:
        return False
    leading = sum(
        index + 1 < len(paragraphs)
        and len(paragraphs[index + 1].text) > _PROSE
        and not paragraphs[index + 1].is_heading
        for index in alike
    )
    return leading >= _PROSE_SHARE * len(alike)
