"""Questions over documents: written in the window, asked, remembered for the matter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTabWidget,
)

from reviewer.ui.viewmodels.session import Phase
from reviewer.ui.widgets.text_view import TextView
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

ASKED = ("How long must information be kept confidential?", "Which law governs the agreement?")


def choose(desk: Desk, workflow: str) -> None:
    """As a person does in the box of workflows."""
    box = desk.find(QComboBox, "workflow")
    row = box.findData(workflow)
    box.setCurrentIndex(row)
    desk.act(lambda: box.activated.emit(row))


def press(desk: Desk, name: str) -> None:
    desk.act(desk.find(QPushButton, name).click)


def write(desk: Desk, text: str) -> None:
    desk.find(QPlainTextEdit, "questionLines").setPlainText(text)


def strip(desk: Desk) -> str:
    return desk.find(QLabel, "instructionsText").text()


def dialogs(desk: Desk) -> list[str]:
    return [each.objectName() for each in desk.window.findChildren(QDialog) if each.isVisible()]


def opened(open_desk: Open) -> Desk:
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add_samples(["mutual-nda.docx", "services-agreement.docx"]))
    return desk


def test_choosing_questions_asks_for_them_and_runs_them(open_desk: Open) -> None:
    desk = opened(open_desk)

    choose(desk, "questions")

    assert dialogs(desk) == ["questionsDialog"]
    assert not desk.find(QPushButton, "askQuestions").isEnabled()
    write(desk, f"{ASKED[0]}\n\n  Which law governs   the agreement? \n{ASKED[0]}")
    press(desk, "askQuestions")
    report = desk.application.session.report
    assert len(report.documents) == 2
    for each in report.documents.values():
        assert {answer.part for answer in each.answers} == set(ASKED)
    assert strip(desk).startswith(f"2 questions: {ASKED[0]}")


def test_run_without_questions_asks_for_them_and_starts_nothing(open_desk: Open) -> None:
    desk = opened(open_desk)
    choose(desk, "questions")
    press(desk, "cancelQuestions")
    assert "one question a line" in strip(desk)

    for action in ("run", "estimate", "requests"):
        desk.do(action)
        assert dialogs(desk) == ["questionsDialog"], action
        press(desk, "cancelQuestions")

    assert desk.application.session.phase is Phase.READY
    write_and_keep(desk, ASKED[1])
    desk.do("run")
    assert desk.application.session.phase is Phase.ENDED


def write_and_keep(desk: Desk, text: str) -> None:
    desk.do("questions")
    write(desk, text)
    press(desk, "keepQuestions")


def test_answers_stand_in_a_table_and_lead_to_their_words(open_desk: Open) -> None:
    desk = opened(open_desk)
    choose(desk, "questions")
    tabs = desk.find(QTabWidget, "results")
    assert "Answers" in [tabs.tabText(at) for at in range(tabs.count()) if tabs.isTabVisible(at)]
    write(desk, f"{ASKED[1]}\nWho pays for travel to the moon?")
    press(desk, "askQuestions")

    table = desk.find(QTableView, "answersView")
    model = table.model()
    assert table.isVisible()
    beside = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    above = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert beside == ["mutual-nda.docx", "services-agreement.docx"]
    assert above == [ASKED[1], "Who pays for travel to the moon?"]
    assert "law of England" in model.index(1, 0).data()
    assert model.index(1, 0).data().endswith("Quote: exact")
    assert model.index(1, 1).data() == "Not found"
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"services-agreement.docx, {ASKED[1]} ")

    table.setFocus()
    table.setCurrentIndex(model.index(0, 1))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return):
        desk.act(lambda key=key: QTest.keyClick(table, key))
    session = desk.application.session
    assert session.shown is not None
    assert session.shown.name == "services-agreement.docx"
    view = desk.window.room.source.view
    assert isinstance(view, TextView)
    assert "law of England" in view.highlighted_text("found")


def test_stored_answers_stand_in_the_table_again(open_desk: Open) -> None:
    desk = opened(open_desk)
    choose(desk, "questions")
    write(desk, ASKED[1])
    press(desk, "askQuestions")
    run = desk.application.session.report.run
    assert run is not None
    choose(desk, "contract-review")
    desk.do("start_over")
    assert not desk.find(QTabWidget, "results").isTabVisible(0)

    desk.act(lambda: desk.application.commands.open_run(run.id))

    table = desk.find(QTableView, "answersView")
    assert table.isVisible()
    assert table.model().rowCount() == 2


def test_questions_go_only_to_a_workflow_that_asks(open_desk: Open) -> None:
    desk = opened(open_desk)
    choose(desk, "questions")
    write(desk, ASKED[0])
    press(desk, "keepQuestions")
    assert desk.application.session.request().questions == (ASKED[0],)

    choose(desk, "contract-review")

    assert desk.application.session.request().questions == ()
    assert not desk.find(QLabel, "instructionsText").isVisible()
    assert not desk.window.actions_table["questions"].isEnabled()


def test_questions_of_a_matters_last_run_are_there_again(open_desk: Open) -> None:
    desk = opened(open_desk)
    choose(desk, "questions")
    write(desk, ASKED[0])
    press(desk, "askQuestions")
    desk.do("matters")
    desk.find(QLineEdit, "matterName").setText("Acme")
    press(desk, "makeMatter")
    assert "one question a line" in strip(desk)
    write_and_keep(desk, ASKED[1])
    desk.do("run")
    desk.window.close()

    again = opened(open_desk)
    choose(again, "questions")
    assert strip(again) == f"1 question: {ASKED[0]}"
    (acme,) = [desk.application.session.matter]
    again.application.session.choose_matter(acme)
    assert strip(again) == f"1 question: {ASKED[1]}"
