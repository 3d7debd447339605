"""Readers for worker processes that do what hostile documents make readers do."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Aids, Reading
from reviewer.parsing.sniff import FileKind


def _said(text: str) -> Reading:
    return Reading(text, (Block(TextSpan(0, len(text))),))


def abort(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    os.abort()


_read: list[bytes] = []


def abort_at_second_document(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    _read.append(data)
    if len(_read) > 1:
        os.abort()
    return _said("read")


def raise_untyped(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    raise ZeroDivisionError


def hang(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    aids.progress(1, 2)
    time.sleep(600)
    return _said("never")


def hang_on_request(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    if b"hang" in data:
        time.sleep(600)
    return _said(str(os.getpid()))


def exhaust_memory(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    return _said(str(len(b"x" * (8 * 1024**3))))


def refuse(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    raise failure(OutcomeCode.DTD_REFUSED)


def lie_about_blocks(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    return Reading("short", (Block(TextSpan(0, 500)),))


def say_too_much(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    return _said("x" * (65 * 1024 * 1024))


def chatter(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    sys.stdout.write("noise from the worker\n")
    os.write(1, b"noise from the worker\n")
    os.write(2, b"noise from the worker\n")
    return _said("quiet")


def try_doors(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    """Says which doors are open."""
    doors = {
        "socket": socket.socket,
        "subprocess": lambda: subprocess.run([sys.executable, "-V"], check=False),
        "write": lambda: Path(data.decode().removeprefix("%PDF-")).write_text("x", encoding="utf-8"),
        "remove": lambda: Path(__file__).unlink(),
        "read": lambda: Path("/etc/hostname" if os.name == "posix" else os.devnull).read_bytes(),
        "read beside": lambda: Path(data.decode().removeprefix("%PDF-") + ".pdf").read_bytes(),
        "library": lambda: Path(socket.__file__).read_bytes(),
    }
    found = []
    for name, door in doors.items():
        try:
            door()
        except OSError:
            continue
        found.append(name)
    return _said(" ".join(found))
