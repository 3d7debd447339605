"""What a reader makes of a file's bytes, before it has an identity, and how its text is put together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, DocumentWarning, Page
from reviewer.parsing.scan import Recognize
from reviewer.parsing.sniff import FileKind

Progress: TypeAlias = Callable[[int, int], None]
"""Called after each page with its number and the number of pages (paragraph batches count as pages in DOCX)."""

_TICKS_PER_REPORT = 2000


@dataclass(frozen=True, slots=True)
class Aids:
    """What a reader has besides the bytes.

    Attributes:
        progress: to be told of each page.
        password: opens a protected file; empty where none was given.
        recognize: reads the words off pictures; None where nothing can.
    """

    progress: Progress
    password: str = field(default="", repr=False)
    recognize: Recognize | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Text, blocks and pages of a file; what `Document` holds apart from identity and source.

    Attributes:
        kind: what the file turned out to be, where that shows only inside it; else None.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[DocumentWarning, ...] = ()
    kind: FileKind | None = None


class TextComposer:
    """Grows a text piece by piece and says where each piece stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Code points so far."""
        return self._length

    def append(self, piece: str, separator: str = "") -> TextSpan:
        """Adds a piece, after a separator unless it is the first; the span is the piece's alone."""
        if separator and self._length:
            self._parts.append(separator)
            self._length += len(separator)
        self._parts.append(piece)
        start, self._length = self._length, self._length + len(piece)
        return TextSpan(start, self._length)

    def text(self) -> str:
        """Everything so far."""
        return "".join(self._parts)


class Ticker:
    """Turns paragraphs and runs into progress reports, few enough to be cheap."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._count = 0

    def tick(self) -> None:
        """Counts one more."""
        self._count += 1
        if self._count % _TICKS_PER_REPORT == 0:
            batch = self._count // _TICKS_PER_REPORT
            self._progress(batch, batch)
