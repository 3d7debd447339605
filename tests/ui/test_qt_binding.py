"""The Qt binding itself: that it starts, and that it counts references."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

CALLS = 2000


def test_void_calls_keep_their_references_to_none(qtbot: QtBot) -> None:
    """Some PySide6 releases return None from void calls without counting it, and CPython before 3.12 then aborts."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)

    for _ in range(CALLS):
        widget.setEnabled(True)

    assert before - sys.getrefcount(None) < CALLS // 10


def test_application_starts_and_shows_a_widget(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("Reviewer")
    qtbot.addWidget(label)

    with qtbot.waitExposed(label):
        label.show()

    assert qapp.platformName()
    assert label.isVisible()
