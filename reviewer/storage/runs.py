"""Runs and their events."""

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.errors import StorageError
from reviewer.domain.events import RunEvent, RunFinished
from reviewer.domain.ids import DocumentId, RunId
from reviewer.domain.run import Run, RunStatus
from reviewer.storage.database import Database
from reviewer.storage.lanes import Haste
from reviewer.storage.run_rows import add_events, amend, encode_event, enter, owner_of, select_events, select_runs

PREFIX_CHARS = 6
"""The shortest beginning of a run's id that stands for it."""

_FINISHED = tuple(status for status in RunStatus if not status.is_unfinished)


class SqliteRunStore:
    """Implements `reviewer.ports.storage.RunStore`.

    A run belongs to the store that began it last. Where another process begins the same run anew, this one can no
    longer add to it, so that the events of the two are never mixed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._owner = os.urandom(16)
        self._begun: set[RunId] = set()

    async def begin(self, run: Run) -> None:
        """Enters a run as *running*; one of the same id is begun anew, its old events forgotten.

        Raises:
            StorageError: it cannot be written.
        """
        run = replace(run, status=RunStatus.RUNNING, finished_at=None)
        await self._database.write(lambda connection: enter(connection, run, self._owner))
        self._begun.add(run.id)

    async def find_unfinished(self, fingerprint: str) -> Run | None:
        """The latest run of this fingerprint that did not end as *done* or *partial*.

        Raises:
            StorageError: the workspace cannot be read.
        """
        marks = ",".join("?" * len(_FINISHED))
        found = await self._select(f"fingerprint = ? AND status NOT IN ({marks})", fingerprint, *_FINISHED)
        return found[0] if found else None

    async def append(self, run: RunId, events: Sequence[RunEvent]) -> None:
        """Stores events in order, in one transaction, and ends the run where one is `RunFinished`.

        Raises:
            StorageError: nothing was written; *workspace_locked* where another process began the run anew,
                *run_unknown* where nobody began it.
        """
        encoded = [encode_event(event) for event in events]
        end = next((event for event in events if isinstance(event, RunFinished)), None)

        def job(connection: sqlite3.Connection) -> None:
            self._check_owner(run, owner_of(connection, run))
            add_events(connection, run, encoded)
            if end is not None:
                amend(connection, run, end)

        await self._database.write(job, Haste.SOON if end is None else Haste.NOW)

    async def get(self, run: RunId) -> Run | None:
        """One run, by its id or by a beginning of it of 6 or more characters that no other run has.

        Raises:
            StorageError: the workspace cannot be read.
        """
        if not run.isascii():  # no id of ours, and perhaps nothing that SQLite can be asked for
            return None
        exact = await self._select("id = ?", run)
        if exact or len(run) < PREFIX_CHARS:
            return exact[0] if exact else None
        alike = await self._select("substr(id, 1, ?) = ?", len(run), run)
        return alike[0] if len(alike) == 1 else None

    async def runs_of(self, document: DocumentId) -> tuple[Run, ...]:
        """The runs that a document took part in, newest first. Looks through the events of all runs.

        Raises:
            StorageError: the workspace cannot be read.
        """
        condition = "id IN (SELECT run FROM events WHERE kind = 'DocumentAdded' AND instr(body, CAST(? AS BLOB)))"
        return await self._select(condition, document)

    async def list_runs(self) -> tuple[Run, ...]:
        """All runs, newest first; damaged entries are left out and logged.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return await self._select("TRUE")

    async def events(self, run: RunId) -> tuple[RunEvent, ...]:
        """The events of a run in order; none for an unknown run. Linear.

        Raises:
            StorageError: the workspace cannot be read; *workspace_damaged* where an event is missing or does not match
                its checksum.
        """
        return await self._database.read(lambda connection: select_events(connection, run))

    async def set_status(self, run: RunId, status: RunStatus) -> None:
        """Overwrites a run's status.

        Raises:
            StorageError: as for `append`.
        """

        def job(connection: sqlite3.Connection) -> None:
            self._check_owner(run, owner_of(connection, run))
            amend(connection, run, status)

        await self._database.write(job)

    def _check_owner(self, run: RunId, owner: bytes | None) -> None:
        if owner is None:
            raise StorageError("run_unknown", "The workspace holds no such run.", "List the runs with: runs list")
        if run in self._begun and owner != self._owner:
            raise StorageError(
                "workspace_locked",
                "Another program has begun this run anew.",
                "Let the other one finish; what was done here is kept and not asked again.",
            )

    async def _select(self, condition: str, *values: object) -> tuple[Run, ...]:
        return await self._database.read(lambda connection: select_runs(connection, condition, values))
