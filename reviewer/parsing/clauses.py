"""Contracts: title, parties, recitals, clauses with their numbers and depth, definitions, signatures, schedules."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewer.domain.document import BlockKind
from reviewer.domain.section import SectionKind
from reviewer.domain.section_tree import Mark
from reviewer.parsing.candidates import Place, find_places
from reviewer.parsing.contract_front import front_marks, heads_cells
from reviewer.parsing.contract_layout import read_layout, schedule_label
from reviewer.parsing.contract_words import NO_HEADING, PROSE, TITLE_WORD
from reviewer.parsing.headings import MAX_HEADING, Heading, heading_of, is_heading_like
from reviewer.parsing.numbering import read_label, read_number
from reviewer.parsing.paragraphs import Paragraph, flat
from reviewer.parsing.run_ons import cut_run_ons
from reviewer.parsing.sequence import choose_outline

_DEFINITION = re.compile(
    r"[\s*_]*[\"“„«'][^\"“”„«»\n]{1,80}[\"”“»'][*_]*\s*(?:\([^)\n]{1,60}\)\s*)?(?:,\s[^\n]{1,80},\s|"
    r"or\s[\"“][^\"”\n]{1,60}[\"”]\s)?"
    r"(?:shall\s+|will\s+|has\s+|have\s+)?(?:means?|the\s+(?:same\s+)?meaning|have\s+the|has\s+the|includes?|refers?|"
    r"bedeutet|bezeichnet|ist|sind|signifie|désigne|significa|designa|betekent)\b"
)
_BEFORE_TERM = re.compile(r"[ \t\u00a0](?<=[.;][ \t\u00a0])[ \t\u00a0]{0,2}(?=[\"“„«])")
_OF_TERMS = re.compile(
    r"\b(?:definitions?|interpretation|defined terms|begriff\w*|definitionen|définitions?|definiciones|definições|"
    r"definizioni|definities)\b|定义|定義",
    re.IGNORECASE,
)
_TERM_LINE = re.compile(
    r"^[ \t]*[*_]*(?P<term>[^\W\d_a-zß-ÿ][^:\n.;,()\"“]{1,58})[*_]*[ \u00a0]?:[*_]*[ \t\u00a0]+(?=\S)", re.MULTILINE
)
_LINE_IN_BRACKETS = re.compile(
    r"(?:^|\n)[ \t\u3000]*(?P<line>[（(【](?P<heading>[^（）()【】\n]{1,30})[)）】])\s*\Z", re.MULTILINE
)
_GAP = re.compile(r"[ \u00a0]{3,}|\n")
_MAX_TERM = 90
_SHORTEST = 4
_QUOTES = tuple("\"“„«'")
_SHORT = 30
_FEW_WORDS = 7
_MANY_HEADINGS = 3  # where the source tells as many, other lines are none
_SOLID = re.compile(r"[^ \t\n\u00a0.:*_–—-]")


def split_contract(text: str, paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """Where the sections of a contract begin. Linear in its characters."""
    paragraphs = cut_run_ons(text, paragraphs)
    layout = read_layout(text, paragraphs)
    marks = list(front_marks(paragraphs, layout))
    stops = [*layout.attached, len(paragraphs)]
    end = min(layout.signature, stops[0])
    clauses = _clauses(text, paragraphs, layout.body, end, 0)
    if layout.body < end and not (marks and clauses):
        start = paragraphs[layout.body].start
        marks.extend([] if any(clause.start == start for clause in clauses) else [Mark(start, SectionKind.OTHER, 1)])
    marks.extend(clauses)
    if layout.signature < len(paragraphs):
        marks.append(Mark(paragraphs[layout.signature].start, SectionKind.SIGNATURE, 1))
        if end < layout.signature:
            stops = sorted({*stops, layout.signature})
    for begin in layout.attached:
        stop = next(each for each in stops if each > begin)
        marks.extend(_schedule(text, paragraphs, begin, stop))
    return marks


def _clauses(text: str, paragraphs: Sequence[Paragraph], first: int, last: int, base: int) -> list[Mark]:
    """Numbered clauses, unnumbered headings and definitions of a stretch of paragraphs."""
    places = find_places(text, paragraphs, first, last)
    chosen = choose_outline([place.candidate for place in places])
    marks = []
    for order, (index, depth) in enumerate(chosen):
        until = places[chosen[order + 1][0]].start if order + 1 < len(chosen) else len(text)
        mark = _numbered(text, paragraphs, places[index], base + depth + 1, until)
        marks.append(_from_bracketed(text, mark))
    taken = {places[index].paragraph for index, _ in chosen}
    taken |= {places[index].paragraph + 1 for index, _ in chosen if _is_lone(text, places[index])}
    free = [index for index in range(first, last) if index not in taken]
    begun = {places[index].paragraph for index, _ in chosen if places[index].label.readings[0].ordinals == (1,)}
    if sum(index + 1 in begun and paragraphs[index].is_heading for index in free) >= _MANY_HEADINGS:
        marks = _below_headings(paragraphs, free, marks, base)
    else:
        marks.extend(_unnumbered(paragraphs, free, tuple(marks), base))
    marks = _attached_below(sorted(marks, key=lambda mark: mark.start), base)
    labelled = {_past_blanks(text, places[index].rest) for index, _ in chosen}
    end = paragraphs[last - 1].end if last > first else 0
    terms = [*_defined(paragraphs, free), *_before_colons(text, marks, end)]
    defined = sorted((each for each in terms if each[0] not in labelled), key=lambda each: each[0])
    marks.extend(_definitions(defined, marks, base))
    return marks


def _attached_below(marks: Sequence[Mark], base: int) -> list[Mark]:
    """The marks, those behind a title under which the numbers of the top begin anew a level below it, as a schedule's.

    A service level agreement behind the terms is one, though no word such as *Schedule* says so.
    """
    found: list[Mark] = []
    depth, top = 0, 0
    for order, mark in enumerate(marks):
        after = marks[order + 1] if order + 1 < len(marks) else None
        begins_anew = after is not None and after.level == base + 1 and _value(after) == 1 and top > 1
        if mark.level == base + 1 and not mark.number and begins_anew and TITLE_WORD.search(mark.heading):
            depth, top = 1, 0
            found.append(replace(mark, kind=SectionKind.SCHEDULE))
            continue
        if mark.level == base + 1 and mark.number:
            top = _value(mark) or top
        found.append(replace(mark, level=mark.level + depth) if depth else mark)
    return found


def _from_bracketed(text: str, mark: Mark) -> Mark:
    """In Japan an article's heading stands in brackets on the line before its number."""
    if not mark.number.startswith("第"):
        return mark
    before = _LINE_IN_BRACKETS.search(text, max(0, mark.start - _MAX_TERM), mark.start)
    if before is None:
        return mark
    return replace(mark, start=before.start("line"), heading=mark.heading or before["heading"])


