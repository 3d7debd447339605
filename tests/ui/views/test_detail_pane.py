from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.finding import RaterVote
from reviewer.domain.settings import ThemeChoice
from reviewer.domain.vote import VerdictStatus
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.views.detail_pane import DetailPane
from tests.fakes.entries import (
    EXACT,
    LOST,
    MARKUP,
    make_entries,
    make_entry,
    tied,
    with_dissent,
    without_quorum,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG = "https://example.org/" + "x" * 200


class Desk:
    """The pane, and what it asks for."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.pane = DetailPane(theme)
        qtbot.addWidget(self.pane)
        self.asked: list[tuple[str, object]] = []
        self.pane.agree_requested.connect(lambda: self.asked.append(("agree", None)))
        self.pane.reopen_requested.connect(lambda: self.asked.append(("reopen", None)))
        self.pane.dismiss_requested.connect(lambda reason: self.asked.append(("dismiss", reason)))
        self.pane.note_edited.connect(self._hear_note)
        self.pane.quote_activated.connect(lambda anchor: self.asked.append(("quote", anchor)))
        self.pane.resize(380, 620)
        with qtbot.waitActive(self.pane):
            self.pane.show()
            self.pane.activateWindow()

    def _hear_note(self, text: str) -> None:
        assert self.pane.entry is not None
        self.asked.append((f"note {self.pane.entry.finding.id}", text))

    def all(self, kind: type, name: str) -> list[QWidget]:
        """The parts of that name that are shown."""
        return [each for each in self.pane.findChildren(kind, name) if each.isVisibleTo(self.pane)]

    def find(self, kind: type, name: str) -> QWidget:
        """The one part of that name that is shown."""
        (found,) = self.all(kind, name)
        return found

    def texts(self, name: str) -> list[str]:
        """What the labels of that name say."""
        return [each.text() for each in self.all(QLabel, name) if isinstance(each, QLabel)]


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Desk:
    return Desk(theme, qtbot)


def click(qtbot: QtBot, part: QWidget) -> None:
    """With the left button."""
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)


def test_pane_without_a_finding_says_what_to_do(desk: Desk) -> None:
    assert desk.texts("detailHint") == ["Choose a finding to see the words it rests on, the votes and the dissent."]
    assert not desk.all(QPushButton, "agree")
    desk.pane.edit_note()
    assert not desk.all(QPlainTextEdit, "note")


def test_finding_is_shown_from_severity_to_route(desk: Desk) -> None:
    desk.pane.show_entry(make_entries()[0])

    assert desk.texts("findingSeverity") == ["Critical"]
    assert desk.texts("findingTitle") == ["Liability"]
    assert desk.texts("findingOutcome") == ["walk away · 2 Liability"]
    assert desk.texts("quoteText") == ["“liable without limit”"]
    assert desk.texts("quoteState") == ["Page 1 · Quote: exact"]
    assert desk.texts("why") == ["The liability is walk_away."]
    assert desk.texts("gap") == ["Wanted: better."]
    assert desk.texts("suggestion") == ["Better words."]
    assert desk.texts("approver") == ["Head of Legal"]
    assert desk.texts("route") == ["Main · 0.95, sure · by rules: A clause."]
    assert desk.pane.entry == make_entries()[0]


def test_what_is_missing_says_where_it_was_looked_for(desk: Desk) -> None:
    desk.pane.show_entry(make_entries()[2])

    assert desk.texts("searched") == ["•  3 parts of the document", "•  headings"]
    assert desk.texts("quoteText") == []
    assert desk.texts("votesLine") == ["By rule. The built-in checks take no vote."]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_quote_is_activated_by_key(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    desk.pane.show_entry(make_entry())
    qtbot.keyClick(desk.find(QAbstractButton, "quoteBlock"), key)

    assert desk.asked == [("quote", EXACT.anchor)]


@pytest.mark.parametrize("name", ["quoteBlock", "quoteText", "quoteState"])
def test_quote_is_activated_by_a_click_wherever_it_is(desk: Desk, qtbot: QtBot, name: str) -> None:
    desk.pane.show_entry(make_entry())
    click(qtbot, desk.find(QWidget, name))

    assert desk.asked == [("quote", EXACT.anchor)]


def test_quote_that_is_not_in_the_document_leads_nowhere(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(make_entry(citations=(LOST,)))
    lost = desk.find(QWidget, "lostQuote")
    click(qtbot, lost)
    qtbot.keyClick(lost, Qt.Key.Key_Return)

    assert desk.asked == []
    assert desk.texts("quoteState") == ["Quote: not in the document"]
    assert lost.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert lost.accessibleName() == "Quote: not in the document: “made up words”"


def test_quote_looks_otherwise_with_focus_and_under_the_pointer(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(make_entry())
    block = desk.find(QAbstractButton, "quoteBlock")
    before = block.grab().toImage()
    block.setFocus()

    assert block.grab().toImage() != before
    assert block.accessibleName() == "Page 1 · Quote: exact: “liable without limit”"
    assert block.accessibleDescription() == "Enter shows it in the source."


def test_dissent_is_open_and_stands_before_the_other_votes(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(with_dissent())

    assert desk.texts("votesLine") == ["3 of 5 votes: 3 say deviates, 1 says as wanted, 1 not counted. Agreement 0.50."]
    assert desk.texts("dissentTitle") == ["Dissent (1)"]
    assert desk.texts("dissentCard") == ["openai/b, vote 1: as wanted"]
    assert desk.texts("voteCard") == []
    toggle = desk.find(QToolButton, "showVotes")
    assert toggle.accessibleName() == "All other votes (4)"

    click(qtbot, toggle)
    assert desk.texts("voteCard") == [
        "openai/a, vote 1: deviates", "openai/a, vote 2: deviates", "openai/b, vote 2: walk away",
        "openai/c, vote 1: deviates",
    ]  # fmt: skip
    assert any(label.text().startswith("Not counted") for label in desk.pane.findChildren(QLabel) if label.isVisible())
    click(qtbot, toggle)
    assert desk.texts("voteCard") == []


@pytest.mark.parametrize(("entry", "count"), [(tied(), 4), (without_quorum(), 2)], ids=["tie", "no quorum"])
def test_every_vote_is_open_where_they_decide_nothing(desk: Desk, entry: Entry, count: int) -> None:
    desk.pane.show_entry(entry)

    assert len(desk.texts("voteCard")) == count
    assert not desk.all(QToolButton, "showVotes")
    assert desk.texts("dissentTitle") == []


def test_quote_of_a_vote_leads_to_its_place(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(tied())
    click(qtbot, desk.all(QAbstractButton, "quoteBlock")[-1])

    assert desk.asked == [("quote", EXACT.anchor)]


def test_everything_is_plain_text(desk: Desk) -> None:
    desk.pane.show_entry(make_entry(
        rationale=MARKUP, title=MARKUP, gap=MARKUP, suggestion=MARKUP, approver=MARKUP, searched=(MARKUP,),
        citations=(replace(EXACT, quote=MARKUP),), votes=with_dissent().finding.votes, support=0.75,
    ))  # fmt: skip
    page = desk.find(QScrollArea, "detail")
    rich = [
        label.text()
        for label in page.findChildren(QLabel)
        if "<" in label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]

    assert rich == []
    assert sum(MARKUP in label.text() for label in page.findChildren(QLabel)) == 8
    assert not [each.toolTip() for each in page.findChildren(QWidget) if "<" in each.toolTip()]


def test_suggested_wording_is_copied_as_it_is(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(make_entry(suggestion=LONG))
    click(qtbot, desk.find(QPushButton, "copySuggestion"))

    assert QGuiApplication.clipboard().text() == LONG


@pytest.mark.parametrize("width", [380, 560])
def test_everything_fits_into_a_narrow_column(desk: Desk, qtbot: QtBot, width: int) -> None:
    desk.pane.resize(width, 620)
    desk.pane.show_entry(with_dissent())
    click(qtbot, desk.find(QToolButton, "showVotes"))
    desk.pane.show_entry(
        make_entry(rationale=LONG, suggestion=LONG, title=LONG, citations=(replace(EXACT, quote=LONG),))
    )
    area = desk.find(QScrollArea, "detail")
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: area.widget().width() == area.viewport().width())

    for label in area.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) > 0
            assert label.mapTo(area.widget(), label.rect().bottomRight()).x() < area.viewport().width()
    assert not area.horizontalScrollBar().isVisible()
    for name in ("agree", "dismiss", "editNote"):
        button = desk.find(QPushButton, name)
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(desk.pane, button.rect().bottomRight()).x() < width


# ------------------------------------------------------------------------------------------------------------ decisions


def test_buttons_ask_for_decisions(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(make_entry())
    click(qtbot, desk.find(QPushButton, "agree"))
    click(qtbot, desk.find(QPushButton, "dismiss"))
    menu = desk.pane.findChild(QMenu, "reasons")
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    assert [action.text() for action in menu.actions()] == ["Wrong", "Not our position", "Trivial"]
    menu.actions()[1].trigger()
    menu.close()

    assert desk.asked == [("agree", None), ("dismiss", DismissReason.NOT_OUR_POSITION.value)]


def test_standing_is_said_and_can_be_taken_back(desk: Desk, qtbot: QtBot) -> None:
    entry = make_entry()
    desk.pane.show_entry(entry)
    assert desk.texts("decision") == ["To review"]
    assert not desk.all(QPushButton, "reopen")

    desk.pane.show_entry(replace(entry, standing=Standing(Status.DISMISSED, DismissReason.WRONG)))
    assert desk.texts("decision") == ["Dismissed: Wrong"]
    click(qtbot, desk.find(QPushButton, "reopen"))
    desk.pane.show_entry(replace(entry, standing=Standing(Status.AGREED)))
    assert desk.texts("decision") == ["Agreed"]
    click(qtbot, desk.find(QPushButton, "agree"))

    assert desk.asked == [("reopen", None)]
    agree = desk.find(QPushButton, "agree")
    assert isinstance(agree, QPushButton)
    assert agree.isChecked()


def test_button_is_pressed_only_once_the_decision_stands(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(make_entry())
    agree = desk.find(QPushButton, "agree")
    assert isinstance(agree, QPushButton)
    click(qtbot, agree)

    assert desk.asked == [("agree", None)]
    assert not agree.isChecked()


def test_note_is_kept_after_a_pause(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(make_entry())
    assert not desk.all(QPlainTextEdit, "note")
    desk.pane.edit_note()
    note = desk.find(QPlainTextEdit, "note")
    qtbot.keyClicks(note, "Ask them.")

    qtbot.waitUntil(lambda: desk.asked == [("note find-1", "Ask them.")])


def test_note_is_kept_once_when_it_is_left(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(make_entry())
    click(qtbot, desk.find(QPushButton, "editNote"))
    note = desk.find(QPlainTextEdit, "note")
    qtbot.keyClicks(note, "Ask.")
    qtbot.keyClick(note, Qt.Key.Key_Escape)

    assert desk.asked == [("note find-1", "Ask.")]
    assert desk.find(QScrollArea, "detail").hasFocus()
    assert note.isVisible()


def test_empty_note_goes_away_when_it_is_left(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_entry(make_entry())
    desk.pane.edit_note()
    qtbot.keyClick(desk.find(QPlainTextEdit, "note"), Qt.Key.Key_Escape)

    assert desk.asked == []
    assert not desk.all(QPlainTextEdit, "note")


def test_note_stays_with_the_finding_it_was_written_about(desk: Desk, qtbot: QtBot) -> None:
    """The next finding is chosen before the pause is over, by something that does not take the focus."""
    desk.pane.show_entry(make_entry())
    desk.pane.edit_note()
    qtbot.keyClicks(desk.find(QPlainTextEdit, "note"), "About the first.")
    desk.pane.show_entry(make_entry(finding_id="find-2"))

    assert desk.asked == [("note find-1", "About the first.")]
    note = desk.pane.findChild(QPlainTextEdit, "note")
    assert isinstance(note, QPlainTextEdit)
    assert note.toPlainText() == ""


def test_what_is_being_typed_stays_while_the_finding_changes(desk: Desk, qtbot: QtBot, theme: Theme) -> None:
    entry = make_entry()
    desk.pane.show_entry(entry)
    desk.pane.edit_note()
    note = desk.find(QPlainTextEdit, "note")
    assert isinstance(note, QPlainTextEdit)
    qtbot.keyClicks(note, "Half a ")
    desk.pane.show_entry(replace(entry, standing=Standing(Status.AGREED)))
    theme.choose(ThemeChoice.DARK)
    qtbot.keyClicks(note, "note")

    assert note.toPlainText() == "Half a note"


def test_note_that_was_kept_is_shown(desk: Desk) -> None:
    desk.pane.show_entry(replace(make_entry(), standing=Standing(note="Ask them.")))
    note = desk.find(QPlainTextEdit, "note")
    assert isinstance(note, QPlainTextEdit)

    assert note.toPlainText() == "Ask them."
    assert not note.hasFocus()


def test_decision_leaves_the_page_where_it_was(desk: Desk, qtbot: QtBot, theme: Theme) -> None:
    entry = tied()
    desk.pane.show_entry(entry)
    area = desk.find(QScrollArea, "detail")
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 80)
    bar.setValue(60)
    page = area.widget()

    desk.pane.show_entry(replace(entry, standing=Standing(Status.AGREED)))
    assert area.widget() is page
    theme.choose(ThemeChoice.DARK)
    assert bar.value() == 60
    desk.pane.show_entry(make_entry(finding_id="find-2"))
    assert bar.value() == 0


def test_every_part_that_takes_the_focus_has_names(desk: Desk) -> None:
    desk.pane.show_entry(with_dissent())
    desk.pane.edit_note()
    nameless = [
        each
        for each in desk.pane.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisibleTo(desk.pane)
        and not (each.objectName() and each.accessibleName())
    ]

    assert not nameless


def test_who_answered_for_another_model_is_plain_text_beside_the_vote(desk: Desk) -> None:
    vote = RaterVote("openai/gpt-4o", 0, "deviates", "No cap.", EXACT, counted=True, answered_by="<b>tiny</b>")
    desk.pane.show_entry(make_entry(votes=(vote,), support=0.4, agreement=1.0, status=VerdictStatus.NO_QUORUM))

    told = [each for each in desk.pane.findChildren(QLabel) if each.text() == "Answered by <b>tiny</b>."]
    assert [each.textFormat() for each in told] == [Qt.TextFormat.PlainText]
