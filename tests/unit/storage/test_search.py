"""The search index of a real workspace."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId, FindingId, RunId, SectionId
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.search import HitKind, SearchHit, SearchPage, SearchRow
from reviewer.domain.search_query import parse_query
from reviewer.domain.workflow import EngineId
from reviewer.ports.storage import SearchBacklog, SearchDocument
from reviewer.storage import migrations, search, search_pages
from reviewer.storage.database import FILE_NAME
from reviewer.storage.search_rows import ROWS_AT_ONCE
from reviewer.storage.workspace import SqliteWorkspace
from tests.fakes.clock import START, run
from tests.fakes.documents import make_document

LEASE = SearchDocument(DocumentId("doc-lease"), "lease.docx", "Lease of the mill")
SUPPLY = SearchDocument(DocumentId("doc-supply"), "supply.pdf", "")
FINDING = FindingId("find-1")
FIRST, SECOND = RunId("run-1"), RunId("run-2")


def section(text: str, number: int = 1, kind: str = "clause", start: int = 0) -> SearchRow:
    return SearchRow(
        HitKind.SECTION, text, f"{number} Title", SectionId(f"sec-{number}"), places=((0, start),), section_kind=kind
    )


def finding(text: str, severity: str = "high") -> SearchRow:
    place = TextSpan(3, 9)
    return SearchRow(HitKind.FINDING, text, "Cap", SectionId("sec-1"), FINDING, anchor=place, severity=severity)


def page(workspace: SqliteWorkspace, typed: str, limit: int = 20, after: int | None = None) -> SearchPage:
    return run(workspace.search.search(parse_query(typed), limit, after))


def found(workspace: SqliteWorkspace, typed: str) -> list[str]:
    return [each.snippet for each in page(workspace, typed).hits]


def put(
    workspace: SqliteWorkspace, rows: Sequence[SearchRow], document: SearchDocument = LEASE, cut: str = "1"
) -> None:
    run(workspace.search.put_document(document, cut, rows))


@pytest.mark.parametrize(
    "typed",
    [
        "rent",
        "RENT mill",
        '"rent of the mill"',
        "mil*",
        "*ent*",
        "*ill",
        "rent -fees",
        "(fees OR mill) rent",
        "租",
        "租金",
        "租金应当",
        "租金 rent",
        "*ent* 租金",
        "*xyz* OR 租金",
        "kind:clause rent",
        "kind:clause *ren*",
        "document:lease rent",
        "document:leas* rent",
        "in:section kind:clause",
    ],
)
def test_section_is_found(workspace: SqliteWorkspace, typed: str) -> None:
    put(
        workspace,
        [section("The Rent of the Mill is due. 租金应当按时支付。", start=40), section("Fees", 2, "schedule")],
    )
    put(workspace, [section("Nothing at all", 7, "title")], SUPPLY)
    hit = page(workspace, typed).hits[0]
    assert (hit.document, hit.document_name, hit.section) == (LEASE.id, "lease.docx", "sec-1")


@pytest.mark.parametrize(
    "typed",
    [
        "ren",
        '"mill rent"',
        "rent -mill",
        "金租",
        "租金支付",
        "kind:schedule rent",
        "document:supply rent",
        "in:note",
        "*enr*",
    ],
)
def test_section_is_not_found(workspace: SqliteWorkspace, typed: str) -> None:
    put(workspace, [section("The Rent of the Mill is due. 租金应当按时支付。"), section("Fees", 2, "schedule")])
    assert page(workspace, typed) == SearchPage(())


def test_hit_tells_where_its_words_stand(workspace: SqliteWorkspace) -> None:
    put(workspace, [section("Straße und Größe", start=100)])
    assert page(workspace, "grosse").hits == (
        SearchHit(
            HitKind.SECTION, LEASE.id, "lease.docx", "1 Title", SectionId("sec-1"), None, None, TextSpan(111, 116),
            "Straße und Größe", (TextSpan(11, 16),),
        ),
    )  # fmt: skip


def test_newest_document_comes_first_and_then_the_order_of_reading(workspace: SqliteWorkspace) -> None:
    put(workspace, [section(f"rent {number}", number) for number in range(3)])
    put(workspace, [section(f"rent {number} again", number) for number in range(ROWS_AT_ONCE + 5)], SUPPLY)
    assert found(workspace, "rent")[:3] == ["rent 0 again", "rent 1 again", "rent 2 again"]
    assert [each.snippet for each in page(workspace, "rent -again").hits] == ["rent 0", "rent 1", "rent 2"]


@pytest.mark.parametrize("typed", ["rent", "*ren*", "租金房"])
def test_pages_follow_each_other(workspace: SqliteWorkspace, typed: str) -> None:
    put(workspace, [section(f"rent {number} 租金房", number) for number in range(5)])
    first = page(workspace, typed, 2)
    second = page(workspace, typed, 2, first.after)
    third = page(workspace, typed, 2, second.after)
    assert [len(each.hits) for each in (first, second, third)] == [2, 2, 1]
    assert third.after is None
    assert len({hit.section for each in (first, second, third) for hit in each.hits}) == 5


def test_page_is_short_where_too_many_rows_would_be_looked_at(
    workspace: SqliteWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_pages, "ROWS_LOOKED_AT", 3)
    monkeypatch.setattr(search_pages, "_CHUNK", 2)
    put(workspace, [*(section("abcd bcde", number) for number in range(5)), section("abcde", 9)])
    first = page(workspace, "*abcde*")
    assert first.hits == ()
    assert [each.section for each in page(workspace, "*abcde*", 20, first.after).hits] == ["sec-9"]


def test_document_cut_anew_takes_the_place_of_what_it_was(workspace: SqliteWorkspace) -> None:
    put(workspace, [section("The rent"), section("The fees", 2)])
    put(workspace, [section("The mill")], cut="1")
    assert found(workspace, "rent") == ["The rent"]
    put(workspace, [section("The mill")], cut="2")
    assert (found(workspace, "rent"), found(workspace, "fees"), found(workspace, "*ent*")) == ([], [], [])
    assert found(workspace, "mill") == ["The mill"]


def test_finding_of_several_runs_is_found_once_and_in_the_latest(workspace: SqliteWorkspace) -> None:
    run(workspace.search.put_run(FIRST, {LEASE: [finding("The cap is low")]}))
    run(workspace.search.put_run(SECOND, {LEASE: [finding("The cap is very low")]}))
    (hit,) = page(workspace, "cap severity:high").hits
    assert (hit.run, hit.finding, hit.span, hit.title) == (SECOND, FINDING, TextSpan(3, 9), "Cap")

    run(workspace.search.put_run(SECOND, {LEASE: []}))
    assert [each.run for each in page(workspace, "cap").hits] == [FIRST]


def test_note_is_replaced_and_removed(workspace: SqliteWorkspace) -> None:
    run(workspace.search.put_note(FINDING, "Before any run."))
    assert page(workspace, "before").hits == ()
    run(workspace.search.put_run(FIRST, {LEASE: [finding("The cap is low")]}))
    run(workspace.search.put_note(FINDING, "Ask Björn."))
    run(workspace.search.put_note(FINDING, "Ask Ada."))
    (hit,) = page(workspace, "in:note ask").hits
    assert (hit.snippet, hit.finding, hit.span) == ("Ask Ada.", FINDING, TextSpan(3, 9))
    run(workspace.search.put_note(FINDING, ""))
    assert page(workspace, "ask").hits == ()


def test_forgotten_run_leaves_the_notes_that_another_run_has(workspace: SqliteWorkspace) -> None:
    for each in (FIRST, SECOND):
        run(workspace.search.put_run(each, {LEASE: [finding("The cap is low")]}))
    run(workspace.search.put_note(FINDING, "Ask Björn."))
    run(workspace.search.forget_run(SECOND))
    assert [(each.kind, each.run) for each in page(workspace, "cap OR ask").hits] == [
        (HitKind.NOTE, FIRST),
        (HitKind.FINDING, FIRST),
    ]
    run(workspace.search.forget_run(FIRST))
    assert page(workspace, "cap OR ask").hits == ()


def test_no_word_of_a_forgotten_document_stays_in_the_file(directory: Path, workspace: SqliteWorkspace) -> None:
    put(workspace, [section("The zanzibar clause"), section("Fees", 2)])
    put(workspace, [section("Rent")], SUPPLY)
    run(workspace.search.put_run(FIRST, {LEASE: [finding("About zanzibar")]}))
    run(workspace.search.forget_document(LEASE.id))
    run(workspace.search.forget_document(DocumentId("unknown")))
    assert (found(workspace, "zanzibar"), found(workspace, "fees"), found(workspace, "rent")) == ([], [], ["Rent"])

    workspace.close()
    assert b"zanzibar" not in (directory / FILE_NAME).read_bytes()


def test_what_the_workspace_keeps_and_the_search_does_not_know_is_missing(workspace: SqliteWorkspace) -> None:
    document = make_document()
    run(workspace.documents.put(document, "1"))
    running, ended = (Run(each, "auto", EngineId.BUILTIN, (), None, "f", (), {}, START) for each in (FIRST, SECOND))
    for each in (running, ended):
        run(workspace.runs.begin(each))
    run(workspace.runs.set_status(ended.id, RunStatus.INTERRUPTED))
    assert run(workspace.search.missing()) == SearchBacklog((ended.id,), (document.id,))

    put(workspace, [section("Rent")], SearchDocument(document.id, "a.txt", ""))
    run(workspace.search.put_run(ended.id, {}))
    assert run(workspace.search.missing()) == SearchBacklog()


def test_index_of_another_version_is_emptied(
    directory: Path, workspace: SqliteWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace, [section("Rent")])
    workspace.close()
    monkeypatch.setattr(search, "VERSION", "next")
    again = SqliteWorkspace(directory)
    run(again.search.missing())
    assert page(again, "rent") == SearchPage(())
    put(again, [section("Rent")])
    assert found(again, "rent") == ["Rent"]
    again.close()


def test_workspace_from_before_the_search_is_brought_up_to_date(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:2])
        SqliteWorkspace(directory).close()
    workspace = SqliteWorkspace(directory)
    put(workspace, [section("Rent")])
    assert found(workspace, "rent") == ["Rent"]
    workspace.close()


def test_text_with_half_a_character_pair_can_be_kept(workspace: SqliteWorkspace) -> None:
    put(workspace, [section("rent \ud800 due\0now")], SearchDocument(DocumentId("doc-1"), "a\udcff.txt", ""))
    assert found(workspace, "rent") == ["rent \ufffd due\0now"]


def test_index_is_whole_after_rows_came_and_went(directory: Path, workspace: SqliteWorkspace) -> None:
    for cut in range(4):
        rows = [section(f"Straße {cut} 租金 obli-\ngation {number}", number) for number in range(ROWS_AT_ONCE * 2 + 1)]
        put(workspace, rows, cut=str(cut))
    workspace.close()
    with sqlite3.connect(directory / FILE_NAME) as connection:
        assert connection.execute(
            "SELECT COUNT(*) FROM search_words WHERE search_words MATCH 'strasse'"
        ).fetchone() == (ROWS_AT_ONCE * 2 + 1,)
