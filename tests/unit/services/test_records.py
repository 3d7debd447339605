from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.decision import DismissReason
from reviewer.domain.edition import Edition
from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.ids import RunId
from reviewer.domain.playbook import Playbook
from reviewer.domain.record_seal import sealed, unsealed
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.workflow import Workflow
from reviewer.export.json_report import JsonExporter
from reviewer.export.markdown import MarkdownExporter
from reviewer.services.records import ChangedFile, FileKind, changed_since, open_record
from reviewer.services.requests import RunRequest
from reviewer.services.stored_runs import RunResult
from reviewer.storage.event_form import JsonEventForm
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES, make_playbook, make_workflow
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

FORM = JsonEventForm()
WORKFLOW = replace(make_workflow(), digest="w1")
PLAYBOOK = replace(make_playbook(), detect=make_playbook().positions[0].signals, digest="p1")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk on which a contract was reviewed by a model, and a finding dismissed."""
    desk = Desk(ScriptedModel(reply_of(assessed("preferred", "Liability"))), workflow=WORKFLOW, playbook=PLAYBOOK)
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    result = run(desk.runs.run(RunRequest((path,), models=(ModelChoice("openai/scripted"),)), desk.heard.append))
    (document,) = result.report.documents.values()
    run(desk.reviews.dismiss(document.findings[0].id, DismissReason.WRONG))
    return desk


def exports(result: RunResult) -> list[bytes]:
    edition = Edition(result.report, result.documents, result.standings)
    return [each.export(edition) for each in (JsonExporter(), MarkdownExporter())]


def run_id(desk: Desk) -> RunId:
    (only,) = desk.workspace.runs.kept
    return only


def test_record_alone_gives_the_report_byte_for_byte(desk: Desk) -> None:
    data = run(desk.services().records.seal(run_id(desk)))
    shown = run(desk.runs.show(run_id(desk)))
    opened = open_record(data, "a.json", FORM)
    assert exports(opened.result) == exports(shown)
    assert opened.unkept == ()
    assert len(shown.standings) == 1


def test_stored_run_is_replayed_through_its_record_without_a_model(desk: Desk) -> None:
    asked = len(desk.models[0].requests)
    assert exports(run(desk.services().records.replay(run_id(desk)[:10])).result) == exports(
        run(desk.runs.show(run_id(desk)))
    )
    assert len(desk.models[0].requests) == asked


def test_sealing_twice_gives_the_same_bytes(desk: Desk) -> None:
    records = desk.services().records
    assert run(records.seal(run_id(desk))) == run(records.seal(run_id(desk)))


def test_record_names_model_and_tokens_of_each_vote(desk: Desk) -> None:
    votes = unsealed(run(desk.services().records.seal(run_id(desk))), "a").record["votes"]
    assert isinstance(votes, list)
    assert all(each["rater"] and len(each["reply_sha256"]) == 64 for each in votes)
    assert len(votes) == len(desk.models[0].requests)


def test_record_without_a_document_that_is_gone_replays_the_rest(desk: Desk) -> None:
    desk.workspace.documents.kept.clear()
    replayed = run(desk.services().records.replay(run_id(desk)))
    assert replayed.unkept == ("contract.txt",)
    assert exports(replayed.result) == exports(run(desk.runs.show(run_id(desk))))


@pytest.mark.parametrize("events", [[{"kind": "Unheard"}], [{"kind": "DocumentFinished", "event": {"document": "d"}}]])
def test_sealed_events_that_make_no_report_are_said_to_be_unreadable(desk: Desk, events: list[object]) -> None:
    record = unsealed(run(desk.services().records.seal(run_id(desk))), "a").record
    with pytest.raises(InputError) as caught:
        open_record(sealed({**record, "events": events}), "a", FORM)  # type: ignore[dict-item]  # JSON by construction
    assert caught.value.code == "record_unreadable"


class _Shelf:
    """Gives one workflow and one playbook, or none."""

    def __init__(self, workflow: Workflow | None, playbook: Playbook | None) -> None:
        self._workflow, self._playbook = workflow, playbook

    def workflow(self, name: str) -> Workflow:
        if self._workflow is None:
            raise ConfigError("no_such_workflow", name)
        return self._workflow

    def playbook(self, name: str) -> Playbook:
        if self._playbook is None:
            raise ConfigError("no_such_playbook", name)
        return self._playbook


def test_what_changed_since_is_told_with_both_versions(desk: Desk) -> None:
    report = run(desk.runs.show(run_id(desk))).report
    newer = replace(PLAYBOOK, digest="p2", version=PLAYBOOK.version + 1)
    book = ChangedFile(FileKind.PLAYBOOK, PLAYBOOK.id, PLAYBOOK.version, newer.version)
    flow = ChangedFile(FileKind.WORKFLOW, WORKFLOW.id, WORKFLOW.version, None)
    assert changed_since(report, _Shelf(WORKFLOW, PLAYBOOK)) == ()  # type: ignore[arg-type]  # a catalogue of its own
    assert changed_since(report, _Shelf(WORKFLOW, newer)) == (book,)  # type: ignore[arg-type]  # a catalogue of its own
    assert changed_since(report, _Shelf(None, PLAYBOOK)) == (flow,)  # type: ignore[arg-type]  # a catalogue of its own


def test_nothing_is_said_to_have_changed_where_the_run_did_not_note_it(desk: Desk) -> None:
    report = run(desk.runs.show(run_id(desk))).report
    documents = {key: replace(each, footing=type(each.footing)()) for key, each in report.documents.items()}
    assert changed_since(replace(report, documents=documents), _Shelf(None, None)) == ()  # type: ignore[arg-type]
