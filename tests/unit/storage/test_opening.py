import asyncio
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewer.domain.decision import Decision, DecisionAction, SubjectKind, SubjectRef
from reviewer.domain.errors import StorageError
from reviewer.ports.storage import Access
from reviewer.storage import opening
from reviewer.storage.connection import FILE_NAME
from reviewer.storage.lock import WorkspaceLock
from reviewer.storage.migrations import MIGRATIONS
from reviewer.storage.opening import open_workspace
from tests.fakes.documents import make_document

ROOT = Path(__file__).parents[3]
STARTS = 10
START = """
import sys, time
from pathlib import Path
from reviewer.domain.errors import StorageError
from reviewer.ports.storage import Access
from reviewer.storage.opening import open_workspace
workspace = open_workspace(Path(sys.argv[1]), Access.EITHER, "window")
print("reads" if workspace.refusal else "writes", flush=True)
sys.stdin.read()
workspace.close()
"""
NOTE = Decision(
    SubjectRef(SubjectKind.FINDING, "f"), DecisionAction.NOTE, datetime(2026, 11, 23, tzinfo=UTC), value="kept"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed workspace with one decision and a document, under a path that is not plain."""
    place = tmp_path / "Müller & Söhne 契約"
    with closing(open_workspace(place)) as workspace:
        asyncio.run(workspace.decisions.add(NOTE))
        asyncio.run(workspace.documents.put(make_document("one"), "1"))
    return place


@pytest.fixture
def read_only(folder: Path) -> Iterator[Path]:
    """The same, in a folder that nobody may write."""
    shutil.rmtree(folder / "handover", ignore_errors=True)
    for each in folder.iterdir():
        each.chmod(stat.S_IREAD)
    folder.chmod(stat.S_IREAD | stat.S_IEXEC)
    yield folder
    folder.chmod(stat.S_IRWXU)
    for each in folder.iterdir():
        each.chmod(stat.S_IREAD | stat.S_IWRITE)


def kept(workspace: opening.SqliteWorkspace) -> tuple[Decision, ...]:
    return asyncio.run(workspace.decisions.about([NOTE.subject]))


def refused(workspace: opening.SqliteWorkspace) -> str:
    with pytest.raises(StorageError) as caught:
        asyncio.run(workspace.decisions.add(NOTE))
    return caught.value.code


def test_second_writer_is_told_who_writes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT_S", 0.1)
    with closing(open_workspace(folder, purpose="window")), pytest.raises(StorageError) as caught:
        open_workspace(folder)
    assert caught.value.code == "workspace_locked"
    assert "window, process" in caught.value.user_message


def test_writer_waits_for_one_that_ends_soon(folder: Path) -> None:
    lock = WorkspaceLock(folder)
    assert lock.acquire("review")

    async def both() -> None:
        waiting = asyncio.create_task(asyncio.to_thread(open_workspace, folder))
        await asyncio.sleep(0.2)
        lock.release()
        (await waiting).close()

    asyncio.run(both())


def test_who_may_do_without_reads_beside_a_writer_and_sees_what_it_writes(folder: Path) -> None:
    with closing(open_workspace(folder)) as writer, closing(open_workspace(folder, Access.EITHER)) as reader:
        assert writer.refusal is None
        assert reader.refusal is not None
        assert refused(reader) == "workspace_locked"
        asyncio.run(writer.decisions.add(NOTE))
        assert kept(reader) == (NOTE, NOTE)
        asyncio.run(reader.documents.put(make_document("two"), "1"))  # a cache: not kept, no failure
    with closing(open_workspace(folder, Access.EITHER)) as alone:
        assert alone.refusal is None
        assert refused_nothing(alone)


def refused_nothing(workspace: opening.SqliteWorkspace) -> bool:
    asyncio.run(workspace.decisions.add(NOTE))
    return True


def test_who_only_reads_takes_no_lock(folder: Path) -> None:
    with closing(open_workspace(folder, Access.READ)) as reader, closing(open_workspace(folder)) as writer:
        assert refused(reader) == "workspace_read_only"
        assert kept(reader) == kept(writer) == (NOTE,)


def test_reading_makes_a_missing_workspace_and_brings_an_old_one_up_to_date(tmp_path: Path) -> None:
    with closing(open_workspace(tmp_path / "new", Access.READ)) as workspace:
        assert asyncio.run(workspace.runs.list_runs()) == ()
    with closing(sqlite3.connect(tmp_path / "new" / FILE_NAME)) as connection:
        connection.execute("DROP TABLE decisions")
        connection.execute("PRAGMA user_version=1")
        for each in ("search_state",):
            connection.execute(f"DROP TABLE IF EXISTS {each}")
    if len(MIGRATIONS) == 2:
        with closing(open_workspace(tmp_path / "new", Access.READ)) as workspace:
            assert kept(workspace) == ()


def test_newer_workspace_is_read_and_never_written(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
        connection.execute("ALTER TABLE runs RENAME COLUMN body TO content")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(StorageError) as caught:
        open_workspace(folder)
    assert caught.value.code == "workspace_newer"
    with closing(open_workspace(folder, Access.EITHER)) as workspace:
        assert kept(workspace) == (NOTE,)
        assert refused(workspace) == "workspace_newer"
        with pytest.raises(StorageError) as told:
            asyncio.run(workspace.runs.list_runs())
        assert told.value.code == "workspace_newer"
    assert (folder / FILE_NAME).read_bytes() == before


def test_medium_that_cannot_be_written_is_read(read_only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_directory: Path) -> WorkspaceLock:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(opening, "WorkspaceLock", refuse)  # the superuser may write there all the same
    with closing(open_workspace(read_only, Access.EITHER)) as workspace:
        assert kept(workspace) == (NOTE,)
        assert refused(workspace) == "workspace_unwritable"
        assert asyncio.run(workspace.documents.get(make_document("one").id)) is not None
    with pytest.raises(StorageError) as caught:
        open_workspace(read_only)
    assert caught.value.code == "workspace_unwritable"


def test_journal_that_cannot_be_opened_in_place_is_read_from_a_copy(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_workspace(folder)) as workspace:
        asyncio.run(workspace.decisions.add(NOTE))
        shutil.copytree(folder, folder.parent / "stick")  # with a journal that holds the last decision
    stick = folder.parent / "stick"
    (stick / f"{FILE_NAME}-shm").unlink()
    (stick / f"{FILE_NAME}-shm").mkdir()  # as on a medium that cannot be written, SQLite can make none
    with closing(opening.SqliteWorkspace(stick, StorageError("workspace_unwritable", "x"))) as workspace:
        assert kept(workspace) == (NOTE, NOTE)


def test_network_drive_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "network_system", lambda _directory: "nfs4")
    with pytest.raises(StorageError) as caught:
        open_workspace(folder)
    assert caught.value.code == "workspace_on_network"
    assert "nfs4" in caught.value.user_message
    with closing(open_workspace(folder, Access.EITHER)) as workspace:
        assert kept(workspace) == (NOTE,)


def test_refused_folder_without_a_workspace_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "network_system", lambda _directory: "cifs")
    with pytest.raises(StorageError) as caught:
        open_workspace(tmp_path / "none", Access.EITHER)
    assert caught.value.code == "workspace_on_network"
    with pytest.raises(StorageError) as missing:
        opening.SqliteWorkspace(tmp_path / "nothing", caught.value)
    assert missing.value.code == "workspace_missing"


def test_of_many_starts_one_writes(folder: Path) -> None:
    command = [sys.executable, "-c", START, str(folder)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(STARTS)
    ]
    said = [each.stdout.readline().strip() for each in started if each.stdout]
    for each in started:
        each.communicate("")
    assert sorted(said) == sorted(["writes"] + ["reads"] * (len(started) - 1))
