"""Corrections of how documents are cut: kept with the document, and undone one by one."""

from reviewer.domain.correction import Correction, corrections_of, encode_correction
from reviewer.domain.decision import Decision, DecisionAction, SubjectKind, SubjectRef
from reviewer.domain.ids import DocumentId
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


def _subject(document: DocumentId) -> SubjectRef:
    return SubjectRef(SubjectKind.SECTIONS, document)
