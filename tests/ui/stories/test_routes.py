"""A part is sent elsewhere by hand in the window, and back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QLabel, QMenu, QTabWidget, QTreeView

from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support", extend=True)

TEXT = """SERVICES AGREEMENT

1. Fees. The Customer shall pay within 30 days.

2. Liability. The Supplier's liability is unlimited.

3. Law. English law governs this Agreement.
"""


def routes(desk: Desk) -> list[tuple[str, str]]:
    model = desk.find(QTreeView, "routesView").model()
    assert model is not None
    return [(str(model.index(row, 2).data()), str(model.index(row, 4).data())) for row in range(model.rowCount())]


def send_second_part(desk: Desk, where: str) -> None:
    view = desk.find(QTreeView, "routesView")
    model = view.model()
    assert model is not None
    desk.act(lambda: view.setCurrentIndex(model.index(2, 0)))
    desk.do("send_elsewhere")
    menu = desk.find(QMenu, "otherRoutes")
    assert [each.text() for each in menu.actions() if each.isChecked()] == [routes(desk)[2][0]]
    (action,) = [each for each in menu.actions() if each.text() == where]
    desk.act(action.trigger)
    desk.act(menu.close)


def test_part_is_sent_elsewhere_and_back(open_desk: Open, tmp_path: Path) -> None:
    path = tmp_path / "agreement.txt"
    path.write_text(TEXT, "utf-8")
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add([path]))
    assert not desk.window.actions_table["send_elsewhere"].isEnabled()
    desk.do("run")
    desk.find(QTabWidget, "results").setCurrentIndex(3)
    desk.find(QTreeView, "routesView").setCurrentIndex(QModelIndex())
    desk.do("send_elsewhere")
    assert "Choose a part" in desk.find(QLabel, "bannerText").text()
    before = routes(desk)
    assert before[2][0] == "Clause"
    send_second_part(desk, "Skip")
    assert "“Skip” from now on" in desk.find(QLabel, "bannerText").text()
    desk.do("run")
    assert routes(desk)[:2] + routes(desk)[3:] == before[:2] + before[3:]
    assert routes(desk)[2][0] == "Skip"
    assert routes(desk)[2][1].startswith("by a person: Chosen by ")
    send_second_part(desk, "Where it is found to &belong")
    desk.do("run")
    assert routes(desk) == before
