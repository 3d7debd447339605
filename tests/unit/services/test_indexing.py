"""The search is filled beside other work, and never in its way."""

import asyncio
import logging

import pytest

from reviewer.domain.ids import FindingId
from reviewer.services.indexing import SearchIndexer
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES, make_document, make_sections
from tests.fakes.search import MemorySearch

DOCUMENT, SECTIONS = make_document(), make_sections(CLAUSES)


def test_what_was_taken_is_there_once_it_settled() -> None:
    index = MemorySearch()
    indexer = SearchIndexer(index)

    async def work() -> None:
        indexer.take(DOCUMENT, SECTIONS)
        indexer.take_note(FindingId("find-1"), "first")
        indexer.take_note(FindingId("find-1"), "second")
        assert not index.documents
        await indexer.settle()

    run(work())
    run(indexer.settle())
    assert [each.id for each in index.documents] == [DOCUMENT.id]
    assert index.notes == {"find-1": "second"}


def test_index_that_cannot_be_written_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    index = MemorySearch()
    index.is_full = True
    indexer = SearchIndexer(index)

    async def work() -> None:
        async with indexer.beside():
            indexer.take(DOCUMENT, SECTIONS)

    with caplog.at_level(logging.WARNING):
        run(work())
    assert [each.getMessage() for each in caplog.records] == ["search index: disk_full"]


def test_work_that_fails_breaks_off_what_was_taken() -> None:
    index = MemorySearch()
    indexer = SearchIndexer(index)

    async def work() -> None:
        async with indexer.beside():
            indexer.take(DOCUMENT, SECTIONS)
            await asyncio.sleep(0)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        run(work())
    assert not index.documents
