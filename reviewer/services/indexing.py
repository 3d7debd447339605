"""Putting into the search what documents, runs and notes hold, while other work goes on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

from reviewer.domain.decision import Standing
from reviewer.domain.document import Document
from reviewer.domain.errors import StorageError
from reviewer.domain.ids import FindingId, RunId
from reviewer.domain.report import Report
from reviewer.domain.search import SearchRow
from reviewer.domain.section import Section
from reviewer.ports.storage import SearchDocument, SearchIndex
from reviewer.services.search_rows import cut_of, document_rows, finding_rows

_log = logging.getLogger(__name__)
_Work = Callable[[], Awaitable[None]]


class SearchIndexer:
    """Fills the search index, one thing after the other, each in a task of the running loop.

    What fails or is broken off does no harm to other work: it counts as missing, and `SearchService.catch_up` does it.
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._tasks: list[asyncio.Task[None]] = []

    def take(self, document: Document, sections: Sequence[Section]) -> None:
        """A document was read and cut. Returns at once; whoever calls it waits for `settle` some time later."""
        self._begin(partial(self.put_document, document, sections))

    def take_run(self, run: RunId, report: Report, standings: Mapping[FindingId, Standing]) -> None:
        """A run has ended. As `take`."""
        self._begin(partial(self.put_run, run, report, standings))

    def take_note(self, finding: FindingId, text: str) -> None:
        """A note was made, changed or removed. As `take`."""
        self._begin(partial(self._index.put_note, finding, text))

    async def settle(self) -> None:
        """Waits for all that was taken."""
        waiting = [task for task in self._tasks if not task.done()]
        if waiting:
            await asyncio.wait(waiting)

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[None]:
        """Around work that has things taken: waits for them when it is done, breaks them off when it fails."""
        try:
            yield
        except BaseException:
            for task in self._tasks:
                task.cancel()
            await self.settle()
            raise
        await self.settle()

    async def put_document(self, document: Document, sections: Sequence[Section]) -> None:
        """Puts a document in.

        Raises:
            StorageError: it cannot be written.
        """
        rows = await asyncio.to_thread(document_rows, document, sections)
        named = SearchDocument(document.id, document.source.name, document.title)
        await self._index.put_document(named, cut_of(sections), rows)

    async def put_run(self, run: RunId, report: Report, standings: Mapping[FindingId, Standing]) -> None:
        """Puts a run's findings and their notes in.

        Raises:
            StorageError: they cannot be written.
        """
        rows: dict[SearchDocument, Sequence[SearchRow]] = {}
        for each in report.documents.values():
            header = each.document
            rows[SearchDocument(header.id, header.name, header.title)] = finding_rows(each, standings)
        await self._index.put_run(run, rows)

    def _begin(self, work: _Work) -> None:
        earlier = [task for task in self._tasks if not task.done()]
        task = asyncio.get_running_loop().create_task(self._after(earlier[-1:], work))
        self._tasks = [*earlier, task]

    async def _after(self, earlier: "Sequence[asyncio.Task[None]]", work: _Work) -> None:
        if earlier:
            await asyncio.wait(earlier)
        try:
            await work()
        except StorageError as error:
            _log.warning("search index: %s", error.code)
