"""A contract is opened, reviewed, decided about and opened again; by mouse, and by keyboard alone."""

from pathlib import Path

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QListView, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from reviewer.domain.decision import Status
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.viewmodels.session import Panel, Phase
from reviewer.ui.widgets.page_view import PageView
from reviewer.ui.widgets.text_view import TextView
from tests.ui.stories.conftest import Desk, Open

TABS = 30


def choose_samples(desk: Desk, *names: str) -> None:
    desk.act(lambda: desk.application.commands.add_samples(names))


def press(
    desk: Desk, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Where the focus is, as a person would."""
    qtbot.keyClick(desk.window.focusWidget() or desk.window, key, modifier)


def click_row(desk: Desk, qtbot: QtBot, row: int) -> str:
    """Clicks a finding; gives the words it rests on."""
    table = desk.find(QTableView, "findingsTable")
    index = table.model().index(row, 0)
    table.scrollTo(index)
    place = table.visualRect(index).center()
    desk.act(lambda: qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place))
    entry = desk.window.room.detail.entry
    assert entry is not None
    assert entry.finding.citations[0].anchor is not None
    return entry.finding.citations[0].anchor.quote.exact


def row_with_a_quote_after_page_one(desk: Desk) -> int:
    """Of a finding whose words are not on the first screen."""
    table = desk.find(QTableView, "findingsTable")
    report = next(iter(desk.application.session.report.documents.values()))
    pages = {
        each.id: each.citations[0].anchor.page or 0
        for each in report.findings
        if each.citations and each.citations[0].anchor
    }
    for row in range(table.model().rowCount()):
        table.selectRow(row)
        entry = desk.window.room.detail.entry
        if entry is not None and pages.get(entry.finding.id, 0) > 1:
            table.clearSelection()
            return row
    raise AssertionError("all findings are on the first page")


def test_clicked_finding_is_highlighted_on_its_page_and_in_sight(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    choose_samples(desk, "services-agreement.pdf")
    desk.do("run")
    row = row_with_a_quote_after_page_one(desk)
    pages = desk.find(PageView, "pageView")
    pages.verticalScrollBar().setValue(0)

    click_row(desk, qtbot, row)

    entry = desk.window.room.detail.entry
    assert entry is not None
    anchor = entry.finding.citations[0].anchor
    assert anchor is not None
    highlighted = [(each.page, each.boxes) for each in pages.highlighted_boxes()]
    assert (anchor.page, anchor.boxes) in highlighted
    assert pages.verticalScrollBar().value() > 0


def test_clicked_finding_is_highlighted_in_the_text_of_a_word_document(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    choose_samples(desk, "services-agreement.docx")
    desk.do("run")
    text = desk.find(TextView, "textView")

    quote = click_row(desk, qtbot, 2)

    entry = desk.window.room.detail.entry
    assert entry is not None
    assert "".join(quote.split()) == "".join(text.highlighted_text(entry.finding.id).splitlines()[0].split())
    boxes = text.mark_boxes(entry.finding.id)
    assert boxes
    assert 0 <= boxes[0].top() <= text.viewport().height()


def test_clicked_highlight_chooses_its_finding(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    choose_samples(desk, "services-agreement.docx")
    desk.do("run")
    text = desk.find(TextView, "textView")
    click_row(desk, qtbot, 1)
    entry = desk.window.room.detail.entry
    assert entry is not None
    place = text.mark_boxes(entry.finding.id)[0].center().toPoint()
    desk.find(QTableView, "findingsTable").selectRow(0)

    qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)

    chosen = desk.window.room.detail.entry
    assert chosen is not None
    assert chosen.finding.id == entry.finding.id


def test_samples_are_reviewed_by_keyboard_alone_and_stay_decided(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    button = desk.find(QPushButton, "sampleContracts")
    for _ in range(TABS):
        if desk.window.focusWidget() is not button:
            desk.act(lambda: press(desk, qtbot, Qt.Key.Key_Tab))
    desk.act(lambda: press(desk, qtbot, Qt.Key.Key_Space))
    desk.act(lambda: press(desk, qtbot, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier))
    assert desk.application.session.phase is Phase.ENDED
    findings = [each.id for report in desk.application.session.report.documents.values() for each in report.findings]

    for _ in findings:
        desk.act(lambda: press(desk, qtbot, Qt.Key.Key_J))
        desk.act(lambda: press(desk, qtbot, Qt.Key.Key_A))

    agreed = {each for each in findings if desk.application.decisions.standing(each).status is Status.AGREED}
    assert agreed == set(findings)
    run = desk.application.session.report.run
    assert run is not None
    desk.act(desk.window.close)
    desk.application.close()

    again = open_desk()
    again.act(lambda: again.application.commands.open_run(run.id))
    assert {each for each in findings if again.application.decisions.standing(each).status is Status.AGREED} == agreed


def test_junk_is_refused_in_place_and_the_rest_is_reviewed(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    for name, data in (("junk.pdf", b"%PDF-1.7 nothing"), ("junk.docx", b"PK\x03\x04 nothing"), ("empty.pdf", b"")):
        (tmp_path / name).write_bytes(data)
    locked = PdfWriter()
    locked.add_blank_page(200, 200)
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(tmp_path / "locked.pdf")
    bad = [tmp_path / name for name in ("junk.pdf", "junk.docx", "empty.pdf", "locked.pdf")]
    desk.act(lambda: desk.application.commands.add(bad))
    choose_samples(desk, "mutual-nda.docx")

    desk.do("run")

    files = desk.application.session.files.values()
    assert [bool(each.refusal) for each in files] == [True, True, True, True, False]
    assert all(each.refusal.message and each.refusal.hint for each in files if each.refusal)
    assert desk.find(QListView, "documentsList").model().rowCount() == 5
    assert desk.find(QTableView, "findingsTable").model().rowCount() > 0


def test_unreachable_endpoint_is_said_with_one_thing_to_do(open_desk: Open) -> None:
    desk = open_desk()
    choose_samples(desk, "mutual-nda.docx")
    panel = Panel((ModelChoice("openai/none", "http://127.0.0.1:9/v1"),))
    desk.act(lambda: desk.application.commands.models.choose(panel))

    desk.begin(desk.window.actions_table["run"].trigger, desk.window.banner.isVisible)

    words = " ".join(label.text() for label in desk.window.banner.findChildren(QLabel))
    assert "No answer from 127.0.0.1:9." in words
    desk.act(desk.find(QPushButton, "bannerAction").click)
    assert desk.application.session.phase is Phase.ENDED


def test_folder_without_documents_is_said(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    (tmp_path / "folder").mkdir()

    desk.act(lambda: desk.application.commands.add([tmp_path / "folder"]))

    assert desk.window.banner.isVisible()
    assert desk.application.session.phase is Phase.EMPTY


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # of a screen that is not there
def test_paper_in_another_language_says_how_to_get_a_model(open_desk: Open) -> None:
    desk = open_desk()
    choose_samples(desk, "paper-en.pdf", "paper-de.pdf")
    desk.do("run")
    session = desk.application.session
    desk.act(lambda: session.show(next(each.key for each in session.files.values() if each.name == "paper-de.pdf")))
    desk.do("translation")

    button = desk.window.room.panels.findChild(QPushButton, "chooseModel")
    assert button is not None
    assert button.isVisible()
    desk.begin(button.click, lambda: desk.window.findChild(QDialog, "modelsDialog") is not None)
    desk.act(desk.find(QDialog, "modelsDialog").reject)
