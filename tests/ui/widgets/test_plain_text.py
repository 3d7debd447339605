from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from reviewer.ui.widgets.plain_text import PlainText


def test_text_is_shown_as_it_is(qtbot: QtBot) -> None:
    label = PlainText("<b>not bold</b> <img src='x'>", "muted")
    qtbot.addWidget(label)

    assert label.text() == "<b>not bold</b> <img src='x'>"
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_word_longer_than_a_column_can_break_and_others_stay_whole(qtbot: QtBot) -> None:
    label = PlainText("short " + "x" * 50)
    qtbot.addWidget(label)

    assert label.text().replace("\u200b", "") == "short " + "x" * 50
    assert max(len(piece) for piece in label.text().split("\u200b")) < 24
    assert label.heightForWidth(120) > label.heightForWidth(600)


def test_click_is_said_and_marking_text_is_not(qtbot: QtBot) -> None:
    label = PlainText("Words to click on or to mark.")
    qtbot.addWidget(label)
    label.resize(300, 40)
    label.show()
    clicks: list[None] = []
    label.clicked.connect(lambda: clicks.append(None))

    qtbot.mouseClick(label, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert len(clicks) == 1
    qtbot.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(5, 20))
    qtbot.mouseMove(label, QPoint(120, 20))
    qtbot.mouseRelease(label, Qt.MouseButton.LeftButton, pos=QPoint(120, 20))
    assert len(clicks) == 1
