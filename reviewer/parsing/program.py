"""Programs of somebody else's, started by the parent for one job at a time each."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_REAP_S = 5.0


class ProgramError(Exception):
    """It did not start, or was ended before it had done its work."""


class ProgramTimeoutError(ProgramError):
    """Its time was over."""


class ForeignProgram:
    """A program that is run once per job, without a shell, and ended with all its children. Safe from several threads.

    Args:
        path: where it is.
        environment: its variables; those of this process where None.
    """

    def __init__(self, path: Path, environment: Mapping[str, str] | None = None) -> None:
        self.path = path
        self._environment = environment
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._is_closed = False

    def run(
        self, arguments: Sequence[str], time_limit_s: float, data: bytes = b"", folder: Path | None = None
    ) -> bytes:
        """What it writes to its standard output. Blocks for up to the time limit; call it from a thread.

        Args:
            arguments: without the program's name.
            time_limit_s: after so many seconds it is ended.
            data: its standard input.
            folder: where it runs.

        Raises:
            ProgramTimeoutError: it took too long.
            ProgramError: it did not start, or was ended by `close`.
        """
        process = self._start(arguments, folder)
        try:
            output, _ = process.communicate(data, time_limit_s)
        except subprocess.TimeoutExpired as error:
            raise ProgramTimeoutError(self.path.name) from error
        except OSError as error:
            raise ProgramError(self.path.name) from error
        finally:
            _end(process)
            with self._lock:
                self._running.discard(process)
        if self._is_closed:
            raise ProgramError(self.path.name)
        return output

    def close(self) -> None:
        """Ends what is running; nothing can be run afterwards. Idempotent."""
        with self._lock:
            self._is_closed = True
            running = list(self._running)
        for process in running:
            _kill(process)

    def _start(self, arguments: Sequence[str], folder: Path | None) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._is_closed:
                raise ProgramError(self.path.name)
            try:
                process = subprocess.Popen(  # noqa: S603 - a program that was looked for by name, arguments of ours
                    [str(self.path), *arguments],
                    cwd=folder,
                    env=self._environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError as error:
                raise ProgramError(self.path.name) from error
            self._running.add(process)
        return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kills what is left and reaps the process."""
    _kill(process)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_REAP_S)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kills the process and all its children: a starter may go before the program that does the work."""
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        if process.poll() is None:
            with suppress(OSError):
                subprocess.run([str(taskkill), "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
