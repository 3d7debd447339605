"""A backup is made, put back, and a damaged workspace is repaired from the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget

from reviewer.storage.connection import FILE_NAME
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
PAGE = 4096


def click(desk: Desk, name: str) -> None:
    desk.act(desk.find(QPushButton, name).click)


def run_a_review(desk: Desk) -> None:
    desk.act(lambda: desk.application.commands.add_samples(["mutual-nda.docx"]))
    desk.do("run")


def listed(desk: Desk) -> int:
    view = desk.find(QWidget, "recentRuns")
    return int(view.model().rowCount())  # type: ignore[attr-defined]  # a list view


def test_backup_is_made_and_put_back(open_desk: Open) -> None:
    desk = open_desk()
    desk.do("workspace")
    before = desk.find(QTableView, "backups").model().rowCount()
    click(desk, "backUp")
    assert desk.find(QTableView, "backups").model().rowCount() == before + 1
    assert "encrypt" in desk.find(QLabel, "workspacePlace").text()
    click(desk, "closeWorkspace")
    run_a_review(desk)
    assert listed(desk) == 1
    desk.do("workspace")
    click(desk, "restore")
    click(desk, "confirmRestore")
    assert "in its place" in desk.find(QLabel, "bannerText").text()
    assert listed(desk) == 0


def test_damaged_workspace_is_repaired(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    run_a_review(desk)
    desk.application.close()
    file = tmp_path / "workspace" / FILE_NAME
    file.write_bytes(bytes(PAGE) + file.read_bytes()[PAGE:])
    desk = open_desk()
    assert "damaged" in desk.find(QLabel, "bannerText").text()
    click(desk, "bannerAction")
    click(desk, "repair")
    assert "rows are back" in desk.find(QLabel, "bannerText").text()
    assert listed(desk) == 1
