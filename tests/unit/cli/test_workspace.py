from pathlib import Path

import pytest

from reviewer.domain.errors import StorageError
from tests.fakes.command_line import CommandLine, command_line


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    return command_line(capsys, monkeypatch, tmp_path)


def test_workspace_without_backups_says_when_one_is_made(line: CommandLine) -> None:
    assert line("workspace", "show") == 0
    assert "12.0 MB" in line.out
    assert "cannot be told" in line.out
    assert "no backup yet" in line.err


def test_backups_are_made_listed_and_put_back(line: CommandLine) -> None:
    assert line("workspace", "backup") == 0
    assert "backup-0.db" in line.out
    assert line("workspace", "show") == 0
    assert "backup-0.db" in line.out
    assert line("workspace", "restore", "backup-0.db") == 0
    assert line.desk.keeper.journal == ["restore backup-0.db"]


def test_workspace_as_json(line: CommandLine) -> None:
    line("workspace", "backup", "--json")
    assert line.json["schema"] == "reviewer.backup/1"
    line("workspace", "show", "--json")
    assert line.json["schema"] == "reviewer.workspace/1"
    assert [each["name"] for each in line.json["backups"]] == ["backup-0.db"]


@pytest.mark.parametrize(("damaged", "words"), [(3, "3 damaged rows"), (-1, "cannot be read to its end")])
def test_damage_is_told_with_what_to_do(line: CommandLine, damaged: int, words: str) -> None:
    line.desk.keeper.damaged = damaged
    assert line("workspace", "check") == 1
    assert words in line.err
    assert "workspace repair" in line.err
    assert line.desk.keeper.kept == []


def test_sound_workspace_is_said_to_be_so_and_backed_up(line: CommandLine) -> None:
    assert line("workspace", "check") == 0
    assert "matches its checksum" in line.out
    assert len(line.desk.keeper.kept) == 1


def test_repair_says_what_is_back_and_where_the_rest_is(line: CommandLine) -> None:
    assert line("workspace", "repair") == 0
    assert "42 rows" in line.out
    assert "over the backup of" in line.out
    assert line.desk.keeper.journal == ["repair"]


def test_review_makes_the_days_backup_and_survives_one_that_fails(line: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one\ntwo\n", "utf-8")
    assert line("review", str(path)) in (0, 3)
    assert len(line.desk.keeper.kept) == 1
    line.desk.keeper.refusal = StorageError("disk_full", "The disk is full.", "Make room.")
    assert line("review", str(path)) in (0, 3)
    assert "No backup was made: The disk is full." in line.err
