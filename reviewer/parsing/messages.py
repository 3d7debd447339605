"""What parent and worker say to each other. Bytes only: nothing that comes from a worker is ever unpickled."""

import math
from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from reviewer.domain.anchor import Box
from reviewer.domain.document import Block, Cell, Page
from reviewer.parsing.outcomes import OutcomeCode
from reviewer.parsing.reading import Reading
from reviewer.parsing.scan import Picture, Word, is_sound
from reviewer.parsing.sniff import FileKind

MAX_REPLY_BYTES = 64 * 1024 * 1024


class Job(msgspec.Struct, frozen=True, tag="job"):
    """Parent to worker: bytes of one file and what they seem to be.

    Attributes:
        password: opens the file if it is protected.
        scans: how many pictures may wait for their words at the same time; 0 where text cannot be recognised.
    """

    kind: FileKind
    data: bytes
    password: str = ""
    scans: int = 0

    def __repr__(self) -> str:
        """Without the password and the bytes."""
        return f"Job({self.kind})"


class Recognized(msgspec.Struct, frozen=True, tag="recognized"):
    """Parent to worker: the words of the first picture that was not answered yet."""

    words: tuple[Word, ...]


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """Worker to parent, once: everything is imported and locked down, jobs may come."""


class PageRead(msgspec.Struct, frozen=True, tag="page"):
    """Worker to parent: another page is done."""

    page: int
    pages: int


class PageScanned(msgspec.Struct, frozen=True, tag="scanned"):
    """Worker to parent: a page whose words are to be recognised."""

    picture: Picture


class WordsAwaited(msgspec.Struct, frozen=True, tag="words"):
    """Worker to parent: it waits for a `Recognized`, and sends nothing before it has it."""


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """Worker to parent: the document."""

    reading: Reading


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """Worker to parent: why there is no document. Sentences are the parent's; a worker sends the code alone."""

    code: OutcomeCode


Message: TypeAlias = Ready | PageRead | PageScanned | WordsAwaited | Finished | Refused


class InvalidMessageError(ValueError):
    """A worker said something that no honest worker says."""


def encode(message: Message | Job | Recognized) -> bytes:
    """The bytes of a message."""
    return msgspec.msgpack.encode(message)


GREETING = encode(Ready())
"""The first bytes of every worker, whatever it does."""


def decode_job(data: bytes) -> Job:
    """A job; the parent is trusted."""
    return msgspec.msgpack.decode(data, type=Job)


def decode_words(data: bytes) -> tuple[Word, ...]:
    """The words of a `Recognized`; the parent is trusted."""
    return msgspec.msgpack.decode(data, type=Recognized).words


def decode_message(data: bytes) -> Message:
    """A worker's message, checked in form and in sense.

    Raises:
        InvalidMessageError: it is not a message, or its places contradict its text.
    """
    try:
        message: Message = msgspec.msgpack.decode(data, type=Message)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidMessageError(str(error)) from error
    if isinstance(message, Finished):
        _check(message.reading)
    if isinstance(message, PageScanned):
        _require(is_sound(message.picture), "picture")
    return message


def _check(reading: Reading) -> None:
    _require([page.number for page in reading.pages] == list(range(1, len(reading.pages) + 1)), "page numbers")
    _require(_are_ascending(reading.blocks, len(reading.text)), "blocks overlap or leave the text")
    for block in reading.blocks:
        _require(block.page is None or 1 <= block.page <= max(1, len(reading.pages)), "block on no page")
        _require(block.box is None or _is_box(block.box), "block box")
        _require(block.cell is None or _is_cell(block.cell, len(reading.text)), "cell")
    for page in reading.pages:
        _check_page(page, len(reading.text))


def _check_page(page: Page, length: int) -> None:
    _require(math.isfinite(page.width) and math.isfinite(page.height), "page size")
    for line in page.lines:
        _require(line.span.end <= length and _is_box(line.box), "line")
        _require(not line.edges or len(line.edges) == len(line.span) + 1, "line edges")
        _require(all(map(math.isfinite, line.edges)), "line edges")


def _are_ascending(blocks: Iterable[Block], length: int) -> bool:
    end = 0
    for block in blocks:
        if block.span.start < end:
            return False
        end = block.span.end
    return end <= length


def _is_cell(cell: Cell, length: int) -> bool:
    spans = (*cell.row_headings, *cell.column_headings)
    return min(cell.table, cell.row, cell.column, cell.columns) > 0 and all(span.end <= length for span in spans)


def _is_box(box: Box) -> bool:
    return all(map(math.isfinite, (box.x0, box.y0, box.x1, box.y1))) and box.x0 <= box.x1 and box.y0 <= box.y1


def _require(condition: bool, what: str) -> None:  # noqa: FBT001 - an assertion that optimisation cannot remove
    if not condition:
        raise InvalidMessageError(what)
