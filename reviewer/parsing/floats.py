"""Figures and tables of a paper: each its caption, a table with its cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.document import BlockKind
from reviewer.domain.section import SectionKind
from reviewer.parsing.paragraphs import Paragraph
from reviewer.parsing.pdf_headings import FIGURE, TABLE

_LABEL = re.compile(
    r"(?P<label>[^\W\d_]+\.?\s*(?:\d+(?:[.-]\d+)*[a-z]?|[IVXL]+\b|[A-Z]{1,2}[.-]?\d+))\s*[.:|–—：．]?\s*", re.UNICODE
)
_STOP_BEHIND_NUMBER = re.compile(r"[^\W\d_]+\.?\s*(?:\d+|[IVXL]+)[a-z]?\s*[.:|–—：．]\s")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.:](?=\s)")
_CONTINUED = re.compile(r"\bcont(?:inued|'d|\.)|\bfortsetzung\b", re.IGNORECASE)
_MAX_HEADING = 120
_MAX_CAPTION = 1500


@dataclass(frozen=True, slots=True)
class Float:
    """A figure or a table: the first and behind the last of its paragraphs, its number and caption as printed."""

    first: int
    end: int
    kind: SectionKind
    number: str
    heading: str


def find_floats(paragraphs: Sequence[Paragraph]) -> list[Float]:
    """The figures and tables that have a caption, in order. Linear.

    A table's cells stand above its caption or below it, in all of a paper alike.
    """
    captions = list(_captions(paragraphs))
    tables = [index for index, kind in captions if kind is SectionKind.TABLE]
    above = sum(_is_cell(paragraphs, index - 1) and not _is_cell(paragraphs, index + 1) for index in tables)
    below = sum(_is_cell(paragraphs, index + 1) and not _is_cell(paragraphs, index - 1) for index in tables)
    floats: list[Float] = []
    for index, kind in captions:
        first, end = index, index + 1
        if kind is SectionKind.TABLE:
            first, end = _with_cells(paragraphs, index, is_above=above > below, floor=floats[-1].end if floats else 0)
        number, heading = _named(paragraphs[index])
        floats.append(Float(first, end, kind, number, heading))
    return floats


def is_caption(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the caption of a figure or a table."""
    return _kind(paragraph) is not None


def _captions(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, SectionKind]]:
    """Indices of captions; a number that had its caption begins a sentence about it, unless it is continued."""
    seen: dict[str, str] = {}
    for index, paragraph in enumerate(paragraphs):
        kind = _kind(paragraph)
        if kind is None:
            continue
        number, heading = _named(paragraph)
        name = f"{kind}{re.sub(r'[^0-9A-Z]', '', number)}"
        if seen.setdefault(name, heading) == heading or _CONTINUED.search(paragraph.text):
            yield index, kind


def _kind(paragraph: Paragraph) -> SectionKind | None:
    text = paragraph.text.lstrip()
    if paragraph.kind is not BlockKind.CAPTION:  # only a stop behind its number tells a caption from a sentence
        is_told = paragraph.kind is BlockKind.PARAGRAPH and _STOP_BEHIND_NUMBER.match(text) is not None
        if not is_told or len(text) > _MAX_CAPTION:
            return None
    if FIGURE.match(text):
        return SectionKind.FIGURE
    return SectionKind.TABLE if TABLE.match(text) else None


def _named(paragraph: Paragraph) -> tuple[str, str]:
    """Number and words of a caption: the label, then the first sentence."""
    words = paragraph.words
    label = _LABEL.match(words)
    if label is None:
        return "", words[:_MAX_HEADING]
    rest = words[label.end() :]
    stop = _SENTENCE.search(rest)
    return label["label"].strip(), rest[: stop.start() if stop else None][:_MAX_HEADING].rstrip(" .")


def _is_cell(paragraphs: Sequence[Paragraph], index: int) -> bool:
    return 0 <= index < len(paragraphs) and paragraphs[index].kind is BlockKind.TABLE_CELL


def _with_cells(paragraphs: Sequence[Paragraph], caption: int, *, is_above: bool, floor: int) -> tuple[int, int]:
    first, end = caption, caption + 1
    has_above, has_below = caption > floor and _is_cell(paragraphs, caption - 1), _is_cell(paragraphs, end)
    if has_above and (is_above or not has_below):
        while first > floor and _is_cell(paragraphs, first - 1):
            first -= 1
    elif has_below:
        while _is_cell(paragraphs, end):
            end += 1
    return first, end
