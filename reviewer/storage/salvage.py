"""Repair: what can still be read of a damaged database, in a new one; the damaged file is kept."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path

from reviewer.domain.errors import StorageError
from reviewer.domain.ids import RunId
from reviewer.domain.run import RunStatus
from reviewer.storage.backups import Backup, check_backup, copy_database, list_backups, replace_database
from reviewer.storage.carving import Pages, carve
from reviewer.storage.connection import FILE_NAME
from reviewer.storage.failures import from_sqlite, from_system
from reviewer.storage.journal import MARK_NAME, RECOVERY, Journal, identity_of
from reviewer.storage.migrations import check, migrate
from reviewer.storage.run_rows import amend
from reviewer.storage.seals import SEALED_TABLES, Row, SealedTable, table_of

FOLDER = "damaged"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came of a repair.

    Attributes:
        rows: how many rows of each table the damaged file still gave.
        backup: the backup that was laid under them, or None.
        kept: where the damaged file is kept.
    """

    rows: dict[str, int]
    backup: Backup | None
    kept: Path


def salvage(directory: Path, now: datetime) -> Salvaged:
    """Makes a new database of the newest sound backup and of every row that the damaged one still holds. Blocks.

    A row counts only where it matches its checksum. The workspace must not be open. The damaged files are kept in a
    folder beside; nothing is replaced before the new database is complete.

    Raises:
        StorageError: it cannot be written.
    """
    kept = directory / FOLDER / now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    new = directory / f"{FILE_NAME}.new"
    try:
        _keep(directory, kept)
        backup = _lay_ground(directory, new)
        rows = _fill(new, kept, Journal(directory / FILE_NAME))
        replace_database(directory, new)
        (directory / MARK_NAME).unlink(missing_ok=True)
    except OSError as error:
        raise from_system(error) from error
    except sqlite3.Error as error:
        raise from_sqlite(error) from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                new.with_name(new.name + suffix).unlink(missing_ok=True)
    return Salvaged(rows, backup, kept)


def _keep(directory: Path, kept: Path) -> None:
    """The files as they are, and as a killed process left them before a journal was played in."""
    for source, target in ((directory, kept), (directory / RECOVERY, kept / RECOVERY)):
        for name in (FILE_NAME, f"{FILE_NAME}-wal"):
            if (source / name).exists():
                target.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source / name, target / name)


def _lay_ground(directory: Path, new: Path) -> Backup | None:
    """A database of today's shape: the newest backup that is sound, else an empty one."""
    for backup in list_backups(directory):
        try:
            check_backup(backup.path)
            copy_database(backup.path, new)
        except (StorageError, sqlite3.Error):
            continue
        _migrate(new)
        return backup
    new.unlink(missing_ok=True)
    _migrate(new)
    return None


def _migrate(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        check(connection)
        migrate(connection)


def _fill(new: Path, kept: Path, journal: Journal) -> dict[str, int]:
    with closing(sqlite3.connect(new)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        with ExitStack() as opened:
            before = _layers(kept / RECOVERY, opened, has_journal=True)
            layers = [*before, *_layers(kept, opened, has_journal=journal.is_own)]
            layers = [each for each in layers if _is_of(each, journal.identity)]
            _forget_old_events(connection, layers)
            counts = _insert(connection, layers)
        _mend_runs(connection)
        connection.commit()
    return counts


def _layers(folder: Path, opened: ExitStack, *, has_journal: bool) -> list[Pages]:
    """The file, then its journal, which is newer: it is a layer of its own, as it may be the wrong one."""
    database = opened.enter_context(_mapped(folder / FILE_NAME))
    wal = opened.enter_context(_mapped(folder / f"{FILE_NAME}-wal"))
    return [Pages(database), *([Pages(database, bytes(wal))] if wal and has_journal else [])]


def _is_of(layer: Pages, known: str) -> bool:
    """False for what is known to come from another workspace."""
    secrets = (row[1] for table, row in _rows([layer]) if table.name == "meta" and row[0] == "secret")
    return not known or all(isinstance(each, bytes) and identity_of(each) == known for each in secrets)


@contextmanager
def _mapped(path: Path) -> Iterator[bytes | mmap]:
    if not path.exists() or path.stat().st_size == 0:
        yield b""
        return
    with path.open("rb") as file, closing(mmap(file.fileno(), 0, access=ACCESS_READ)) as content:
        yield content


def _rows(layers: Sequence[Pages]) -> Iterator[tuple[SealedTable, Row]]:
    for number, values in chain.from_iterable(map(carve, layers)):
        found = table_of(values)
        if found is not None:
            table, row = found
            yield table, ((number, *row[1:]) if table.columns[0] == "seq" else row)


def _forget_old_events(connection: sqlite3.Connection, layers: Sequence[Pages]) -> None:
    """A run that the damaged file still knows was perhaps begun anew since the backup: its events are not mixed."""
    for table, row in _rows(layers):
        if table.name == "runs":
            connection.execute("DELETE FROM events WHERE run = ?", (row[0],))


def _insert(connection: sqlite3.Connection, layers: Sequence[Pages]) -> dict[str, int]:
    counts = {table.name: 0 for table in SEALED_TABLES}
    for table, row in _rows(layers):
        columns = ", ".join(table.columns[: len(row)])
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT OR REPLACE INTO {table.name} ({columns}) VALUES ({marks})", row)  # noqa: S608
        counts[table.name] += 1
    return counts


def _mend_runs(connection: sqlite3.Connection) -> None:
    """A run whose events are not all there is *interrupted*: run again, it asks nothing that is stored."""
    connection.execute("DELETE FROM events WHERE run NOT IN (SELECT id FROM runs)")
    runs = connection.execute("SELECT id, CAST(event_count AS INTEGER) FROM runs").fetchall()
    for run, count in runs:
        numbers = [each[0] for each in connection.execute("SELECT seq FROM events WHERE run = ? ORDER BY seq", (run,))]
        whole = next((at for at, number in enumerate(numbers) if at != number), len(numbers))
        connection.execute("DELETE FROM events WHERE run = ? AND seq >= ?", (run, min(whole, count)))
        if whole < count:
            connection.execute("UPDATE runs SET event_count = ? WHERE id = ?", (whole, run))
            amend(connection, RunId(run), RunStatus.INTERRUPTED)
