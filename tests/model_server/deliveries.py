"""Replies that come oddly over the wire, byte by byte."""

import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from tests.model_server.faults import Fault

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_MEGABYTE = 1_000_000


class Line(Protocol):
    """A connection, as far as a delivery needs it."""

    def write(self, data: bytes) -> None:
        """Sends bytes."""

    def close(self) -> None:
        """Ends the reply and the connection in good order."""

    def abort(self) -> None:
        """Breaks the connection."""

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Does work later, if the connection is still there."""


def _hang(line: Line, fault: Fault) -> None:
    """Says nothing, ever."""


def _stall(line: Line, _fault: Fault) -> None:
    line.write(_HEAD + b'Content-Length: 500\r\n\r\n{"choi')


def _truncated(line: Line, fault: Fault) -> None:
    _stall(line, fault)
    line.close()


def _reset(line: Line, _fault: Fault) -> None:
    line.abort()


def _drip(line: Line, fault: Fault) -> None:
    line.write(_HEAD + b"Content-Length: 5000\r\n\r\n")
    _drop(line, fault)


def _drop(line: Line, fault: Fault) -> None:
    line.write(b" ")
    line.later(fault.every_s, lambda: _drop(line, fault))


def _huge_announced(line: Line, _fault: Fault) -> None:
    line.write(_HEAD + b"Content-Length: 50000000\r\n\r\n")


def _huge(line: Line, _fault: Fault) -> None:
    line.write(_HEAD + b"Connection: close\r\n\r\n")
    _pour(line, 50)


def _pour(line: Line, pieces: int) -> None:
    line.write(b" " * _MEGABYTE)
    if pieces > 1:
        line.later(0.002, lambda: _pour(line, pieces - 1))
    else:
        line.close()


def _gzip_bomb(line: Line, _fault: Fault) -> None:
    body = _packed(40)
    line.write(_HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    line.close()


@lru_cache
def _packed(megabytes: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return b"".join([*(packer.compress(b" " * _MEGABYTE) for _ in range(megabytes)), packer.flush()])


DELIVERIES: dict[str, Callable[[Line, Fault], None]] = {
    "hang": _hang,
    "stall": _stall,
    "reset": _reset,
    "truncated": _truncated,
    "drip": _drip,
    "huge": _huge,
    "huge_announced": _huge_announced,
    "gzip_bomb": _gzip_bomb,
}
