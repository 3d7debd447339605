from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from reviewer.domain.decision import Standing, Status
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.findings import CLAUSE, DECISION, FINDING, QUOTE, SEVERITY, VOTES, FindingsModel
from reviewer.ui.views.findings_pane import FindingsPane
from tests.fakes.entries import make_entries

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Column:
    """The pane over four findings, and what it says."""

    def __init__(self, theme: Theme, qtbot: QtBot, width: int = 430) -> None:
        self.model = FindingsModel()
        self.model.show(make_entries())
        self.ids = [entry.finding.id for entry in make_entries()]
        self.pane = FindingsPane(theme, self.model)
        qtbot.addWidget(self.pane)
        self.said: list[str] = []
        self.pane.resize(width, 400)
        with qtbot.waitActive(self.pane):
            self.pane.show()
            self.pane.activateWindow()
        self.pane.finding_chosen.connect(self.said.append)
        self.table = self.find(QTableView, "findingsTable")

    def find(self, kind: type, name: str) -> QWidget:
        """A part by its object name."""
        found = self.pane.findChild(kind, name)
        assert found is not None
        return found

    def agree(self, row: int) -> None:
        """Somebody agrees with a finding."""
        self.model.merge([replace(self.model.entry(row), standing=Standing(Status.AGREED))])

    def current(self) -> str:
        """The title of the chosen row; it is also the selected one."""
        index = self.table.currentIndex()
        if not index.isValid():
            return ""
        assert {each.row() for each in self.table.selectionModel().selectedIndexes()} == {index.row()}
        return str(index.siblingAtColumn(FINDING).data())

    def listed(self) -> int:
        """How many rows there are."""
        return self.table.model().rowCount()


@pytest.fixture
def column(theme: Theme, qtbot: QtBot) -> Column:
    column = Column(theme, qtbot)
    column.pane.select(None)
    column.said.clear()
    return column


