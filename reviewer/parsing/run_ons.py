"""Paragraphs of contracts in which a new part begins behind other text, cut where it begins.

Text that was taken out of another file often keeps no line breaks: title and parties, recitals and clauses, clauses and
signatures run on in one paragraph, parted by a gap or by nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reviewer.domain.document import BlockKind
from reviewer.parsing.contract_words import leading_words
from reviewer.parsing.headings import SMALL_WORDS
from reviewer.parsing.numbering import read_label
from reviewer.parsing.paragraphs import Paragraph

_CLOSING = re.compile(r"(?<=[.;:\s]\s)(?P<words>IN WITNESS WHEREOF|IN TESTIMONY WHEREOF)")
_BEFORE_LABEL = re.compile(r"[ \t\u00a0](?<=[.;:\s][ \t\u00a0])[ \t\u00a0]*")
_PART = re.compile(
    r"[ \t\u00a0](?<=\S[ \t\u00a0])[ \t\u00a0]{2,}+"
    r"(?=(?:WHEREAS|Whereas|RECITALS?|Recitals|BACKGROUND|Background|WITNESSETH|"
    r"W I T N E S S E T H|PREAMBLE|PARTIES|BETWEEN|NOW,? THEREFORE|AGREED (?:TERMS|PROVISIONS)|OPERATIVE PROVISIONS|"
    r"IT IS (?:HEREBY )?AGREED|(?:ARTICLE|SECTION|Article|Section) (?:I|1|ONE)\b|1\.? {0,3}[A-Z]))"
)
_TITLED = re.compile(
    r"[ \t\u00a0](?<=\S[ \t\u00a0])[ \t\u00a0]*+(?=(?:This|THIS)\s(?:[A-Z][\w,&\-]*\s){0,8}"
    r"(?:Agreement|AGREEMENT|Contract|CONTRACT|Lease|LEASE|Amendment|AMENDMENT|Deed|DEED)\b)"
)
_LINE_START = re.compile(r"\n[ \t\u00a0]*")
_MAX_TITLE = 250
_CAPITAL_SHARE = 0.6
_LONG = 200


def cut_run_ons(text: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, those cut in which another part begins behind other text. Linear."""
    pieces: list[Paragraph] = []
    for paragraph in paragraphs:
        inner = sorted(set(_cuts(text, paragraph))) if paragraph.number is None else []
        for begin, end in pairwise([0, *inner, len(paragraph.text)]):
            pieces.append(_cut(paragraph, begin, end) if inner else paragraph)
    return pieces


def _cuts(text: str, paragraph: Paragraph) -> Iterator[int]:
    """Offsets into the paragraph's text at which it is cut."""
    words = paragraph.text
    if paragraph.kind is not BlockKind.TABLE_CELL and len(words) > _LONG:
        yield from (gap.end() for gap in _PART.finditer(words))
        yield from _behind_title(words)
    if "\n" in words:
        yield from _behind_schedule(text, paragraph)
    lead = leading_words(words)
    if lead is not None:
        yield from _first_label(text, paragraph, lead.end())
    closing = _CLOSING.search(words) if "WHEREOF" in words else None
    if closing is not None and closing.start("words"):
        yield closing.start("words")


def _behind_title(words: str) -> Iterator[int]:
    """``SUPPLY AGREEMENT This Supply Agreement is made``: a title in capitals before the sentence about the parties."""
    found = _TITLED.search(words, 0, _MAX_TITLE)
    title = words[: found.start()].strip() if found else ""
    label = read_label(title)
    is_clause = label is not None and label.keyword != "schedule"  # filings have their number before the title
    if not found or not title or is_clause or title.split()[-1].lower() in SMALL_WORDS:
        return
    letters = [character for character in title if character.isalpha()]
    if sum(character.isupper() for character in letters) > _CAPITAL_SHARE * len(letters):
        yield found.end()


def _behind_schedule(text: str, paragraph: Paragraph) -> Iterator[int]:
    """``SCHEDULE 1 The Property``, and on the next line the first number of what it holds."""
    label = read_label(text, paragraph.start + paragraph.lead)
    if label is None or label.keyword != "schedule":
        return
    for line in _LINE_START.finditer(paragraph.text, label.end - paragraph.start):
        inner = read_label(text, paragraph.start + line.end())
        if inner is not None and not inner.is_bare and inner.keyword != "schedule":
            yield line.end()
            return


def _first_label(text: str, paragraph: Paragraph, begin: int) -> Iterator[int]:
    """Where, behind the words that lead over, the first number stands."""
    blanks = len(paragraph.text[begin:]) - len(paragraph.text[begin:].lstrip())
    for place in (begin + blanks, *(gap.end() for gap in _BEFORE_LABEL.finditer(paragraph.text, begin))):
        label = read_label(text, paragraph.start + place)
        if label is not None and not label.is_bare and label.readings[-1].ordinals[-1] == 1:
            yield place
            return


def _cut(paragraph: Paragraph, begin: int, end: int) -> Paragraph:
    if begin == 0:
        return replace(paragraph, text=paragraph.text[:end])
    return replace(
        paragraph,
        start=paragraph.start + begin,
        text=paragraph.text[begin:end],
        lead=0,
        number=None,
        kind=BlockKind.PARAGRAPH,
    )
