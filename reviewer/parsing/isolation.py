"""Workers that read: started when needed, used again, ended when they misbehave."""

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from reviewer.domain.errors import InputError
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.parsing.messages import (
    MAX_REPLY_BYTES,
    Finished,
    InvalidMessageError,
    Job,
    PageRead,
    PageScanned,
    Recognized,
    Refused,
    WordsAwaited,
    decode_message,
    encode,
)
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.process import WorkerProcess
from reviewer.parsing.reading import Reading
from reviewer.parsing.recognition import Recognizer, Scans
from reviewer.parsing.sniff import FileKind
from reviewer.parsing.worker import serve

_NAME = "reviewer-parser"
MAX_PAGES = 5000  # that buy time


@dataclass(frozen=True, slots=True)
class TimeBudget:
    """How long a worker may take, in seconds. Progress buys time, so that long honest documents get through."""

    start_s: float = 60.0
    first_page_s: float = 15.0
    page_s: float = 5.0
    total_s: float = 30.0
    total_per_page_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be read, and how.

    Attributes:
        password: opens the file if it is protected.
        recognizer: reads scanned pages; None where text cannot be recognised.
    """

    kind: FileKind
    data: bytes = field(repr=False)
    password: Secret = NO_SECRET
    recognizer: Recognizer | None = None


class ReadingWorker(WorkerProcess):
    """A worker process that reads documents. Used by one thread at a time, except `interrupt`."""

    def __init__(self, reader_name: str, budget: TimeBudget) -> None:
        super().__init__(serve, reader_name, _NAME, budget.start_s)
        self._budget = budget

    def read(self, order: Order) -> Reading:
        """Has a file read. Blocks until the answer, the end of the budget or the death of the process.

        Raises:
            InputError: there is no document; `is_usable` says whether the worker can go on.
        """
        with self.turn(), closing(Scans(order.recognizer)) as scans:
            self.send(encode(Job(order.kind, order.data, order.password.reveal(), scans.at_once)))
            return self._await_reading(scans)

    def _await_reading(self, scans: Scans) -> Reading:
        clock = _Clock(self._budget)
        while True:
            message = decode_message(self.receive(clock.left_s(), MAX_REPLY_BYTES))
            match message:
                case Finished(reading=reading):
                    self.settle()
                    return reading
                case Refused(code=code):
                    if code is not OutcomeCode.MEMORY:
                        self.settle()
                    raise failure(code)
                case PageRead(pages=pages):
                    clock.count_page(pages)
                case PageScanned(picture=picture):
                    scans.add(picture)
                    clock.count_page()
                case WordsAwaited():
                    with clock.stopped():
                        words = scans.next_words()
                    self.send(encode(Recognized(words)))
                case _:
                    raise InvalidMessageError("out of turn")


class _Clock:
    """Runs while a worker reads, and stands still while it waits for us."""

    def __init__(self, budget: TimeBudget) -> None:
        self._budget = budget
        self._begin = time.monotonic()
        self._deadline = self._begin + budget.first_page_s
        self._total = budget.total_s

    def left_s(self) -> float:
        """Seconds until the next sign of life must have come."""
        return min(self._deadline, self._begin + self._total) - time.monotonic()

    def count_page(self, pages: int = 0) -> None:
        """A page is done, of so many."""
        self._deadline = time.monotonic() + self._budget.page_s
        if pages > 0:
            self._total = self._budget.total_s + self._budget.total_per_page_s * min(pages, MAX_PAGES)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """What is done inside takes none of the worker's time."""
        begin = time.monotonic()
        yield
        self._begin += time.monotonic() - begin
        self._deadline = time.monotonic() + self._budget.page_s


class WorkerPool:
    """At most so many workers, each started when it is first needed and kept for the next document.

    Safe from several threads; a thread waits while all workers are busy.
    """

    def __init__(self, reader_name: str, max_workers: int, budget: TimeBudget) -> None:
        self._reader_name = reader_name
        self._budget = budget
        # Last in, first out: a warm worker is taken before a cold slot.
        self._slots: queue.LifoQueue[ReadingWorker | None] = queue.LifoQueue()
        for _ in range(max_workers):
            self._slots.put(None)
        self._max_workers = max_workers
        self._workers: set[ReadingWorker] = set()
        self._lock = threading.Lock()
        self._is_closed = False

    def read(self, order: Order) -> Reading:
        """Reads a file in one of the workers.

        Raises:
            InputError: there is no document, or the pool was closed.
        """
        worker = self._slots.get()
        try:
            worker = self._usable(worker)
            return worker.read(order)
        except InputError as error:
            if self._is_closed:
                raise failure(OutcomeCode.CLOSED) from error
            raise
        finally:
            self._slots.put(self._kept(worker))

    def close(self) -> None:
        """Ends all workers, also those at work. Idempotent."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            workers = list(self._workers)
        for worker in workers:
            worker.interrupt()
        for _ in range(self._max_workers):
            idle = self._slots.get()
            if idle is not None:
                self._discard(idle)
        for _ in range(self._max_workers):
            self._slots.put(None)

    def _usable(self, worker: ReadingWorker | None) -> ReadingWorker:
        worker = self._kept(worker)
        with self._lock:
            if self._is_closed:
                raise failure(OutcomeCode.CLOSED)
            if worker is None:
                worker = ReadingWorker(self._reader_name, self._budget)
                self._workers.add(worker)
        return worker

    def _kept(self, worker: ReadingWorker | None) -> ReadingWorker | None:
        """The worker if it can go on, else None and it is gone."""
        if worker is None or worker.is_usable:
            return worker
        self._discard(worker)
        return None

    def _discard(self, worker: ReadingWorker) -> None:
        worker.end()
        with self._lock:
            self._workers.discard(worker)
