"""The workspace: all stores over one database."""

import asyncio
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from reviewer.domain.errors import StorageError
from reviewer.domain.ids import RunId
from reviewer.domain.matter import NO_MATTER, Matter, MatterId
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.domain.workspace import Unpacked
from reviewer.storage.backups import BackupReason, forget_backups, list_backups, make_backup
from reviewer.storage.database import Database
from reviewer.storage.decisions import SqliteDecisionStore
from reviewer.storage.deletion import delete_runs
from reviewer.storage.documents import SqliteDocumentStore
from reviewer.storage.journal import RECOVERY
from reviewer.storage.ledger import SqliteLedger
from reviewer.storage.lock import WorkspaceLock
from reviewer.storage.matters import SqliteMatterStore
from reviewer.storage.originals import FolderOriginalStore
from reviewer.storage.portable import Parcel, collect_rows, pack, put_rows, unpack
from reviewer.storage.runs import SqliteRunStore
from reviewer.storage.salvage import FOLDER as DAMAGED
from reviewer.storage.search import SqliteSearchIndex
from reviewer.storage.sent import SqliteSentLog
from reviewer.storage.steps import SqliteStepStore


class SqliteWorkspace:
    """Implements `reviewer.ports.storage.Workspace` in a folder, which is made where it is missing.

    Its coroutines may be awaited on any loop, on several at once. Opening blocks, for up to 5 s where another process
    is opening the same workspace. Use `reviewer.storage.opening.open_workspace`, which sees to it that one process at a
    time writes.

    Args:
        directory: the folder.
        refusal: why nothing may be written; None to read and write.
        lock: the right to write, given back on closing.

    Raises:
        StorageError: *workspace_locked*, *workspace_damaged*, *workspace_newer*, *workspace_unwritable*, *disk_full*,
            *workspace_missing*.
    """

    def __init__(self, directory: Path, refusal: StorageError | None = None, lock: WorkspaceLock | None = None) -> None:
        self._lock = lock
        self._directory = directory
        self._database = Database(directory, refusal)
        self._steps = SqliteStepStore(self._database)
        self._ledger = SqliteLedger(self._database)
        self._sent = SqliteSentLog(self._database)
        self._runs = SqliteRunStore(self._database)
        self._documents = SqliteDocumentStore(self._database)
        self._decisions = SqliteDecisionStore(self._database)
        self._matters = SqliteMatterStore(self._database)
        self._originals = FolderOriginalStore(directory, refusal)
        self._search = SqliteSearchIndex(self._database)

    def __repr__(self) -> str:
        return "SqliteWorkspace()"

    @property
    def steps(self) -> SqliteStepStore:
        """Finished work."""
        return self._steps

    @property
    def ledger(self) -> SqliteLedger:
        """What calls cost."""
        return self._ledger

    @property
    def sent(self) -> SqliteSentLog:
        """What left this computer."""
        return self._sent

    @property
    def runs(self) -> SqliteRunStore:
        """Runs and their events."""
        return self._runs

    @property
    def documents(self) -> SqliteDocumentStore:
        """Parsed documents."""
        return self._documents

    @property
    def decisions(self) -> SqliteDecisionStore:
        """What people decided."""
        return self._decisions

    @property
    def matters(self) -> SqliteMatterStore:
        """Matters and versions."""
        return self._matters

    @property
    def originals(self) -> FolderOriginalStore:
        """The bytes that were reviewed."""
        return self._originals

    @property
    def refusal(self) -> StorageError | None:
        """Why nothing can be written here; None where it can."""
        return self._database.refusal

    @property
    def search(self) -> SqliteSearchIndex:
        """What is searched."""
        return self._search

    @property
    def secret(self) -> bytes:
        """32 random bytes made with the workspace; never leaves it."""
        return self._database.secret

    async def delete(self, runs: Sequence[RunId], matter: MatterId = NO_MATTER) -> None:
        """Deletes runs, a matter, and all that nothing else refers to; also from the backups, which are made anew.

        Raises:
            StorageError: nothing was deleted, or what was is still in a backup.
        """
        deleted = await self._database.write(lambda connection: delete_runs(connection, runs, matter))
        for run in runs:
            await self._search.forget_run(run)
        for document in deleted.documents:
            await self._search.forget_document(document)
        await asyncio.to_thread(self._forget_traces, deleted.hashes)

    def _forget_traces(self, hashes: Sequence[str]) -> None:
        for sha256 in hashes:
            self._originals.forget(sha256)
        for folder in (DAMAGED, RECOVERY):  # copies of the whole database, from before
            shutil.rmtree(self._directory / folder, ignore_errors=True)
        if list_backups(self._directory):
            forget_backups(self._directory)
            make_backup(self._directory, BackupReason.DAILY, datetime.now(UTC))

    async def pack(self, matter: Matter, *, with_originals: bool, password: Secret = NO_SECRET) -> bytes:
        """A matter as one file (`reviewer.storage.portable`).

        Raises:
            StorageError: the workspace cannot be read.
        """
        rows = await self._database.read(lambda connection: collect_rows(connection, matter.id))
        hashes = {str(row[1]) for row in rows["documents"]} if with_originals else set()

        def work() -> bytes:
            kept = {sha256: self._originals.get(sha256) for sha256 in hashes}
            originals = {sha256: data for sha256, data in kept.items() if data is not None}
            return pack(Parcel(matter.id, rows, originals), matter.name, password)

        return await asyncio.to_thread(work)

    async def unpack(self, content: bytes, password: Secret = NO_SECRET) -> Unpacked:
        """Takes in what `pack` made: adds what is not there yet.

        Raises:
            InputError: the file cannot be used; nothing was taken in.
            StorageError: it cannot be written.
        """
        parcel = await asyncio.to_thread(unpack, content, password)
        done = await self._database.write(lambda connection: put_rows(connection, parcel))
        for sha256, data in parcel.originals.items():
            await asyncio.to_thread(self._originals.put, sha256, data)
        return Unpacked(done.matter, done.runs, done.decisions, len(parcel.originals))

    def close(self) -> None:
        """Waits for what was handed in and closes the database. Blocks. Idempotent; needs no loop."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()
