"""The source pane says what a reader should know about the document."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from reviewer.domain.document import DocumentWarning
from reviewer.ui.theme.theme import Theme
from reviewer.ui.views.banner import Banner
from reviewer.ui.views.source_pane import SourcePane
from tests.fakes.documents import make_document

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
HIDDEN = DocumentWarning("hidden_text", "Hidden text: 12 characters.", 1)
CHANGES = DocumentWarning("tracked_changes", "Read as if all changes were accepted.")


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> SourcePane:
    toggle = QAction("Show as text")
    toggle.setCheckable(True)
    made = SourcePane(theme, toggle, ())
    toggle.setParent(made)
    qtbot.addWidget(made)
    made.show()
    return made


def _remarks(pane: SourcePane) -> Banner:
    found = pane.findChild(Banner, "remarks")
    assert found is not None
    return found


def _text(pane: SourcePane, name: str) -> str:
    found = pane.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_document_without_warnings_has_no_remarks(pane: SourcePane) -> None:
    pane.show_document(make_document("Words."), ())
    assert not _remarks(pane).isVisible()


def test_one_warning_is_said_in_full(pane: SourcePane) -> None:
    pane.show_document(replace(make_document("Words."), warnings=(HIDDEN,)), ())
    assert _remarks(pane).isVisible()
    assert _text(pane, "remarksText") == "Hidden text: 12 characters."


def test_several_warnings_are_counted_and_told_on_demand(pane: SourcePane) -> None:
    pane.show_document(replace(make_document("Words."), warnings=(HIDDEN, CHANGES)), ())
    assert _text(pane, "remarksText") == "2 things to know about this document."
    more = pane.findChild(QPushButton, "remarksMore")
    assert more is not None
    more.click()
    assert _text(pane, "remarksDetails").splitlines() == [
        "• Hidden text: 12 characters.",
        "• Read as if all changes were accepted.",
    ]


def test_remarks_go_with_their_document(pane: SourcePane) -> None:
    pane.show_document(replace(make_document("Words."), warnings=(HIDDEN,)), ())
    pane.show_document(None, ())
    assert not _remarks(pane).isVisible()
