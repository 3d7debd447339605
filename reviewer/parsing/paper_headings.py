"""Which paragraphs of a paper are headings, and of which level: by number, by known words, by how they are set."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reviewer.domain.section import SectionKind
from reviewer.parsing.headings import is_heading_like
from reviewer.parsing.numbering import Label, read_label, read_number
from reviewer.parsing.paper_words import kind_of
from reviewer.parsing.paragraphs import Paragraph, flat
from reviewer.parsing.sequence import Candidate, choose_outline

Look: TypeAlias = tuple[int, bool, bool]
"""Size in half points, weight, capitals: what readers tell levels of headings by."""

_MAX_HEADING = 150
_LARGER = 1.05
_SAME = 0.97
_FAMILIES = {"n.1", "n.2", "n.3", "n.4", "I.", "A.", "schedule", "article", "section"}
_PROSE = 60
_MIN_NUMBERED = 3
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
    """A short paragraph that may be a heading; `text` comes without its number."""

    start: int
    end: int
    index: int
    label: Label | None
    text: str
    kind: SectionKind | None
    look: Look
    is_set_off: bool


def find_headings(text: str, paragraphs: Sequence[Paragraph]) -> list[PaperHeading]:
    """The headings of a paper in order, title and run-in headings left out. Linear."""
    size = _body_size(paragraphs)
    lines = [line for line in _lines(text, paragraphs, size) if line is not None]
    depths = _numbered_depths(lines, has_geometry=size > 0)
    looks = _levels_by_look(paragraphs, lines, depths, size)
    return list(_headings(lines, depths, looks))


def _headings(lines: Sequence[_Line], depths: dict[int, int], looks: dict[Look, int]) -> Iterator[PaperHeading]:
    for position, line in enumerate(lines):
        number = ""
        if position in depths:
            level, number = depths[position] + 1, line.label.printed if line.label else ""
        elif line.kind is not None and (line.is_set_off or line.kind is not SectionKind.SECTION or not looks):
            level = 1 if line.kind is not SectionKind.SECTION else looks.get(line.look, 1)
        elif line.is_set_off and line.look in looks and (line.label is None or line.label.is_bare is False):
            level = looks[line.look]
        else:
            continue
        yield PaperHeading(line.start, line.end, line.index, line.kind or SectionKind.SECTION, level, number, line.text)


def _body_size(paragraphs: Sequence[Paragraph]) -> float:
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[round(paragraph.style.size, 1)] += len(paragraph.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _lines(text: str, paragraphs: Sequence[Paragraph], size: float) -> Iterator[_Line | None]:
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph.text) <= _MAX_HEADING:
            yield _line(text, paragraph, index, size)
        else:
            yield _first_line(text, paragraph, index)


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
    return _Line(begin, paragraph.end, index, label, words, kind, look, is_set_off)


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
    return _Line(paragraph.start, paragraph.start + len(line), index, label, words, kind, (0, False, False), True)


def _numbered_depths(lines: Sequence[_Line], *, has_geometry: bool) -> dict[int, int]:
    """Depth of each line whose number takes part in the outline, by the line's position."""
    positions, candidates = [], []
    for position, line in enumerate(lines):
        if line.label is None:
            continue
        readings = tuple(reading for reading in line.label.readings if reading.family in _FAMILIES)
        if not readings or line.kind is SectionKind.REFERENCES:
            continue
        positions.append(position)
        weight = 2.5 if line.is_set_off or line.kind is not None else 0.4 if has_geometry else 1.5
        doubt = 0.0 if line.is_set_off or not has_geometry or line.kind is not None else 2.0
        candidates.append(Candidate(line.start, readings, weight, doubt))
    chosen = [(positions[index], depth) for index, depth in choose_outline(candidates)]
    return dict(chosen) if len(chosen) >= _MIN_NUMBERED else {}


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
    if top is None or levels:
        return levels
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
