"""The life of a worker process that reads: lock the doors, then read one document after another.

Whatever is not a typed refusal ends the process, and the parent says so.
"""

from collections.abc import Callable, Iterable, Iterator
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
    PageScanned,
    Refused,
    WordsAwaited,
    decode_job,
    decode_words,
    encode,
)
from reviewer.parsing.outcomes import OutcomeCode
from reviewer.parsing.reading import Aids, Progress, Reading
from reviewer.parsing.scan import Picture, Recognize, Word
from reviewer.parsing.sniff import FileKind

Reader: TypeAlias = Callable[[FileKind, bytes, Aids], Reading]
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
        aids = Aids(_reporter(connection), job.password, _recognizer(connection, job.scans) if job.scans else None)
        message = _answer(job, reader, aids)
        connection.send_bytes(_capped(message))
        if isinstance(message, Refused) and message.code is OutcomeCode.MEMORY:
            return


def _answer(job: Job, reader: Reader, aids: Aids) -> Message:
    try:
        return Finished(reader(job.kind, job.data, aids))
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


def _recognizer(connection: Connection, at_once: int) -> Recognize:
    """Hands pictures to the parent, some ahead of the words it waits for."""

    def answer() -> tuple[Word, ...]:
        connection.send_bytes(encode(WordsAwaited()))
        words = decode_words(connection.recv_bytes())
        allow_cpu()  # drawing a page costs about as much as a page of text may; the parent limits their number
        return words

    def recognize(pictures: Iterable[Picture]) -> Iterator[tuple[Word, ...]]:
        waiting = 0
        for picture in pictures:
            connection.send_bytes(encode(PageScanned(picture)))
            waiting += 1
            if waiting == at_once:
                yield answer()
                waiting -= 1
        for _ in range(waiting):
            yield answer()

    return recognize
