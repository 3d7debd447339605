"""What people decided: a journal that only grows."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from reviewer.domain.decision import Decision, SubjectKind, SubjectRef
from reviewer.storage.codec import encode, open_sealed, seal
from reviewer.storage.database import Database

SUBJECTS_AT_ONCE = 400
"""SQLite takes at least 999 values in one statement; a subject is two."""

_Row: TypeAlias = tuple[int, str, str, bytes | None]


class SqliteDecisionStore:
    """Implements `reviewer.ports.storage.DecisionStore`. A decision once kept is never changed or removed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, decision: Decision) -> None:
        """Keeps a decision after all earlier ones.

        Raises:
            StorageError: it cannot be written.
        """
        subject = decision.subject
        body = seal(_label(subject), encode(decision))
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO decisions (kind, subject, body) VALUES (?, ?, ?)", (subject.kind, subject.id, body)
            )
        )

    async def about(self, subjects: Sequence[SubjectRef]) -> tuple[Decision, ...]:
        """All decisions about these subjects, in the order they were made: a colleague's may have come in later.

        Raises:
            StorageError: the workspace cannot be read; *workspace_damaged* where one does not match its checksum.
        """

        def job(connection: sqlite3.Connection) -> list[_Row]:
            starts = range(0, len(subjects), SUBJECTS_AT_ONCE)
            return [row for start in starts for row in _rows(connection, subjects[start : start + SUBJECTS_AT_ONCE])]

        return _read(set(await self._database.read(job)))

    async def of_kind(self, kind: SubjectKind) -> tuple[Decision, ...]:
        """All decisions about subjects of a kind, in the order they were made.

        Raises:
            StorageError: as for `about`.
        """

        def job(connection: sqlite3.Connection) -> list[_Row]:
            rows: list[_Row] = connection.execute(
                "SELECT seq, kind, subject, CAST(body AS BLOB) FROM decisions WHERE kind = ?", (kind,)
            ).fetchall()
            return rows

        return _read(await self._database.read(job))


def _read(rows: Iterable[_Row]) -> tuple[Decision, ...]:
    found = [open_sealed(f"decision:{kind}:{subject}", body, Decision) for _, kind, subject, body in sorted(rows)]
    return tuple(sorted(found, key=lambda each: each.at))


def _label(subject: SubjectRef) -> str:
    return f"decision:{subject.kind}:{subject.id}"


def _rows(connection: sqlite3.Connection, subjects: Sequence[SubjectRef]) -> list[_Row]:
    marks = ",".join(["(?, ?)"] * len(subjects))
    rows: list[_Row] = connection.execute(
        f"SELECT seq, kind, subject, CAST(body AS BLOB) FROM decisions WHERE (kind, subject) IN (VALUES {marks})",  # noqa: S608  # marks only
        [part for each in subjects for part in (each.kind, each.id)],
    ).fetchall()
    return rows
