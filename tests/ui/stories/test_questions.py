"""Questions over documents: written in the window, asked, remembered for the matter."""

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from reviewer.ui.viewmodels.session import Phase
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
