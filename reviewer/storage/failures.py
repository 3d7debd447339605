"""SQLite's and the system's errors in the words of our error tree."""

import errno
import sqlite3

from reviewer.domain.errors import StorageError

_SENTENCES = {
    "workspace_locked": (
        "The workspace is in use by another program.",
        "Wait for the other review to end or close its window, then try again.",
    ),
    "disk_full": (
        "The disk that holds the workspace is full.",
        "Free some space and start the same review again: finished steps are kept.",
    ),
    "workspace_damaged": (
        "The workspace database is damaged.",
        "Repair it: reviewer workspace repair. The damaged file is kept.",
    ),
    "workspace_newer": (
        "The workspace was made by a newer version of Reviewer.",
        "Update Reviewer, or use another folder with --workspace.",
    ),
    "workspace_unwritable": (
        "The workspace folder cannot be written.",
        "Check that the folder may be written, or use another one with --workspace.",
    ),
    "workspace_read_only": (
        "The workspace was opened only to be read.",
        "Use a command that writes, or open it in the window.",
    ),
    "workspace_missing": (
        "There is no workspace in this folder yet.",
        "Review a document first, or name another folder with --workspace.",
    ),
    "workspace_closed": (
        "The workspace is closed.",
        "Start Reviewer again; finished steps are kept.",
    ),
}

_CODES = {
    sqlite3.SQLITE_BUSY: "workspace_locked",
    sqlite3.SQLITE_LOCKED: "workspace_locked",
    sqlite3.SQLITE_PROTOCOL: "workspace_locked",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "workspace_unwritable",
    sqlite3.SQLITE_CANTOPEN: "workspace_unwritable",
    sqlite3.SQLITE_PERM: "workspace_unwritable",
    sqlite3.SQLITE_AUTH: "workspace_unwritable",
    sqlite3.SQLITE_IOERR: "workspace_unwritable",
}

_PRIMARY_CODE = 0xFF  # the upper bits of SQLite's extended codes only tell more about the same failure


def storage_error(code: str, cause: BaseException | None = None) -> StorageError:
    """The error of a code, with its sentence and hint, and what it came from.

    Raises:
        KeyError: no such code; a defect.
    """
    error = StorageError(code, *_SENTENCES[code])
    error.__cause__ = cause
    return error


def from_sqlite(error: sqlite3.Error) -> StorageError:
    """What an error of SQLite means to the user. Whatever is not a known condition counts as damage."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
    return storage_error(_CODES.get(code, "workspace_damaged"), error)


def from_system(error: OSError) -> StorageError:
    """What a failure to make the workspace folder means to the user."""
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return storage_error("disk_full" if is_full else "workspace_unwritable", error)
