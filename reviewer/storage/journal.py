"""The journal beside the database: whether it is the one that belongs to it.

SQLite plays whatever lies there into the file. A journal of another workspace, or an older one of the same, would put
wrong pages among the right ones. So a small file says what the workspace is known by and which journal it has: none
after a clean end, else the salt of the one that is written.
"""

import hashlib
import json
import shutil
from contextlib import suppress
from pathlib import Path

from reviewer.storage.failures import storage_error
from reviewer.storage.files import write_whole

MARK_NAME = "workspace.id"
RECOVERY = "recovery"
"""Folder with the database and its journal as a killed process left them, until the next clean end."""

_CLEAN, _OPEN = "none", "open"
_SALT = slice(16, 24)
"""Where the salt is in a journal's header; its first half counts up when the journal begins anew (SQLite's file format,
section 4.1)."""

_NEWER = 10
"""How many times it may have begun anew since the mark was written, which does not wait for the disk."""


class Journal:
    """The journal of a database file, and the mark that tells whether it is the right one.

    Args:
        path: the database file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wal = path.with_name(path.name + "-wal")
        self._mark = path.parent / MARK_NAME
        self._salt = ""

    @property
    def identity(self) -> str:
        """What the workspace must be known by; empty where nobody wrote it down."""
        return self._marked()[0]

    @property
    def is_own(self) -> bool:
        """Whether a journal that lies there is the database's own, as far as can be told."""
        _, known = self._marked()
        found = self._found_salt()
        return not found or known in ("", _OPEN) or _continues(known, found)

    def check(self) -> None:
        """Makes sure that a journal that lies there is the database's own.

        Raises:
            StorageError: *workspace_damaged*; nothing was played in yet.
        """
        if not self.is_own:
            raise storage_error("workspace_damaged")

    def check_identity(self, secret: bytes) -> None:
        """Makes sure that the database is the one that was here before.

        Raises:
            StorageError: *workspace_damaged*.
        """
        known, _ = self._marked()
        if known and known != identity_of(secret):
            raise storage_error("workspace_damaged")

    def set_aside(self) -> None:
        """Keeps what a killed process left, before SQLite plays the journal in."""
        folder = self._path.parent / RECOVERY
        with suppress(OSError):
            if self._found_salt() and self._path.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
                for part in (self._path, self._wal):
                    shutil.copyfile(part, folder / part.name)

    def begin(self, secret: bytes) -> None:
        """From now on there may be a journal. Raises OSError."""
        self._write(identity_of(secret), self._found_salt() or _OPEN)

    def follow(self) -> None:
        """Writes down which journal there is, where it began anew. Costs one small read."""
        found = self._found_salt()
        if found and found != self._salt:
            with suppress(OSError):
                self._write(self.identity, found)

    def end(self) -> None:
        """After a clean end, which leaves no journal unless somebody else still reads."""
        if not self._found_salt():
            with suppress(OSError):
                self._write(self.identity, _CLEAN)
            shutil.rmtree(self._path.parent / RECOVERY, ignore_errors=True)

    def _found_salt(self) -> str:
        with suppress(OSError), self._wal.open("rb") as file:
            return file.read(32)[_SALT].hex()
        return ""

    def _marked(self) -> tuple[str, str]:
        try:
            told = json.loads(self._mark.read_text("utf-8"))
            return str(told["workspace"]), str(told["journal"])
        except (OSError, ValueError, KeyError, TypeError):
            return "", ""

    def _write(self, identity: str, journal: str) -> None:
        content = json.dumps({"workspace": identity, "journal": journal}).encode()
        write_whole(self._mark, content)
        self._salt = journal


def identity_of(secret: bytes) -> str:
    """What a workspace is known by; says nothing about the secret."""
    return hashlib.sha256(b"workspace\0" + secret).hexdigest()[:16]


def _continues(known: str, found: str) -> bool:
    if known == _CLEAN:
        return False
    return known == found or 0 < int(found[:8], 16) - int(known[:8], 16) <= _NEWER
