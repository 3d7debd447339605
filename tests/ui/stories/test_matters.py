"""Matters from the window: made, worked in, a new version loaded, handed on, taken in, deleted."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QTableView

from reviewer.domain.decision import Status
from tests.ui.stories.conftest import Desk, Open

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

CLAUSES = [
    "SERVICES AGREEMENT",
    "1. Fees. The Customer shall pay each invoice within 90 days of receipt.",
    "2. Liability. The Supplier's liability is unlimited in every case and under every theory.",
    "3. Term. This Agreement renews automatically for successive terms of three years.",
    "4. Law. This Agreement is governed by the laws of England and Wales.",
]


def click(desk: Desk, name: str) -> None:
    desk.act(desk.find(QPushButton, name).click)


def make_matter(desk: Desk, name: str) -> None:
    desk.do("matters")
    desk.find(QLineEdit, "matterName").setText(name)
    click(desk, "makeMatter")


def review(desk: Desk, path: Path) -> None:
    desk.act(lambda: desk.application.commands.add([path]))
    desk.do("run")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "agreement.txt"
    path.write_text("\n\n".join(CLAUSES), "utf-8")
    return path


def test_runs_belong_to_the_matter_that_is_worked_in(open_desk: Open, contract: Path) -> None:
    desk = open_desk()
    make_matter(desk, "Acme v. Beta")
    assert desk.window.windowTitle() == "Acme v. Beta – Reviewer"
    assert "does not encrypt" in desk.find(QLabel, "bannerText").text()
    review(desk, contract)
    desk.do("matters")
    table = desk.find(QTableView, "matters").model()
    assert [table.index(0, column).data() for column in range(3)] == [
        "Acme v. Beta",
        "1",
        "stays on this computer",
    ]
    click(desk, "leaveMatter")
    assert desk.window.windowTitle() == "Reviewer"


def test_changed_file_is_told_and_its_new_version_takes_over_decisions(open_desk: Open, contract: Path) -> None:
    desk = open_desk()
    review(desk, contract)
    findings = [each for report in desk.application.session.report.documents.values() for each in report.findings]
    assert findings
    for finding in findings:
        desk.act(lambda finding=finding: desk.application.decisions.agree(finding.id))
    contract.write_text("\n\n".join([*CLAUSES[:4], "4. Law. The laws of Scotland govern this Agreement."]), "utf-8")
    desk.application.close()
    desk = open_desk()
    run = desk.window.first.findChild(object, "recentRuns").model().run(0)
    desk.act(lambda: desk.application.commands.open_run(run.id))
    assert "Changed on the disk" in desk.find(QLabel, "bannerText").text()
    click(desk, "bannerAction")
    desk.do("run")
    assert "carried over" in desk.find(QLabel, "bannerText").text()
    now = [each for report in desk.application.session.report.documents.values() for each in report.findings]
    agreed = [each for each in now if desk.application.decisions.standing(each.id).status is Status.AGREED]
    assert agreed
    assert {each.id for each in agreed}.isdisjoint(each.id for each in findings)
    again = next(each for each in now if desk.application.decisions.standing(each.id).why_open)
    desk.act(lambda: desk.application.control._presenter.show_finding(again.id))
    assert "the clause changed" in desk.find(QLabel, "decision").text()


def test_matter_is_handed_on_taken_in_and_deleted(open_desk: Open, contract: Path, tmp_path: Path) -> None:
    desk = open_desk()
    make_matter(desk, "Acme")
    review(desk, contract)
    desk.do("matters")
    desk.find(QLineEdit, "matterPassword").setText("sesame")
    click(desk, "shareMatter")
    target = tmp_path / "acme.reviewer"
    desk.act(lambda: desk.find(QFileDialog, "matterFile").fileSelected.emit(str(target)))
    assert target.stat().st_size > 1000
    desk.do("matters")
    click(desk, "deleteMatter")
    click(desk, "confirmDelete")
    assert desk.find(QTableView, "matters").model().rowCount() == 0
    assert desk.application.session.matter is None
    desk.find(QLineEdit, "matterPassword").setText("sesame")
    click(desk, "takeInMatter")
    desk.act(lambda: desk.find(QFileDialog, "matterFile").fileSelected.emit(str(target)))
    assert "1 new runs" in desk.find(QLabel, "bannerText").text()
    assert desk.application.session.matter is not None
    assert desk.application.session.matter.name == "Acme"
