"""Reviews: what people decide about findings, kept in the workspace."""

import asyncio
from collections.abc import Sequence

from reviewer.domain.decision import (
    Decision,
    DecisionAction,
    DismissReason,
    Standing,
    Status,
    SubjectKind,
    SubjectRef,
    standings,
)
from reviewer.domain.history import HistoryEntry, history
from reviewer.domain.ids import FindingId
from reviewer.domain.report import Report
from reviewer.ports.storage import Workspace
from reviewer.ports.system import Clock
from reviewer.services.indexing import SearchIndexer


class ReviewService:
    """Takes decisions. Each coroutine returns how the finding stands once that is on the disk.

    Args:
        reviewer_name: who decides, as the system knows them; may be empty.
    """

    def __init__(self, workspace: Workspace, clock: Clock, indexer: SearchIndexer, reviewer_name: str = "") -> None:
        self._workspace = workspace
        self._indexer = indexer
        self._clock = clock
        self._name = reviewer_name
        # Two decisions about one finding, one right after the other, must come to the disk in that order.
        self._turn = asyncio.Lock()

    async def standings(self, findings: Sequence[FindingId]) -> dict[FindingId, Standing]:
        """How these findings stand; those nobody decided about are left out.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return standings(await self._workspace.decisions.about([_subject(each) for each in findings]))

    async def history(self, report: Report) -> tuple[HistoryEntry, ...]:
        """Who decided what when about a report's findings, sections and routes, the latest first.

        Raises:
            StorageError: the workspace cannot be read.
        """
        found = [each.id for document in report.documents.values() for each in document.findings]
        kinds = (SubjectKind.SECTIONS, SubjectKind.ROUTES)
        documents = [SubjectRef(kind, each) for kind in kinds for each in report.documents]
        return history(report, await self._workspace.decisions.about([*map(_subject, found), *documents]))

    async def agree(self, finding: FindingId) -> Standing:
        """The finding holds.

        Raises:
            StorageError: it cannot be written.
        """
        return await self._decide(finding, DecisionAction.AGREE)

    async def dismiss(self, finding: FindingId, reason: DismissReason) -> Standing:
        """The finding is set aside.

        Raises:
            StorageError: it cannot be written.
        """
        return await self._decide(finding, DecisionAction.DISMISS, reason)

    async def reopen(self, finding: FindingId) -> Standing:
        """Neither agreed nor dismissed any more.

        Raises:
            StorageError: it cannot be written.
        """
        return await self._decide(finding, DecisionAction.REOPEN)

    async def note(self, finding: FindingId, text: str) -> Standing:
        """Puts a note to the finding, in place of an earlier one; an empty text removes it.

        Raises:
            StorageError: it cannot be written.
        """
        return await self._decide(finding, DecisionAction.NOTE, value=text)

    async def restore(self, finding: FindingId, standing: Standing) -> Standing:
        """Makes the finding stand so, by the decisions that takes; by none where it already does.

        Raises:
            StorageError: it cannot be read or written.
        """
        async with self._turn:
            now = await self._standing(finding)
            if (now.status, now.reason) != (standing.status, standing.reason):
                now = await self._decide(finding, _ACTIONS[standing.status], standing.reason)
            if now.note != standing.note:
                now = await self.note(finding, standing.note)
            return now

    async def _decide(
        self, finding: FindingId, action: DecisionAction, reason: DismissReason | None = None, value: str = ""
    ) -> Standing:
        decision = Decision(_subject(finding), action, self._clock.now(), reason, value, self._name)
        await self._workspace.decisions.add(decision)
        if action is DecisionAction.NOTE:
            self._indexer.take_note(finding, value)
            await self._indexer.settle()
        return await self._standing(finding)

    async def _standing(self, finding: FindingId) -> Standing:
        return (await self.standings([finding])).get(finding, Standing())


_ACTIONS = {
    Status.AGREED: DecisionAction.AGREE,
    Status.DISMISSED: DecisionAction.DISMISS,
    Status.OPEN: DecisionAction.REOPEN,
}


def _subject(finding: FindingId) -> SubjectRef:
    return SubjectRef(SubjectKind.FINDING, finding)
