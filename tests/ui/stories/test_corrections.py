"""How a document was cut is put right in the window: joined, split, called otherwise, and taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QTreeView

from reviewer.domain.correction import Correction, CorrectionAction
from reviewer.domain.decision import Status
from reviewer.domain.section import SectionKind
from reviewer.ui.viewmodels.outline import SECTION_ROLE
from reviewer.ui.widgets.text_view import TextView
from tests.fakes.documents import CLAUSES
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def desk(open_desk: Open, tmp_path: Path) -> Desk:
    path = tmp_path / "contract.txt"
    path.write_text("".join(f"{each}\n" for each in CLAUSES), "utf-8")
    desk = open_desk()
    desk.act(lambda: desk.application.commands.add([path]))
    return desk


def notice(desk: Desk) -> str:
    return desk.find(QLabel, "bannerText").text()


def tree(desk: Desk) -> QTreeView:
    return desk.find(QTreeView, "outlineTree")


def outline(desk: Desk) -> list[str]:
    model = tree(desk).model()
    assert model is not None
    rows = [model.index(row, 0).data(SECTION_ROLE) for row in range(model.rowCount(QModelIndex()))]
    return [f"{section.number} {section.heading}".strip() for section in rows]


def choose(desk: Desk, row: int) -> None:
    model = tree(desk).model()
    assert model is not None
    desk.act(lambda: tree(desk).setCurrentIndex(model.index(row, 0)))


def test_sections_are_joined_and_the_correction_is_taken_back(desk: Desk) -> None:
    assert outline(desk) == ["1 Fees", "2 Liability", "3 Term"]
    assert not desk.window.actions_table["join_section"].isEnabled()
    choose(desk, 1)
    desk.do("join_section")
    assert outline(desk) == ["1 Fees", "3 Term"]
    desk.do("undo_section")
    assert outline(desk) == ["1 Fees", "2 Liability", "3 Term"]
    desk.do("undo_section")
    assert "Nothing was corrected" in notice(desk)


def test_first_section_has_none_to_be_joined_to(desk: Desk) -> None:
    choose(desk, 0)
    desk.do("join_section")
    assert "there is no section before it" in notice(desk)
    assert outline(desk) == ["1 Fees", "2 Liability", "3 Term"]


def test_section_is_split_at_the_selected_words(desk: Desk) -> None:
    desk.do("split_section")
    assert "select the first words" in notice(desk)
    text = desk.find(TextView, "textView")
    cursor = text.textCursor()
    begin = text.toPlainText().index("The Supplier")
    cursor.setPosition(begin)
    cursor.setPosition(begin + 12, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    desk.do("split_section")
    assert len(outline(desk)) == 4


def test_section_is_called_otherwise(desk: Desk) -> None:
    choose(desk, 1)
    desk.do("edit_section")
    desk.find(QLineEdit, "sectionHeading").setText("Cap on liability")
    kinds = desk.find(QComboBox, "sectionKind")
    kinds.setCurrentIndex(list(SectionKind).index(SectionKind.SCHEDULE))
    desk.act(desk.find(QPushButton, "correctSection").click)
    assert outline(desk) == ["1 Fees", "2 Cap on liability", "3 Term"]
    desk.do("undo_section")
    desk.do("undo_section")
    assert outline(desk) == ["1 Fees", "2 Liability", "3 Term"]


def test_corrections_and_decisions_are_undone_in_one_row(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    path = tmp_path / "agreement.txt"
    path.write_text(
        "SERVICES AGREEMENT\n\n1. Fees. The Customer shall pay within 30 days.\n\n"
        "2. Liability. The Supplier's liability is unlimited.\n\n3. Law. English law governs this Agreement.",
        "utf-8",
    )
    desk.act(lambda: desk.application.commands.add([path]))
    desk.do("run")
    session, decisions = desk.application.session, desk.application.decisions
    assert session.shown is not None
    file = session.shown
    finding = next(each for report in session.report.documents.values() for each in report.findings)
    count = len(file.sections)
    desk.act(lambda: decisions.agree(finding.id))
    at = file.sections[-1].own.start
    desk.act(lambda: desk.application.commands.correct(file, [Correction(CorrectionAction.MERGE, at)]))
    assert len(session.files[file.key].sections) == count - 1
    desk.do("history")
    table = desk.find(QTableView, "history").model()
    assert [table.index(row, 2).data() for row in range(2)] == ["corrected the sections", "agreed"]
    desk.do("undo")
    assert len(session.files[file.key].sections) == count
    assert decisions.standing(finding.id).status is Status.AGREED
    desk.do("undo")
    assert decisions.standing(finding.id).status is Status.OPEN
    desk.do("redo")
    desk.do("redo")
    assert len(session.files[file.key].sections) == count - 1
    desk.do("undo_section")
    assert len(session.files[file.key].sections) == count
    assert "Agree" in decisions.undo_text
