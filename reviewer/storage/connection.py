"""Connections to the database file: to write with, and to read with where nothing may be changed."""

import shutil
import sqlite3
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from reviewer.storage.failures import from_sqlite, storage_error
from reviewer.storage.journal import Journal
from reviewer.storage.migrations import MIGRATIONS, check, migrate

FILE_NAME = "reviewer.db"
BUSY_TIMEOUT_MS = 5000
CHECKED_BYTES = 16 << 20
"""Up to this size a file is checked whenever it is opened to be written: 20 ms at most on a slow disk's cache."""

PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "foreign_keys=ON",
    "secure_delete=ON",
    "synchronous=FULL",
    "fullfsync=ON",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open database.

    Attributes:
        writing: None where it is only read.
        secret: random bytes made with the file.
        closing: what is left to be tidied up once the connections are closed.
        journal: what lies beside the file.
    """

    writing: sqlite3.Connection | None
    reading: sqlite3.Connection
    secret: bytes
    closing: ExitStack
    journal: Journal


def is_current(path: Path) -> bool:
    """Whether a file can be read as it is: there, and not from an older program. Blocks. Never raises."""
    version = _version(path)
    return path.exists() if version is None else version >= len(MIGRATIONS)


def is_outdated(path: Path) -> bool:
    """Whether a file is from an older program. Blocks. Never raises."""
    version = _version(path)
    return version is not None and 0 < version < len(MIGRATIONS)


def _version(path: Path) -> int | None:
    """None where it cannot be read: what is wrong with it is told when it is opened."""
    try:
        with ExitStack() as opened:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            opened.callback(connection.close)
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return None


def make_private(directory: Path) -> None:
    """Makes a folder for this user alone where it is missing. Raises OSError."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    directory.mkdir(mode=0o700, exist_ok=True)


def open_to_write(path: Path) -> Opened:
    """Opens a file, makes it where it is missing, and brings it up to date. Blocks.

    Raises:
        StorageError: it is another program's, or newer than this one.
        sqlite3.Error: it is no database, or cannot be written.
    """
    is_new = not path.exists()
    journal = Journal(path)
    journal.check()
    journal.set_aside()
    with ExitStack() as opened:
        writing = connect(path, opened)
        check(writing)
        if is_new:
            # Before there is a journal: SQLite gives journals the permissions of the database.
            path.chmod(0o600)
        _use_write_ahead_log(writing)
        _check_structure(writing, path)
        migrate(writing)
        reading = connect(path, opened)
        reading.execute("PRAGMA query_only=ON")
        secret = _secret(reading)
        journal.check_identity(secret)
        journal.begin(secret)
        opened.pop_all()
    closing = ExitStack()
    closing.callback(journal.end)
    return Opened(writing, reading, secret, closing, journal)


def open_to_read(path: Path) -> Opened:
    """Opens a file of this program, or of a newer one, and changes nothing in its folder. Blocks.

    On a medium that cannot be written SQLite cannot open a journal: what is there is read from a copy.

    Raises:
        StorageError: there is no file, or it is another program's.
        sqlite3.Error: it is no database, or cannot be read.
        OSError: it cannot be copied.
    """
    if not path.exists():
        raise storage_error("workspace_missing")
    journal = Journal(path)
    journal.check()
    with ExitStack() as closing:
        try:
            reading = _connect_to_read(path, closing)
        except sqlite3.OperationalError as error:
            if from_sqlite(error).code == "workspace_locked":
                raise
            reading = _connect_to_read(_copied(path, closing), closing)
        secret = _secret(reading)
        journal.check_identity(secret)
        return Opened(None, reading, secret, closing.pop_all(), journal)


def connect(path: Path, opened: ExitStack) -> sqlite3.Connection:
    """A connection set up as all of ours; ``opened`` closes it. Raises sqlite3.Error."""
    # Handed to a lane's thread after this, and used by that thread alone.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    opened.callback(connection.close)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _connect_to_read(path: Path, opened: ExitStack) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    with ExitStack() as failing:
        failing.callback(connection.close)
        for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
        check(connection, may_be_newer=True)
        failing.pop_all()
    opened.callback(connection.close)
    return connection


def _copied(path: Path, closing: ExitStack) -> Path:
    """A copy of a database and its journal in a folder that is deleted in the end."""
    folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="reviewer-", ignore_cleanup_errors=True)))
    for suffix in ("", "-wal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            shutil.copyfile(part, folder / part.name)
    return folder / path.name


def _check_structure(connection: sqlite3.Connection, path: Path) -> None:
    """Makes sure that a small file is sound before anything is written; a large one is checked beside other work."""
    if path.stat().st_size <= CHECKED_BYTES and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise storage_error("workspace_damaged")


def _secret(connection: sqlite3.Connection) -> bytes:
    row = connection.execute("SELECT CAST(value AS BLOB) FROM meta WHERE name = 'secret'").fetchone()
    if row is None or not row[0]:
        raise storage_error("workspace_damaged")
    return bytes(row[0])


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
