"""The keeper of a workspace's folder: backups, checks and repair, from outside the open database."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from reviewer.domain.errors import InputError
from reviewer.domain.workspace import BackupInfo, Place, Repair
from reviewer.storage.backups import (
    Backup,
    BackupReason,
    forget_backups,
    is_due,
    list_backups,
    make_backup,
    restore_backup,
)
from reviewer.storage.connection import FILE_NAME
from reviewer.storage.failures import from_sqlite, from_system
from reviewer.storage.lock import OWNER_NAME, WorkspaceLock
from reviewer.storage.opening import locked_by
from reviewer.storage.salvage import salvage
from reviewer.storage.seals import damaged_rows
from reviewer.storage.volume import cloud_service, is_encrypted, network_system

REPAIR = "repair"


class FolderKeeper:
    """Implements `reviewer.ports.storage.Keeper`. Everything blocks.

    Args:
        directory: the workspace's folder, which need not exist.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def backups(self) -> tuple[BackupInfo, ...]:
        """The backups, newest first."""
        return tuple(_told(each) for each in list_backups(self._directory))

    def back_up(self, now: datetime, *, only_if_due: bool = False) -> BackupInfo | None:
        """Makes a backup and checks it; the workspace may be in use.

        Returns:
            The backup; None where none is due.

        Raises:
            StorageError: *workspace_damaged*, *disk_full*, *workspace_unwritable*.
        """
        if only_if_due and not is_due(self._directory, now):
            return None
        return _told(make_backup(self._directory, BackupReason.DAILY if only_if_due else BackupReason.MANUAL, now))

    def restore(self, name: str, now: datetime) -> None:
        """Puts a backup in place of the database, which is backed up first where it can be read.

        Raises:
            InputError: there is no such backup.
            StorageError: the workspace is in use, or the backup is not sound: nothing is changed then.
        """
        found = [each for each in list_backups(self._directory) if each.path.name == name]
        if not found:
            raise InputError("no_such_backup", f"There is no backup {name}.", "See: reviewer workspace show")
        with self._locked("restore"):
            restore_backup(self._directory, found[0].path, now)

    def repair(self, now: datetime) -> Repair:
        """Makes a new database of the newest backup and all that can still be read; the damaged one is kept.

        Raises:
            StorageError: the workspace is in use, or cannot be written.
        """
        with self._locked(REPAIR):
            done = salvage(self._directory, now)
        rows = sum(count for table, count in done.rows.items() if table != "meta")
        return Repair(rows, done.backup.made_at if done.backup else None, str(done.kept))

    def damage(self) -> int:
        """How many rows do not match their checksums. Reads the whole database, on a connection of its own.

        Raises:
            StorageError: *workspace_damaged* where it cannot be read to its end.
        """
        path = self._directory / FILE_NAME
        if not path.exists():
            return 0
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                is_sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
                return sum(each.rows for each in damaged_rows(connection)) + (not is_sound)
        except sqlite3.Error as error:
            raise from_sqlite(error) from error

    def forget_backups(self) -> None:
        """Deletes all backups."""
        forget_backups(self._directory)

    def place(self) -> Place:
        """Where the workspace is, as far as can be told."""
        path = self._directory / FILE_NAME
        above = next(each for each in (self._directory, *self._directory.absolute().parents) if each.exists())
        return Place(
            str(self._directory),
            path.stat().st_size if path.exists() else 0,
            network_system(above),
            cloud_service(self._directory, os.environ),
            is_encrypted(above),
        )

    @contextmanager
    def _locked(self, purpose: str) -> Iterator[None]:
        lock = WorkspaceLock(self._directory)
        try:
            if not lock.acquire(purpose):
                raise locked_by(self._directory / OWNER_NAME)
        except OSError as error:
            raise from_system(error) from error
        try:
            yield
        finally:
            lock.release()


def _told(backup: Backup) -> BackupInfo:
    return BackupInfo(backup.path.name, backup.made_at, backup.reason.value, backup.size_bytes)
