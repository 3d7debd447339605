"""Where a clause may begin: labels at the starts of paragraphs and lines, after gaps and behind run-in headings."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reviewer.domain.document import BlockKind
from reviewer.parsing.headings import Heading, heading_of, is_heading_like
from reviewer.parsing.numbering import Label, Ordinals, read_label, read_number
from reviewer.parsing.paragraphs import Paragraph
from reviewer.parsing.sequence import Candidate

# All begin with the blank and look back from behind it: what begins with one kind of character skips the others.
_PLACES = re.compile(
    r"[\n \t\u00a0](?:(?<=\n)[ \t]*|(?<!\n)(?:(?<=[.;:)\"”\]][ \t\u00a0])[ \t\u00a0]*"
    r"|(?=[ \t\u00a0\dSCA])(?:[ \t\u00a0]{2,}"
    # Flattened text keeps neither breaks nor stops; a decimal before a capital, or a short rest of a line, may be one.
    r"|(?<=\S[ \t\u00a0])[ \t\u00a0]?(?="
    r"\d{1,2}(?:\.\d{1,2}){1,3}\.?[ \t\u00a0]+[A-Z\"“]|\d{1,2}\.[ \t\u00a0]+[A-Z][^.\n]{2,60}$)"
    r"|(?<=[A-Z]{2}[ \t\u00a0])[ \t\u00a0]?(?=(?:Section|SECTION|Clause|CLAUSE|Article|ARTICLE)[ \u00a0]\d))))",
    re.MULTILINE,
)
_REFERS = re.compile(
    r"(?:[Ss]ections?|SECTIONS?|[Cc]lauses?|[Aa]rticles?|[Pp]aragraphs?|[Ss]chedules?|[Ee]xhibits?|[Pp]arts?|[Ii]tems?|"
    r"[Rr]ules?|[Nn]o\.|[Aa]rt\.|[Vv]ersion|[Aa]bsatz|[Zz]iffer|Abs\.|Nr\.|§+|[$€£]|[,(&\-–/]|"
    r"\b(?i:and|or|to|of|in|under|by|with|through|from|than|und|oder|pursuant|per|see|siehe|vgl|nach|gem[äa]ß|unter|voir|selon|véase|según|vedi))$"
)
_PAGE_NUMBER = re.compile(r"[\s\d\-–—]{1,30}(?<=[\s\u00a0])")
_ENDS = (".", ";", ":", "!", "?", '"', "”", ")", "_", "]", ",")
_JOINERS = (" and", " or", "und", "oder")
_REFERENCE = re.compile(
    r"[\s\u00a0]*(?:[,;)]|(?:and|or|to|through|of|in|above|below|hereof|herein|hereto|thereof|by|as|attached|"
    r"und|oder|bis|"
    r"des|der|dieses|dieser|oben|Abs|Absatz|Satz|Buchst|Buchstabe|lit|BGB|HGB|et|y|e|de|del|du|van)\b)"
)
_PREDICATE = re.compile(
    r"[\s\u00a0]*(?:shall|is|are|was|has|have|will|may|must|does|do|sets|provides|applies|apply|also|gilt|"
    r"gelten|ist|sind)\b"
)
_PAREN_REFERENCE = re.compile(r"[\s\u00a0]*(?:above|below|hereof|of this|of the foregoing|(?:and|or|through|to) \()")
_AMOUNT = re.compile(
    r"[\s\u00a0]*(?:%|per ?cent|percent|million|billion|[Mm]io|hours?\b|days?\b|months?\b|years?\b|EUR|USD|€|\$|"
    r"cm\b|kg\b|"
    r"Prozent|Tage|Uhr)"
)
_MONTH = re.compile(
    r"[\s\u00a0]*(?:Jan|Feb|Mar|Mär|Apr|Ma[yi]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[a-zä]*\.?[\s\u00a0,]+\d{4}"
)
_HEADING_STYLE = re.compile(r"heading|überschrift|titre|título|titolo|kop ", re.IGNORECASE)
_OPENING = ('"', "“")
_BAR = 12.0
_LONE = 100
_NEAR_LINES = 400  # characters to both sides
_NARROW = 50  # characters: text is not wrapped as narrow
_UNWRAPPED = 0.6  # of the longest line
_NUMBERED_HEADINGS = 3
_LIST = 10


class Place(NamedTuple):
    """A candidate with what it was read from.

    Attributes:
        start: offset into the projection where the section would begin.
        rest: offset behind the label.
        paragraph: index of its paragraph.
        until: offset where its paragraph ends.
        heading: what stands behind the label.
    """

    start: int
    rest: int
    paragraph: int
    until: int
    label: Label
    candidate: Candidate
    heading: Heading


def find_places(text: str, paragraphs: Sequence[Paragraph], first: int, last: int) -> list[Place]:
    """The candidates in paragraphs ``first`` to ``last`` (exclusive), in order. Linear in their characters."""
    places: list[Place] = []
    others = _of_other_lists(paragraphs[first:last])
    for index in range(first, last):
        if paragraphs[index].kind is not BlockKind.NOTE and index - first not in others:
            places.extend(_in_paragraph(text, paragraphs[index], index))
    return places


def _of_other_lists(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Items of lists that the source numbers apart from the headings that number the clauses: 1, 2 under 2.1."""
    numbered = [_decimal(paragraph) if paragraph.is_heading else () for paragraph in paragraphs]
    if sum(map(bool, numbered)) < _NUMBERED_HEADINGS:
        return frozenset()
    found: set[int] = set()
    above: Ordinals = ()
    is_list = False
    for index, paragraph in enumerate(paragraphs):
        if paragraph.is_heading:
            above, is_list = numbered[index] or above, False
        ordinals = () if paragraph.is_heading else _decimal(paragraph)
        if not ordinals or not above or (ordinals[: len(above)] == above and len(ordinals) > len(above)):
            continue
        is_list = is_list or ordinals == (1,)
        found.update([index] if is_list else [])
    return frozenset(found)


