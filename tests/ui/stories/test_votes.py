"""When votes are enough is chosen in plain words, kept, and what that saved stands in the summary."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QTreeView

from reviewer.domain.policy import Adaptive
from tests.model_server.process import ModelServerProcess
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def server() -> Iterator[ModelServerProcess]:
    with ModelServerProcess() as process:
        yield process


def totals(desk: Desk) -> list[str]:
    """The sentences under the first heading of the summary."""
    model = desk.find(QTreeView, "summaryView").model()
    heading = model.index(0, 0, QModelIndex())
    return [model.index(row, 0, heading).data() for row in range(model.rowCount(heading))]


def test_votes_end_early_as_chosen_and_the_summary_says_what_that_saved(
    open_desk: Open, server: ModelServerProcess, tmp_path: Path
) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add_samples(["mutual-nda.docx", "services-agreement.docx"]))
    desk.do("models")
    desk.find(QLineEdit, "modelName1").setText("openai/test-model")
    desk.find(QLineEdit, "modelAddress1").setText(server.base_url)
    desk.find(QSpinBox, "votes").setValue(5)
    early = desk.find(QComboBox, "adaptive")
    early.setCurrentText("stop when nothing can change")
    assert "The results stay the same" in desk.find(QLabel, "adaptiveWhy").text()
    desk.act(desk.find(QPushButton, "useModels").click)
    assert desk.application.session.request().adaptive is Adaptive.EXACT

    desk.do("run")

    report = desk.application.session.report
    saved = sum(each.saved for each in report.documents.values())
    assert saved > 0
    view = desk.find(QTreeView, "summaryView")
    heading = view.model().index(0, 0, QModelIndex())
    assert heading.data() == "All documents of this run"
    assert not view.isExpanded(heading)
    view.setCurrentIndex(heading)
    desk.act(lambda: QTest.keyClick(view, Qt.Key.Key_Return))
    assert view.isExpanded(heading)
    said = totals(desk)
    assert any(f"Saved: {saved} calls." in each for each in said)
    assert any("All votes are of one model, asked up to " in each for each in said)
    assert any("2 documents" in each for each in said)
    kept = tomllib.loads((tmp_path / "config" / "settings.toml").read_text("utf-8"))
    assert kept["models"]["adaptive"] == "exact"
    again = open_desk()
    again.act(lambda: None)
    again.do("models")
    assert again.find(QComboBox, "adaptive").currentText() == "stop when nothing can change"
    again.act(again.find(QPushButton, "cancelModels").click)
