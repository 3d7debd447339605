import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewer.domain.decision import Decision, DecisionAction, SubjectKind, SubjectRef
from reviewer.domain.errors import InputError, StorageError
from reviewer.domain.events import RunStarted, StepDone
from reviewer.domain.ids import DocumentId, RunId, StepKey, sha256_hex
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.usage import Usage
from reviewer.domain.workflow import EngineId
from reviewer.storage import backups
from reviewer.storage.backups import FOLDER, BackupReason, is_due, list_backups, make_backup
from reviewer.storage.connection import FILE_NAME
from reviewer.storage.keeper import FolderKeeper
from reviewer.storage.migrations import MIGRATIONS
from reviewer.storage.opening import open_workspace
from tests.fakes.documents import make_document

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
RUN = Run(RunId("run-0123456789abcdef"), "w", EngineId.LLM, ("m",), 1, "f", (), {}, AT)
PAGE = 4096


def note(number: int) -> Decision:
    return Decision(SubjectRef(SubjectKind.FINDING, f"f{number}"), DecisionAction.NOTE, AT, value=f"note {number}")


def write(folder: Path, numbers: range) -> None:
    with closing(open_workspace(folder)) as workspace:
        for number in numbers:
            asyncio.run(workspace.decisions.add(note(number)))


def notes(folder: Path, numbers: range) -> int:
    with closing(open_workspace(folder)) as workspace:
        return len(asyncio.run(workspace.decisions.about([note(each).subject for each in numbers])))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "w", range(3))
    return tmp_path / "w"


