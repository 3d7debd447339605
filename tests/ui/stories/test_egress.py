"""What leaves this computer, as a person meets it: the badge, the question, the policy of a matter, what was sent."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton, QRadioButton, QTableView

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.session import Panel, Phase
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

AWAY = ModelChoice("openai/m", "http://model.test/v1")


@pytest.fixture
def desk(open_desk: Open, tmp_path: Path) -> Desk:
    """A document, and a model elsewhere behind a proxy that is not there: nothing can leave by accident."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('[models]\nproxy = "http://127.0.0.1:9"\n', "utf-8")
    made = open_desk()
    made.act(lambda: made.application.commands.add_samples(["mutual-nda.docx"]))
    made.act(lambda: made.application.commands.models.choose(Panel((AWAY,), votes=1)))
    return made


def click(desk: Desk, name: str) -> None:
    desk.act(desk.find(QPushButton, name).click)


def privacy(desk: Desk) -> str:
    return desk.find(QLabel, "privacy").text()


def make_matter(desk: Desk, name: str) -> None:
    desk.do("matters")
    desk.find(QLineEdit, "matterName").setText(name)
    click(desk, "makeMatter")


def allow(desk: Desk, choice: str, endpoints: str = "") -> None:
    desk.do("matters")
    click(desk, "allowMatter")
    desk.find(QRadioButton, choice).setChecked(True)
    desk.find(QPlainTextEdit, "egressEndpoints").setPlainText(endpoints)
    click(desk, "keepEgress")
    click(desk, "closeMatters")


def test_window_asks_before_text_leaves_and_a_no_sends_nothing(desk: Desk) -> None:
    assert privacy(desk) == "Asks before sending to model.test"

    desk.do("run")

    box = desk.find(QMessageBox, "sendQuestion")
    assert "mutual-nda.docx to model.test" in box.text()
    assert "To http://model.test: " in box.informativeText()
    assert "sections of 1 document" in box.informativeText()
    assert box.defaultButton().objectName() == "doNotSend"
    click(desk, "doNotSend")
    assert desk.application.session.report.run is None
    assert desk.application.session.phase is Phase.READY


def test_a_yes_is_for_one_run_and_what_was_sent_is_shown(desk: Desk) -> None:
    desk.do("run")
    click(desk, "sendAndRun")
    assert desk.application.session.report.run is not None

    desk.do("sent")

    table, text = desk.find(QTableView, "requests").model(), desk.find(QPlainTextEdit, "requestText")
    assert table.rowCount() > 0
    assert table.index(0, 1).data() == "http://model.test (127.0.0.1:9)"
    assert "mutual-nda.docx" in table.index(0, 3).data()
    assert text.toPlainText().startswith("{")
    click(desk, "closeRequests")
    desk.do("run")
    assert desk.find(QMessageBox, "sendQuestion").isVisible()
    click(desk, "doNotSend")


def test_requests_are_shown_before_they_are_sent(desk: Desk) -> None:
    desk.do("requests")

    table, text = desk.find(QTableView, "requests"), desk.find(QPlainTextEdit, "requestText")
    assert table.model().rowCount() > 0
    assert "to the letter" in desk.find(QLabel, "requestsTotal").text()
    assert '"model":"m"' in text.toPlainText()
    desk.act(lambda: table.selectRow(1))
    assert '"model":"m"' in text.toPlainText()
    click(desk, "closeRequests")


def test_question_comes_back_after_its_requests_were_read(desk: Desk) -> None:
    desk.do("run")
    click(desk, "showRequests")
    assert desk.find(QTableView, "requests").model().rowCount() > 0

    click(desk, "closeRequests")

    assert desk.find(QMessageBox, "sendQuestion").isVisible()
    assert desk.application.session.report.run is None
    click(desk, "doNotSend")


def test_new_matter_keeps_its_text_here_until_its_policy_is_changed(desk: Desk) -> None:
    make_matter(desk, "Acme")
    assert privacy(desk) == "This computer only"
    desk.do("run")
    assert "stay on this computer" in desk.find(QLabel, "bannerText").text()
    assert desk.application.session.report.run is None

    allow(desk, "egressListed", "http://model.test/v1")

    assert privacy(desk) == "Sends to model.test"
    allow(desk, "egressAsk")
    assert privacy(desk) == "Asks before sending to model.test"


def test_list_of_endpoints_must_hold_endpoints(desk: Desk) -> None:
    make_matter(desk, "Acme")
    desk.do("matters")
    click(desk, "allowMatter")
    desk.find(QRadioButton, "egressListed").setChecked(True)
    click(desk, "keepEgress")
    problem, field = desk.find(QLabel, "egressProblem"), desk.find(QPlainTextEdit, "egressEndpoints")
    assert "Name one endpoint" in problem.text()
    field.setPlainText("ftp://host")
    click(desk, "keepEgress")
    assert "no address" in problem.text()
    click(desk, "cancelEgress")
    click(desk, "closeMatters")
    assert privacy(desk) == "This computer only"
