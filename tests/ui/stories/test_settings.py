"""What is chosen in the window is there again when it is opened again."""

import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QSpinBox

from reviewer import bootstrap
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import ThemeChoice
from reviewer.ui.viewmodels.session import Panel
from tests.fakes.services import MemorySecrets
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

LOCAL = "http://127.0.0.1:8000/v1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The user's settings."""
    folder = tmp_path / "config"
    folder.mkdir()
    return folder / "settings.toml"


def said(desk: Desk) -> str:
    """The notice, without the places where its words may be broken."""
    return desk.find(QLabel, "bannerText").text().replace("\N{ZERO WIDTH SPACE}", "")


def fill_models_dialog(desk: Desk, name: str, address: str, votes: int = 0, key: str = "") -> None:
    desk.do("models")
    (dialog,) = [each for each in desk.window.findChildren(QDialog) if each.isVisible()]
    for field, text in (("modelName1", name), ("modelAddress1", address), ("modelKey1", key)):
        found = dialog.findChild(QLineEdit, field)
        assert found is not None
        found.setText(text)
    box = dialog.findChild(QSpinBox, "votes")
    button = dialog.findChild(QPushButton, "useModels")
    assert box is not None
    assert button is not None
    box.setValue(votes)
    desk.act(button.click)


def test_chosen_models_are_there_again_and_no_key_is_written(
    open_desk: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = MemorySecrets()
    monkeypatch.setattr(bootstrap, "_secrets", lambda: keyring)
    path.write_text('# ours\nengine = "builtin"\n[colours]\npaper = "cream"\n', "utf-8")
    first = open_desk()

    fill_models_dialog(first, "openai/m", LOCAL, votes=5, key="sk-secret")

    text = path.read_text("utf-8")
    assert tomllib.loads(text) == {
        "version": 1,
        "colours": {"paper": "cream"},
        "models": {"panel": [{"name": "openai/m", "base_url": LOCAL}], "votes": 5},
    }
    assert text.startswith("version = 1\n# ours\n")
    assert keyring.kept == {"openai": "sk-secret"}
    assert "sk-secret" not in text
    second = open_desk()
    second.act(lambda: None)
    assert second.application.session.panel.models == (ModelChoice("openai/m", LOCAL),)
    assert second.application.session.panel.votes == 5
    assert second.window.top._models.text() == "openai/m"


def test_going_back_to_the_built_in_checks_is_kept_too(open_desk: Open, path: Path) -> None:
    path.write_text(f'[models]\npanel = [{{ name = "openai/m", base_url = "{LOCAL}" }}]\n', "utf-8")
    desk = open_desk()
    desk.act(lambda: None)
    assert desk.application.session.panel.models

    fill_models_dialog(desk, "", "")

    assert tomllib.loads(path.read_text("utf-8")).get("models", {}) == {}
    assert not desk.application.session.panel.models


def test_an_address_with_a_key_is_used_and_not_kept(open_desk: Open, path: Path) -> None:
    desk = open_desk()

    fill_models_dialog(desk, "openai/m", f"{LOCAL}?api_key=sk-secret")

    assert not path.exists()
    assert "This was not kept" in said(desk)


def test_a_run_is_asked_for_as_it_is_set(open_desk: Open, path: Path) -> None:
    path.write_text(
        'workflow = "research-synthesis"\noffline = true\n'
        "[models]\nmax_connections = 3\ntimeout_s = 9\nseed = 7\nvotes = 5\n",
        "utf-8",
    )
    desk = open_desk()
    desk.act(lambda: None)

    request = desk.application.session.request()

    assert (request.workflow, request.offline, request.votes) == ("research-synthesis", True, 5)
    assert (request.max_connections, request.timeout_s, request.seed) == (3, 9.0, 7)
    assert desk.find(QComboBox, "workflow").currentData() == "research-synthesis"


def test_models_are_tried_on_the_way_that_a_run_would_ask_them(open_desk: Open, path: Path) -> None:
    path.write_text("offline = true\n[models]\nproxy = 'http://proxy.test:8080'\n", "utf-8")
    desk = open_desk()
    desk.act(lambda: None)

    request = desk.application.session.trial(Panel((ModelChoice("openai/m"),)))

    assert (request.models, request.proxy, request.offline) == (
        (ModelChoice("openai/m"),),
        "http://proxy.test:8080",
        True,
    )


def test_a_workflow_file_that_is_set_is_offered(open_desk: Open, path: Path, tmp_path: Path) -> None:
    path.write_text(f"workflow = '{tmp_path / 'mine.toml'}'\n", "utf-8")
    desk = open_desk()
    desk.act(lambda: None)
    assert desk.find(QComboBox, "workflow").currentText() == "mine.toml"


def test_the_theme_is_there_again(open_desk: Open, path: Path) -> None:
    desk = open_desk()
    desk.do("theme_dark")
    assert tomllib.loads(path.read_text("utf-8")) == {"version": 1, "window": {"theme": "dark"}}
    assert open_desk().application.theme.choice is ThemeChoice.DARK


def test_the_folder_of_documents_is_there_again(open_desk: Open, path: Path, tmp_path: Path) -> None:
    contract = tmp_path / "matters" / "contract.txt"
    contract.parent.mkdir()
    contract.write_text("1 Fees\nThe fees are due.\n", "utf-8")
    first = open_desk()
    first.do("add_files")
    first.act(lambda: first.find(QFileDialog, "fileDialog").filesSelected.emit([str(contract)]))

    second = open_desk()
    second.do("add_files")

    assert Path(second.find(QFileDialog, "fileDialog").directory().absolutePath()) == contract.parent


def test_a_file_that_went_wrong_is_told_and_left_alone(open_desk: Open, path: Path) -> None:
    desk = open_desk()
    path.write_text("[window\n", "utf-8")

    desk.do("theme_dark")

    assert path.read_text("utf-8") == "[window\n"
    assert f"{path}, line 1: this is not valid TOML" in said(desk)
