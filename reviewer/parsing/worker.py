"""The life of a worker process that reads: lock the doors, then read one document after another.

Whatever is not a typed refusal ends the process, and the parent says so.
"""

from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeAlias

from reviewer.domain.errors import InputError
from reviewer.parsing.lockdown import allow_cpu, enter
from reviewer.parsing.messages import (
    GREETING,
    MAX_REPLY_BYTES,
    Finished,
    Job,
    Message,
    PageRead,
    Refused,
    decode_job,
    encode,
)
from reviewer.parsing.outcomes import OutcomeCode
from reviewer.parsing.reading import Progress, Reading
from reviewer.parsing.sniff import FileKind

Reader: TypeAlias = Callable[[FileKind, bytes, Progress], Reading]
"""Reads bytes of a kind; raises `InputError` with an `OutcomeCode` as its code."""


def serve(connection: Connection, reader_name: str) -> None:
    """Reads jobs until the parent closes its end. Runs in the worker process and nowhere else.

    Args:
        connection: the worker's end.
        reader_name: ``module:function`` of a `Reader`; by name, so that the parent need not load parsing libraries.
    """
    module, _, function = reader_name.partition(":")
    reader: Reader = getattr(enter(module), function)
    connection.send_bytes(GREETING)
    while True:
        try:
            job = decode_job(connection.recv_bytes())
        except EOFError:
            return
        allow_cpu()
        message = _answer(job, reader, _reporter(connection))
        connection.send_bytes(_capped(message))
        if isinstance(message, Refused) and message.code is OutcomeCode.MEMORY:
            return


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
