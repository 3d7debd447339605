"""Searching a workspace, and catching up with what it kept before."""

from pathlib import Path

import pytest

from reviewer.domain.document import SourceFile
from reviewer.domain.errors import InputError, StorageError
from reviewer.domain.ids import DocumentId
from reviewer.domain.search import HitKind, SearchPage
from reviewer.domain.vote import Judgement
from reviewer.ports.storage import SearchBacklog
from reviewer.services.requests import RunRequest
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import StubRule
from tests.fakes.running import make_team
from tests.fakes.services import Desk, write_all


def reviewed(tmp_path: Path) -> tuple[Desk, Path]:
    """A desk with a run that has a finding, with a note."""
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    desk = Desk(team=make_team(StubRule(lambda task: (Judgement("liability", "deviates"),))))
    result = run(desk.runs.run(RunRequest((path,)), desk.heard.append))
    (report,) = result.report.documents.values()
    run(desk.reviews.note(report.findings[0].id, "Ask Björn."))
    return desk, path


def search(desk: Desk, typed: str, limit: int = 20) -> SearchPage:
    return run(desk.search.search(typed, limit))


def test_run_puts_documents_and_findings_into_the_search(tmp_path: Path) -> None:
    desk, _ = reviewed(tmp_path)
    (hit,) = search(desk, "supplier in:section").hits
    assert (hit.title, hit.document_name) == ("2 Liability", "contract.txt")
    assert {each.kind for each in search(desk, "in:finding").hits} == {HitKind.FINDING}
    assert list(desk.workspace.search.notes.values()) == ["Ask Björn."]


def test_opened_file_can_be_found(tmp_path: Path) -> None:
    desk = Desk()
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    run(desk.library.open_each([path], lambda _: None))
    assert search(desk, "supplier").hits


def test_words_are_found_as_parts_where_there_is_no_whole_one(tmp_path: Path) -> None:
    desk, _ = reviewed(tmp_path)
    page = search(desk, "uppli", 1)
    assert page.has_parts
    assert page.hits
    assert not search(desk, "supplier").has_parts
    nothing = search(desk, "zanzibar")
    assert (nothing.hits, nothing.has_parts) == ((), False)
    assert search(desk, "*zanzibar*").hits == ()


def test_next_page_goes_on_with_parts(tmp_path: Path) -> None:
    desk, _ = reviewed(tmp_path)
    everything = search(desk, "ustome").hits + search(desk, "upplie").hits
    assert everything
    first = search(desk, "greemen", 1)
    second = run(desk.search.search("greemen", 20, first.after, in_parts=first.has_parts))
    assert second.has_parts == bool(second.hits)


def test_wrong_query_says_why() -> None:
    with pytest.raises(InputError):
        search(Desk(), "-fees")


def test_workspace_from_before_is_caught_up_with(tmp_path: Path) -> None:
    desk, _ = reviewed(tmp_path)
    index, (document,) = desk.workspace.search, desk.workspace.documents.kept.values()
    before = dict(index.documents), dict(index.runs)
    (run_id,) = index.runs
    index.documents.clear()
    index.runs.clear()
    index.backlog = SearchBacklog((run_id,), (document.id, DocumentId("gone")))

    assert run(desk.search.catch_up()) == 2
    assert index.documents.keys() == before[0].keys()
    assert run_id in index.runs
    assert search(desk, "björn in:note").hits


def test_document_without_a_run_is_cut_when_it_is_caught_up_with() -> None:
    desk = Desk()
    document = run(desk.library.read(SourceFile("a.txt", "".join(CLAUSES).encode())))
    desk.workspace.search.backlog = SearchBacklog((), (document.id,))
    assert run(desk.search.catch_up()) == 1
    assert [each.title for each in search(desk, "supplier").hits] == ["2 Liability"]


def test_what_cannot_be_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, _ = reviewed(tmp_path)
    (document,) = desk.workspace.documents.kept.values()
    (run_id,) = desk.workspace.search.runs
    desk.workspace.search.backlog = SearchBacklog((run_id,), (document.id,))
    desk.workspace.search.documents.clear()

    async def broken(_: object) -> None:
        raise StorageError("workspace_damaged", "It is damaged.")

    monkeypatch.setattr(desk.workspace.runs, "events", broken)
    assert run(desk.search.catch_up()) == 2
    assert [each.id for each in desk.workspace.search.documents] == [document.id]
    monkeypatch.setattr(desk.workspace.documents, "get", broken)
    assert run(desk.search.catch_up()) == 2


def test_kept_document_comes_with_its_file(tmp_path: Path) -> None:
    desk, path = reviewed(tmp_path)
    (document,) = desk.workspace.documents.kept.values()
    kept = run(desk.search.document(document.id))
    assert kept is not None
    assert (kept.document, kept.path) == (document, path)
    assert [each.heading for each in kept.sections] == ["Fees", "Liability", "Term"]
    path.unlink()
    gone = run(desk.search.document(document.id))
    assert gone is not None
    assert gone.path == Path("contract.txt")
    assert run(desk.search.document(DocumentId("doc-unknown"))) is None


def test_document_cut_in_another_way_is_taken_anew() -> None:
    desk = Desk()
    document = run(desk.library.read(SourceFile("a.txt", "".join(CLAUSES).encode())))

    async def work() -> None:
        desk.search.take(document, ())
        await desk.search.settle()

    run(work())
    assert [each.kind for each in search(desk, "in:document").hits] == [HitKind.DOCUMENT]
