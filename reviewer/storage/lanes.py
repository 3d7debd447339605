"""Threads that own a connection: work comes in from event loops, answers go back to them."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from queue import Empty, SimpleQueue
from typing import TypeAlias, TypeVar

from reviewer.domain.errors import StorageError
from reviewer.storage.failures import from_sqlite, storage_error

T = TypeVar("T")
Job: TypeAlias = Callable[[sqlite3.Connection], T]

BATCH_LIMIT = 500
"""Jobs in one transaction at most, so that a commit stays short."""

GATHER_S = 0.01
"""So long a write that is not urgent waits for others to share its way to the disk."""


class Haste(Enum):
    """How a write goes to the disk.

    *NOW*: at once, with all that waits. *SOON*: with what else comes in `GATHER_S`; it may be overtaken by notes only.
    *NOTE*: at once and without waiting for the disk: it survives the end of the process, not that of the power, unless
    a later write of another kind took it along.
    """

    NOW = "now"
    SOON = "soon"
    NOTE = "note"


class Request:
    """A job, who waits for it, and how it went."""

    __slots__ = ("error", "future", "haste", "job", "result")

    def __init__(self, job: Job[object], future: asyncio.Future[object], haste: Haste = Haste.NOW) -> None:
        self.job = job
        self.future = future
        self.haste = haste
        self.result: object = None
        self.error: StorageError | None = None

    def answer(self) -> None:
        """Tells the waiting coroutine, unless it was cancelled. Runs on its loop."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


Serve: TypeAlias = Callable[[sqlite3.Connection, list[Request]], None]


class Lane:
    """One thread with one connection. Jobs are served in the order they came in, as many at once as are waiting.

    A job may raise `StorageError` or an error of SQLite; both reach its caller alone. Any other exception is a defect:
    the lane ends, everybody who waits is told *workspace_closed*, and the exception goes to `threading.excepthook`.

    Args:
        name: the thread's name.
        connection: closed by this lane, on its thread.
        serve: sets ``result`` or ``error`` of each request of a batch.
    """

    def __init__(self, name: str, connection: sqlite3.Connection, serve: Serve) -> None:
        self._connection = connection
        self._serve = serve
        self._queue: SimpleQueue[Request | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._is_closed = self._is_ending = False
        self._gathered: list[Request] = []
        self._due_at = 0.0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def submit(self, job: Job[T], haste: Haste = Haste.NOW) -> T:
        """Runs a job on the lane's thread. Cancelling stops the wait, not the job.

        Raises:
            StorageError: the job failed, or the lane is closed.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        with self._lock:
            if self._is_closed:
                raise storage_error("workspace_closed")
            self._queue.put(Request(job, future, haste))  # type: ignore[arg-type]  # Future is invariant; T is object here
        return await future

    def close(self) -> None:
        """Serves what is waiting, closes the connection and ends the thread. Blocks meanwhile. Idempotent."""
        self._refuse_more()
        self._thread.join()

    def _refuse_more(self) -> None:
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._queue.put(None)

    def _run(self) -> None:
        batch: list[Request] = []
        try:
            while batch := self._next_batch():
                self._serve(self._connection, batch)
                _answer(batch)
                # No job outlives its answer: what it holds must not wait for the next batch to be freed.
                batch.clear()
        finally:
            self._refuse_more()
            with suppress(sqlite3.Error):
                self._connection.close()
            self._abandon(batch)

    def _next_batch(self) -> list[Request]:
        """Waits for requests and takes what is there; empty when the lane was closed and all is served.

        Notes come alone and at once; all else in its order, as soon as one of them is urgent or the first has waited
        its time.
        """
        while True:
            notes = self._take()
            if notes:
                return notes
            if self._gathered and (self._is_ending or self._due_at <= time.monotonic()):
                batch, self._gathered = self._gathered[:BATCH_LIMIT], self._gathered[BATCH_LIMIT:]
                return batch
            if self._is_ending:
                return []

    def _take(self) -> list[Request]:
        """Takes requests out of the queue, waiting for one where there is time; gives the notes among them."""
        notes: list[Request] = []
        wait_s = max(0.0, self._due_at - time.monotonic()) if self._gathered or self._is_ending else None
        with suppress(Empty):
            request = self._queue.get(timeout=wait_s) if wait_s != 0.0 else self._queue.get_nowait()
            while len(notes) < BATCH_LIMIT:
                if request is None:
                    self._is_ending = True
                elif request.haste is Haste.NOTE:
                    notes.append(request)
                else:
                    self._gather(request)
                request = self._queue.get_nowait()
        return notes

    def _gather(self, request: Request) -> None:
        now = time.monotonic()
        due_at = now if request.haste is Haste.NOW else now + GATHER_S
        self._due_at = min(due_at, self._due_at) if self._gathered else due_at
        self._gathered.append(request)

    def _abandon(self, batch: list[Request]) -> None:
        batch += self._gathered
        with suppress(Empty):
            while True:
                request = self._queue.get_nowait()
                if request is not None:
                    batch.append(request)
        for request in batch:
            request.error = storage_error("workspace_closed")
        _answer(batch)


def _answer(batch: list[Request]) -> None:
    """Wakes each loop once for all of its requests: a wake-up is a system call."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Request]] = {}
    for request in batch:
        by_loop.setdefault(request.future.get_loop(), []).append(request)
    for loop, requests in by_loop.items():
        # A closed loop has nobody left to tell.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_answer_all, requests)


def _answer_all(requests: list[Request]) -> None:
    for request in requests:
        request.answer()


def read_each(connection: sqlite3.Connection, batch: list[Request]) -> None:
    """Serves reads, each by itself."""
    for request in batch:
        try:
            request.result = request.job(connection)
        except sqlite3.Error as error:
            request.error = from_sqlite(error)
        except StorageError as error:
            request.error = error


def commit_together(connection: sqlite3.Connection, batch: list[Request]) -> None:
    """Serves writes in one transaction. A job that fails is undone by itself; the others are committed.

    Where the transaction as a whole fails (disk full, database locked), every job of the batch fails with it.
    """
    try:
        # Between two transactions this is a matter of microseconds.
        connection.execute(f"PRAGMA synchronous = {'NORMAL' if batch[0].haste is Haste.NOTE else 'FULL'}")
        connection.execute("BEGIN IMMEDIATE")
        for request in batch:
            _write_one(connection, request)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        for request in batch:
            request.error = request.error or from_sqlite(error)


def _write_one(connection: sqlite3.Connection, request: Request) -> None:
    connection.execute("SAVEPOINT job")
    try:
        request.result = request.job(connection)
    except sqlite3.Error as error:
        if not connection.in_transaction:  # SQLite gave up the whole transaction
            raise
        request.error = from_sqlite(error)
    except StorageError as error:
        request.error = error
    if request.error is not None:
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")
