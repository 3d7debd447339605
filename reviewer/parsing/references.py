"""The list of references: where each begins."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reviewer.parsing.paragraphs import Paragraph

_NUMBERED = re.compile(r"(?:^|\n)[ \t\u00a0]*(?P<number>\[\d{1,3}\]|\d{1,3}[.)](?=\s)|\[[A-Z][\w+]{1,12}\])")
_NAME = r"[A-ZÄÖÜÉ][\w'’\-]+(?:\s[A-Z][\w'’\-]*\.?){0,3}"
_AUTHOR = re.compile(
    rf"(?:^|(?<=[.\d/\w)]\n))(?={_NAME}(?:,\s(?!\d)|\s(?:and|und|&)\s|\s[A-Z]{{1,3}}[,.])[^\n]{{0,400}})"
    # The last name of several may stand first on its line: what comes before it must have ended.
    rf"|(?:^|(?<=[.\d/)]\n))(?={_NAME}\.\s(?:19|20)\d\d[^\n]{{0,400}})"
)
_UNFINISHED = re.compile(r"(?:\b(?:and|und|et|&)|,|\band\s[A-Z][\w'’\-]*)\s*$")
_ADDRESS = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:\s[^\W\d_]+|:)\s*$")  # a title, cut by the end of the page
_CUT = re.compile(r"(?<=[./_\-])\n")
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b|\bn\.d\.|\bin press\b")
_DATED = re.compile(r"\s*\((?:(?:19|20)\d\d|n\.d\.)")
_MIN_NUMBERED = 2
_MIN_CHARS = 25


def find_references(paragraphs: Sequence[Paragraph], begin: int) -> Iterator[tuple[int, str]]:
    """Offset and printed number (or an empty text) of each reference behind an offset, in order. Linear."""
    numbered = list(_numbered(paragraphs, begin))
    yield from numbered if len(numbered) >= _MIN_NUMBERED else _by_author(paragraphs, begin)


def _numbered(paragraphs: Sequence[Paragraph], begin: int) -> Iterator[tuple[int, str]]:
    last = 0
    for paragraph in paragraphs:
        for found in _NUMBERED.finditer(paragraph.text):
            start = paragraph.start + found.start("number")
            digits = re.sub(r"\D", "", found["number"])
            if start < begin:
                continue
            if found["number"].startswith("[") or (digits and last < int(digits) <= last + 3):
                last = int(digits) if digits else last
                yield start, found["number"].rstrip(".)")


def _by_author(paragraphs: Sequence[Paragraph], begin: int) -> Iterator[tuple[int, str]]:
    """A reference begins with names and holds a year; what does not goes on with the one before."""
    before = ""
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        starts = [
            found.start() for found in _AUTHOR.finditer(text) if not _UNFINISHED.search(text[: found.start()][-80:])
        ]
        if _UNFINISHED.search(before):  # the page ended among the authors of the last one
            starts = [start for start in starts if start]
        elif not starts and text[:1].isupper() and not _GOES_ON.search(before) and _names_year(text):
            starts = [0]
        before = text[-80:]
        kept: list[int] = []
        for start, stop in pairwise([*starts, len(paragraph.text)]):
            piece = paragraph.text[start:stop]
            after = paragraphs[index + 1].text if stop == len(text) and index + 1 < len(paragraphs) else ""
            if _UNFINISHED.search(piece[-80:]) or _DATED.match(
                after
            ):  # the page ends among its authors, or behind them
                piece += after
            if len(piece) >= _MIN_CHARS and _YEAR.search(piece) and paragraph.start + start >= begin:
                kept.append(start)
        for start in kept:
            yield paragraph.start + start, ""


def _names_year(text: str) -> bool:
    """Whether a year stands outside of addresses, which go on over line ends."""
    return _YEAR.search(_ADDRESS.sub("", _CUT.sub("", text))) is not None
