"""Runs: their list, their events, and whose they are."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import get_args

import pytest

from reviewer.domain.anchor import Anchor, Box, TextQuote, TextSpan
from reviewer.domain.answer import Answer, Entry, FieldAnswer
from reviewer.domain.answer_field import FieldType
from reviewer.domain.check import Check
from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.document import DocumentWarning
from reviewer.domain.errors import StorageError
from reviewer.domain.events import (
    DocumentAdded,
    DocumentChecked,
    DocumentFailed,
    DocumentFinished,
    DocumentHeader,
    DocumentRead,
    DocumentRedacted,
    InteractionsFound,
    ItemHandled,
    ItemRouted,
    RoutedItem,
    RunEvent,
    RunFinished,
    RunStarted,
    StepDone,
    StepFailed,
    SynthesisMade,
)
from reviewer.domain.finding import (
    Finding,
    Label,
    RaterVote,
    Segment,
    SourceCitation,
    Statement,
    Summary,
    SummarySentence,
    Synthesis,
    Translation,
    TranslationState,
)
from reviewer.domain.footing import Footing
from reviewer.domain.ids import DocumentId, FindingId, RunId, SectionId, StepKey
from reviewer.domain.interaction import Interaction
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.particular import Basis, Column, Obligation, Particular
from reviewer.domain.report import fold_all
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.task import Route
from reviewer.domain.usage import Usage
from reviewer.domain.vote import VerdictStatus
from reviewer.domain.workflow import EngineId, RouteMethod
from reviewer.storage.codec import decode
from reviewer.storage.database import FILE_NAME
from reviewer.storage.workspace import SqliteWorkspace

DOCUMENT = DocumentId("doc-0123456789abcdef")
SECTION = SectionId("sec-1")
AT = datetime(2026, 11, 23, 5, 7, 9, 123456, tzinfo=UTC)

RUN = Run(
    id=RunId("run-0123456789abcdef"),
    workflow="contract-review",
    engine=EngineId.LLM,
    models=("openai/m-1", "ollama/größe"),
    votes=3,
    fingerprint="f" * 64,
    paths=("a b/Vertrag ü.pdf", "\udcff.docx"),
    options={"seed": "7", "base_url": "http://127.0.0.1:1/v1"},
    started_at=AT,
)
ANCHOR = Anchor(
    TextSpan(10, 24),
    TextQuote("without limit ", "liable ", "\nfor"),
    3,
    (Box(72.5, 100.0, 310.25, 112.125), Box(1, 2, 3, 4)),
)
CITATIONS = (
    Citation("without limit ", QuoteStatus.VERIFIED, ANCHOR),
    Citation("„nowhere“", QuoteStatus.UNVERIFIED),
)
FINDING = Finding(
    id=FindingId("find-1"),
    section=SECTION,
    position="liability-cap",
    title="Liability",
    outcome=Outcome.WALK_AWAY,
    severity=Severity.CRITICAL,
    rationale="No cap. \ud800",
    citations=CITATIONS,
    votes=(
        RaterVote("openai/m-1", 0, "walk_away", "no cap", CITATIONS[0], counted=True),
        RaterVote("ollama/größe", 2, "preferred", "", None, counted=False),
    ),
    status=VerdictStatus.TIED,
    support=2 / 3,
    agreement=1 / 3,
    fallback_rank=2,
    suggestion="Cap it.",
    gap="There is no cap.",
    searched=("whole document", "liability, cap"),
    approver="GC",
)
SECTIONS = (
    Section(SECTION, SectionKind.CLAUSE, "9", "Liability", 1, None, TextSpan(0, 90), TextSpan(0, 40)),
    Section(SectionId("sec-2"), SectionKind.CLAUSE, "9.1", "", 2, SECTION, TextSpan(40, 90), TextSpan(40, 90)),
)
FIELD = FieldAnswer(
    "fee",
    FieldType.LIST,
    "10 EUR",
    VerdictStatus.TIED,
    0.5,
    0.0,
    CITATIONS,
    FINDING.votes,
    (Entry("10 EUR", 2, CITATIONS, ("EUR 10",)),),
    0.5,
)
EVENTS: tuple[RunEvent, ...] = (
    RunStarted(RUN, 1, (("reviewer", "1"),)),
    DocumentAdded(
        DocumentHeader(DOCUMENT, "Vertrag ü.pdf", "application/pdf", 12, "de", "Vertrag"),
        "contract-review",
        "services-customer",
        SECTIONS,
        2,
        (DocumentWarning("hidden_text", "There is hidden text.", 2), DocumentWarning("no_outline", "No outline.")),
        footing=Footing("ab" * 32, 1, "w", 2, "p", (("assess", "x"),)),
    ),
    DocumentRedacted(DOCUMENT, ("openai/m",), (("EMAIL", 2), ("PARTY", 4))),
    DocumentFailed("broken.pdf", "corrupt", "The file is broken.", "Save it again."),
    ItemRouted(
        DOCUMENT, RoutedItem("sec-1", SECTION, "9 Liability", "de", Route("assess", 0.8, RouteMethod.ML, "term"))
    ),
    StepDone(DOCUMENT, SECTION, "assess", StepKey("ab" * 32), Usage(1, 0, 2, 1200, 300, 0.0125)),
    StepFailed(DOCUMENT, None, "assess", "openai/m-1", "timeout", "The model did not answer."),
    ItemHandled(
        DOCUMENT,
        SECTION,
        "assess",
        (Label(SECTION, "Cap On Liability", 0.5, "term"),),
        (FINDING,),
        (Summary(SECTION, "method", (SummarySentence("It says so.", CITATIONS),), "rule"),),
        (
            Translation(SECTION, "de", "en", (Segment("Haftung 5", "Liability", ("numbers",)),), "m-1"),
            Translation(None, "de", "en", (), "rule", TranslationState.NEEDS_MODEL, "Name a model."),
        ),
        (Answer(SECTION, "facts", "extract", (FIELD,), "m-1", "It is the best."),),
        saved=2,
    ),
    DocumentChecked(DOCUMENT, (Check("blank", Severity.MEDIUM, "1 blank is not filled in.", CITATIONS),)),
    DocumentRead(
        DOCUMENT,
        (Particular(Column.EXPIRATION_DATE, "2026-03-01", "", "", SECTION, CITATIONS, Basis.INFERRED),),
        (Obligation("d", "Supplier", "pay", "by June", date(2026, 6, 1), SECTION, CITATIONS),),
    ),
    DocumentFinished(DOCUMENT, (replace(FINDING, section=None, support=None, agreement=None),)),
    InteractionsFound(
        DOCUMENT, (Interaction("inter-1", "rule-1", "Both", "They differ.", Severity.HIGH, (FINDING.id,)),)
    ),
    SynthesisMade(
        Synthesis("rule", (Statement("Both agree.", "result", (SourceCitation(DOCUMENT, SECTION, CITATIONS[0]),)),))
    ),
    RunFinished(RunStatus.PARTIAL, AT + timedelta(minutes=3), "timeout", "Some failed.", "Try again."),
)


def change(directory: Path, statement: str) -> None:
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection, connection:
        connection.execute(statement)


def begin(workspace: SqliteWorkspace, *runs: Run) -> None:
    async def main() -> None:
        for run in runs:
            await workspace.runs.begin(run)

    asyncio.run(main())


def values_in(value: object) -> set[type]:
    """The classes of all dataclass values in a value."""
    if isinstance(value, tuple):
        return {kind for each in value for kind in values_in(each)}
    if not is_dataclass(value):
        return set()
    inner = (values_in(getattr(value, field.name)) for field in fields(value))
    return {type(value)}.union(*inner)


def test_samples_hold_every_event_and_what_events_are_made_of() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(RunEvent))
    assert values_in(EVENTS) >= {
        Anchor,
        Box,
        Citation,
        RaterVote,
        SourceCitation,
        Segment,
        Usage,
        Route,
        Section,
        Entry,
        FieldAnswer,
    }


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_event_comes_back_as_it_was(workspace: SqliteWorkspace, event: RunEvent) -> None:
    begin(workspace, RUN)
    asyncio.run(workspace.runs.append(RUN.id, [event]))
    assert asyncio.run(workspace.runs.events(RUN.id)) == (event,)


def test_events_keep_their_order_over_many_appends(directory: Path) -> None:
    with closing(SqliteWorkspace(directory)) as workspace:
        begin(workspace, RUN)
        for start in range(0, len(EVENTS), 3):
            asyncio.run(workspace.runs.append(RUN.id, EVENTS[start : start + 3]))
        asyncio.run(workspace.runs.append(RUN.id, []))
    with closing(SqliteWorkspace(directory)) as again:
        stored = asyncio.run(again.runs.events(RUN.id))
    assert stored == EVENTS
    assert fold_all(stored) == fold_all(EVENTS)


def test_events_of_an_unknown_run_are_none(workspace: SqliteWorkspace) -> None:
    assert asyncio.run(workspace.runs.events(RunId("run-none"))) == ()


def test_run_comes_back_as_it_was(workspace: SqliteWorkspace) -> None:
    begin(workspace, RUN)
    assert asyncio.run(workspace.runs.get(RUN.id)) == RUN


def test_finished_event_ends_the_run(workspace: SqliteWorkspace) -> None:
    begin(workspace, RUN)
    asyncio.run(workspace.runs.append(RUN.id, EVENTS))
    ended = replace(RUN, status=RunStatus.PARTIAL, finished_at=AT + timedelta(minutes=3))
    assert asyncio.run(workspace.runs.get(RUN.id)) == ended


def test_begin_again_forgets_events_and_runs_anew(workspace: SqliteWorkspace) -> None:
    begin(workspace, RUN)
    asyncio.run(workspace.runs.append(RUN.id, EVENTS))
    begin(workspace, replace(RUN, status=RunStatus.FAILED, finished_at=AT))
    assert asyncio.run(workspace.runs.events(RUN.id)) == ()
    assert asyncio.run(workspace.runs.list_runs()) == (RUN,)


def test_list_is_newest_first_whatever_the_time_zone(workspace: SqliteWorkspace) -> None:
    east = timezone(timedelta(hours=9))
    old = replace(RUN, id=RunId("run-old"), started_at=AT - timedelta(hours=1))
    young = replace(RUN, id=RunId("run-young"), started_at=(AT + timedelta(microseconds=1)).astimezone(east))
    begin(workspace, young, old, RUN)
    assert [run.id for run in asyncio.run(workspace.runs.list_runs())] == [young.id, RUN.id, old.id]


@pytest.mark.parametrize("status", RunStatus)
def test_find_unfinished_passes_over_what_is_done(workspace: SqliteWorkspace, status: RunStatus) -> None:
    begin(workspace, RUN)
    asyncio.run(workspace.runs.set_status(RUN.id, status))
    found = asyncio.run(workspace.runs.find_unfinished(RUN.fingerprint))
    assert (found is not None) == status.is_unfinished
    assert found in (None, replace(RUN, status=status))


def test_find_unfinished_takes_the_latest_of_its_fingerprint(workspace: SqliteWorkspace) -> None:
    later = replace(RUN, id=RunId("run-later"), started_at=AT + timedelta(days=1))
    other = replace(RUN, id=RunId("run-other"), started_at=AT + timedelta(days=2), fingerprint="0" * 64)
    begin(workspace, later, RUN, other)
    assert asyncio.run(workspace.runs.find_unfinished(RUN.fingerprint)) == later
    assert asyncio.run(workspace.runs.find_unfinished("unknown")) is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("run-abcdef11", "run-abcdef11"),
        ("run-abcdef12", "run-abcdef12"),
        ("run-abcdef1", "run-abcdef1"),
        ("run-ab", None),
        ("run-x", None),
        ("run-xy", "run-xyz"),
        ("run-%%", None),
        ("run-xyz-and-more", None),
        ("run-\udcff\udcff", None),
        ("", None),
    ],
)
def test_get_takes_a_unique_beginning(workspace: SqliteWorkspace, asked: str, found: str | None) -> None:
    ids = ("run-abcdef1", "run-abcdef11", "run-abcdef12", "run-xyz")
    begin(workspace, *[replace(RUN, id=RunId(each)) for each in ids])
    run = asyncio.run(workspace.runs.get(RunId(asked)))
    assert (run and run.id) == found


def test_unknown_run_takes_no_events_and_no_status(workspace: SqliteWorkspace) -> None:
    for call in (workspace.runs.append(RUN.id, EVENTS), workspace.runs.set_status(RUN.id, RunStatus.DONE)):
        with pytest.raises(StorageError) as caught:
            asyncio.run(call)
        assert caught.value.code == "run_unknown"


def test_run_that_was_begun_elsewhere_takes_no_more_from_here(workspace: SqliteWorkspace, directory: Path) -> None:
    begin(workspace, RUN)
    asyncio.run(workspace.runs.append(RUN.id, EVENTS[:3]))
    with closing(SqliteWorkspace(directory)) as other:
        begin(other, RUN)
        asyncio.run(other.runs.append(RUN.id, EVENTS[:1]))
        for call in (workspace.runs.append(RUN.id, EVENTS), workspace.runs.set_status(RUN.id, RunStatus.FAILED)):
            with pytest.raises(StorageError) as caught:
                asyncio.run(call)
            assert caught.value.code == "workspace_locked"
        asyncio.run(other.runs.append(RUN.id, EVENTS[1:2]))
    assert asyncio.run(workspace.runs.events(RUN.id)) == EVENTS[:2]
    assert asyncio.run(workspace.runs.get(RUN.id)) == RUN


def test_run_of_a_program_that_died_can_be_given_a_status(workspace: SqliteWorkspace, directory: Path) -> None:
    begin(workspace, RUN)
    with closing(SqliteWorkspace(directory)) as other:
        asyncio.run(other.runs.set_status(RUN.id, RunStatus.INTERRUPTED))
    assert asyncio.run(workspace.runs.get(RUN.id)) == replace(RUN, status=RunStatus.INTERRUPTED)


def test_damaged_run_is_left_out_of_the_list_and_logged(
    workspace: SqliteWorkspace, directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = replace(RUN, id=RunId("run-other"), paths=("private name.docx",))
    begin(workspace, RUN, other)
    change(directory, "UPDATE runs SET body = x'00' WHERE id = 'run-other'")
    with caplog.at_level(logging.DEBUG):
        assert asyncio.run(workspace.runs.list_runs()) == (RUN,)
    assert "run-other" in caplog.text
    assert "private" not in caplog.text
    with pytest.raises(StorageError):
        asyncio.run(workspace.runs.set_status(other.id, RunStatus.DONE))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE events SET body = x'00' WHERE seq = 1",
        "UPDATE events SET kind = 'Unheard' WHERE seq = 1",
        "UPDATE events SET kind = 'RunStarted' WHERE seq = 1",
        "UPDATE events SET seq = 77 WHERE seq = 1",
        "DELETE FROM events WHERE seq = 1",
        "DELETE FROM events WHERE seq > 4",
        "DELETE FROM runs",
        "UPDATE events SET body = (SELECT body FROM events WHERE seq = 2) WHERE seq = 1",
    ],
)
def test_damaged_event_is_never_shown(workspace: SqliteWorkspace, directory: Path, damage: str) -> None:
    begin(workspace, RUN)
    asyncio.run(workspace.runs.append(RUN.id, EVENTS))
    change(directory, damage)
    with pytest.raises(StorageError) as caught:
        asyncio.run(workspace.runs.events(RUN.id))
    assert caught.value.code == "workspace_damaged"
    begin(workspace, RUN)
    assert asyncio.run(workspace.runs.events(RUN.id)) == ()


def test_steps_and_votes_of_earlier_versions_are_read() -> None:
    step = b'{"document":null,"section":null,"handler":"assess","key":"ab","usage":{"calls":1}}'
    vote = b'{"rater":"openai/a","index":0,"outcome":"deviates","rationale":"","citation":null,"counted":true}'
    assert decode(step, StepDone).answered_by == ""
    assert decode(vote, RaterVote) == RaterVote("openai/a", 0, "deviates", "", None, counted=True)
