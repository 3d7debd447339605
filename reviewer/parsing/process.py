"""A worker process as the parent sees it: started, asked, ended when it misbehaves."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from reviewer.parsing.messages import GREETING, InvalidMessageError
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.spawning.process import SpawnedProcess

MAX_MEMORY = 1024 * 1024 * 1024
"""Bytes of a worker process. On Linux it sets itself a limit below that; elsewhere it is held to this one."""

_WATCH_S = 0.25


class WorkerProcess:
    """One spawned process and the pipe to it. Used by one thread at a time, except `interrupt`.

    Args:
        serve: what runs in the process, with its end of the pipe and the argument; sends `GREETING` when it is ready.
        start_s: how long it may take to be ready, in seconds.
    """

    def __init__(self, serve: Callable[[Connection, str], None], argument: str, name: str, start_s: float) -> None:
        self._start_s = start_s
        self._process = SpawnedProcess(serve, (argument,), name, MAX_MEMORY)
        self._is_ready = False
        self._is_at_peace = True

    @property
    def is_usable(self) -> bool:
        """True while the process runs and has answered whatever it was asked."""
        return self._is_at_peace and self._process.is_alive

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Room for a question and its answers. Not usable any more after a turn without `settle`.

        Raises:
            InputError: the process did not start in time, died, or said what no honest worker says.
        """
        self._is_at_peace = False
        try:
            if not self._is_ready:
                self._await_start()
            yield
        except InvalidMessageError as error:
            raise failure(OutcomeCode.ENGINE_CRASH) from error
        except (EOFError, OSError) as error:
            raise failure(self._cause_of_death()) from error

    def settle(self) -> None:
        """Says that the last answer of a turn has come."""
        self._is_at_peace = True

    def send(self, data: bytes) -> None:
        """Sends a message; within a turn."""
        self._process.connection.send_bytes(data)

    def receive(self, seconds: float, max_bytes: int) -> bytes:
        """The next message; within a turn. Blocks for up to so many seconds.

        Raises:
            InputError: none came in time, or the process has taken too much memory.
        """
        end = time.monotonic() + seconds
        while not self._process.connection.poll(max(0.0, min(_WATCH_S, end - time.monotonic()))):
            if time.monotonic() >= end:
                raise failure(OutcomeCode.TIMEOUT)
            if self._memory() > MAX_MEMORY:
                raise failure(OutcomeCode.MEMORY)
        return self._process.connection.recv_bytes(max_bytes)

    def interrupt(self) -> None:
        """Kills the process, so that a thread that waits for it fails at once. Does not wait; for any thread."""
        self._process.kill()

    def end(self) -> None:
        """Ends the process, gently at first, reaps it and closes the pipe. Nobody may use the worker afterwards."""
        self._process.end()

    def _memory(self) -> int:
        """Bytes of real memory; 0 where the process is gone."""
        import psutil  # noqa: PLC0415 - only looked at when something takes long

        pid = self._process.pid
        try:
            return int(psutil.Process(pid).memory_info().rss) if pid else 0
        except psutil.Error:
            return 0

    def _await_start(self) -> None:
        if self.receive(self._start_s, len(GREETING)) != GREETING:
            raise InvalidMessageError("no greeting")
        self._is_ready = True

    def _cause_of_death(self) -> OutcomeCode:
        code = self._process.exit_code()
        out_of_cpu = getattr(signal, "SIGXCPU", None)
        return OutcomeCode.TIMEOUT if out_of_cpu is not None and code == -out_of_cpu else OutcomeCode.ENGINE_CRASH
