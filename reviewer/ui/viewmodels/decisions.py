"""The decision desk: what a person decides, shown at once, kept in the background, and undone on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from reviewer.domain.correction import Correction
from reviewer.domain.decision import OPEN, DismissReason, Standing, Status
from reviewer.domain.ids import FindingId


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be undone: how a finding stands, or, with a file, a correction of its sections."""

    finding: FindingId
    before: Standing
    after: Standing
    text: str
    is_note: bool
    file: str = ""
    corrections: tuple[Correction, ...] = ()


class DecisionDesk(QObject):
    """How each finding stands, and the way back. Lives on the window's thread; waits for nothing."""

    changed = Signal(str)
    """Id of the finding that stands otherwise now."""
    failed = Signal(str)
    """Why a decision could not be kept; it was taken back."""
    undo_changed = Signal()
    to_uncorrect = Signal(str, int)
    """Key of a file, and how many of its last corrections are to be taken back."""
    to_correct = Signal(str, object)
    """Key of a file, and the corrections to be made again."""
    to_keep = Signal(object, object)
    """`FindingId`, `Standing`: to be kept; how that went comes back through `stored` or `refused`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standings: dict[FindingId, Standing] = {}
        self._stored: dict[FindingId, Standing] = {}
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def load(self, kept: Mapping[FindingId, Standing]) -> None:
        """Takes what the workspace holds; what could be undone before cannot be any more."""
        before = self._standings
        self._standings, self._stored = dict(kept), dict(kept)
        self._done.clear()
        self._undone.clear()
        for finding in sorted(before.keys() | kept.keys()):
            if before.get(finding) != kept.get(finding):
                self.changed.emit(finding)
        self.undo_changed.emit()

    def standing(self, finding: FindingId) -> Standing:
        """How a finding stands."""
        return self._standings.get(finding, OPEN)

    @property
    def undo_text(self) -> str:
        """What undo would take back, for the menu; empty where there is nothing."""
        return self.tr("Undo: %1").replace("%1", self._done[-1].text) if self._done else ""

    @property
    def redo_text(self) -> str:
        """What redo would do again; empty where there is nothing."""
        return self.tr("Redo: %1").replace("%1", self._undone[-1].text) if self._undone else ""

    def agree(self, finding: FindingId) -> None:
        """The finding holds."""
        self._do(finding, replace(self.standing(finding), status=Status.AGREED, reason=None), self.tr("Agree"))

    def dismiss(self, finding: FindingId, reason: DismissReason) -> None:
        """The finding is set aside."""
        self._do(finding, replace(self.standing(finding), status=Status.DISMISSED, reason=reason), self.tr("Dismiss"))

    def reopen(self, finding: FindingId) -> None:
        """Neither agreed nor dismissed any more."""
        self._do(finding, replace(self.standing(finding), status=Status.OPEN, reason=None), self.tr("Reopen"))

    def note(self, finding: FindingId, text: str) -> None:
        """Puts a note to the finding. Notes to the same finding one after the other are undone as one."""
        last = self._done[-1] if self._done else None
        after = replace(self.standing(finding), note=text)
        if last and last.is_note and last.finding == finding and after != self.standing(finding):
            self._done.pop()
            self._do(finding, after, self.tr("Note"), is_note=True, before=last.before)
        else:
            self._do(finding, after, self.tr("Note"), is_note=True)

    def corrected(self, file: str, corrections: Sequence[Correction]) -> None:
        """The sections of a file were put right; it can be undone like a decision about a finding."""
        text = self.tr("Correction of sections")
        self._done.append(
            Step(FindingId(""), OPEN, OPEN, text, is_note=False, file=file, corrections=tuple(corrections))
        )
        self._undone.clear()
        self.undo_changed.emit()

    def forget_correction(self, file: str) -> None:
        """The last correction of a file is taken back otherwise."""
        at = next((at for at in reversed(range(len(self._done))) if self._done[at].file == file), None)
        if at is not None:
            step = self._done.pop(at)
            if step.corrections[:-1]:
                self._done.insert(at, replace(step, corrections=step.corrections[:-1]))
            self.undo_changed.emit()

    def undo(self) -> None:
        """Takes the last step back."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            if step.file:
                self.to_uncorrect.emit(step.file, len(step.corrections))
                self.undo_changed.emit()
            else:
                self._put(step.finding, step.before)

    def redo(self) -> None:
        """Does the step that was undone last again."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            if step.file:
                self.to_correct.emit(step.file, step.corrections)
                self.undo_changed.emit()
            else:
                self._put(step.finding, step.after)

    def stored(self, finding: FindingId, standing: Standing) -> None:
        """The workspace holds this now."""
        self._stored[finding] = standing

    def refused(self, finding: FindingId, message: str) -> None:
        """It could not be kept: the finding stands again as the workspace has it, and its steps are gone."""
        self._done = [step for step in self._done if step.finding != finding]
        self._undone = [step for step in self._undone if step.finding != finding]
        self._standings[finding] = self._stored.get(finding, OPEN)
        self.changed.emit(finding)
        self.undo_changed.emit()
        self.failed.emit(message)

    def _do(
        self,
        finding: FindingId,
        after: Standing,
        text: str,
        *,
        is_note: bool = False,
        before: Standing | None = None,
    ) -> None:
        now = self.standing(finding)
        if after == now:
            return
        self._done.append(Step(finding, now if before is None else before, after, text, is_note))
        self._undone.clear()
        self._put(finding, after)

    def _put(self, finding: FindingId, standing: Standing) -> None:
        self._standings[finding] = standing
        self.changed.emit(finding)
        self.undo_changed.emit()
        self.to_keep.emit(finding, standing)
