"""A walk over every widget of the window in its states: it has a name, is reached by keyboard, shows its whole text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.session import Panel
from tests.ui.stories.conftest import Desk, Open
from tests.ui.test_plain_words import ENGINE_WORDS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SIZES = [(1280, 720), (1440, 900)]
THEMES = ["theme_light", "theme_dark"]
MOST_TABS = 80


def first_screen(desk: Desk) -> QWidget:
    return desk.window


def opened(desk: Desk) -> QWidget:
    desk.act(lambda: desk.application.commands.add_samples(["services-agreement.docx", "paper-de.pdf"]))
    return desk.window


def reviewed(desk: Desk) -> QWidget:
    opened(desk)
    desk.do("run")
    table = desk.find(QTableView, "findingsTable")
    desk.act(lambda: table.selectRow(0))
    return desk.window


def decided(desk: Desk) -> QWidget:
    reviewed(desk)
    desk.do("agree")
    return desk.window


def models_dialog(desk: Desk) -> QWidget:
    return dialog(desk, "models")


def estimate_dialog(desk: Desk) -> QWidget:
    opened(desk)
    panel = Panel((ModelChoice("openai/gpt-4o-mini"), ModelChoice("openai/mine", "https://elsewhere.example/v1")))
    desk.act(lambda: desk.application.commands.models.choose(panel))
    return dialog(desk, "estimate")


def known_models(desk: Desk) -> QWidget:
    panel = Panel((ModelChoice("openai/gpt-4o-mini"), ModelChoice("ollama/llama3.1")))
    desk.act(lambda: desk.application.commands.models.choose(panel))
    found = dialog(desk, "models")
    desk.act(desk.find(QPushButton, "findServers").click)
    return found


def facts_dialog(desk: Desk) -> QWidget:
    known_models(desk)
    desk.act(desk.find(QPushButton, "changeFacts1").click)
    return desk.find(QDialog, "factsDialog")


def redaction_dialog(desk: Desk) -> QWidget:
    opened(desk)
    found = dialog(desk, "redact")
    desk.find(QLineEdit, "redactNew").setText("Quillmark Data Services Ltd")
    desk.act(desk.find(QPushButton, "addRedaction").click)
    return found


def choose(desk: Desk, workflow: str) -> None:
    box = desk.find(QComboBox, "workflow")
    box.setCurrentIndex(box.findData(workflow))
    desk.act(lambda: box.activated.emit(box.currentIndex()))


def questions_dialog(desk: Desk) -> QWidget:
    opened(desk)
    choose(desk, "questions")
    return desk.find(QDialog, "questionsDialog")


def asked(desk: Desk) -> QWidget:
    questions_dialog(desk)
    lines = "\n".join(f"What does the agreement say about the fees of part {number}?" for number in range(1, 7))
    desk.find(QPlainTextEdit, "questionLines").setPlainText(lines)
    desk.act(desk.find(QPushButton, "askQuestions").click)
    desk.act(desk.window.activateWindow)  # a screen does that by itself when a dialog closes
    return desk.window


def compared(desk: Desk) -> QWidget:
    names = ["services-agreement-returned.docx", "services-agreement.docx"]
    desk.act(lambda: desk.application.commands.add_samples(names))
    choose(desk, "compare-versions")
    desk.do("run")
    return desk.window


def keys_dialog(desk: Desk) -> QWidget:
    return dialog(desk, "keys")


def dialog(desk: Desk, action: str) -> QWidget:
    desk.do(action)
    (found,) = [each for each in desk.window.findChildren(QDialog) if each.isVisible()]
    return found


STATES: list[Callable[[Desk], QWidget]] = [
    *(first_screen, opened, reviewed, decided, models_dialog, keys_dialog, estimate_dialog, known_models),
    *(facts_dialog, questions_dialog, asked, compared, redaction_dialog),
]


@pytest.fixture(params=STATES, ids=lambda state: state.__name__)
def walked(request: pytest.FixtureRequest, open_desk: Open) -> tuple[Desk, QWidget]:
    """The window in a state, and the part of it that is in front."""
    desk = open_desk()
    return desk, request.param(desk)


def seen(top: QWidget) -> Iterator[QWidget]:
    """What is visible in a part of the window."""
    for widget in (top, *top.findChildren(QWidget)):
        if widget.isVisible() and not widget.visibleRegion().isEmpty() and widget.window() is top.window():
            yield widget


def takes_focus(widget: QWidget) -> bool:
    is_inside = isinstance(widget.parentWidget(), QAbstractSpinBox)  # Qt's own field; the box around it speaks for it
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and not is_inside


def said(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r}"


def test_every_widget_that_takes_the_focus_has_a_name(walked: tuple[Desk, QWidget]) -> None:
    _, top = walked
    nameless = [
        described(each) for each in seen(top) if takes_focus(each) and not (each.objectName() and said(each).strip())
    ]
    assert nameless == []


def test_every_widget_that_takes_the_focus_is_reached_by_tab(walked: tuple[Desk, QWidget], qtbot: QtBot) -> None:
    _, top = walked
    wanted = {each for each in seen(top) if takes_focus(each) and not _is_reached_otherwise(each)}
    reached = set[QWidget]()
    top.activateWindow()
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus)
        qtbot.keyClick(focus or top, Qt.Key.Key_Tab)
    assert {described(each) for each in wanted - reached} == set()


def test_no_word_of_the_engine_is_seen(walked: tuple[Desk, QWidget]) -> None:
    """Also where a sentence comes from below the window: reasons, warnings, messages, states."""
    _, top = walked
    texts = {text for widget in seen(top) for text in texts_of(widget)}
    assert len(texts) > 10
    assert [text for text in texts if ENGINE_WORDS.search(text)] == []


def texts_of(widget: QWidget) -> Iterator[str]:
    """What a widget shows, and what it says to a screen reader."""
    yield from (said(widget), widget.accessibleDescription(), widget.toolTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()) if widget.isTabVisible(tab))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model(), QModelIndex())


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(index.data(role) or "") for role in roles)
            if column == 0:
                yield from _cells(model, index)


def test_no_key_means_two_things(walked: tuple[Desk, QWidget]) -> None:
    desk, _ = walked
    keys = Counter(
        key.toString()
        for action in desk.window.findChildren(QAction)
        if action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut
        for key in action.shortcuts()
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_letter_of_a_menu_means_two_things(open_desk: Open) -> None:
    desk = open_desk()
    for menu in desk.window.menuBar().findChildren(QMenu):
        letters = Counter(
            each.text().replace("&&", "").partition("&")[2][:1].lower() for each in menu.actions() if "&" in each.text()
        )
        assert [letter for letter, count in letters.items() if count > 1] == [], menu.title()


def test_no_letter_of_a_button_means_two_things(walked: tuple[Desk, QWidget]) -> None:
    _, top = walked
    texts = [each.text().replace("&&", "") for each in seen(top) if isinstance(each, QAbstractButton | QLabel)]
    letters = Counter(found.lower() for text in texts for found in re.findall(r"&(\w)", text))
    assert [letter for letter, count in letters.items() if count > 1] == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_text_is_cut(walked: tuple[Desk, QWidget], size: tuple[int, int], theme: str) -> None:
    desk, top = walked
    desk.act(lambda: desk.window.resize(*size))
    desk.do(theme)
    assert [each for widget in seen(top) for each in cut(widget)] == []


def cut(widget: QWidget) -> Iterator[str]:
    """What of a widget's text is not shown."""
    wide, high = needed_size(widget)
    if wide > widget.width() + 1 or high > widget.height():
        yield f"{described(widget)} has {widget.width()} x {widget.height()}, needs {wide} x {high}"
    if isinstance(widget, QLabel | QAbstractButton) and not _is_in_scroller(widget):
        place = QRect(widget.mapTo(widget.window(), QPoint()), widget.size())
        if not widget.window().rect().contains(place):
            yield f"{described(widget)} is outside of its window"


def needed_size(widget: QWidget) -> tuple[int, int]:
    """Width and height that a widget's text needs; 0 where it needs none, or may wrap."""
    if isinstance(widget, QLabel) and widget.text():
        return (0, widget.heightForWidth(widget.width())) if widget.wordWrap() else (widget.sizeHint().width(), 0)
    if isinstance(widget, QAbstractButton) and widget.text() and _shows_text(widget):
        return widget.sizeHint().width(), 0
    if isinstance(widget, QLineEdit):
        return widget.fontMetrics().horizontalAdvance(widget.placeholderText()), 0
    return 0, 0


def _is_reached_otherwise(widget: QWidget) -> bool:
    """Through another one, or one of several that exclude each other: Tab goes to the chosen one, arrows on."""
    if widget.focusProxy() is not None:
        return True
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()


def _shows_text(button: QAbstractButton) -> bool:
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return not (isinstance(button, QToolButton) and button.toolButtonStyle() == icon_only)


def _is_in_scroller(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QPlainTextEdit):
            return True
        parent = parent.parentWidget()
    return False
