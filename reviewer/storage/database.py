"""The database: written by one thread, read by another."""

import sqlite3
from pathlib import Path
from typing import TypeVar

from reviewer.domain.errors import StorageError
from reviewer.storage.connection import FILE_NAME, make_private, open_to_read, open_to_write
from reviewer.storage.failures import from_sqlite, from_system, storage_error
from reviewer.storage.lanes import Haste, Job, Lane, Request, commit_together, read_each

T = TypeVar("T")


class Database:
    """One SQLite file in a folder of its own, which is made where it is missing, for this user alone.

    Writes are committed in groups: all that wait while a commit is on its way to the disk share the next one, so many
    coroutines writing at once cost few commits, and one that writes alone waits for nobody. Another process may have
    the same file open; SQLite's locks keep the two apart.

    Opened with a refusal it is only read, and whoever wants to write is told the refusal.

    Opening blocks, for up to 5 s where another process is opening the same file.

    Args:
        directory: the folder that holds the file.
        refusal: why nothing may be written, or None.

    Attributes:
        refusal: as given.
        secret: random bytes made with the file.
        commit_count: transactions so far.

    Raises:
        StorageError: *workspace_locked*, *workspace_damaged*, *workspace_newer*, *workspace_unwritable*, *disk_full*,
            *workspace_missing*.
    """

    def __init__(self, directory: Path, refusal: StorageError | None = None) -> None:
        self.commit_count = 0
        self.refusal = refusal
        path = directory / FILE_NAME
        try:
            if refusal is None:
                make_private(directory)
            opened = open_to_write(path) if refusal is None else open_to_read(path)
        except OSError as error:
            raise from_system(error) from error
        except sqlite3.Error as error:
            raise from_sqlite(error) from error
        self.secret = opened.secret
        self._closing = opened.closing
        self._journal = opened.journal
        self._writer = None if opened.writing is None else Lane("workspace-writer", opened.writing, self._commit)
        self._reader = Lane("workspace-reader", opened.reading, read_each)

    async def write(self, job: Job[T], haste: Haste = Haste.NOW) -> T:
        """Runs a job in a transaction and returns once it is on the disk, a note once it is committed. Never blocks.

        Jobs of one haste are committed in the order they were handed in. One that fails is undone without touching the
        others. Cancelling stops the wait, not the write.

        Raises:
            StorageError: nothing of the job was written.
        """
        if self._writer is None:
            raise self.refusal or storage_error("workspace_unwritable")
        return await self._writer.submit(job, haste)

    async def read(self, job: Job[T]) -> T:
        """Runs a job on a connection that cannot write; it sees every write that was awaited. Never blocks the loop.

        A job fetches all rows before it looks at them: an unfinished statement would hold the connection at the moment
        it began.

        Raises:
            StorageError: the job failed.
        """
        try:
            return await self._reader.submit(job)
        except StorageError as error:
            if self.refusal is not None and self.refusal.code == "workspace_newer":
                raise self.refusal from error  # what cannot be read there is not damage
            raise

    def close(self) -> None:
        """Waits for what was handed in and closes the file. Blocks. Idempotent; needs no loop."""
        self._reader.close()
        if self._writer is not None:
            self._writer.close()
        self._closing.close()

    def _commit(self, connection: sqlite3.Connection, batch: list[Request]) -> None:
        commit_together(connection, batch)
        self.commit_count += 1
        self._journal.follow()
