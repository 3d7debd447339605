import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester

from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.outcome import Severity
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.findings import (
    CLAUSE,
    COLUMNS,
    DECISION,
    ENTRY_ROLE,
    FINDING,
    QUOTE,
    SEVERITY,
    VOTES,
    FindingsModel,
)
from tests.fakes.entries import make_entries, make_entry, tied, with_dissent

ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)


def numbered(number: int, severity: Severity = Severity.HIGH, **changes: object) -> Entry:
    """An entry that stands at a place of its own."""
    return make_entry(severity, (severity.rank, number, "p"), f"find-{number:03}", **changes)


def shown(*entries: Entry) -> FindingsModel:
    """A model with these entries."""
    model = FindingsModel()
    model.show(entries)
    return model


def ids(model: FindingsModel) -> list[str]:
    """The findings in the order of their rows."""
    return [model.entry(row).finding.id for row in range(model.rowCount())]


def test_findings_pass_the_model_tester(qtmodeltester: ModelTester) -> None:
    model = shown(*make_entries())
    qtmodeltester.check(model)
    model.merge([numbered(7), replace(make_entries()[0], standing=Standing(Status.AGREED))])
    qtmodeltester.check(model)
    model.show([])
    qtmodeltester.check(model)


def test_row_says_every_column_in_words() -> None:
    model = shown(replace(with_dissent(), standing=Standing(Status.DISMISSED, DismissReason.WRONG)))

    said = [model.data(model.index(0, column)) for column in range(COLUMNS)]

    assert said == ["High", "12.1", "Limitation of liability", "3 of 5 votes", "exact", "Dismissed: Wrong"]


def test_row_is_one_sentence_for_a_screen_reader() -> None:
    model = shown(replace(with_dissent(), standing=Standing(Status.AGREED, None, "Ask.")), *make_entries()[2:3])

    assert model.data(model.index(0, VOTES), ACCESSIBLE) == (
        "High, Limitation of liability, deviates, clause 12.1, 3 of 5 votes, Quote: exact, Agreed, has a note"
    )
    assert model.data(model.index(1, SEVERITY), ACCESSIBLE) == (
        "High, Audit, missing, Whole document, rule, no quote, To review"
    )


def test_columns_have_names_and_the_last_says_its_own_only_on_demand() -> None:
    model = FindingsModel()
    names = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(COLUMNS)]

    assert names == ["Severity", "Clause", "Finding", "Votes", "Quote", ""]
    assert model.headerData(DECISION, Qt.Orientation.Horizontal, ACCESSIBLE) == "Decision"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (SEVERITY, "High<br>12.1 Limitation of liability"),
        (CLAUSE, "High<br>12.1 Limitation of liability"),
        (FINDING, "&lt;img src=&#x27;x&#x27;&gt;<br>uncertain<br>12.1 Limitation of liability"),
        (VOTES, "2 of 4 votes, tied"),
        (QUOTE, "Page 1 · Quote: exact"),
        (DECISION, "To review<br>Read &lt;this&gt;."),
    ],
)
def test_tool_tip_says_all_and_shows_markup_as_it_is(column: int, text: str) -> None:
    entry = tied()
    entry = replace(
        entry, finding=replace(entry.finding, title="<img src='x'>"), standing=Standing(note="Read <this>.")
    )
    model = shown(entry)

    assert model.data(model.index(0, column), TOOL_TIP) == f"<qt>{text}</qt>"


def test_merge_adds_new_entries_in_their_place_and_in_one_step_where_they_are_neighbours() -> None:
    model = shown(numbered(1), numbered(5))
    steps: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda parent, first, last: steps.append((first, last)))

    model.merge([numbered(4), numbered(7), numbered(2), numbered(3), numbered(6)])

    assert ids(model) == [f"find-{number:03}" for number in range(1, 8)]
    assert steps == [(1, 3), (5, 6)]


def test_merge_tells_which_row_changed_and_nothing_where_none_did() -> None:
    entries = [numbered(1), numbered(2)]
    model = shown(*entries)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))

    model.merge(entries)
    model.merge([replace(entries[1], standing=Standing(Status.AGREED))])

    assert changed == [1]
    assert model.entry(1).standing.status is Status.AGREED
    assert model.open_count() == 1


def test_merge_takes_an_entry_that_comes_twice_once() -> None:
    model = shown()
    model.merge([numbered(1), numbered(1)])

    assert ids(model) == ["find-001"]


def test_merge_moves_an_entry_whose_severity_changed() -> None:
    model = shown(numbered(1), numbered(2), numbered(3))
    third = QPersistentModelIndex(model.index(2, 0))

    model.merge([numbered(3, Severity.CRITICAL)])

    assert ids(model) == ["find-003", "find-001", "find-002"]
    assert third.row() == 0
    model.merge([numbered(3, Severity.LOW)])
    assert third.row() == 2


batches = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(list(Severity)), st.sampled_from(list(Status))), max_size=8),
    max_size=8,
)


@given(batches)
def test_merge_keeps_order_selection_and_every_entry(batches: list[list[tuple[int, Severity, Status]]]) -> None:
    chosen = numbered(15)
    model = shown(chosen)
    tester = QAbstractItemModelTester(model)
    selection = QItemSelectionModel(model)
    selection.select(model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    latest = {chosen.finding.id: chosen}

    for batch in batches:
        entries = [replace(numbered(number, severity), standing=Standing(status)) for number, severity, status in batch]
        unique = {entry.finding.id: entry for entry in entries}
        model.merge(list(unique.values()))
        latest |= unique

    assert not resets
    assert ids(model) == [each.finding.id for each in sorted(latest.values(), key=lambda each: each.order)]
    assert all(model.entry(row) == latest[model.entry(row).finding.id] for row in range(model.rowCount()))
    assert [model.entry(index.row()).finding.id for index in selection.selectedIndexes()] == [chosen.finding.id]
    tester.deleteLater()


def test_finding_is_found_by_its_id() -> None:
    model = shown(numbered(1), numbered(2))

    assert model.row_of("find-002") == 1
    assert model.row_of("find-009") == -1
    assert model.data(model.index(1, VOTES), ENTRY_ROLE) == numbered(2)


def test_showing_many_entries_does_no_work_per_row() -> None:
    entries = [numbered(1)] * 100_000
    model = FindingsModel()
    calls: list[str] = []
    sys.setprofile(lambda frame, event, argument: calls.append(event))
    model.show(entries)
    sys.setprofile(None)

    assert model.rowCount() == 100_000
    assert len(calls) < 30