def test_click_chooses_a_finding(column: Column, qtbot: QtBot) -> None:
    table = column.table
    place = table.visualRect(table.model().index(2, QUOTE)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert column.said == [column.ids[2]]
    assert column.current() == "Audit"


def test_arrow_keys_choose_findings(column: Column, qtbot: QtBot) -> None:
    column.pane.select(column.ids[0])
    qtbot.keyClick(column.table, Qt.Key.Key_Down)
    qtbot.keyClick(column.table, Qt.Key.Key_Down)
    qtbot.keyClick(column.table, Qt.Key.Key_Up)

    assert column.said == [column.ids[row] for row in (0, 1, 2, 1)]


def test_next_and_previous_stop_at_the_ends(column: Column) -> None:
    assert [column.pane.select_next() for _ in range(5)] == [True, True, True, True, False]
    assert column.current() == "Term"
    assert [column.pane.select_previous() for _ in range(4)] == [True, True, True, False]
    assert column.said == [column.ids[row] for row in (0, 1, 2, 3, 2, 1, 0)]


def test_previous_begins_at_the_end_and_no_finding_leaves_nothing_chosen(column: Column) -> None:
    assert column.pane.select_previous()
    assert column.current() == "Term"
    column.pane.select(None)
    assert column.current() == ""
    column.pane.select("find-unknown")
    assert column.said == [column.ids[3], ""]


def test_table_that_gets_the_focus_by_key_chooses_its_first_row(column: Column) -> None:
    column.find(QLineEdit, "findingsSearch").setFocus()
    column.table.setFocus(Qt.FocusReason.TabFocusReason)

    assert column.current() == "Liability"
    assert column.said == [column.ids[0]]


def test_first_click_into_the_table_chooses_its_row_alone(column: Column, qtbot: QtBot) -> None:
    column.model.show(make_entries())
    column.find(QLineEdit, "findingsSearch").setFocus()
    place = column.table.visualRect(column.table.model().index(2, QUOTE)).center()
    column.table.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.mouseClick(column.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert column.said == [column.ids[2]]


def test_choice_survives_what_streams_in(column: Column) -> None:
    column.model.show(make_entries()[2:])
    column.pane.select(column.ids[2])
    column.said.clear()

    column.model.merge(make_entries())

    assert column.current() == "Audit"
    assert column.said == []
    assert column.table.currentIndex().row() == 2


def test_counts_say_what_is_left(column: Column) -> None:
    counts = column.find(QLabel, "findingsCount")

    assert counts.text() == "4 findings, 4 to review"
    column.agree(0)
    assert counts.text() == "4 findings, 3 to review"
    for row in (1, 2, 3):
        column.agree(row)
    assert counts.text() == "4 findings, all reviewed"
    column.model.show(make_entries()[:1])
    assert counts.text() == "1 finding, 1 to review"
    column.model.show([])
    assert counts.text() == ""


def test_chips_list_what_is_left_or_decided(column: Column, qtbot: QtBot) -> None:
    column.agree(1)

    for name, count in (("show_open", 3), ("show_decided", 1), ("show_all", 4)):
        qtbot.mouseClick(column.find(QToolButton, name), Qt.MouseButton.LeftButton)
        assert column.listed() == count


def test_agreeing_while_only_open_ones_are_listed_loses_no_finding(column: Column, qtbot: QtBot) -> None:
    qtbot.mouseClick(column.find(QToolButton, "show_open"), Qt.MouseButton.LeftButton)
    seen = []
    while column.pane.select_next():
        seen.append(column.current())
        column.agree(column.model.row_of(column.said[-1]))

    assert seen == ["Liability", "Fees", "Audit", "Term"]


def test_severity_box_lists_from_a_severity_on(column: Column) -> None:
    box = column.find(QComboBox, "findingsSeverity")
    assert isinstance(box, QComboBox)

    assert [box.itemText(row) for row in range(box.count())] == [
        "Any severity", "Critical", "High and worse", "Medium and worse", "Low and worse",
    ]  # fmt: skip
    box.setCurrentIndex(2)
    assert column.listed() == 3


def test_search_finds_and_keys_lead_back_to_the_list(column: Column, qtbot: QtBot) -> None:
    search = column.find(QLineEdit, "findingsSearch")
    column.pane.focus_search()
    qtbot.keyClicks(search, "audit")
    assert column.listed() == 1
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert column.table.hasFocus()
    assert column.current() == "Audit"

    column.pane.focus_search()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert column.listed() == 4
    assert search.hasFocus()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert column.table.hasFocus()


def test_search_without_a_match_says_so_and_shows_all_again(column: Column, qtbot: QtBot) -> None:
    search, empty = column.find(QLineEdit, "findingsSearch"), column.find(QLabel, "findingsEmpty")
    qtbot.keyClicks(search, "nowhere")
    qtbot.keyClick(search, Qt.Key.Key_Return)

    assert empty.isVisible()
    assert empty.text() == "No finding matches."
    qtbot.mouseClick(column.find(QPushButton, "showAllFindings"), Qt.MouseButton.LeftButton)
    assert column.listed() == 4
    assert column.table.isVisible()


def test_finding_that_the_filter_hides_is_shown_when_it_is_chosen(column: Column, qtbot: QtBot) -> None:
    qtbot.keyClicks(column.find(QLineEdit, "findingsSearch"), "audit")
    qtbot.mouseClick(column.find(QToolButton, "show_open"), Qt.MouseButton.LeftButton)

    column.pane.select(column.ids[3])

    assert column.current() == "Term"
    assert column.listed() == 4


def test_empty_table_teaches(column: Column) -> None:
    column.model.show([])
    column.pane.set_empty_text("No findings yet. Press Run (Ctrl+R).")
    empty = column.find(QLabel, "findingsEmpty")

    assert empty.isVisible()
    assert empty.text() == "No findings yet. Press Run (Ctrl+R)."
    assert not column.find(QPushButton, "showAllFindings").isVisible()
    column.model.merge(make_entries())
    assert column.table.isVisible()


@pytest.mark.parametrize("width", [380, 430, 560])
def test_columns_fit_at_every_width(theme: Theme, qtbot: QtBot, width: int) -> None:
    column = Column(theme, qtbot, width)
    table = column.table
    taken = sum(table.columnWidth(each) for each in (SEVERITY, CLAUSE, FINDING, VOTES, QUOTE, DECISION))

    assert table.isColumnHidden(CLAUSE) is (width < 480)
    assert taken <= table.viewport().width()
    assert table.columnWidth(FINDING) >= 110
    assert not table.horizontalScrollBar().isVisible()


def test_focus_is_seen(column: Column) -> None:
    column.pane.select(column.ids[0])
    column.table.setFocus()
    focused = column.table.viewport().grab().toImage()
    column.find(QLineEdit, "findingsSearch").setFocus()

    assert column.table.viewport().grab().toImage() != focused


def test_every_part_that_takes_the_focus_has_names(column: Column) -> None:
    nameless = [
        each
        for each in column.pane.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisibleTo(column.pane)
        and not (each.objectName() and each.accessibleName())
    ]

    assert not nameless
