"""The dialog about models: servers found on this computer, what is known of models, figures put right."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reviewer.services import local_servers
from reviewer.services.models import ModelService
from tests.model_server.process import ModelServerProcess
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def server() -> Iterator[ModelServerProcess]:
    with ModelServerProcess("--offer", "oak", "--offer", "birch") as process:
        yield process


@pytest.fixture
def usual_port(server: ModelServerProcess, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the server, whose port is now the only usual one."""
    port = urlsplit(server.base_url).port
    assert port is not None
    monkeypatch.setattr(local_servers, "_USUAL", (local_servers._Kind("LM Studio", "lmstudio", port),))
    return f"http://127.0.0.1:{port}/v1"


def press(desk: Desk, name: str) -> None:
    desk.act(desk.find(QPushButton, name).click)


def name_model(desk: Desk, name: str, address: str = "") -> None:
    desk.find(QLineEdit, "modelName1").setText(name)
    desk.find(QLineEdit, "modelAddress1").setText(address)
    desk.act(desk.find(QLineEdit, "modelAddress1").editingFinished.emit)


def known(desk: Desk, number: int = 1) -> str:
    return desk.find(QLabel, f"modelFacts{number}").text()


def test_servers_are_looked_for_on_request_and_a_model_of_theirs_is_used(open_desk: Open, usual_port: str) -> None:
    desk = open_desk()
    desk.do("models")
    assert not desk.find(QFrame, "serverFinder").isVisible()

    press(desk, "findServers")

    assert desk.find(QLabel, "foundServers").text() == f"LM Studio at {usual_port} offers 2 models."
    offers = desk.find(QComboBox, "foundModels")
    assert [offers.itemText(row) for row in range(offers.count())] == ["lmstudio/oak", "lmstudio/birch"]
    offers.setCurrentIndex(1)
    press(desk, "takeFoundModel")
    offers.setCurrentIndex(0)
    press(desk, "takeFoundModel")
    assert desk.find(QLineEdit, "modelName1").text() == "lmstudio/birch"
    assert desk.find(QLineEdit, "modelAddress1").text() == usual_port
    assert desk.find(QLineEdit, "modelName2").text() == "lmstudio/oak"
    assert known(desk) == "On this computer · context not known · nothing to pay"


def test_no_server_says_what_to_start(open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_servers, "_USUAL", ())
    desk = open_desk()
    desk.do("models")

    press(desk, "findServers")

    assert desk.find(QLabel, "foundServers").text().startswith("No model server answers here. Start Ollama")
    assert not desk.find(QComboBox, "foundModels").isVisible()
    assert desk.find(QPushButton, "findServers").isEnabled()


def test_nobody_is_contacted_before_the_button_is_pressed(open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async def detect(*_: object) -> None:
        raise AssertionError("nobody asked for it")

    monkeypatch.setattr(ModelService, "detect", detect)
    desk = open_desk()
    desk.do("models")
    name_model(desk, "ollama/llama3.1")


def test_what_is_known_of_a_model_is_said_with_its_source(open_desk: Open) -> None:
    desk = open_desk()
    desk.do("models")
    assert not desk.find(QLabel, "modelFacts1").isVisible()

    name_model(desk, "openai/gpt-4o-mini")
    listed = known(desk)
    name_model(desk, "openai/gpt-4o-mini", "https://elsewhere.example/v1")
    elsewhere = known(desk)

    assert listed.startswith(
        "Text leaves this computer · reads up to 128,000 tokens (list) · 0.15 read and 0.6 written"
    )
    assert "https://" in listed
    assert "price not known" in elsewhere


def test_context_and_price_are_put_right_and_kept(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    desk.do("models")
    name_model(desk, "openai/mine", "https://elsewhere.example/v1")
    press(desk, "changeFacts1")
    desk.find(QLineEdit, "factsContext").setText("128,000")
    desk.find(QLineEdit, "factsPriceIn").setText("1.5")
    press(desk, "keepFacts")
    assert "two halves" in desk.find(QLabel, "factsProblem").text()
    desk.find(QLineEdit, "factsPriceOut").setText("-2")
    press(desk, "keepFacts")
    assert "a number from 0 on" in desk.find(QLabel, "factsProblem").text()

    desk.find(QLineEdit, "factsPriceOut").setText("6")
    press(desk, "keepFacts")

    assert known(desk) == (
        "Text leaves this computer · reads up to 128,000 tokens (set by you) · "
        "1.5 read and 6 written, USD per million tokens (set by you)"
    )
    (kept,) = tomllib.loads((tmp_path / "config" / "settings.toml").read_text("utf-8"))["models"]["facts"]
    assert kept == {"name": "openai/mine", "context": 128_000, "price_in": 1.5, "price_out": 6.0}


def test_many_models_scroll_and_the_buttons_stay_in_sight(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.do("models")
    name_model(desk, "openai/one")
    for _ in range(4):
        press(desk, "addModel")
    assert not desk.find(QPushButton, "addModel").isEnabled()
    last = desk.find(QLineEdit, "modelName5")
    assert QApplication.focusWidget() is last
    assert not last.visibleRegion().isEmpty()
    use = desk.find(QPushButton, "useModels")
    assert use.window().rect().contains(use.geometry())
    assert use.window().height() < 720


def test_tab_goes_through_the_models_first(open_desk: Open) -> None:
    desk = open_desk()
    desk.do("models")
    name_model(desk, "openai/one")
    name = desk.find(QLineEdit, "modelName1")
    chain = [name.nextInFocusChain()]
    while len(chain) < 60:
        chain.append(chain[-1].nextInFocusChain())
    names = [each.objectName() for each in chain]
    wanted = [
        "modelAddress1", "modelKey1", "changeFacts1", "removeModel1", "addModel", "findServers", "chooseModelFile",
        "foundModels", "takeFoundModel", "votes", "testModels", "cancelModels", "useModels",
    ]  # fmt: skip
    assert [each for each in names if each in wanted][: len(wanted)] == wanted
