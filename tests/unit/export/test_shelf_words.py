from dataclasses import replace

from reviewer.domain.events import DocumentFailed
from reviewer.export.shelf_words import lines
from tests.fakes.reports import make_report
from tests.unit.domain.test_shelf_report import two


def test_several_documents_are_told_together() -> None:
    told = "\n".join(lines(two()))
    assert told.startswith("To look at: ")
    assert "in 2 documents." in told
    assert "In 2 documents: " in told


def test_single_document_says_so_itself() -> None:
    alone = replace(make_report(), failed_files=())
    assert list(lines(alone)) == []
    failed = replace(alone, failed_files=(DocumentFailed("x.pdf", "corrupt", "Broken.", ""),))
    assert "Not read: 1 file." in list(lines(failed))
