"""Worker processes as the parent sees them: started when needed, used again, ended when they misbehave."""

import multiprocessing
import queue
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from reviewer.domain.errors import InputError
from reviewer.parsing.messages import (
    MAX_REPLY_BYTES,
    Finished,
    InvalidMessageError,
    Job,
    Message,
    PageRead,
    Ready,
    Refused,
    decode_message,
    encode,
)
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Reading
from reviewer.parsing.sniff import FileKind
from reviewer.parsing.worker import serve

_TERMINATE_S = 2.0
_SPAWN = multiprocessing.get_context("spawn")
# Starting and reaping touch tables of multiprocessing that are not made for several threads.
_PROCESS_TABLE = threading.Lock()


@dataclass(frozen=True, slots=True)
class TimeBudget:
    """How long a worker may take, in seconds. Progress buys time, so that long honest documents get through."""

    start_s: float = 60.0
    first_page_s: float = 15.0
    page_s: float = 5.0
    total_s: float = 30.0
    total_per_page_s: float = 0.5


class WorkerProcess:
    """One spawned process and the pipe to it. Used by one thread at a time, except `interrupt`."""

    def __init__(self, reader_name: str, budget: TimeBudget) -> None:
        self._budget = budget
        self._connection, theirs = _SPAWN.Pipe()
        self._process: SpawnProcess = _SPAWN.Process(
            target=serve, args=(theirs, reader_name), name="reviewer-parser", daemon=True
        )
        with _PROCESS_TABLE:
            self._process.start()
        theirs.close()
        self._is_ready = False
        self._is_at_peace = True
        self._is_released = False

    @property
    def is_usable(self) -> bool:
        """True while the process runs and has answered whatever it was asked."""
        with _PROCESS_TABLE:
            return self._is_at_peace and self._process.is_alive()

    def read(self, kind: FileKind, data: bytes) -> Reading:
        """Has a file read. Blocks until the answer, the end of the budget or the death of the process.

        Raises:
            InputError: there is no document; `is_usable` says whether the worker can go on.
        """
        self._is_at_peace = False
        try:
            if not self._is_ready:
                self._await_start()
            self._connection.send_bytes(encode(Job(kind, data)))
            return self._await_reading()
        except InvalidMessageError as error:
            raise failure(OutcomeCode.ENGINE_CRASH) from error
        except (EOFError, OSError) as error:
            raise failure(self._cause_of_death()) from error

    def interrupt(self) -> None:
        """Kills the process, so that a thread that waits in `read` fails at once. Does not wait; for any thread."""
        with _PROCESS_TABLE:
            if not self._is_released and self._process.is_alive():
                self._process.kill()

    def end(self) -> None:
        """Ends the process, gently at first, reaps it and closes the pipe. Nobody may use the worker afterwards."""
        for stop in (self._process.terminate, self._process.kill):
            with _PROCESS_TABLE:
                if not self._process.is_alive():
                    break
                stop()
            self._wait(_TERMINATE_S)
        self._connection.close()
        with _PROCESS_TABLE:
            self._is_released = True
            if not self._process.is_alive():
                self._process.close()

    def _await_start(self) -> None:
        if not self._connection.poll(self._budget.start_s):
            raise failure(OutcomeCode.TIMEOUT)
        if not isinstance(_receive(self._connection), Ready):
            raise InvalidMessageError("no greeting")
        self._is_ready = True

    def _await_reading(self) -> Reading:
        budget = self._budget
        begin = time.monotonic()
        deadline, end = begin + budget.first_page_s, begin + budget.total_s
        while self._connection.poll(max(0.0, min(deadline, end) - time.monotonic())):
            message = _receive(self._connection)
            if isinstance(message, Finished):
                self._is_at_peace = True
                return message.reading
            if isinstance(message, Refused):
                self._is_at_peace = message.code is not OutcomeCode.MEMORY
                raise failure(message.code)
            if not isinstance(message, PageRead):
                raise InvalidMessageError("out of turn")
            deadline = time.monotonic() + budget.page_s
            end = begin + budget.total_s + budget.total_per_page_s * max(0, min(message.pages, 5000))
        raise failure(OutcomeCode.TIMEOUT)

    def _cause_of_death(self) -> OutcomeCode:
        self._wait(_TERMINATE_S)
        with _PROCESS_TABLE:
            code = self._process.exitcode
        out_of_cpu = getattr(signal, "SIGXCPU", None)
        return OutcomeCode.TIMEOUT if out_of_cpu is not None and code == -out_of_cpu else OutcomeCode.ENGINE_CRASH

    def _wait(self, seconds: float) -> None:
        if wait([self._process.sentinel], seconds):
            # The sentinel goes a moment before the process can be reaped; with a timeout join waits for that moment.
            with _PROCESS_TABLE:
                self._process.join(seconds)


class WorkerPool:
    """At most so many workers, each started when it is first needed and kept for the next document.

    Safe from several threads; a thread waits while all workers are busy.
    """

    def __init__(self, reader_name: str, max_workers: int, budget: TimeBudget) -> None:
        self._reader_name = reader_name
        self._budget = budget
        # Last in, first out: a warm worker is taken before a cold slot.
        self._slots: queue.LifoQueue[WorkerProcess | None] = queue.LifoQueue()
        for _ in range(max_workers):
            self._slots.put(None)
        self._max_workers = max_workers
        self._workers: set[WorkerProcess] = set()
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

    def _usable(self, worker: WorkerProcess | None) -> WorkerProcess:
        worker = self._kept(worker)
        with self._lock:
            if self._is_closed:
                raise failure(OutcomeCode.CLOSED)
            if worker is None:
                worker = WorkerProcess(self._reader_name, self._budget)
                self._workers.add(worker)
        return worker

    def _kept(self, worker: WorkerProcess | None) -> WorkerProcess | None:
        """The worker if it can go on, else None and it is gone."""
        if worker is None or worker.is_usable:
            return worker
        self._discard(worker)
        return None

    def _discard(self, worker: WorkerProcess) -> None:
        worker.end()
        with self._lock:
            self._workers.discard(worker)


def _receive(connection: Connection) -> Message:
    return decode_message(connection.recv_bytes(MAX_REPLY_BYTES))
