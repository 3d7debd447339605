"""A model file from the window: chosen, looked into, tried, used."""

import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QLineEdit, QPushButton

from tests.fakes.tiny_gguf import write_tiny_gguf
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def choose(desk: Desk, path: Path) -> None:
    """Chooses the file in the dialog of files."""
    desk.act(desk.find(QPushButton, "chooseModelFile").click)
    desk.act(lambda: desk.find(QFileDialog, "modelFile").fileSelected.emit(str(path)))
    desk.find(QFileDialog, "modelFile").close()


def said(desk: Desk, name: str) -> str:
    return desk.find(QLabel, name).text()


def test_model_file_is_looked_into_tried_and_used(open_desk: Open, tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed: pip install 'reviewer[local-llm]'")
    path = write_tiny_gguf(tmp_path / "tiny.gguf")
    desk = open_desk()
    desk.do("models")
    assert not desk.find(QFrame, "modelFileCard").isVisible()
    choose(desk, path)
    assert said(desk, "modelFileName") == "Tiny Random"
    assert said(desk, "modelFileFacts").startswith("tiny.gguf: llama F32, ")
    assert "GB are free." in said(desk, "modelFileMemory")
    desk.act(desk.find(QPushButton, "tryModelFile").click)
    assert said(desk, "modelFileResult").endswith(" tokens a second.")
    (kept,) = tomllib.loads((tmp_path / "config" / "settings.toml").read_text("utf-8"))["models"]["facts"]
    assert kept["name"] == "llama_cpp/tiny.gguf"
    assert f"{kept['tokens_per_s']} tokens" in said(desk, "modelFileResult")
    desk.act(desk.find(QPushButton, "takeModelFile").click)
    assert desk.find(QLineEdit, "modelName1").text() == f"llama_cpp/{path}"
    desk.act(desk.find(QPushButton, "useModels").click)
    (place,) = desk.application.control.session.panel.places
    assert (place.name, place.is_local) == ("llama_cpp/tiny.gguf", True)


def test_file_that_is_no_model_says_so_and_cannot_be_used(open_desk: Open, tmp_path: Path) -> None:
    path = tmp_path / "contract.gguf"
    path.write_text("not a model")
    desk = open_desk()
    desk.do("models")
    choose(desk, path)
    assert "is not a GGUF file" in said(desk, "modelFileResult")
    assert not desk.find(QPushButton, "tryModelFile").isEnabled()
    assert not desk.find(QPushButton, "takeModelFile").isEnabled()
