"""One spawned process and the pipe to it."""

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVarTuple

from reviewer.spawning.job_object import JobObject

Arguments = TypeVarTuple("Arguments")

_TERMINATE_S = 2.0
_SPAWN = multiprocessing.get_context("spawn")
# Starting and reaping touch tables of multiprocessing that are not made for several threads.
_PROCESS_TABLE = threading.Lock()


class SpawnedProcess:
    """A process that ends with ours. For any thread; the pipe is for one reader and one writer at a time.

    Args:
        serve: what runs in the process, with its end of the pipe and the arguments; found by its name there.
        name: how the system's lists show it.
        max_memory: bytes it may take; enforced on Windows only.
    """

    def __init__(
        self,
        serve: Callable[[Connection, *Arguments], None],
        arguments: tuple[*Arguments],
        name: str,
        max_memory: int,
    ) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        all_arguments: tuple[Any, ...] = (theirs, *arguments)
        self._process: SpawnProcess = _SPAWN.Process(target=serve, args=all_arguments, name=name, daemon=True)
        with _PROCESS_TABLE:
            self._process.start()
        self._job = JobObject(self._process.pid or 0, max_memory)
        theirs.close()
        self._is_released = False

    @property
    def is_alive(self) -> bool:
        """True while the process runs."""
        with _PROCESS_TABLE:
            return not self._is_released and self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """Its number while it runs."""
        with _PROCESS_TABLE:
            return self._process.pid if not self._is_released and self._process.is_alive() else None

    def exit_code(self) -> int | None:
        """How it ended, negative for a signal; waits a moment for the end. None while it still runs."""
        self._wait(_TERMINATE_S)
        with _PROCESS_TABLE:
            return None if self._is_released else self._process.exitcode

    def kill(self) -> None:
        """Kills the process. Does not wait."""
        with _PROCESS_TABLE:
            if not self._is_released and self._process.is_alive():
                self._process.kill()

    def end(self) -> None:
        """Ends the process, gently at first, reaps it and closes the pipe. Idempotent; takes seconds at worst."""
        for stop in (self._process.terminate, self._process.kill):
            with _PROCESS_TABLE:
                if self._is_released or not self._process.is_alive():
                    break
                stop()
            self._wait(_TERMINATE_S)
        self._job.close()
        self.connection.close()
        with _PROCESS_TABLE:
            if not self._is_released and not self._process.is_alive():
                self._process.close()
            self._is_released = True

    def _wait(self, seconds: float) -> None:
        with _PROCESS_TABLE:
            if self._is_released:
                return
            sentinel = self._process.sentinel
        if wait([sentinel], seconds):
            # The sentinel goes a moment before the process can be reaped; with a timeout join waits for that moment.
            with _PROCESS_TABLE:
                if not self._is_released:
                    self._process.join(seconds)
