"""Who writes in a workspace: one process at a time, by a lock of the operating system."""

import json
import os
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

LOCK_NAME = "workspace.lock"
OWNER_NAME = "workspace.owner"
POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, as they said themselves.

    Attributes:
        purpose: what they do, such as ``window`` or ``review``.
        started_at: ISO 8601, UTC.
    """

    purpose: str
    process: int
    host: str
    started_at: str


class WorkspaceLock:
    """The right to write in a workspace's folder. It ends with the process that holds it, however that ends.

    The lock file itself means nothing: only the operating system's lock on it does. Who holds it is written beside it,
    as on Windows nobody else can read a locked file.

    Args:
        directory: the workspace's folder, which exists.
    """

    def __init__(self, directory: Path) -> None:
        self._owner = directory / OWNER_NAME
        self._lock = FileLock(directory / LOCK_NAME, mode=0o600, thread_local=False)

    def acquire(self, purpose: str, wait_s: float = 0.0) -> bool:
        """Takes the lock unless another process has it and keeps it for so long. Blocks meanwhile.

        Raises:
            OSError: the folder cannot be written.
        """
        try:
            self._lock.acquire(timeout=wait_s, poll_interval=POLL_S)
        except Timeout:
            return False
        holder = Holder(purpose, os.getpid(), platform.node(), datetime.now(UTC).isoformat(timespec="seconds"))
        with suppress(OSError):  # only what others are told: the lock holds without it
            self._owner.write_text(json.dumps(asdict(holder)), "utf-8")
        return True

    def release(self) -> None:
        """Gives the lock back. Idempotent."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._owner.unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> Holder | None:
        """Who has the lock, where somebody has and said so."""
        return read_holder(self._owner)


def read_holder(path: Path) -> Holder | None:
    """What a file says about who holds the lock; None where there is none, or one that cannot be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return Holder(str(told["purpose"]), int(told["process"]), str(told["host"]), str(told["started_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
