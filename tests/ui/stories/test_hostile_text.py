"""Words of a document and a model that look like markup: the window shows them as they are, and opens nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMessageBox, QTableView, QWidget

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.session import Panel
from tests.model_server.process import ModelServerProcess
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

MARKUP = '<img src="file:///etc/hostname"><a href="https://evil.example">x</a>'
CONTRACT = (
    f"SUPPLY AGREEMENT\n\n1. Fees {MARKUP}. The Customer shall pay {MARKUP} within 30 days. \u202egpj\u202c\n\n"
    f"2. Liability {MARKUP}. The Supplier is liable without limit for {MARKUP} and for {'A' * 500}.\n"
)


@pytest.fixture
def desk(open_desk: Open, tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "<b>supply<b>.txt").write_text(CONTRACT, "utf-8")
    made = open_desk()
    made.act(lambda: made.application.commands.add([tmp_path / "<b>supply<b>.txt"]))
    with ModelServerProcess() as server:
        choice = ModelChoice(f"openai/{MARKUP}", server.base_url)
        made.act(lambda: made.application.commands.models.choose(Panel((choice,), votes=3)))
        made.do("run")
        yield made


def texts(widget: QWidget) -> Iterator[str]:
    """What Qt would take for markup if it looks like it: labels and message boxes that are not of plain text."""
    for label in widget.findChildren(QLabel):
        if label.textFormat() is not Qt.TextFormat.PlainText:
            yield label.text()
    for box in widget.findChildren(QMessageBox):
        if box.textFormat() is not Qt.TextFormat.PlainText:
            yield f"{box.text()} {box.informativeText()}"
    for each in [widget, *widget.findChildren(QWidget)]:
        yield each.toolTip()
    for view in widget.findChildren(QAbstractItemView):
        yield from _tips(view.model(), QModelIndex())


def _tips(model: QAbstractItemModel | None, parent: QModelIndex) -> Iterator[str]:
    if model is None:
        return
    for row in range(model.rowCount(parent)):
        for column in range(_columns(model, parent)):
            index = model.index(row, column, parent)
            yield str(model.data(index, Qt.ItemDataRole.ToolTipRole) or "")
            if column == 0 and not isinstance(model, QAbstractListModel):
                yield from _tips(model, index)


def test_nothing_that_a_document_or_a_model_writes_becomes_markup(desk: Desk) -> None:
    table = desk.find(QTableView, "findingsTable")
    shown = 0
    for _ in range(table.model().rowCount()):
        desk.do("next_finding")
        shown += sum("<img" in label.text() for label in desk.window.findChildren(QLabel))
        assert not [each for each in texts(desk.window) if "<img" in each or "<b>" in each]
    assert shown > 0
    for action in ("summary", "translation", "estimate", "requests", "models", "redact", "history", "matters"):
        desk.do(action)
        assert not [each for each in texts(desk.window) if "<img" in each or "<b>" in each], action


def _columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    """Lists have one; theirs is private."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
