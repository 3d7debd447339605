"""Workers that read: started when needed, used again, ended when they misbehave."""

import queue
import threading
import time
from dataclasses import dataclass

from reviewer.domain.errors import InputError
from reviewer.parsing.messages import (
    MAX_REPLY_BYTES,
    Finished,
    InvalidMessageError,
    Job,
    PageRead,
    Refused,
    decode_message,
    encode,
)
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.process import WorkerProcess
from reviewer.parsing.reading import Reading
from reviewer.parsing.sniff import FileKind
from reviewer.parsing.worker import serve

_NAME = "reviewer-parser"


@dataclass(frozen=True, slots=True)
class TimeBudget:
    """How long a worker may take, in seconds. Progress buys time, so that long honest documents get through."""

    start_s: float = 60.0
    first_page_s: float = 15.0
    page_s: float = 5.0
    total_s: float = 30.0
    total_per_page_s: float = 0.5


class ReadingWorker(WorkerProcess):
    """A worker process that reads documents. Used by one thread at a time, except `interrupt`."""

    def __init__(self, reader_name: str, budget: TimeBudget) -> None:
        super().__init__(serve, reader_name, _NAME, budget.start_s)
        self._budget = budget

    def read(self, kind: FileKind, data: bytes) -> Reading:
        """Has a file read. Blocks until the answer, the end of the budget or the death of the process.

        Raises:
            InputError: there is no document; `is_usable` says whether the worker can go on.
        """
        with self.turn():
            self.send(encode(Job(kind, data)))
            return self._await_reading()

    def _await_reading(self) -> Reading:
        budget = self._budget
        begin = time.monotonic()
        deadline, end = begin + budget.first_page_s, begin + budget.total_s
        while True:
            message = decode_message(self.receive(min(deadline, end) - time.monotonic(), MAX_REPLY_BYTES))
            if isinstance(message, Finished):
                self.settle()
                return message.reading
            if isinstance(message, Refused):
                if message.code is not OutcomeCode.MEMORY:
                    self.settle()
                raise failure(message.code)
            if not isinstance(message, PageRead):
                raise InvalidMessageError("out of turn")
            deadline = time.monotonic() + budget.page_s
            end = begin + budget.total_s + budget.total_per_page_s * max(0, min(message.pages, 5000))


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

    def read(self, kind: FileKind, data: bytes) -> Reading:
        """Reads a file in one of the workers.

        Raises:
            InputError: there is no document, or the pool was closed.
        """
        worker = self._slots.get()
        try:
            worker = self._usable(worker)
            return worker.read(kind, data)
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
