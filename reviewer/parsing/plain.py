r"""Plain text and Markdown. Decoded where it stands: text has no structure that could harm its reader.

The document's text is the file's text, every character of it, with line ends made ``\n`` and control characters made
spaces. Blocks are separated by blank lines; in a group with long lines (paragraphs that are not wrapped) each line is a
block of its own.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, DocumentWarning
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Reading

MAX_CHARS = 50_000_000
_LONG_LINE = 160
_MARKDOWN_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_Range: TypeAlias = tuple[int, int]
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127), " ")


def read_plain(data: bytes) -> Reading:
    """Reads text: UTF-8, UTF-16 with a byte order mark, else Windows-1252 with a warning.

    Raises:
        InputError: there is nothing but white space, or more than 50 million characters.
    """
    text, warnings = _decode(data)
    return Reading(text, tuple(_blocks(text)), warnings=warnings)


def read_markdown(data: bytes) -> Reading:
    """Reads text as `read_plain` does; lines that begin with ``#`` are headings, with their level.

    The marks stay in the text but stand outside the heading's block.

    Raises:
        InputError: as for `read_plain`.
    """
    text, warnings = _decode(data)
    return Reading(text, tuple(_markdown_blocks(text)), warnings=warnings)


def _decode(data: bytes) -> tuple[str, tuple[DocumentWarning, ...]]:
    warnings: tuple[DocumentWarning, ...] = ()
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        sentence = "The text's encoding is unknown; it was read as Windows-1252, so some characters may be wrong."
        warnings = (DocumentWarning("encoding_guessed", sentence),)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    if not text.strip():
        raise failure(OutcomeCode.EMPTY_FILE, "The file holds no text.")
    if len(text) > MAX_CHARS:
        raise failure(OutcomeCode.TOO_BIG)
    return text, warnings


def _encoding(data: bytes) -> str:
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _blocks(text: str) -> Iterator[Block]:
    for group in _groups(text, _lines(text)):
        if any(end - start > _LONG_LINE for start, end in group):
            yield from (_block(text, start, end) for start, end in group)
        else:
            yield _block(text, group[0][0], group[-1][1])


def _markdown_blocks(text: str) -> Iterator[Block]:
    waiting: list[_Range] = []
    fenced = False
    for start, end in _lines(text):
        line = text[start:end]
        if _FENCE.match(line):
            fenced = not fenced
        heading = None if fenced else _MARKDOWN_HEADING.match(line)
        if heading is None:
            waiting.append((start, end))
            continue
        yield from _paragraphs(text, waiting)
        waiting = []
        if line[heading.end() :].strip():
            yield _block(text, start + heading.end(), end, BlockKind.HEADING, len(heading.group(1)))
    yield from _paragraphs(text, waiting)


def _paragraphs(text: str, lines: list[_Range]) -> Iterator[Block]:
    for group in _groups(text, lines):
        yield _block(text, group[0][0], group[-1][1])


def _lines(text: str) -> Iterator[_Range]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _groups(text: str, lines: Iterable[_Range]) -> Iterator[list[_Range]]:
    """Runs of lines between blank ones."""
    group: list[_Range] = []
    for start, end in lines:
        if text[start:end].strip():
            group.append((start, end))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _block(text: str, start: int, end: int, kind: BlockKind = BlockKind.PARAGRAPH, level: int | None = None) -> Block:
    piece = text[start:end]
    return Block(TextSpan(end - len(piece.lstrip()), start + len(piece.rstrip())), kind, level=level)
