"""Copies of the database: made daily and before it changes shape, checked, and put back."""

import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from reviewer.domain.errors import StorageError
from reviewer.storage.connection import FILE_NAME, PRAGMAS
from reviewer.storage.failures import from_sqlite, from_system, storage_error
from reviewer.storage.files import sync
from reviewer.storage.migrations import APPLICATION_ID
from reviewer.storage.seals import damaged_rows

FOLDER = "backups"
DAILY_KEPT, WEEKLY_KEPT, OTHERS_KEPT = 7, 4, 3
_NAME = re.compile(r"reviewer-(\d{8}T\d{6}Z)-(\w+)\.db")
_STAMP = "%Y%m%dT%H%M%SZ"
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class BackupReason(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    MIGRATION = "migration"
    MANUAL = "manual"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database. ``made_at`` aware, UTC."""

    path: Path
    made_at: datetime
    reason: BackupReason
    size_bytes: int


def list_backups(directory: Path) -> list[Backup]:
    """The backups of a workspace, newest first; other files there are none."""
    found = []
    with suppress(OSError):
        for path in (directory / FOLDER).iterdir():
            name = _NAME.fullmatch(path.name)
            if name and name[2] in set(BackupReason):
                made_at = datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC)
                found.append(Backup(path, made_at, BackupReason(name[2]), path.stat().st_size))
    return sorted(found, key=lambda each: (each.made_at, each.path.name), reverse=True)


def is_due(directory: Path, now: datetime) -> bool:
    """Whether no backup is younger than a day."""
    return not any(now - each.made_at < _DAY for each in list_backups(directory))


def make_backup(directory: Path, reason: BackupReason, now: datetime) -> Backup:
    """Copies the database while it may be in use, checks the copy, and forgets the oldest ones. Blocks.

    Raises:
        StorageError: *workspace_damaged*: the copy is not sound, and was not kept; or it cannot be written.
    """
    folder = directory / FOLDER
    path = folder / f"reviewer-{now.astimezone(UTC).strftime(_STAMP)}-{reason}.db"
    unfinished = path.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        copy_database(directory / FILE_NAME, unfinished)
        check_backup(unfinished)
        sync(unfinished)
        unfinished.replace(path)
        sync(folder)
    except OSError as error:
        raise from_system(error) from error
    except sqlite3.Error as error:
        raise from_sqlite(error) from error
    finally:
        for left in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    rotate(directory)
    return next(each for each in list_backups(directory) if each.path == path)


def rotate(directory: Path) -> None:
    """Deletes backups beyond the last seven days, four weeks, and three of each other reason."""
    backups = list_backups(directory)
    kept: set[Path] = set()
    for reason in BackupReason:
        alike = [each for each in backups if each.reason is reason]
        kept |= {each.path for each in alike[: DAILY_KEPT if reason is BackupReason.DAILY else OTHERS_KEPT]}
    weeks: dict[int, Path] = {}
    for each in backups:
        if each.reason is BackupReason.DAILY:
            weeks[each.made_at.toordinal() // _WEEK.days] = each.path  # the first of each week
    kept |= set(list(weeks.values())[: WEEKLY_KEPT + 1])
    for each in backups:
        if each.path not in kept:
            each.path.unlink(missing_ok=True)


def forget_backups(directory: Path) -> None:
    """Deletes all backups: what was deleted from the workspace must not live on in them. Raises StorageError."""
    try:
        for each in list_backups(directory):
            each.path.unlink(missing_ok=True)
    except OSError as error:
        raise from_system(error) from error


def restore_backup(directory: Path, backup: Path, now: datetime) -> None:
    """Puts a backup in place of the database, which is kept as a backup itself where it can be read. Blocks.

    The workspace must not be open. Nothing is changed unless the backup is sound.

    Raises:
        StorageError: *workspace_damaged*: the backup is not sound; or it cannot be written.
    """
    try:
        check_backup(backup)
        with suppress(StorageError):  # what is replaced may be anything
            make_backup(directory, BackupReason.RESTORE, now)
        replace_database(directory, backup)
    except OSError as error:
        raise from_system(error) from error
    except sqlite3.Error as error:
        raise from_sqlite(error) from error


def replace_database(directory: Path, source: Path) -> None:
    """Puts a copy of a database file in place of the workspace's own. Raises OSError, sqlite3.Error."""
    target = directory / FILE_NAME
    unfinished = directory / f"{FILE_NAME}.part"
    copy_database(source, unfinished)
    unfinished.chmod(0o600)
    sync(unfinished)
    for suffix in ("-wal", "-shm"):  # a journal of the old file would be played into the new one
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    unfinished.replace(target)
    sync(directory)


def copy_database(source: Path, target: Path) -> None:
    """SQLite's own way: whole commits only, however busy the source is."""
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")


def check_backup(path: Path) -> None:
    """Makes sure that a file is a whole workspace. Raises StorageError, sqlite3.Error."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for pragma in PRAGMAS[1:3]:
            connection.execute(f"PRAGMA {pragma}")
        is_ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        is_sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if not (is_ours and is_sound) or any(damaged_rows(connection)):
            raise storage_error("workspace_damaged")
