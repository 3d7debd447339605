"""The life of a worker process: lock the doors, then read one document after another.

This is crash and resource isolation. It is not a sandbox: code that takes over the process is still the same user's.
Whatever is not a typed refusal ends the process, and the parent says so.
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from reviewer.domain.errors import InputError
from reviewer.parsing.messages import (
    MAX_REPLY_BYTES,
    Finished,
    Job,
    Message,
    PageRead,
    Ready,
    Refused,
    decode_job,
    encode,
)
from reviewer.parsing.outcomes import OutcomeCode
from reviewer.parsing.reading import Progress, Reading
from reviewer.parsing.sniff import FileKind

Reader: TypeAlias = Callable[[FileKind, bytes, Progress], Reading]
"""Reads bytes of a kind; raises `InputError` with an `OutcomeCode` as its code."""

MEMORY_ABOVE_BASELINE = 1024 * 1024 * 1024
CPU_SECONDS_PER_DOCUMENT = 300
_OPEN_FILES = 64
_REFUSED_EVENTS = (
    "socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.system", "os.startfile",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "os.kill", "pty.spawn", "shutil.", "ftplib.", "urllib.", "webbrowser.", "winreg.", "ctypes.dlopen",
)  # fmt: skip
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def serve(connection: Connection, reader_name: str) -> None:
    """Reads jobs until the parent closes its end. Runs in the worker process and nowhere else.

    Args:
        connection: the worker's end.
        reader_name: ``module:function`` of a `Reader`; by name, so that the parent need not load parsing libraries.
    """
    _silence()
    reader = _find(reader_name)
    _lock_down()
    connection.send_bytes(encode(Ready()))
    while True:
        try:
            job = decode_job(connection.recv_bytes())
        except EOFError:
            return
        _limit_cpu()
        message = _answer(job, reader, _reporter(connection))
        connection.send_bytes(_capped(message))
        if isinstance(message, Refused) and message.code is OutcomeCode.MEMORY:
            return


def _find(reader_name: str) -> Reader:
    module, _, function = reader_name.partition(":")
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader


def _answer(job: Job, reader: Reader, progress: Progress) -> Message:
    try:
        return Finished(reader(job.kind, job.data, progress))
    except InputError as error:
        return Refused(OutcomeCode(error.code))
    except MemoryError:
        return Refused(OutcomeCode.MEMORY)
    except RecursionError:
        return Refused(OutcomeCode.CORRUPT)


def _capped(message: Message) -> bytes:
    data = encode(message)
    return data if len(data) <= MAX_REPLY_BYTES else encode(Refused(OutcomeCode.TOO_BIG))


def _reporter(connection: Connection) -> Progress:
    def report(page: int, pages: int) -> None:
        connection.send_bytes(encode(PageRead(page, pages)))

    return report


def _silence() -> None:
    """Native libraries write to the file descriptors, so it is those that must lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as we do


def _lock_down() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.dont_write_bytecode = True
    _limit_resources()
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITE_FLAGS:
            raise PermissionError("a worker writes no files")
    elif event.startswith(_REFUSED_EVENTS):
        raise PermissionError(f"a worker does not do this: {event}")


def _limit_resources() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_NOFILE: _OPEN_FILES}
    mapped = _address_space()
    if mapped:
        limits[resource.RLIMIT_AS] = mapped + MEMORY_ABOVE_BASELINE
    for limit, value in limits.items():
        _, hard = resource.getrlimit(limit)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (allowed, allowed))


def _address_space() -> int:
    """Bytes mapped so far; 0 where the system does not tell (macOS, which does not enforce the limit either)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _limit_cpu() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS_PER_DOCUMENT, hard))
