"""The parts of a contract: what comes before the clauses, the clauses, the signatures, what is attached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.parsing.contents_list import find_contents
from reviewer.parsing.contract_words import is_operative, is_recital, is_signing, parties_of
from reviewer.parsing.headings import heading_of, is_heading_like
from reviewer.parsing.numbering import Label, read_label
from reviewer.parsing.paragraphs import Paragraph, flat

_SIGNER = re.compile(
    r"\bby:|/s/|_{4,}|\bname:|\btitle:|\bdate:|\bits:|signature|unterschrift|\bprinted?\b|^source:|\d/\d", re.IGNORECASE
)
_COMPANY = re.compile(r"\b(?:inc|ltd|llc|corp|gmbh|corporation|company|limited|l\.p|plc|ag)\b\.?", re.IGNORECASE)
_LINE_TO_SIGN = re.compile(r"_{8,}|(?:_ ){6,}")
_OFFICE = re.compile(
    r"\b(?:president|officer|director|secretary|manager|member|chair\w*|geschäftsführer\w*)\b", re.IGNORECASE
)
_GAP = re.compile(r"[ \u00a0]{3,}|\n|\t")
_ATTACHED = re.compile(
    r"(?:schedule|exhibit|annex|annexe|appendix|attachment|anlage|anhang|addendum)s?\W*$", re.IGNORECASE
)
_EARLY = 0.5
_LONG = 110
_FEW_WORDS = 6
_OTHERS = 2
_APART = 4  # paragraphs between a title and who makes the contract


@dataclass(frozen=True, slots=True)
class Layout:
    """Indices of paragraphs; a part ends where the next begins.

    Attributes:
        toc: first and behind the last paragraph of the table of contents, both 0 where there is none.
        body: the first with clauses.
        signature: the first of the signatures that follow the clauses, or the number of paragraphs.
        attached: where schedules begin, after ``body``; in order.
    """

    toc: tuple[int, int]
    body: int
    signature: int
    attached: tuple[int, ...]


def read_layout(text: str, paragraphs: Sequence[Paragraph]) -> Layout:
    """The parts of a contract. Linear."""
    toc = find_contents(paragraphs)
    body = _find_body(text, paragraphs, toc)
    attached = _find_attached(text, paragraphs, body)
    signature = _find_signature(text, paragraphs, body, attached)
    if signature < len(paragraphs):
        attached = tuple(sorted({*attached, *_titles_behind(text, paragraphs, signature, attached)}))
    return Layout(toc, body, signature, attached)


def schedule_label(text: str, paragraph: Paragraph) -> Label | None:
    """The label of a paragraph that is the heading of a schedule, or None."""
    start = paragraph.start + paragraph.lead
    if text[start : start + 1].isdecimal():
        return None
    label = read_label(text, start)
    if label is None or label.keyword != "schedule":
        return None
    rest = text[label.end : paragraph.end].strip(" \t\n\u00a0*_.:–—-")
    if not rest:
        return label
    if is_heading_like(rest.split("\n", 1)[0]) and (len(rest) < _LONG or paragraph.is_heading):
        return label
    loud = label.printed.split()[0].isupper() or paragraph.is_heading
    return label if loud and rest[0].isupper() and heading_of(text, label.end, paragraph.end).text else None


def _find_body(text: str, paragraphs: Sequence[Paragraph], toc: tuple[int, int]) -> int:
    early = max(int(_EARLY * len(paragraphs)), min(len(paragraphs), 40))
    outside = [index for index in range(early) if not toc[0] <= index < toc[1]]
    rest = range(max(early, toc[1]), len(paragraphs))
    first: int | None = next((index for index in (*outside, *rest) if _opens_row(text, paragraphs[index])), None)
    operative = [
        index for index in outside if is_operative(paragraphs[index]) and not _opens_row(text, paragraphs[index])
    ]
    recital = next((index for index in outside if is_recital(paragraphs[index])), None)
    leading: int | None = next((index for index in operative if recital is None or index >= recital), None)
    if leading is not None and (first is None or leading < first or (recital is not None and recital < first)):
        return leading + 1
    if first is not None:
        return first - _is_one_of_many(text, paragraphs, first - 1)
    if leading is not None:
        return leading + 1
    behind = _behind_title(paragraphs, toc)
    return max(behind, recital + 1) if recital is not None and recital + 1 < len(paragraphs) else behind


def _is_one_of_many(text: str, paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a heading over the first number is like others that follow, and so begins the clauses."""
    if index < 1 or not paragraphs[index].is_heading or _is_clause(text, paragraphs[index]):
        return False
    alike = (each for each in paragraphs[index + 1 :] if each.is_heading and each.level == paragraphs[index].level)
    return sum(not _is_clause(text, each) for each in alike) >= _OTHERS