def _decimal(paragraph: Paragraph) -> Ordinals:
    """The figures of the number that the source gives a paragraph; empty where it gives none, or letters."""
    label = read_number(paragraph.number) if paragraph.number is not None else None
    is_decimal = label is not None and label.readings[0].family.startswith("n.")
    return label.readings[0].ordinals if label is not None and is_decimal else ()


def _in_paragraph(text: str, paragraph: Paragraph, index: int) -> list[Place]:
    places = _with_first(text, paragraph, index, _at_start(text, paragraph, index))
    position = places[-1].rest if places else paragraph.start + paragraph.lead
    for gap in _PLACES.finditer(text, position, paragraph.end):
        if position > gap.start() or gap.end() >= paragraph.end:
            continue
        found = _inline(text, paragraph, index, gap)
        if found is not None:
            places += _with_first(text, paragraph, index, found)
            position = places[-1].rest
    return places


def _with_first(text: str, paragraph: Paragraph, index: int, found: Place | None) -> list[Place]:
    """A place and, right behind its heading, the first of the row below it, and so on."""
    places = []
    while found is not None:
        places.append(found)
        found = _behind_heading(text, paragraph, index, found)
    return places


def _at_start(text: str, paragraph: Paragraph, index: int) -> Place | None:
    start = paragraph.start + paragraph.lead
    if paragraph.number is not None:
        label = read_number(paragraph.number)
        if label is None:
            return None
        hint = _source_depth(paragraph)
        candidate = Candidate(start, label.readings, 5.0, 0.0, hint, _look(paragraph))
        return Place(
            paragraph.start, start, index, paragraph.end, label, candidate, heading_of(text, start, paragraph.end)
        )
    label = read_label(text, start)
    numbered = _PAGE_NUMBER.match(text, start, paragraph.end) if label is None or label.is_bare else None
    if numbered is not None:
        behind = read_label(text, numbered.end())
        if behind is not None and not behind.is_bare:
            return _place(text, paragraph, index, numbered.end(), behind, (2.5, 0.3))
    if label is None:
        return None
    found = _place(text, paragraph, index, start, label, (3.0, 0.0))
    return found._replace(start=paragraph.start) if found and paragraph.lead else found


def _source_depth(paragraph: Paragraph) -> float | None:
    """Depth by the source's lists; whatever stands in a list is below what is a heading."""
    if paragraph.level is None:
        return None
    is_heading = paragraph.is_heading or _HEADING_STYLE.match(paragraph.style.name) is not None
    return float(paragraph.level + (0 if is_heading else _LIST))


def _look(paragraph: Paragraph) -> str:
    return f"{paragraph.style.name}{' bold' * paragraph.style.bold}"


def _behind_heading(text: str, paragraph: Paragraph, index: int, above: Place) -> Place | None:
    """``7. Payment. (a) The ...``: the first of a row, right behind the label or the heading of its clause."""
    start = above.heading.end if above.heading.text else above.rest
    while start < paragraph.end and text[start] in " \t\n\u00a0":
        start += 1
    if start == above.rest:
        return None
    label = read_label(text, start)
    if label is None or label.is_bare or start >= paragraph.end:
        return None
    first = tuple(reading for reading in label.readings if reading.ordinals[-1] == 1)
    if not first:
        return None
    label = Label(label.printed, label.end, first, keyword=label.keyword)
    is_inline = "\n" not in text[above.rest : start]
    return _place(text, paragraph, index, start, label, (1.2, 0.2), is_inline=is_inline)


