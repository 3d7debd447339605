"""Deleting runs and matters: rows, and what only they referred to."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewer.domain.ids import DocumentId
from reviewer.storage.references import in_batches, references


@dataclass(frozen=True, slots=True)
class Deleted:
    """What nothing refers to any more: documents by id, and their files by hash."""

    documents: tuple[DocumentId, ...]
    hashes: tuple[str, ...]


def delete_runs(connection: sqlite3.Connection, runs: Sequence[str], matter: str = "") -> Deleted:
    """Deletes runs, and a matter with its versions, and all that no other run or matter refers to. In a transaction."""
    gone = references(connection, runs)
    if matter:
        gone.documents.update(
            document for (document,) in connection.execute("SELECT document FROM turns WHERE matter = ?", (matter,))
        )
        connection.execute("DELETE FROM turns WHERE matter = ?", (matter,))
        connection.execute("DELETE FROM matters WHERE id = ?", (matter,))
    for run in runs:
        connection.execute("DELETE FROM events WHERE run = ?", (run,))
        connection.execute("DELETE FROM sent WHERE run = ?", (run,))
        connection.execute("DELETE FROM runs WHERE id = ?", (run,))
    left = references(connection, [run for (run,) in connection.execute("SELECT id FROM runs").fetchall()])
    left.documents.update(document for (document,) in connection.execute("SELECT document FROM turns"))
    gone = gone - left
    _delete(connection, "steps", "key", gone.steps)
    _delete(connection, "decisions", "subject", gone.findings | gone.documents)
    hashes = [
        sha256
        for batch in in_batches(gone.documents)
        for (sha256,) in connection.execute(
            f"SELECT DISTINCT sha256 FROM documents WHERE id IN ({_marks(batch)})",  # noqa: S608 - marks only
            batch,
        )
    ]
    _delete(connection, "documents", "id", gone.documents)
    return Deleted(tuple(DocumentId(each) for each in sorted(gone.documents)), tuple(hashes))


def _delete(connection: sqlite3.Connection, table: str, column: str, values: Iterable[str]) -> None:
    for batch in in_batches(values):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN ({_marks(batch)})", batch)  # noqa: S608 - names of ours


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
