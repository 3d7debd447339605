"""What the user tells the next run besides its documents: how to review, what to ask, which version is earlier."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from reviewer.domain.matter import Matter
from reviewer.domain.run import Run
from reviewer.domain.workflow import Aggregation, Workflow
from reviewer.services.requests import of_run

VERSIONS = 2
"""So many documents can be compared."""


class Need(StrEnum):
    """What a workflow needs to be told: nothing, its *questions*, or which of two *versions* is the earlier one."""

    NOTHING = "nothing"
    QUESTIONS = "questions"
    VERSIONS = "versions"


class Instructions(QObject):
    """Remembers the questions of each matter: those of its last run that asked any, until others are written."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: str | None = None
        self._known: dict[str, Workflow] = {}
        self._matter: Matter | None = None
        self._written: dict[str, tuple[str, ...]] = {}
        self._last_asked: dict[str, tuple[str, ...]] = {}
        self._first = ""

    @property
    def chosen(self) -> str | None:
        """Id or file of the workflow that was chosen; None for what fits each document."""
        return self._chosen

    def choose(self, workflow: str | None) -> None:
        """Reviews so from now on."""
        self._chosen = workflow
        self.changed.emit()

    def work_in(self, matter: Matter | None) -> None:
        """Questions are those of this matter from now on, or of none."""
        self._matter = matter
        self.changed.emit()

    def know(self, workflows: Mapping[str, Workflow]) -> None:
        """Takes workflows by the ids or files that they are chosen by, besides those it knows."""
        self._known.update(workflows)
        self.changed.emit()

    def remember(self, runs: Iterable[Run]) -> None:
        """Takes the stored runs, newest first."""
        self._last_asked = {}
        for run in runs:
            if run.options.get("questions"):
                self._last_asked.setdefault(run.matter, of_run(run).questions)
        self.changed.emit()

    @property
    def workflow(self) -> Workflow | None:
        """The one that the next run uses; None where each document gets what fits it, or it is not known yet."""
        by_matter = self._matter.workflow if self._matter else ""
        return self._known.get(self._chosen or by_matter)

    @property
    def need(self) -> Need:
        """What the next run needs to be told."""
        if self.workflow is None:
            return Need.NOTHING
        if self.workflow.aggregate is Aggregation.CHANGES:
            return Need.VERSIONS
        return Need.QUESTIONS if _asks(self.workflow) else Need.NOTHING

    @property
    def questions(self) -> tuple[str, ...]:
        """What is asked: what was written for the matter, what its last run asked, or what the workflow's file has."""
        return self._own or _of_file(self.workflow)

    def write(self, questions: Sequence[str]) -> None:
        """Asks these from now on, in this matter."""
        self._written[self._key] = tuple(questions)
        self.changed.emit()

    def asked(self) -> tuple[str, ...]:
        """What goes along with the next run: nothing where its workflow asks nothing, or what its file has."""
        return self._own if self.need is Need.QUESTIONS else ()

    def put_first(self, path: str) -> None:
        """Takes this file for the earlier version."""
        self._first = path
        self.changed.emit()

    @property
    def first(self) -> str:
        """The file that the user said is the earlier version; empty where nobody said."""
        return self._first

    @property
    def _own(self) -> tuple[str, ...]:
        return self._written.get(self._key, self._last_asked.get(self._key, ()))

    @property
    def _key(self) -> str:
        return self._matter.id if self._matter else ""


def _asks(workflow: Workflow) -> bool:
    return any(each.uses == "answer" for each in workflow.handlers)


def _of_file(workflow: Workflow | None) -> tuple[str, ...]:
    handlers = workflow.handlers if workflow else ()
    return next((each.questions for each in handlers if each.uses == "answer" and each.questions), ())
