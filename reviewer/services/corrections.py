"""Corrections of how documents are cut: kept with the document, and undone one by one."""

from collections.abc import Sequence

from reviewer.domain.correction import (
    DEEPEST,
    Correction,
    CorrectionAction,
    correct,
    corrections_of,
    encode_correction,
)
from reviewer.domain.decision import Decision, DecisionAction, SubjectKind, SubjectRef
from reviewer.domain.document import Document
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind
from reviewer.ports.storage import DecisionStore
from reviewer.ports.system import Clock


class CorrectionService:
    """Keeps corrections as decisions about a document's sections.

    Args:
        reviewer_name: who corrects, as the system knows them; may be empty.
    """

    def __init__(self, decisions: DecisionStore, clock: Clock, reviewer_name: str = "") -> None:
        self._decisions = decisions
        self._clock = clock
        self._name = reviewer_name

    async def of(self, document: DocumentId) -> tuple[Correction, ...]:
        """The corrections of a document that hold, in the order they were made.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return corrections_of(await self._decisions.about([_subject(document)]))

    async def add(self, document: DocumentId, correction: Correction) -> None:
        """Makes one more correction; it is on the disk when this returns.

        Raises:
            StorageError: it cannot be written.
        """
        await self._keep(document, DecisionAction.RESPLIT, encode_correction(correction))

    async def undo(self, document: DocumentId) -> bool:
        """Takes the last correction back; False where there is none.

        Raises:
            StorageError: the workspace cannot be read or written.
        """
        if not await self.of(document):
            return False
        await self._keep(document, DecisionAction.REOPEN, "")
        return True

    async def _keep(self, document: DocumentId, action: DecisionAction, value: str) -> None:
        await self._decisions.add(Decision(_subject(document), action, self._clock.now(), value=value, by=self._name))


def check_corrections(document: Document, sections: Sequence[Section], corrections: Sequence[Correction]) -> None:
    """Makes sure that each correction changes something.

    Raises:
        InputError: ``bad_correction``; one does not, and why.
    """
    stale = correct(document, project(document), sections, corrections).stale
    if stale:
        message = f"Cannot {stale[0].action} that: {_why(stale[0])}."
        raise InputError("bad_correction", message, "Look at the sections and choose another.")


def _why(correction: Correction) -> str:
    match correction.action:
        case CorrectionAction.MERGE:
            return "there is no section before it"
        case CorrectionAction.SPLIT:
            return "a section begins there already"
        case CorrectionAction.RELABEL:
            return f"{correction.value!r} is not one of {', '.join(SectionKind)}"
        case _:
            return f"{correction.value!r} is not a level from 1 to {DEEPEST}"


def _subject(document: DocumentId) -> SubjectRef:
    return SubjectRef(SubjectKind.SECTIONS, document)
