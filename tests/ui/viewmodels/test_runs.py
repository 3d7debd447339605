"""The list of stored runs."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from reviewer.domain.run import RunStatus
from reviewer.ui.viewmodels.runs import RunsModel
from tests.fakes.reports import make_report

RUN = replace(make_report().run, paths=("/shelf/one.pdf", "/shelf/two.docx", "/shelf/<b>three.txt"))  # type: ignore[type-var]  # it has one


def test_run_names_its_first_files_and_how_it_stands(qtmodeltester: ModelTester) -> None:
    model = RunsModel()
    model.show([RUN, replace(RUN, paths=("/shelf/one.pdf",), status=RunStatus.INTERRUPTED)])
    qtmodeltester.check(model)

    first, second = (str(model.index(row, 0).data()).splitlines() for row in range(model.rowCount()))
    assert first[0] == "one.pdf, two.docx and 1 more"
    assert second[0] == "one.pdf"
    assert first[1].partition(" · ")[2] != second[1].partition(" · ")[2]
    assert model.run(1).status is RunStatus.INTERRUPTED


def test_tool_tip_shows_paths_as_they_are() -> None:
    model = RunsModel()
    model.show([RUN])

    tip = model.index(0, 0).data(int(Qt.ItemDataRole.ToolTipRole))

    assert "&lt;b&gt;three.txt" in tip


def test_list_is_replaced_as_a_whole(qtmodeltester: ModelTester) -> None:
    model = RunsModel()
    model.show([RUN, RUN])
    model.show([])
    qtmodeltester.check(model)

    assert model.rowCount() == 0
