"""The decision desk."""

from collections.abc import Mapping

import pytest
from PySide6.QtTest import QSignalSpy

from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.ids import FindingId
from reviewer.ui.viewmodels.decisions import DecisionDesk

ONE, TWO = FindingId("find-1"), FindingId("find-2")


class Keeping:
    """Keeps at once, or refuses once ``message`` is set."""

    def __init__(self) -> None:
        self.desk: DecisionDesk | None = None
        self.kept: dict[FindingId, Standing] = {}
        self.message = ""

    def __call__(self, finding: FindingId, standing: Standing) -> None:
        assert self.desk is not None
        if self.message:
            self.desk.refused(finding, self.message)
        else:
            self.kept[finding] = standing
            self.desk.stored(finding, standing)


@pytest.fixture
def keeping() -> Keeping:
    return Keeping()


@pytest.fixture
def desk(keeping: Keeping) -> DecisionDesk:
    keeping.desk = DecisionDesk()
    keeping.desk.to_keep.connect(keeping)
    return keeping.desk


def test_decision_is_shown_and_kept(desk: DecisionDesk, keeping: Keeping) -> None:
    changed = QSignalSpy(desk.changed)
    desk.agree(ONE)

    assert desk.standing(ONE) == keeping.kept[ONE] == Standing(Status.AGREED)
    assert [changed.at(index) for index in range(changed.count())] == [["find-1"]]


def test_same_decision_again_does_nothing(desk: DecisionDesk) -> None:
    desk.agree(ONE)
    changed = QSignalSpy(desk.changed)
    desk.agree(ONE)

    assert changed.count() == 0


def test_undo_and_redo_go_through_all_steps(desk: DecisionDesk, keeping: Keeping) -> None:
    desk.agree(ONE)
    desk.dismiss(ONE, DismissReason.WRONG)
    desk.note(TWO, "hm")
    assert desk.undo_text == "Undo: Note"

    for expected in ({ONE: Status.DISMISSED}, {ONE: Status.AGREED}, {ONE: Status.OPEN}):
        desk.undo()
        assert_statuses(desk, expected)
    assert desk.undo_text == ""
    desk.undo()
    desk.redo()
    desk.redo()

    assert desk.standing(ONE) == keeping.kept[ONE] == Standing(Status.DISMISSED, DismissReason.WRONG)
    assert desk.redo_text == "Redo: Note"


def assert_statuses(desk: DecisionDesk, expected: Mapping[FindingId, Status]) -> None:
    assert {finding: desk.standing(finding).status for finding in expected} == expected


def test_new_decision_forgets_what_could_be_done_again(desk: DecisionDesk) -> None:
    desk.agree(ONE)
    desk.undo()
    desk.reopen(ONE)  # stands so already
    assert desk.redo_text
    desk.agree(TWO)

    assert not desk.redo_text
    desk.redo()
    assert desk.standing(ONE) == Standing()


def test_notes_to_one_finding_are_undone_as_one(desk: DecisionDesk) -> None:
    for text in ("a", "ab", "abc"):
        desk.note(ONE, text)
    desk.undo()

    assert desk.standing(ONE) == Standing()
    assert not desk.undo_text


def test_refused_decision_is_taken_back_and_told(desk: DecisionDesk, keeping: Keeping) -> None:
    desk.agree(ONE)
    failed = QSignalSpy(desk.failed)
    keeping.message = "The disk is full."
    desk.dismiss(ONE, DismissReason.TRIVIAL)

    assert desk.standing(ONE) == Standing(Status.AGREED)
    assert failed.at(0) == ["The disk is full."]
    assert not desk.undo_text


def test_load_tells_what_stands_otherwise(desk: DecisionDesk) -> None:
    desk.agree(ONE)
    changed = QSignalSpy(desk.changed)
    desk.load({TWO: Standing(Status.AGREED)})

    assert {changed.at(index)[0] for index in range(changed.count())} == {"find-1", "find-2"}
    assert desk.standing(ONE) == Standing()
    assert not desk.undo_text
