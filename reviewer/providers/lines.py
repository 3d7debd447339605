"""Replies that come line by line: bytes cut into lines, and lines put together to events (``text/event-stream``)."""

from collections.abc import Callable
from typing import TypeAlias

Hear: TypeAlias = Callable[[bytes], bool]
"""Is told one line, without its end, or one event's data. True: that was the last that is needed."""

_BOM = b"\xef\xbb\xbf"


class LineCutter:
    """Cuts pieces of any size into lines, which end with LF, CR LF or CR.

    Args:
        longest: bytes that a line may have.
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._pieces: list[bytes] = []
        self._size = 0

    def cut(self, piece: bytes) -> list[bytes]:
        """The lines that this piece completes, without their ends.

        Raises:
            ValueError: a line is too long.
        """
        if b"\n" not in piece and b"\r" not in piece and not self._ends_with_cr():
            self._keep(piece)
            return []
        lines = b"".join((*self._pieces, piece)).splitlines(keepends=True)
        self._pieces, self._size = [], 0
        if not lines[-1].endswith(b"\n"):  # with CR at its end, too: the LF may be in the next piece
            self._keep(lines.pop())
        if any(len(line) > self._longest for line in lines):
            raise ValueError("line too long")
        return [line.rstrip(b"\r\n") for line in lines]

    def rest(self) -> bytes:
        """What came after the last whole line."""
        return b"".join(self._pieces).rstrip(b"\r")

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._longest:
            raise ValueError("line too long")
        self._pieces.append(piece)

    def _ends_with_cr(self) -> bool:
        return bool(self._pieces) and self._pieces[-1].endswith(b"\r")


class EventStream:
    """Puts lines together to events; comments and the names of events are passed over.

    Args:
        tell: is told each event's data, its lines joined by LF.
    """

    def __init__(self, tell: Hear) -> None:
        self._tell = tell
        self._data: list[bytes] = []

    def hear(self, line: bytes) -> bool:
        """Takes one line; an empty one ends an event."""
        if line:
            name, _, value = line.removeprefix(_BOM).partition(b":")
            if name == b"data":
                self._data.append(value.removeprefix(b" "))
            return False
        data, self._data = b"\n".join(self._data), []
        return bool(data) and self._tell(data)
