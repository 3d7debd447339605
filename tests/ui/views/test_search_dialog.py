"""The search dialog: what it asks for, and what it says."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId
from reviewer.domain.search import HitKind, SearchHit, SearchPage
from reviewer.ui.theme.theme import Theme
from reviewer.ui.views.search_dialog import SearchDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def hit(title: str) -> SearchHit:
    return SearchHit(
        HitKind.SECTION, DocumentId("doc-1"), "lease.pdf", title, None, None, None, TextSpan(0, 4), "rent 租金 is due",
        (TextSpan(0, 4), TextSpan(5, 7)),
    )  # fmt: skip


@pytest.fixture
def dialog(qapp: QApplication, qtbot: QtBot) -> Iterator[SearchDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = SearchDialog(Theme(qapp), parent)
    made.begin()
    yield made
    made.close()


def field(dialog: SearchDialog) -> QLineEdit:
    return dialog.findChild(QLineEdit, "searchField")


def state(dialog: SearchDialog) -> str:
    return dialog.findChild(QLabel, "searchState").text()


def rows(dialog: SearchDialog) -> int:
    return dialog.findChild(QListView, "searchHits").model().rowCount()


def test_words_are_told_once_typing_pauses(dialog: SearchDialog, qtbot: QtBot) -> None:
    told: list[str] = []
    dialog.words_typed.connect(told.append)
    QTest.keyClicks(field(dialog), "rent ")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["rent"]


def test_arrows_move_in_the_list_and_enter_chooses(dialog: SearchDialog, qtbot: QtBot) -> None:
    field(dialog).setText("rent")
    dialog.show_page("rent", SearchPage((hit("1"), hit("2"))), is_first=True)
    assert state(dialog) == "2 places"
    assert not dialog.grab().isNull()
    QTest.keyClick(field(dialog), Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.hit_chosen) as chosen:
        QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    assert chosen.args[0].title == "2"
    assert not dialog.isVisible()


def test_answer_to_words_that_were_changed_meanwhile_is_dropped(dialog: SearchDialog) -> None:
    field(dialog).setText("rents")
    dialog.show_page("rent", SearchPage((hit("1"),)), is_first=True)
    dialog.refuse("rent", "It cannot be done.")
    assert rows(dialog) == 0
    assert "cannot" not in state(dialog)


def test_empty_piece_of_a_long_search_asks_for_the_next(dialog: SearchDialog, qtbot: QtBot) -> None:
    field(dialog).setText("*rent*")
    with qtbot.waitSignal(dialog.more_wanted) as wanted:
        dialog.show_page("*rent*", SearchPage((), after=9), is_first=True)
    assert wanted.args == ["*rent*", SearchPage((), after=9)]
    assert state(dialog) == "Searching…"
    dialog.show_page("*rent*", SearchPage((hit("1"),), after=4), is_first=False)
    assert state(dialog) == "The first 1 places"
    dialog.show_page("*rent*", SearchPage((hit("2"),), has_parts=True), is_first=False)
    assert (rows(dialog), state(dialog)) == (2, "No whole word was found; these hold it as a part.")


def test_search_is_done_again_when_older_documents_are_in(dialog: SearchDialog, qtbot: QtBot) -> None:
    field(dialog).setText("rent")
    dialog.set_filling(filling=True)
    dialog.show_page("rent", SearchPage(()), is_first=True)
    assert state(dialog) == "Nothing was found. Older documents are still being read; there may be more."
    with qtbot.waitSignal(dialog.words_typed):
        dialog.set_filling(filling=False)


def test_emptied_field_empties_the_list(dialog: SearchDialog) -> None:
    field(dialog).setText("-")
    dialog.refuse("-", "There is nothing to search for.")
    assert state(dialog) == "There is nothing to search for."
    field(dialog).setText("rent")
    dialog.show_page("rent", SearchPage((hit("1"),)), is_first=True)
    field(dialog).clear()
    assert rows(dialog) == 0
    assert state(dialog).startswith("Searches all documents")


def test_every_part_has_a_name_for_a_screen_reader(dialog: SearchDialog) -> None:
    assert field(dialog).accessibleName() == "Find in all documents"
    assert dialog.findChild(QListView, "searchHits").accessibleName() == "What was found"
