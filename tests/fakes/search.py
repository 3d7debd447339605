"""A search index in memory: every row is looked at."""

from collections.abc import Mapping, Sequence

from reviewer.domain.errors import StorageError
from reviewer.domain.ids import DocumentId, FindingId, RunId
from reviewer.domain.search import Query, Searched, SearchHit, SearchPage, SearchRow, find, holds
from reviewer.domain.search_text import AFTER_CHARS, fold, make_snippet
from reviewer.ports.storage import SearchBacklog, SearchDocument


class MemorySearch:
    """Rows by document and by run, in the order they were put in; writing fails once ``is_full`` is set.

    ``backlog`` is what `missing` gives.
    """

    def __init__(self) -> None:
        self.documents: dict[SearchDocument, tuple[str, tuple[SearchRow, ...]]] = {}
        self.runs: dict[RunId, dict[SearchDocument, tuple[SearchRow, ...]]] = {}
        self.notes: dict[FindingId, str] = {}
        self.backlog = SearchBacklog()
        self.is_full = False

    async def put_document(self, document: SearchDocument, cut: str, rows: Sequence[SearchRow]) -> None:
        self._check()
        self.documents[document] = (cut, tuple(rows))

    async def put_run(self, run: RunId, rows: Mapping[SearchDocument, Sequence[SearchRow]]) -> None:
        self._check()
        self.runs[run] = {document: tuple(found) for document, found in rows.items()}

    async def put_note(self, finding: FindingId, text: str) -> None:
        self._check()
        self.notes[finding] = text

    async def forget_document(self, document: DocumentId) -> None:
        self.documents = {each: rows for each, rows in self.documents.items() if each.id != document}

    async def forget_run(self, run: RunId) -> None:
        self.runs.pop(run, None)

    async def missing(self) -> SearchBacklog:
        return self.backlog

    async def search(self, query: Query, limit: int, after: int | None = None) -> SearchPage:
        rows = [(each, row, None) for each, (_, found) in self.documents.items() for row in found]
        rows += [
            (each, row, run)  # type: ignore[misc]  # a run, or none
            for run, documents in self.runs.items()
            for each, found in documents.items()
            for row in found
        ]
        hits = [
            _hit(query, *each)
            for each in rows
            if holds(query, Searched(each[1], fold(each[1].text), fold(f"{each[0].name} {each[0].title}").text))
        ]
        start = after or 0
        end = start + limit
        return SearchPage(tuple(hits[start:end]), end if end < len(hits) else None)

    def _check(self) -> None:
        if self.is_full:
            raise StorageError("disk_full", "The disk is full.", "Make room, then run again.")


def _hit(query: Query, document: SearchDocument, row: SearchRow, run: RunId | None) -> SearchHit:
    spans = find(query, fold(row.text), AFTER_CHARS)
    snippet, ranges = make_snippet(row.text, spans)
    place = row.source(spans[0]) if spans else row.anchor
    return SearchHit(
        row.kind, document.id, document.name, row.title, row.section, row.finding, run, place, snippet, ranges
    )
