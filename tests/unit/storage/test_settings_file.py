"""A file of settings on a real disk."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reviewer.domain.errors import ConfigError, ReviewerError, StorageError
from reviewer.domain.setting_kinds import Value
from reviewer.domain.settings import Source
from reviewer.domain.settings_file import FileLayer
from reviewer.storage import settings_file
from reviewer.storage.settings_file import TomlSettingsFile

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Über uns 工作" / "settings.toml"


def put(path: Path, data: bytes) -> TomlSettingsFile:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return TomlSettingsFile(path, Source.USER)


def code_of_change(file: TomlSettingsFile) -> str:
    with pytest.raises(ReviewerError) as caught:
        file.change({"models.votes": 3})
    assert caught.value.hint
    return caught.value.code


def test_without_a_file_nothing_is_set_and_none_is_made(path: Path) -> None:
    file = TomlSettingsFile(path, Source.USER)
    assert file.read() == FileLayer()
    assert not file.change({"models.votes": None})
    assert not path.parent.exists()


def test_a_file_that_was_named_must_be_there(path: Path) -> None:
    file = TomlSettingsFile(path, Source.USER, must_exist=True)
    with pytest.raises(ConfigError) as caught:
        file.read()
    assert caught.value.code == "settings_missing"
    assert file.change({"models.votes": 3})
    assert file.read().settings["models.votes"].value == 3


def test_what_is_changed_is_read_with_file_and_line(path: Path) -> None:
    file = TomlSettingsFile(path, Source.PROJECT)
    assert file.change({"models.votes": 3})
    assert not file.change({"models.votes": 3})
    (setting,) = file.read().settings.values()
    assert (setting.value, setting.source, setting.where, setting.line) == (3, Source.PROJECT, str(path), 4)
    assert path.read_bytes() == b"version = 1\n\n[models]\nvotes = 3\n"
    assert [each.name for each in path.parent.iterdir()] == ["settings.toml"]


def test_a_mark_at_the_beginning_and_the_line_ends_of_windows_are_no_trouble(path: Path) -> None:
    file = put(path, b"\xef\xbb\xbfoffline = true\r\n# mine\r\n")
    assert file.read().settings["offline"].value is True
    assert file.change({"offline": False})
    assert path.read_bytes() == b"version = 1\r\noffline = false\r\n# mine\r\n"


def test_changes_at_the_same_time_are_all_kept(path: Path) -> None:
    file = TomlSettingsFile(path, Source.USER)
    changes: list[dict[str, Value | None]] = [{"offline": True}, {"workflow": "w"}, {"models.votes": 3}]
    changes += [{"models.seed": 7}, {"models.timeout_s": 9.0}, {"models.max_connections": 5}]
    with ThreadPoolExecutor(len(changes)) as threads:
        assert all(threads.map(file.change, changes))
    assert len(file.read().settings) == len(changes)


@POSIX
def test_only_the_owner_may_read_it(path: Path) -> None:
    put(path, b"").change({"offline": True})
    assert path.stat().st_mode & 0o777 == 0o600


@POSIX
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "dotfiles" / "mine.toml", b"")
    path.parent.mkdir()
    path.symlink_to(file.path)
    assert TomlSettingsFile(path, Source.USER).change({"offline": True})
    assert path.is_symlink()
    assert file.read().settings["offline"].value is True


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[models\nvotes = 3\n", "settings_invalid"),
        (b"version = 2\n[models]\nvotes = 1\n", "settings_newer"),
        (b"workflow = '\xff'\n", "settings_unreadable"),
        (b"models = 3\n", "settings_uneditable"),
    ],
)
def test_what_is_not_understood_is_never_overwritten(path: Path, data: bytes, code: str) -> None:
    assert code_of_change(put(path, data)) == code
    assert path.read_bytes() == data
    assert len(list(path.parent.iterdir())) == 1


def test_a_mistake_in_a_value_can_be_put_right(path: Path) -> None:
    file = put(path, b"models.votes = 'three'\n")
    with pytest.raises(ConfigError):
        file.read()
    assert file.change({"models.votes": 3})
    assert file.read().settings["models.votes"].value == 3


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    file = TomlSettingsFile(path, Source.USER)
    with pytest.raises(ConfigError) as caught:
        file.read()
    assert caught.value.code == "settings_unreadable"
    assert str(path) in caught.value.user_message


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    file = put(path, b"offline = true\n")
    monkeypatch.setattr(settings_file.os, "fsync", full)
    with pytest.raises(StorageError) as caught:
        file.change({"offline": False})
    assert caught.value.code == "settings_unwritable"
    assert "No space left" in caught.value.user_message
    assert path.read_bytes() == b"offline = true\n"
    assert len(list(path.parent.iterdir())) == 1


def test_the_file_is_on_the_disk_before_it_takes_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(settings_file.os, "fsync", lambda each: order.append("fsync") or fsync(each))
    monkeypatch.setattr(Path, "replace", lambda one, other: order.append("replace") or replace(one, other))
    TomlSettingsFile(path, Source.USER).change({"offline": True})
    assert order == ["fsync", "replace"]
