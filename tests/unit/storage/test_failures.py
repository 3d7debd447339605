"""What errors of SQLite and the system mean to a user."""

import errno
import sqlite3

import pytest

from reviewer.storage.failures import from_sqlite, from_system, storage_error


@pytest.mark.parametrize(
    ("sqlite_code", "code"),
    [
        (sqlite3.SQLITE_BUSY, "workspace_locked"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "workspace_locked"),
        (sqlite3.SQLITE_LOCKED, "workspace_locked"),
        (sqlite3.SQLITE_FULL, "disk_full"),
        (sqlite3.SQLITE_CORRUPT, "workspace_damaged"),
        (sqlite3.SQLITE_NOTADB, "workspace_damaged"),
        (sqlite3.SQLITE_READONLY, "workspace_unwritable"),
        (sqlite3.SQLITE_CANTOPEN, "workspace_unwritable"),
        (sqlite3.SQLITE_IOERR_WRITE, "workspace_unwritable"),
        (sqlite3.SQLITE_ERROR, "workspace_damaged"),
    ],
)
def test_from_sqlite_tells_conditions_apart(sqlite_code: int, code: str) -> None:
    error = sqlite3.OperationalError("text of SQLite")
    error.sqlite_errorcode = sqlite_code
    translated = from_sqlite(error)
    assert translated.code == code
    assert translated.__cause__ is error
    assert "SQLite" not in translated.user_message


def test_from_sqlite_takes_an_error_without_code_for_damage() -> None:
    assert from_sqlite(sqlite3.ProgrammingError("misused")).code == "workspace_damaged"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EACCES, "workspace_unwritable"),
        (errno.EROFS, "workspace_unwritable"),
    ],
)
def test_from_system_tells_a_full_disk_apart(number: int, code: str) -> None:
    assert from_system(OSError(number, "text of the system")).code == code


@pytest.mark.parametrize(
    "code",
    [
        "workspace_locked",
        "disk_full",
        "workspace_damaged",
        "workspace_newer",
        "workspace_unwritable",
        "workspace_closed",
    ],
)
def test_every_error_has_one_sentence_and_a_hint(code: str) -> None:
    error = storage_error(code)
    assert error.user_message.endswith(".")
    assert "\n" not in error.user_message
    assert error.hint.endswith(".")
