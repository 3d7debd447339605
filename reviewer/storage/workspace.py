"""The workspace: all stores over one database."""

from pathlib import Path

from reviewer.storage.database import Database
from reviewer.storage.decisions import SqliteDecisionStore
from reviewer.storage.documents import SqliteDocumentStore
from reviewer.storage.runs import SqliteRunStore
from reviewer.storage.steps import SqliteStepStore


class SqliteWorkspace:
    """Implements `reviewer.ports.storage.Workspace` in a folder, which is made where it is missing.

    Its coroutines may be awaited on any loop, on several at once. Opening blocks, for up to 5 s where another process
    is opening the same workspace. Two processes may use one workspace at the same time.

    Args:
        directory: the folder.

    Raises:
        StorageError: *workspace_locked*, *workspace_damaged*, *workspace_newer*, *workspace_unwritable*, *disk_full*.
    """

    def __init__(self, directory: Path) -> None:
        self._database = Database(directory)
        self._steps = SqliteStepStore(self._database)
        self._runs = SqliteRunStore(self._database)
        self._documents = SqliteDocumentStore(self._database)
        self._decisions = SqliteDecisionStore(self._database)

    def __repr__(self) -> str:
        return "SqliteWorkspace()"

    @property
    def steps(self) -> SqliteStepStore:
        """Finished work."""
        return self._steps

    @property
    def runs(self) -> SqliteRunStore:
        """Runs and their events."""
        return self._runs

    @property
    def documents(self) -> SqliteDocumentStore:
        """Parsed documents."""
        return self._documents

    @property
    def decisions(self) -> SqliteDecisionStore:
        """What people decided."""
        return self._decisions

    @property
    def secret(self) -> bytes:
        """32 random bytes made with the workspace; never leaves it."""
        return self._database.secret

    def close(self) -> None:
        """Waits for what was handed in and closes the database. Blocks. Idempotent; needs no loop."""
        self._database.close()