def _inline(text: str, paragraph: Paragraph, index: int, gap: "re.Match[str]") -> Place | None:
    label = read_label(text, gap.end())
    if label is None or label.is_bare or label.end > paragraph.end:
        return None
    before = text[max(paragraph.start, gap.start() - 12) : gap.start()].rstrip()
    is_ended = before.endswith(_ENDS) or before.endswith(_JOINERS)
    is_line = "\n" in gap[0]
    is_ended = is_ended or (is_line and _is_short_line(text, paragraph, gap.start()))
    if is_line and label.keyword and _REFERS.search(before):
        return None
    if is_line or len(gap[0]) > 2:  # noqa: PLR2004 - three spaces are no slip
        evidence = _gap_evidence(label, is_ended=is_ended, is_line=is_line)
        return _place(text, paragraph, index, gap.end(), label, evidence, is_inline=not is_line)
    if not _stands_out(text, label, before):
        return None
    ordinals = label.readings[0].ordinals
    evidence = (1.5, 0.5) if is_ended and len(ordinals) > 1 else (1.0, 0.6) if is_ended else (1.2, 1.0)
    return _place(text, paragraph, index, gap.end(), label, evidence, is_inline=True)


def _is_short_line(text: str, paragraph: Paragraph, end: int) -> bool:
    """Whether the line that ends there was not wrapped: it is much shorter than the longest, or none is long."""
    longest = max(
        map(len, text[max(paragraph.start, end - _NEAR_LINES) : min(paragraph.end, end + _NEAR_LINES)].split("\n"))
    )
    line = end - max(paragraph.start, text.rfind("\n", paragraph.start, end) + 1)
    return longest < _NARROW or line < _UNWRAPPED * longest


def _gap_evidence(label: Label, *, is_ended: bool, is_line: bool) -> tuple[float, float]:
    """Wrapped lines begin anywhere; behind a wide gap a number that fits its row is likely one."""
    if is_ended:
        return (2.0, 0.4)
    return (0.5, 3.0) if is_line or label.keyword else (1.5, 1.2)


def _stands_out(text: str, label: Label, before: str) -> bool:
    """Within running text only what a capital follows can begin a clause, and letters only behind a stop."""
    following = text[label.end : label.end + 4].lstrip()
    if not (following[:1].isupper() or following[:1] in _OPENING) or _REFERS.search(before):
        return False
    if label.keyword:
        is_behind = before.endswith(".") or before[-2:].isupper()  # a sentence, or a heading in capitals
        return label.printed.isupper() or (label.keyword != "schedule" and is_behind)
    return label.readings[0].family.startswith("n.") or (before.endswith((".", ":")) and label.printed.islower())


def _place(
    text: str,
    paragraph: Paragraph,
    index: int,
    start: int,
    label: Label,
    evidence: tuple[float, float],
    *,
    is_inline: bool = False,
) -> Place | None:
    weight, doubt = evidence
    rest = text[label.end : min(paragraph.end, label.end + _LONE)]
    against = _doubt(rest, label, is_inside=start > paragraph.start + paragraph.lead)
    if against >= _BAR:
        return None
    line = rest.split("\n", 1)[0].strip()
    if line and len(rest) < _LONE and is_heading_like(line):
        weight += 1.0
    if label.keyword or paragraph.is_heading:
        weight += 1.0
    heading = heading_of(text, label.end, paragraph.end)
    if heading.text:
        weight += 1.0
    candidate = Candidate(start, label.readings, weight, doubt + against, is_inline=is_inline)
    return Place(start, label.end, index, paragraph.end, label, candidate, heading)


def _doubt(rest: str, label: Label, *, is_inside: bool) -> float:
    family = label.readings[0].family
    bare = rest.strip(" \t\n\u00a0*_")
    if label.is_bare:
        return 1.0 if is_heading_like(bare.split("\n", 1)[0][:80]) else 2.5
    if label.keyword:
        return 7.0 if _REFERENCE.match(rest) or _PREDICATE.match(rest) or bare[:1].islower() else 0.0
    if family.startswith("n."):
        if _AMOUNT.match(rest) or _MONTH.match(rest):
            return 6.0
        if _REFERENCE.match(rest):  # but 2.1.2 may begin "in accordance with"
            return 6.0 if is_inside or len(label.readings[0].ordinals) == 1 else 2.0
        if is_inside and _PREDICATE.match(rest):
            return 6.0
        return 1.0 if bare[:1].islower() and len(label.readings[0].ordinals) == 1 else 0.0
    if _PAREN_REFERENCE.match(rest):
        return 6.0
    return 0.5 if family in {"a.", "i."} or not bare else 0.0