def test_backup_is_a_whole_workspace_and_comes_back(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    made = keeper.back_up(AT)
    assert made is not None
    assert (made.reason, made.made_at) == ("manual", AT)
    write(folder, range(3, 5))
    keeper.restore(made.name, AT)
    assert notes(folder, range(5)) == 3
    newest = keeper.backups()[0]
    keeper.restore(next(each.name for each in keeper.backups() if each.reason == "restore"), AT + timedelta(minutes=1))
    assert newest
    assert notes(folder, range(5)) == 5


def test_backup_of_the_day_is_made_once(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    assert keeper.back_up(AT, only_if_due=True) is not None
    assert keeper.back_up(AT + timedelta(hours=23), only_if_due=True) is None
    assert keeper.back_up(AT + timedelta(hours=25), only_if_due=True) is not None
    assert [each.reason for each in keeper.backups()] == ["daily", "daily"]


def test_old_backups_go_and_one_a_week_stays(folder: Path) -> None:
    for day in range(40):
        make_backup(folder, BackupReason.DAILY, AT + timedelta(days=day))
    for minute in range(5):
        make_backup(folder, BackupReason.MANUAL, AT + timedelta(minutes=minute))
    kept = list_backups(folder)
    daily = [each for each in kept if each.reason is BackupReason.DAILY]
    assert len([each for each in kept if each.reason is BackupReason.MANUAL]) == 3
    assert 7 + 3 <= len(daily) <= 7 + 5
    assert daily[0].made_at == AT + timedelta(days=39)
    assert daily[0].made_at - daily[-1].made_at >= timedelta(weeks=3)


def test_damaged_workspace_gives_no_backup(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("UPDATE decisions SET body = zeroblob(100) WHERE seq = 1")
        connection.commit()
    keeper = FolderKeeper(folder)
    assert keeper.damage() == 1
    with pytest.raises(StorageError) as caught:
        keeper.back_up(AT)
    assert caught.value.code == "workspace_damaged"
    assert list((folder / FOLDER).iterdir()) == []
    assert not is_due(folder, AT) or keeper.backups() == ()


def test_backup_on_a_full_disk_leaves_nothing_half(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "sync", full)
    with pytest.raises(StorageError) as caught:
        FolderKeeper(folder).back_up(AT)
    assert caught.value.code == "disk_full"
    assert list((folder / FOLDER).iterdir()) == []


def test_unknown_or_damaged_backup_changes_nothing(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    with pytest.raises(InputError):
        keeper.restore("none.db", AT)
    made = keeper.back_up(AT)
    assert made is not None
    (folder / FOLDER / made.name).write_bytes(b"not a database")
    with pytest.raises(StorageError):
        keeper.restore(made.name, AT)
    assert notes(folder, range(3)) == 3


def test_workspace_in_use_is_neither_restored_nor_repaired(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    made = keeper.back_up(AT)
    assert made is not None
    with closing(open_workspace(folder, purpose="window")):
        for attempt in (lambda: keeper.restore(made.name, AT), lambda: keeper.repair(AT)):
            with pytest.raises(StorageError) as caught:
                attempt()
            assert caught.value.code == "workspace_locked"
            assert "window" in caught.value.user_message


def test_migration_makes_a_backup_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.storage.migrations.MIGRATIONS", (*MIGRATIONS, lambda _connection: None))
    monkeypatch.setattr("reviewer.storage.connection.MIGRATIONS", (*MIGRATIONS, lambda _connection: None))
    assert notes(folder, range(3)) == 3
    assert [each.reason for each in FolderKeeper(folder).backups()] == ["migration"]


def test_lost_first_page_gives_the_backup_and_what_came_after(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    keeper.back_up(AT)
    write(folder, range(3, 6))
    data = bytearray((folder / FILE_NAME).read_bytes())
    data[:PAGE] = bytes(PAGE)
    (folder / FILE_NAME).write_bytes(data)
    with pytest.raises(StorageError) as caught:
        open_workspace(folder)
    assert caught.value.code == "workspace_damaged"
    done = keeper.repair(AT)
    assert done.backup_of == AT
    assert done.rows >= 6
    assert notes(folder, range(6)) == 6
    assert (Path(done.kept) / FILE_NAME).read_bytes() == bytes(data)


def test_without_a_backup_what_can_be_read_is_back(folder: Path) -> None:
    with closing(open_workspace(folder)) as workspace:
        asyncio.run(workspace.documents.put(make_document("long " * 5000), "1"))
    data = bytearray((folder / FILE_NAME).read_bytes())
    data[:PAGE] = b"\xff" * PAGE
    (folder / FILE_NAME).write_bytes(data)
    done = FolderKeeper(folder).repair(AT)
    assert done.backup_of is None
    assert notes(folder, range(3)) == 3
    with closing(open_workspace(folder)) as workspace:
        assert asyncio.run(workspace.documents.get(make_document("long " * 5000).id)) is not None


def test_run_with_a_lost_event_is_interrupted_not_shortened_in_silence(folder: Path) -> None:
    events = [StepDone(DocumentId("d"), None, "h", StepKey(sha256_hex(str(n))), Usage()) for n in range(4)]
    with closing(open_workspace(folder)) as workspace:
        asyncio.run(workspace.runs.begin(RUN))
        asyncio.run(workspace.runs.append(RUN.id, [RunStarted(RUN), *events]))
        asyncio.run(workspace.runs.set_status(RUN.id, RunStatus.DONE))
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("UPDATE events SET body = zeroblob(60) WHERE seq = 3")
        connection.commit()
    FolderKeeper(folder).repair(AT)
    with closing(open_workspace(folder)) as workspace:
        assert asyncio.run(workspace.runs.events(RUN.id)) == (RunStarted(RUN), *events[:2])
        run = asyncio.run(workspace.runs.get(RUN.id))
        assert run is not None
        assert run.status is RunStatus.INTERRUPTED


def test_journal_of_another_workspace_is_noticed_and_undone(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "other", range(10, 12))
    with closing(open_workspace(tmp_path / "other")) as workspace:
        asyncio.run(workspace.decisions.add(note(12)))
        journal = (tmp_path / "other" / f"{FILE_NAME}-wal").read_bytes()
    (folder / f"{FILE_NAME}-wal").write_bytes(journal)
    with pytest.raises(StorageError) as caught:
        open_workspace(folder)
    assert caught.value.code == "workspace_damaged"
    FolderKeeper(folder).repair(AT)
    assert notes(folder, range(3)) == 3
    assert notes(folder, range(10, 13)) == 0


def test_empty_or_missing_file_is_repaired_to_an_empty_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"")
    assert FolderKeeper(folder).repair(AT).rows == 0
    assert notes(folder, range(3)) == 0
    assert FolderKeeper(tmp_path / "none").damage() == 0


def test_place_tells_where_the_workspace_is(folder: Path, tmp_path: Path) -> None:
    place = FolderKeeper(folder).place()
    assert place.size_bytes > PAGE
    assert place.network == ""
    assert FolderKeeper(tmp_path / "a" / "b").place().size_bytes == 0


def test_backups_can_be_forgotten(folder: Path) -> None:
    keeper = FolderKeeper(folder)
    keeper.back_up(AT)
    (folder / FOLDER / "mine.txt").write_text("kept", "utf-8")
    keeper.forget_backups()
    assert [each.name for each in (folder / FOLDER).iterdir()] == ["mine.txt"]