def _value(mark: Mark) -> int:
    label = read_number(mark.number) if mark.number else None
    return label.readings[0].ordinals[0] if label is not None else 0


def _past_blanks(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _is_lone(text: str, place: Place) -> bool:
    """Whether a number stands alone in its paragraph; its heading may be in the next."""
    return _SOLID.search(text, place.rest, place.until) is None


def _numbered(text: str, paragraphs: Sequence[Paragraph], place: Place, level: int, until: int) -> Mark:
    is_lone = _is_lone(text, place)
    heading = _next_heading(text, paragraphs, place.paragraph, until) if is_lone else place.heading.text
    kind = SectionKind.DEFINITION if _DEFINITION.match(text, place.rest, place.until) else SectionKind.CLAUSE
    return Mark(place.start, kind, level, place.label.printed, heading)


def _next_heading(text: str, paragraphs: Sequence[Paragraph], index: int, until: int) -> str:
    """The heading that stands in the paragraph behind a lone number, as far as to where the next clause begins."""
    if index + 1 >= len(paragraphs):
        return ""
    after = paragraphs[index + 1]
    if after.number is not None or read_label(text, after.start + after.lead) is not None:
        return ""
    words = after.words if until >= after.end else flat(text[after.start : until])
    return _clean(words) if is_heading_like(words) and not words.startswith("|") else ""  # a table of Markdown


def _clean(words: str) -> str:
    return words.strip(" .:;,–—-")


def _unnumbered(
    paragraphs: Sequence[Paragraph], free: Sequence[int], numbered: Sequence[Mark], base: int
) -> Iterator[Mark]:
    """Headings without a number. They stand as deep as the numbered clause that follows."""
    told = sum(paragraphs[index].is_heading for index in free)
    is_alone = not numbered and told < _MANY_HEADINGS
    if is_alone and not base and (heads := _run_in_heads(paragraphs, free)):
        yield from (Mark(start, SectionKind.CLAUSE, base + 1, "", heading) for start, heading in heads)
        return
    headings = [index for index in free if _is_unnumbered_heading(paragraphs, index, is_alone=is_alone)]
    if not numbered:
        yield from _by_look(paragraphs, headings, base)
        return
    position = 0
    for order, index in enumerate(headings):
        start = paragraphs[index].start
        while position < len(numbered) and numbered[position].start < start:
            position += 1
        until = paragraphs[headings[order + 1]].start if order + 1 < len(headings) else paragraphs[free[-1]].end
        after = numbered[position] if position < len(numbered) else None
        until = min(until, after.start) if after else until
        kind = SectionKind.CLAUSE if until - start > PROSE else SectionKind.OTHER
        yield Mark(start, kind, after.level if after else base + 1, "", _clean(paragraphs[index].words))


def _run_in_heads(paragraphs: Sequence[Paragraph], free: Sequence[int]) -> list[tuple[int, str]]:
    """``Fees. Our fees are due at once.``: where most paragraphs begin so, and hardly one is a heading of its own."""
    prose = [index for index in free if len(paragraphs[index].words) > _SHORT and not paragraphs[index].is_heading]
    found = [(paragraphs[index], heading_of(paragraphs[index].text, 0, len(paragraphs[index].text))) for index in prose]
    heads = [(each.start, heading.text) for each, heading in found if heading.text and _is_run_in(each, heading)]
    lines = sum(_is_unnumbered_heading(paragraphs, index, is_alone=True) for index in free)
    return heads if len(heads) >= _MANY_HEADINGS > lines and 2 * len(heads) >= len(prose) else []


def _is_run_in(paragraph: Paragraph, heading: Heading) -> bool:
    begun = paragraph.text[: heading.end + 1]
    if NO_HEADING.search(begun) or begun.lstrip(" *_")[:1] in _QUOTES:
        return False
    return len(heading.text.split()) <= _FEW_WORDS and len(paragraph.text) - heading.end > len(heading.text)


def _below_headings(
    paragraphs: Sequence[Paragraph], free: Sequence[int], numbered: Sequence[Mark], base: int
) -> list[Mark]:
    """Numbers that begin anew below each heading, which the source tells, stand a level below it."""
    headings = [index for index in free if paragraphs[index].is_heading]
    marks = list(_by_look(paragraphs, headings, base))
    found: list[Mark] = []
    depth = 0
    for mark in sorted([*numbered, *marks], key=lambda mark: mark.start):
        depth = depth if mark.number else mark.level - base
        found.append(replace(mark, level=mark.level + depth) if mark.number else mark)
    return found


def _by_look(paragraphs: Sequence[Paragraph], headings: Sequence[int], base: int) -> Iterator[Mark]:
    levels = sorted({paragraphs[index].level or 1 for index in headings})
    for index in headings:
        level = base + 1 + levels.index(paragraphs[index].level or 1)
        yield Mark(paragraphs[index].start, SectionKind.CLAUSE, level, "", _clean(paragraphs[index].words))


def _is_unnumbered_heading(paragraphs: Sequence[Paragraph], index: int, *, is_alone: bool) -> bool:
    paragraph = paragraphs[index]
    words = paragraph.words
    if index + 1 >= len(paragraphs) or not (is_heading_like(words) or (paragraph.is_heading and _may_head(words))):
        return False
    if len(words) < (_SHORTEST if words.isascii() else 2) or words.isdecimal():
        return False
    if NO_HEADING.search(paragraph.text):
        return False
    if paragraph.kind is BlockKind.TABLE_CELL:  # where all is a table, as on cover pages, bold cells are its headings
        return is_alone and heads_cells(paragraphs, index)
    if paragraph.is_heading:
        return True
    if paragraph.number is not None or "\t" in paragraph.text or words.endswith("."):
        return False
    prose = len(paragraphs[index + 1].text) > len(words)
    if words.isupper() and sum(character.isalpha() for character in words) > len(words) // 2:
        return prose
    return prose and (paragraph.style.bold or is_alone)


def _may_head(words: str) -> bool:
    """What the source sets as a heading may be a whole sentence, as *You can cancel at any time*."""
    return len(words) <= MAX_HEADING and words[0].isalnum() and not words.endswith((".", ";", ",", ":", "。", "："))


def _definitions(defined: Sequence[tuple[int, "re.Match[str]"]], marks: Sequence[Mark], base: int) -> list[Mark]:
    """Terms that are defined without a number, a level below the clause they stand in."""
    found: list[Mark] = []
    position = -1
    for start, matched in defined:
        while position + 1 < len(marks) and marks[position + 1].start <= start:
            position += 1
        clause = marks[position] if position >= 0 else None
        level = base + 1 if clause is None else clause.level + (clause.kind is not SectionKind.DEFINITION)
        term = re.match(r"[\s*_]*(.[^\"“”„«»\n]{1,80}.)", matched[0])
        heading = term[1][:_MAX_TERM].strip(" :*_\u00a0") if term else ""
        found.append(Mark(start, SectionKind.DEFINITION, level, "", heading))
    return found


def _defined(paragraphs: Sequence[Paragraph], free: Sequence[int]) -> Iterator[tuple[int, "re.Match[str]"]]:
    """Where terms are defined: at the start of a paragraph without a number, or behind the stop of another."""
    at_start = frozenset(free)
    for index in range(free[0], free[-1] + 1) if free else ():
        paragraph = paragraphs[index]
        places = [0] if index in at_start else []
        places += [gap.end() for gap in _BEFORE_TERM.finditer(paragraph.text)]
        for place in places:
            matched = _DEFINITION.match(paragraph.text, place)
            if matched is not None:
                yield paragraph.start + place, matched


def _before_colons(text: str, marks: Sequence[Mark], end: int) -> Iterator[tuple[int, "re.Match[str]"]]:
    """Where a clause that is headed *Definitions* has lines such as ``Annual Rent: 12,000 a year``, two at least."""
    behind = 0
    for order, mark in enumerate(marks):
        if mark.start < behind or not _OF_TERMS.search(mark.heading):
            continue
        behind = next((each.start for each in marks[order + 1 :] if each.level <= mark.level), end)
        found = list(_TERM_LINE.finditer(text, mark.start, behind))
        counts = Counter(each["term"] for each in found)  # what stands there twice is the foot of a page
        once = [each for each in found if counts[each["term"]] == 1]
        if len(once) > 1:
            yield from ((each.start("term"), each) for each in once)


def _schedule_title(paragraph: Paragraph) -> str:
    """A title without a number: all lines of it, or what stands before the first gap."""
    if is_heading_like(paragraph.words) and not re.search(r"\S[ \u00a0]{3,}\S", paragraph.text):
        return _clean(paragraph.words)
    return _clean(flat(_GAP.split(paragraph.text.strip(), maxsplit=1)[0]))


def _schedule(text: str, paragraphs: Sequence[Paragraph], begin: int, end: int) -> Iterator[Mark]:
    paragraph = paragraphs[begin]
    label = schedule_label(text, paragraph)
    number, heading, first = "", _schedule_title(paragraph), begin + 1
    if label is not None:
        number, heading = label.printed, heading_of(text, label.end, paragraph.end).text
        if _SOLID.search(text, label.end, paragraph.end) is None:
            heading = _next_heading(text, paragraphs, begin, len(text))
            first += bool(heading)
    yield Mark(paragraph.start, SectionKind.SCHEDULE, 1, number, heading)
    yield from _clauses(text, paragraphs, first, end, 1)
