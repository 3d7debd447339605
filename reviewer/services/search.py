"""Searching all documents, findings and notes of a workspace."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.domain.decision import SubjectKind, SubjectRef, standings
from reviewer.domain.document import Document
from reviewer.domain.errors import StorageError
from reviewer.domain.ids import DocumentId, FindingId, RunId
from reviewer.domain.report import fold_all
from reviewer.domain.run import Run
from reviewer.domain.search import SearchPage, widen
from reviewer.domain.search_query import parse_query
from reviewer.domain.section import Section
from reviewer.ports.storage import Workspace
from reviewer.services.indexing import SearchIndexer
from reviewer.services.library import Library

PAGE_HITS = 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document of the workspace, how it is cut, and its file; the file may be gone."""

    document: Document
    path: Path
    sections: tuple[Section, ...]


class SearchService:
    """Finds words in everything that the workspace keeps."""

    def __init__(self, workspace: Workspace, library: Library, indexer: SearchIndexer) -> None:
        self._workspace = workspace
        self._library = library
        self._indexer = indexer

    async def search(
        self, text: str, limit: int = PAGE_HITS, after: int | None = None, *, in_parts: bool = False
    ) -> SearchPage:
        """A page of hits: newest document first, then in the order of reading.

        Where nothing has the words as whole words, what holds them as parts of words; the page says so.

        Args:
            text: as `reviewer.domain.search_query` describes.
            limit: hits at most.
            after: from the page before; None for the first one.
            in_parts: ``has_parts`` of the page before.

        Raises:
            InputError: there is nothing to search for, or it cannot be done.
            StorageError: the workspace cannot be read.
        """
        query = parse_query(text)
        wide = widen(query)
        if not in_parts:
            page = await self._workspace.search.search(query, limit, after)
            if page.hits or page.after is not None or after is not None or wide == query:
                return page
        page = await self._workspace.search.search(wide, limit, after)
        return SearchPage(page.hits, page.after, has_parts=bool(page.hits) or page.after is not None)

    def take(self, document: Document, sections: tuple[Section, ...]) -> None:
        """A document was cut in another way. Returns at once."""
        self._indexer.take(document, sections)

    async def settle(self) -> None:
        """Waits for what is being put into the search."""
        await self._indexer.settle()

    async def catch_up(self) -> int:
        """Puts in what the workspace keeps and the search does not know; gives how many runs and documents.

        What cannot be read is left out, and tried again the next time.

        Raises:
            StorageError: the index cannot be read.
        """
        await self._indexer.settle()
        backlog = await self._workspace.search.missing()
        waiting = set(backlog.documents)
        for run in backlog.runs:
            try:
                waiting -= await self._catch_up_run(run, waiting)
            except StorageError as error:
                _log.warning("search index: %s %s", run, error.code)
        for document in sorted(waiting):
            try:
                await self._catch_up_document(document)
            except StorageError as error:
                _log.warning("search index: %s %s", document, error.code)
        return len(backlog.runs) + len(waiting)

    async def document(self, document_id: DocumentId) -> KeptDocument | None:
        """A document that is kept; None where it is not kept any more.

        Raises:
            StorageError: the workspace cannot be read.
        """
        document = await self._workspace.documents.get(document_id)
        if document is None:
            return None
        kept = await self._library.corrections(document_id)
        detect, split = self._library.detect, self._library.split
        sections = await asyncio.to_thread(lambda: split(document, detect(document), kept))
        runs = await self._workspace.runs.list_runs()
        path = await asyncio.to_thread(_find, document.source.name, runs)
        return KeptDocument(document, path, sections)

    async def _catch_up_run(self, run: RunId, waiting: set[DocumentId]) -> set[DocumentId]:
        """Gives the documents that were put in with it."""
        report = fold_all(await self._workspace.runs.events(run))
        done = set()
        for document_id, each in report.documents.items():
            document = await self._workspace.documents.get(document_id) if document_id in waiting else None
            if document is not None:
                await self._indexer.put_document(document, each.sections)
                done.add(document_id)
        findings: list[FindingId] = [each.id for found in report.documents.values() for each in found.findings]
        subjects = [SubjectRef(SubjectKind.FINDING, each) for each in findings]
        await self._indexer.put_run(run, report, standings(await self._workspace.decisions.about(subjects)))
        return done

    async def _catch_up_document(self, document_id: DocumentId) -> None:
        kept = await self.document(document_id)
        if kept is not None:
            await self._indexer.put_document(kept.document, kept.sections)


def _find(name: str, runs: Sequence[Run]) -> Path:
    """The file of this name that the latest run had, itself or in its folder; only the name where it is gone."""
    named = [Path(each) for run in runs for each in run.paths]
    places = (path if path.name == name else path / name for path in named)
    return next((path for path in places if path.is_file()), Path(name))
