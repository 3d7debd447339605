from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from reviewer.domain.outcome import Severity
from reviewer.ui.viewmodels.documents import DETAIL_ROLE, ENTRY_ROLE, STATE_ROLE, DocumentsModel
from reviewer.ui.viewmodels.shelf import ShelfEntry, ShelfState
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

DONE = ShelfEntry("a", "services-agreement.docx", ShelfState.DONE, None, "Contract", 6, "en", 12, Severity.HIGH)
READY = ShelfEntry("b", "paper.pdf", ShelfState.READY, None, "Paper", 1)
REFUSED = ShelfEntry(
    "c", "locked.pdf", ShelfState.REFUSED, message="It is protected by a password.", hint="Remove the password."
)
WAITING = ShelfEntry("d", "notes.txt", ShelfState.WAITING)


def shown(*entries: ShelfEntry) -> DocumentsModel:
    model = DocumentsModel()
    model.show(entries)
    return model


def texts(model: DocumentsModel, role: int) -> list[object]:
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def keys(model: DocumentsModel) -> list[str]:
    return [model.entry(row).key for row in range(model.rowCount())]


def test_documents_say_what_each_file_is_and_how_it_stands() -> None:
    model = shown(DONE, READY, REFUSED, WAITING)
    assert texts(model, int(Qt.ItemDataRole.DisplayRole)) == [
        "services-agreement.docx",
        "paper.pdf",
        "locked.pdf",
        "notes.txt",
    ]
    assert texts(model, DETAIL_ROLE) == [
        "Contract · 6 pages · 12 findings",
        "Paper · 1 page",
        "It is protected by a password. Remove the password.",
        "",
    ]
    assert texts(model, STATE_ROLE) == ["Done", "Ready", "Not read", "Waiting"]
    assert texts(model, int(Qt.ItemDataRole.AccessibleTextRole)) == [
        "services-agreement.docx, contract, 6 pages, 12 findings, worst high, done",
        "paper.pdf, paper, 1 page, ready",
        "locked.pdf, not read: It is protected by a password. Remove the password.",
        "notes.txt, waiting",
    ]
    assert texts(model, ENTRY_ROLE) == [DONE, READY, REFUSED, WAITING]
    assert texts(model, int(Qt.ItemDataRole.ToolTipRole))[0::2] == [
        plain_tool_tip(each)
        for each in (
            "services-agreement.docx\ncontract, 6 pages, 12 findings, worst high, done",
            "locked.pdf\nIt is protected by a password. Remove the password.",
        )
    ]
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


@pytest.mark.parametrize(("count", "words"), [(0, "no findings"), (1, "1 finding"), (2, "2 findings")])
def test_documents_count_findings_of_what_was_reviewed(count: int, words: str) -> None:
    model = shown(replace(DONE, findings=count, worst=None))
    assert model.index(0, 0).data(DETAIL_ROLE) == f"Contract · 6 pages · {words}"
    assert words in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_documents_change_only_what_changed() -> None:
    model = shown(DONE, READY)
    changed: list[tuple[int, int]] = []
    resets: list[None] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(None))
    model.update([DONE, replace(READY, state=ShelfState.RUNNING)])
    assert (changed, resets) == ([(1, 1)], [])
    assert model.entry(1).state is ShelfState.RUNNING
    model.update([DONE, replace(READY, state=ShelfState.RUNNING)])
    assert changed == [(1, 1)]


@pytest.mark.parametrize(
    "after",
    [(), (REFUSED,), (WAITING, DONE, REFUSED), (DONE, WAITING, READY, REFUSED), (READY, REFUSED), (DONE, READY)],
)
def test_documents_become_what_an_update_says(qtmodeltester: ModelTester, after: tuple[ShelfEntry, ...]) -> None:
    model = shown(DONE, READY, REFUSED)
    qtmodeltester.check(model)
    model.update(after)
    assert keys(model) == [entry.key for entry in after]


def test_documents_keep_their_rows_when_others_come_and_go() -> None:
    model = shown(DONE, READY, REFUSED)
    kept = QPersistentModelIndex(model.index(2, 0))
    selection = QItemSelectionModel(model)
    selection.select(model.index(2, 0), QItemSelectionModel.SelectionFlag.Select)
    model.update([DONE, WAITING, REFUSED])
    assert kept.isValid()
    assert (kept.row(), [index.row() for index in selection.selectedIndexes()]) == (2, [2])
    model.update([REFUSED])
    assert (kept.row(), [index.row() for index in selection.selectedIndexes()]) == (0, [0])


def test_documents_take_another_order(qtmodeltester: ModelTester) -> None:
    model = shown(DONE, READY)
    qtmodeltester.check(model)
    model.update([READY, DONE])
    assert keys(model) == ["b", "a"]


def test_documents_find_a_row_by_its_key() -> None:
    model = shown(DONE, READY)
    assert model.index_of("b").row() == 1
    assert not model.index_of("x").isValid()
    assert model.data(model.index_of("x")) is None