def _opens_row(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with the first number of a row of clauses."""
    number = paragraph.number
    label = read_label(number + " ") if number is not None else read_label(text, paragraph.start + paragraph.lead)
    if label is None or label.keyword == "schedule":
        return False
    reading = label.readings[-1]
    if (
        reading.family not in {"n.1", "n.2", "項", "I.", "I-", "article", "chapter", "section", "section.2"}
        or reading.ordinals[-1] > 1
    ):
        return False
    if label.is_bare:
        if paragraph.start == 0:  # the number of the first page
            return False
        return is_heading_like(text[label.end : paragraph.end].strip().split("\n", 1)[0])
    return reading.ordinals[0] <= 1


def _behind_title(paragraphs: Sequence[Paragraph], toc: tuple[int, int]) -> int:
    """Without numbers and leading words: the first heading behind the title, else the first long paragraph."""
    begin = toc[1]
    headings = [index for index in range(begin, len(paragraphs)) if paragraphs[index].is_heading]
    if len(headings) > 1:
        return headings[1] if headings[0] <= begin + 2 else headings[0]
    rest = range(begin, len(paragraphs))
    long = next((index for index in rest if len(paragraphs[index].text) > 2 * _LONG), None)
    if long is not None:
        return long
    later = (index for index in rest if index > begin + _APART or not parties_of(paragraphs[index]))
    first = next((index for index in later if not is_heading_like(paragraphs[index].words)), begin)
    return first - 1 if first - 1 > begin and is_heading_like(paragraphs[first - 1].words) else first


def _find_attached(text: str, paragraphs: Sequence[Paragraph], body: int) -> tuple[int, ...]:
    return tuple(
        index
        for index in range(body, len(paragraphs))
        if schedule_label(text, paragraphs[index]) is not None
        or (_ATTACHED.fullmatch(paragraphs[index].words) and paragraphs[index].words[0].isupper())
    )


def _find_signature(text: str, paragraphs: Sequence[Paragraph], body: int, attached: Sequence[int]) -> int:
    end = attached[0] if attached else len(paragraphs)
    if attached and not any(is_signing(paragraph) for paragraph in paragraphs[body:end]):
        end = len(paragraphs)
    for index in range(body + (end - body) // 3, end):
        paragraph = paragraphs[index]
        if is_signing(paragraph) and not _is_clause(text, paragraph):
            return index
        if "_" in paragraph.text and _LINE_TO_SIGN.search(paragraph.text) and not _is_clause(text, paragraph):
            return _behind_prose(text, paragraphs, index, body)
    return len(paragraphs)


def _behind_prose(text: str, paragraphs: Sequence[Paragraph], index: int, body: int) -> int:
    """The first of the short lines (names of parties, *Agreed:*) before a line to sign on."""
    while index - 1 > body and _may_be_signed(text, paragraphs[index - 1]):
        index -= 1
    return index


def _may_be_signed(text: str, paragraph: Paragraph) -> bool:
    """A short line that is neither a clause nor a sentence: the name of a party, a place and a date."""
    words = paragraph.words
    is_sentence = words.endswith((".", "。")) and len(words.split()) > _FEW_WORDS
    return len(words) < _LONG and not is_sentence and not _is_clause(text, paragraph)


def _is_clause(text: str, paragraph: Paragraph) -> bool:
    return paragraph.number is not None or read_label(text, paragraph.start + paragraph.lead) is not None


def _is_title(paragraph: Paragraph) -> bool:
    words = flat(_GAP.split(paragraph.text.strip(), maxsplit=1)[0])
    if " " not in words or not is_heading_like(words):
        return False
    return not _SIGNER.search(paragraph.text) and not _COMPANY.search(words) and not _OFFICE.search(words)


def _titles_behind(text: str, paragraphs: Sequence[Paragraph], signature: int, attached: Sequence[int]) -> list[int]:
    """Titles of what follows the signatures without a word such as *Schedule*."""
    end = next((index for index in attached if index > signature), len(paragraphs))
    titles: list[int] = []
    for index in range(signature + 1, end - 1):  # one title at most; its numbers begin anew
        paragraph = paragraphs[index]
        if _is_clause(text, paragraph) or not _is_title(paragraph):
            continue
        around = paragraphs[index + 1 : index + 4]
        leads = any(len(each.text) > _LONG or _opens_row(text, each) for each in around)
        if leads and not any(_SIGNER.search(each.text) for each in around[:2]):
            titles.append(index)
            break
    return titles
