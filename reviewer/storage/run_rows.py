"""What the statements about runs and events are; each function runs on a lane's thread, inside its transaction."""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias, get_args

from reviewer.domain.errors import StorageError
from reviewer.domain.events import RunEvent, RunFinished
from reviewer.domain.ids import RunId
from reviewer.domain.run import Run, RunStatus
from reviewer.storage.codec import encode, open_sealed, seal
from reviewer.storage.failures import storage_error

EncodedEvent: TypeAlias = tuple[str, bytes]
"""The name of an event's class, and its JSON."""

_KINDS: dict[str, type[RunEvent]] = {kind.__name__: kind for kind in get_args(RunEvent)}

logger = logging.getLogger(__name__)


def encode_event(event: RunEvent) -> EncodedEvent:
    """An event as it is stored."""
    return type(event).__name__, encode(event)


def enter(connection: sqlite3.Connection, run: Run, owner: bytes) -> None:
    """Enters a run under its owner in place of one with the same id, whose events go."""
    connection.execute("DELETE FROM runs WHERE id = ?", (run.id,))
    # Gone with the run already, unless damage had taken the run alone.
    connection.execute("DELETE FROM events WHERE run = ?", (run.id,))
    started_us = int(run.started_at.timestamp() * 1_000_000)
    connection.execute(
        "INSERT INTO runs (id, fingerprint, status, started_us, owner, body) VALUES (?, ?, ?, ?, ?, ?)",
        (run.id, run.fingerprint, run.status, started_us, owner, _sealed(run)),
    )


def owner_of(connection: sqlite3.Connection, run: RunId) -> bytes | None:
    """Who began a run last; None where nobody did."""
    row = connection.execute("SELECT CAST(owner AS BLOB) FROM runs WHERE id = ?", (run,)).fetchone()
    return None if row is None else bytes(row[0] or b"")


def add_events(connection: sqlite3.Connection, run: RunId, events: Sequence[EncodedEvent]) -> None:
    """Adds events after those that are there."""
    rows = [
        (run, seq, kind, seal(_event_label(run, seq, kind), body))
        for seq, (kind, body) in enumerate(events, start=_event_count(connection, run))
    ]
    connection.executemany("INSERT INTO events (run, seq, kind, body) VALUES (?, ?, ?, ?)", rows)
    connection.execute("UPDATE runs SET event_count = event_count + ? WHERE id = ?", (len(rows), run))


def amend(connection: sqlite3.Connection, run_id: RunId, change: RunStatus | RunFinished) -> None:
    """Sets a run's status, and when it ended where the change says so.

    Raises:
        StorageError: *workspace_damaged*: the run cannot be read.
    """
    row = connection.execute("SELECT id, CAST(body AS BLOB) FROM runs WHERE id = ?", (run_id,)).fetchone()
    run = _opened(*row)
    if isinstance(change, RunFinished):
        run = replace(run, status=change.status, finished_at=change.finished_at)
    else:
        run = replace(run, status=change)
    connection.execute("UPDATE runs SET status = ?, body = ? WHERE id = ?", (run.status, _sealed(run), run_id))


def select_runs(connection: sqlite3.Connection, condition: str, values: tuple[object, ...]) -> tuple[Run, ...]:
    """The undamaged runs that meet a condition (SQL of ours, values apart), newest first."""
    statement = f"SELECT id, CAST(body AS BLOB) FROM runs WHERE {condition} ORDER BY started_us DESC, rowid DESC"  # noqa: S608
    rows = connection.execute(statement, values).fetchall()
    return tuple(run for row in rows if (run := _opened_or_logged(*row)) is not None)


def select_events(connection: sqlite3.Connection, run: RunId) -> tuple[RunEvent, ...]:
    """The events of a run in order.

    Raises:
        StorageError: *workspace_damaged*: one of them cannot be read, or is not there.
    """
    statement = "SELECT seq, kind, CAST(body AS BLOB) FROM events WHERE run = ? ORDER BY seq"
    events = tuple(_event(run, *row) for row in connection.execute(statement, (run,)).fetchall())
    if len(events) != _event_count(connection, run):
        raise storage_error("workspace_damaged")
    return events


def _event_count(connection: sqlite3.Connection, run: RunId) -> int:
    row = connection.execute("SELECT CAST(event_count AS INTEGER) FROM runs WHERE id = ?", (run,)).fetchone()
    return 0 if row is None else int(row[0] or 0)


def _event(run: RunId, seq: int, kind: str, body: bytes | None) -> RunEvent:
    if kind not in _KINDS:
        raise storage_error("workspace_damaged")
    return open_sealed(_event_label(run, seq, kind), body, _KINDS[kind])


def _event_label(run: RunId, seq: int, kind: str) -> str:
    return f"event:{run}:{seq}:{kind}"


def _sealed(run: Run) -> bytes:
    return seal(f"run:{run.id}", encode(run))


def _opened(run_id: str, body: bytes | None) -> Run:
    return open_sealed(f"run:{run_id}", body, Run)


def _opened_or_logged(run_id: str, body: bytes | None) -> Run | None:
    try:
        return _opened(run_id, body)
    except StorageError:
        logger.warning("run %s is damaged and left out", run_id)
        return None
