"""The database file: opened safely, written by one thread, read by another."""

import sqlite3
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from reviewer.storage.failures import from_sqlite, from_system, storage_error
from reviewer.storage.lanes import Job, Lane, Request, commit_together, read_each
from reviewer.storage.migrations import check, migrate

FILE_NAME = "reviewer.db"
BUSY_TIMEOUT_MS = 5000

T = TypeVar("T")

_PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "foreign_keys=ON",
    "secure_delete=ON",
    "synchronous=FULL",
    "fullfsync=ON",
)


class Database:
    """One SQLite file in a folder of its own, which is made where it is missing, for this user alone.

    Writes are committed in groups: all that wait while a commit is on its way to the disk share the next one, so many
    coroutines writing at once cost few commits, and one that writes alone waits for nobody. Another process may have
    the same file open; SQLite's locks keep the two apart.

    Opening blocks, for up to 5 s where another process is opening the same file.

    Args:
        directory: the folder that holds the file.

    Attributes:
        secret: random bytes made with the file.
        commit_count: transactions so far.

    Raises:
        StorageError: *workspace_locked*, *workspace_damaged*, *workspace_newer*, *workspace_unwritable*, *disk_full*.
    """

    def __init__(self, directory: Path) -> None:
        self.commit_count = 0
        path = directory / FILE_NAME
        try:
            _make_private(directory)
            writing, reading, self.secret = _open(path)
        except OSError as error:
            raise from_system(error) from error
        except sqlite3.Error as error:
            raise from_sqlite(error) from error
        self._writer = Lane("workspace-writer", writing, self._commit)
        self._reader = Lane("workspace-reader", reading, read_each)

    async def write(self, job: Job[T]) -> T:
        """Runs a job in a transaction and returns once it is on the disk. Never blocks the loop.

        Jobs are committed in the order they were handed in. One that fails is undone without touching the others.
        Cancelling stops the wait, not the write.

        Raises:
            StorageError: nothing of the job was written.
        """
        return await self._writer.submit(job)

    async def read(self, job: Job[T]) -> T:
        """Runs a job on a connection that cannot write; it sees every write that was awaited. Never blocks the loop.

        A job fetches all rows before it looks at them: an unfinished statement would hold the connection at the moment
        it began.

        Raises:
            StorageError: the job failed.
        """
        return await self._reader.submit(job)

    def close(self) -> None:
        """Waits for what was handed in and closes the file. Blocks. Idempotent; needs no loop."""
        self._reader.close()
        self._writer.close()

    def _commit(self, connection: sqlite3.Connection, batch: list[Request]) -> None:
        commit_together(connection, batch)
        self.commit_count += 1


def _make_private(directory: Path) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    directory.mkdir(mode=0o700, exist_ok=True)


def _open(path: Path) -> tuple[sqlite3.Connection, sqlite3.Connection, bytes]:
    """A connection to write with, one to read with, and the secret."""
    is_new = not path.exists()
    with ExitStack() as opened:
        writing = _connect(path, opened)
        check(writing)
        if is_new:
            # Before there is a journal: SQLite gives journals the permissions of the database.
            path.chmod(0o600)
        _use_write_ahead_log(writing)
        migrate(writing)
        reading = _connect(path, opened)
        reading.execute("PRAGMA query_only=ON")
        secret = _secret(reading)
        opened.pop_all()
    return writing, reading, secret


def _secret(connection: sqlite3.Connection) -> bytes:
    row = connection.execute("SELECT CAST(value AS BLOB) FROM meta WHERE name = 'secret'").fetchone()
    if row is None or not row[0]:
        raise storage_error("workspace_damaged")
    return bytes(row[0])


def _connect(path: Path, opened: ExitStack) -> sqlite3.Connection:
    # Handed to a lane's thread after this, and used by that thread alone.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    opened.callback(connection.close)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Changes the journal mode, which SQLite does not wait for a lock to do: so we do."""
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
        except sqlite3.OperationalError as error:
            if from_sqlite(error).code != "workspace_locked" or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
