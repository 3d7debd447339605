"""A version of a document as it is compared: its words, each with its place and section."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Document, Origin
from reviewer.domain.normal import LINE_HYPHEN, NormalText
from reviewer.domain.projection import Projection
from reviewer.domain.section import Section

_WORD = re.compile(rf"[\w{LINE_HYPHEN}]+(?:['.,-](?=\w)[\w{LINE_HYPHEN}]+)*|[^\w\s]")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_ENDS = frozenset(".!?;:。！？；")
_NOT_IN_NUMBERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign.

    Attributes:
        text: as it is compared: quotation marks, dashes, ligatures and line-end hyphens made alike.
        span: offsets of the projection's text.
        section: place of its section in `Version.sections`; -1 outside of any.
    """

    text: str
    span: TextSpan
    section: int


class Version:
    """One reading of a document, as words. The printed numbers of sections are left out: they are compared apart."""

    def __init__(self, document: Document, projection: Projection, sections: Sequence[Section]) -> None:
        self.document = document
        self.projection = projection
        self.sections = tuple(sections)
        self._starts = [projection.from_document(section.own).start for section in sections]
        words = list(self._read())
        labels = _labels(words, self.sections)
        self.words = [word for place, word in enumerate(words) if place not in labels]
        self.texts = [word.text for word in self.words]

    def _read(self) -> Iterator[Word]:
        """The words of each section apart: a hyphen at the end of one joins nothing."""
        bounds = [0, *self._starts, len(self.projection.text)]
        for section, (start, end) in enumerate(pairwise(bounds), start=-1):
            reading = NormalText(self.projection.text[start:end])
            for match in _WORD.finditer(reading.text):
                yield from _signs(match, reading, start, section)

    def sentences(self) -> list[tuple[int, int]]:
        """Ranges of words that tile them: to the end of a sentence, or of a section."""
        ranges, start = [], 0
        for place, word in enumerate(self.words):
            is_last = place + 1 == len(self.words) or self.words[place + 1].section != word.section
            if is_last or word.text in _SENTENCE_ENDS:
                ranges.append((start, place + 1))
                start = place + 1
        return ranges

    def borders(self) -> set[int]:
        """The places of the words that are the first of their sections."""
        sections = [word.section for word in self.words]
        return {place for place, section in enumerate(sections) if not place or section != sections[place - 1]}

    def span(self, start: int, end: int) -> TextSpan:
        """Where a range of words stands in the document; an empty one lies before its first word."""
        if start < end:
            return self.projection.to_document(TextSpan(self.words[start].span.start, self.words[end - 1].span.end))
        at = self.words[start].span.start if start < len(self.words) else len(self.projection.text)
        place = self.projection.to_document(TextSpan(at, at)).start
        return TextSpan(place, place)

    def written(self, start: int, end: int) -> str:
        """A range of words as the document writes them, white space made single."""
        if start == end:
            return ""
        return " ".join(self.projection.text[self.words[start].span.start : self.words[end - 1].span.end].split())

    def section_at(self, start: int, end: int) -> Section | None:
        """The section of the first word of a range; of the word before an empty one."""
        place = start if start < end else start - 1
        index = self.words[place].section if 0 <= place < len(self.words) else -1
        return self.sections[index] if index >= 0 else None

    def is_recognised(self, span: TextSpan) -> bool:
        """True for words that were read from a picture."""
        blocks = self.document.blocks
        index = bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1
        return index >= 0 and blocks[index].origin is Origin.OCR


def _signs(match: re.Match[str], reading: NormalText, offset: int, section: int) -> Iterator[Word]:
    """A word; or each sign of Chinese and Japanese, which put no space between words."""
    start = match.start()
    for sign in list(match[0]) if _UNSPACED.search(match[0]) else [match[0]]:
        span = reading.source(TextSpan(start, start + len(sign)))
        text = unicodedata.normalize("NFKC", sign.replace(LINE_HYPHEN, ""))
        yield Word(text, TextSpan(span.start + offset, span.end + offset), section)
        start += len(sign)


def _labels(words: Sequence[Word], sections: Sequence[Section]) -> set[int]:
    """The places of the words that print the number of a section at its beginning, with the punctuation behind."""
    labels: set[int] = set()
    last = -1
    for place, word in enumerate(words):
        if word.section != last and word.section >= 0:
            labels.update(_label(words, place, _bare(sections[word.section].number)))
        last = word.section
    return labels


def _label(words: Sequence[Word], start: int, number: str) -> range:
    while start < len(words) and not words[start].text.isalpha() and not _begins(words, start, number):
        start += 1  # a page number, or a dash, that strayed before it
    printed, place = "", start
    start -= start > 0 and words[start - 1].text in "([" and words[start - 1].section == words[start].section
    while place < len(words) and printed != number and number.startswith(printed + _bare(words[place].text)):
        printed += _bare(words[place].text)
        place += 1
    if not number or printed != number:
        return range(start, start)
    while (
        place < len(words)
        and words[place].text in {".", ")", ":", "-"}
        and words[place].section == words[start].section
    ):
        place += 1
    return range(start, place)


def _begins(words: Sequence[Word], place: int, number: str) -> bool:
    bare = _bare(words[place].text)
    return bool(bare) and number.startswith(bare)


def _bare(number: str) -> str:
    return _NOT_IN_NUMBERS.sub("", number).casefold()
