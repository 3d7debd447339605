"""Two versions are compared in the window: which one is earlier, what changed, and what nobody tracked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView

from reviewer.ui.viewmodels.session import Phase
from reviewer.ui.widgets.text_view import TextView
from tests.ui.stories.conftest import Desk, Open
from tests.unit.parsing.word_files import p, r, word_file

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SENTENCES = (
    "1. Fees. The Customer pays all fees within 10 days of each invoice.",
    "2. Delivery. The Supplier shall deliver the goods to the warehouse of the Customer in York.",
    "3. Costs. Each party bears its own reasonable costs of this agreement and of its termination.",
)


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """The later one changes 10 to 30 days for all to see, *shall* to *may* without a mark, and takes a word out."""
    earlier, later = tmp_path / "deed.docx", tmp_path / "deed-returned.docx"
    earlier.write_bytes(word_file("".join(p(each) for each in SENTENCES)))
    by = 'w:author="Ada"'
    change = f"<w:del {by}><w:r><w:delText>10</w:delText></w:r></w:del><w:ins {by}>{r('30')}</w:ins>"
    before, after = SENTENCES[0].split("10")
    body = p("", "", r(before) + change + r(after)) + p(SENTENCES[1].replace("shall", "may"))
    later.write_bytes(word_file(body + p(SENTENCES[2].replace("reasonable ", ""))))
    return earlier, later


def choose(desk: Desk) -> None:
    box = desk.find(QComboBox, "workflow")
    row = box.findData("compare-versions")
    box.setCurrentIndex(row)
    desk.act(lambda: box.activated.emit(row))


def said(desk: Desk) -> str:
    return desk.find(QLabel, "instructionsText").text()


def rows(desk: Desk) -> list[list[str]]:
    model = desk.find(QTableView, "changesView").model()
    columns = range(model.columnCount())
    return [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]


def highlighted(desk: Desk) -> str:
    view = desk.window.room.source.view
    assert isinstance(view, TextView)
    return view.highlighted_text("found")


def test_other_than_two_documents_are_told_what_to_do(open_desk: Open, versions: tuple[Path, Path]) -> None:
    desk = open_desk()
    choose(desk)
    assert said(desk) == "Add the two versions to compare: the earlier and the later one."
    desk.act(lambda: desk.application.commands.add(versions[:1]))
    assert "Add the other version" in said(desk)

    desk.do("run")

    assert desk.application.session.phase is Phase.READY
    assert "Add the other version" in desk.find(QLabel, "bannerText").text()
    desk.act(lambda: desk.application.commands.add_samples(["mutual-nda.docx", "services-agreement.docx"]))
    assert "here are 3 documents" in said(desk)
    assert not desk.find(QPushButton, "instructionsAction").isVisible()


def test_earlier_version_goes_first_however_they_were_added(open_desk: Open, versions: tuple[Path, Path]) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add(versions[::-1]))
    choose(desk)
    assert said(desk) == "Earlier version: deed.docx.  Later version: deed-returned.docx."
    assert desk.application.session.request().paths == versions

    for expected in (versions[::-1], versions):
        desk.act(desk.find(QPushButton, "instructionsAction").click)
        assert desk.application.session.request().paths == expected


def test_changes_are_listed_untracked_first_and_lead_to_their_words(
    open_desk: Open, versions: tuple[Path, Path]
) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add(versions))
    choose(desk)

    desk.do("run")

    assert "Not every change of the later version was tracked" in desk.find(QLabel, "changesRemark").text()
    shown = rows(desk)
    assert [row[0].split("\n")[0] for row in shown] == ["Replaced", "Taken out", "Replaced"]
    assert ["not tracked" in row[0] for row in shown] == [True, True, False]
    assert [row[2:] for row in shown] == [["shall", "may"], ["reasonable", ""], ["10", "30"]]
    session, table = desk.application.session, desk.find(QTableView, "changesView")
    assert table.isVisible()
    assert session.shown is not None
    assert session.shown.name == "deed-returned.docx"

    table.setFocus()
    table.selectRow(0)
    desk.act(lambda: QTest.keyClick(table, Qt.Key.Key_Return))
    assert highlighted(desk) == "may"
    desk.act(lambda: QTest.keyClick(table, Qt.Key.Key_Down))
    desk.act(lambda: QTest.keyClick(table, Qt.Key.Key_Return))
    assert session.shown.name == "deed.docx"
    assert highlighted(desk) == "reasonable"
    assert desk.find(QLabel, "findingsEmpty").text().startswith("This is the earlier version.")


def test_another_run_forgets_what_was_compared(open_desk: Open, versions: tuple[Path, Path]) -> None:
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add(versions))
    choose(desk)
    desk.do("run")
    assert rows(desk)

    desk.act(lambda: desk.application.session.instructions.choose("contract-review"))
    desk.do("run")

    assert desk.application.session.comparison is None
    assert not desk.find(QTableView, "changesView").isVisible()
