"""A real workspace in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.storage.database import Database
from reviewer.storage.workspace import SqliteWorkspace


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "Über uns, arbeitsraum 工作"


@pytest.fixture
def database(directory: Path) -> Iterator[Database]:
    opened = Database(directory)
    yield opened
    opened.close()


@pytest.fixture
def workspace(directory: Path) -> Iterator[SqliteWorkspace]:
    opened = SqliteWorkspace(directory)
    yield opened
    opened.close()
