"""Headings that the file does not name, by the splitter's word, and numbers that stand in the text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.section import Section, SectionKind

_WORD = re.compile(r"\w+")
_MOST_WORDS = 16
_ENDS_OF_HEADINGS = (".", ":")
_MARKS = " \t*_#"
_SENTENCE_ENDS = (".", ";", ",")
_FLOATS = {SectionKind.FIGURE, SectionKind.TABLE}
_NEVER = {SectionKind.REFERENCE, SectionKind.AUTHORS, SectionKind.TOC, SectionKind.SIGNATURE}
_NUMBER = re.compile(
    r"(?:\((?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6})\)|(?:\d{1,3}|[a-z]|[ivxlc]{1,6})\)|(?:\d{1,3}|[a-z])\."
    r"|\d{1,3}(?:\.\d{1,3})+\.?|[-*+•▪◦●○■□➢✓–—])(?=([ \t\u00a0]+)\S)"
)
_TABBED = re.compile(r"[^\t\n\u2028]{1,7}?(?=([ \u00a0]*\t[ \t\u00a0]*)\S)")


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A heading at a paragraph's beginning.

    Attributes:
        length: characters of the paragraph that are the heading, with the stop or colon behind it.
        is_whole: there is nothing else in the paragraph.
    """

    section: Section
    length: int
    is_whole: bool

    @property
    def is_float(self) -> bool:
        """It names a figure or a table."""
        return self.section.kind in _FLOATS


class Headings:
    """The headings of a document's sections, by where the sections begin."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sorted((each for each in sections if each.kind not in _NEVER), key=_start)

    def find(self, since: int, start: int, text: str) -> FoundHeading | None:
        """The heading a paragraph begins with.

        Args:
            since: offset in the document where the paragraph before ends.
            start: offset of the paragraph.
            text: its characters as shown, without a number that is not among them.
        """
        for index in range(bisect_left(self._sections, since, key=_start), len(self._sections)):
            section = self._sections[index]
            if section.span.start > start:
                return None
            length = _length(text, section)
            if length:
                is_whole = not text[length:].strip(_MARKS) and not text.endswith(_SENTENCE_ENDS)
                return FoundHeading(section, length, is_whole)
        return None


def _start(section: Section) -> int:
    return section.span.start


def _length(text: str, section: Section) -> int:
    words = _WORD.findall(section.heading)
    if not 0 < len(words) <= _MOST_WORDS:
        return 0
    end = _match(text, _WORD.findall(section.number) + words) or _match(text, words)
    return end + 1 if end and text[end : end + 1] in _ENDS_OF_HEADINGS else end


def _match(text: str, words: Sequence[str]) -> int:
    """Where the words end that a text begins with, or 0."""
    end, matched = 0, 0
    for found, word in zip(_WORD.finditer(text), words, strict=False):
        if found[0] != word:
            return 0
        end, matched = found.end(), matched + 1
    return end if matched == len(words) else 0


def in_text_number(text: str, number: str = "", *, may_be_tabbed: bool = False) -> tuple[int, int]:
    """The list number or bullet a paragraph begins with: its length, and that of the space behind it; else zeros.

    Args:
        text: the paragraph.
        number: what its section is known to be numbered; tells numbers without a stop or bracket from other figures.
        may_be_tabbed: a few characters with a tab behind them stand like a number, such as a box to tick.
    """
    found = _NUMBER.match(text) or (_TABBED.match(text) if may_be_tabbed else None)
    if found is None and number and len(number) < _MOST_WORDS:
        found = re.match(rf"{re.escape(number)}[.)]?(?=([ \t\u00a0]+)\S)", text)
    return (found.end(), len(found[1])) if found else (0, 0)
