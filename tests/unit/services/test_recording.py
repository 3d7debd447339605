from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import InputError
from reviewer.domain.finding import Finding
from reviewer.domain.recording import encode_recording
from reviewer.domain.report import Report
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.task import Task
from reviewer.providers.recorded import RecordedChatModel
from reviewer.services.recording import Tape, rater_of
from reviewer.services.requests import RunRequest
from tests.fakes.clock import run
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import JsonHandler, assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.running import make_team
from tests.fakes.services import Desk, write_all
from tests.fakes.workspace import MemoryWorkspace


class FencedHandler(JsonHandler):
    """Asks with the text between two marks, as the real ones do."""

    def request(self, task: Task, seed: int) -> ChatRequest:
        mark = f"=== {task.context.fence} ==="
        return ChatRequest(task.handler, f"{mark}\n{task.item.text}\n{mark}", {}, "stub", seed)


def changeable() -> ScriptedModel:
    """Says something else each time, and now and then what cannot be read."""
    said = iter(range(1000))

    def script(request: ChatRequest) -> str:
        number = next(said)
        if number % 4 == 3:
            return "no JSON"
        return reply_of(assessed(("preferred", "deviates", "walk_away")[number % 3], "Liability"))

    return ScriptedModel(script)


def desk_of(*models: object, secret: bytes = b"s" * 32, workspace: MemoryWorkspace | None = None) -> Desk:
    workspace = workspace or MemoryWorkspace()
    workspace.secret = secret
    return Desk(
        team=make_team(model=FencedHandler()),
        workspace=workspace,
        build_models=lambda request: models,  # type: ignore[arg-type,return-value]  # models of either kind
    )


def review(desk: Desk, path: Path, votes: int = 3) -> Report:
    request = RunRequest((path,), models=(ModelChoice("openai/scripted"),), votes=votes)
    return run(desk.runs.run(request, desk.heard.append)).report


def said(report: Report) -> list[tuple[str, list[str]]]:
    """Each finding with what its votes say, whoever gave which."""
    findings: list[Finding] = [each for document in report.documents.values() for each in document.findings]
    return [(each.id, sorted(vote.outcome for vote in each.votes)) for each in findings]


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def only_run(desk: Desk) -> str:
    (kept,) = desk.workspace.runs.kept.values()
    return kept.id


def test_a_recorded_run_is_reviewed_again_elsewhere_without_its_model(contract: Path, tmp_path: Path) -> None:
    model = changeable()
    desk = desk_of(model)
    report = review(desk, contract)
    recording = run(desk.runs.record(only_run(desk)))
    (tmp_path / "demo.jsonl").write_bytes(encode_recording(recording))

    elsewhere = desk_of(RecordedChatModel(tmp_path / "demo.jsonl"), secret=b"t" * 32)
    again = review(elsewhere, contract)

    assert recording.model == "openai/scripted"
    assert len(recording.calls) == len(model.requests)
    assert said(again) == said(report)
    assert again.usage.calls == report.usage.calls
    assert not any(each.failures for each in again.documents.values())
    assert again.substitutes == ((f"recorded/{(tmp_path / 'demo.jsonl').as_posix()}", "openai/scripted"),)


def test_recording_asks_nobody_and_writes_nothing(contract: Path) -> None:
    model = changeable()
    desk = desk_of(model)
    review(desk, contract)
    asked, journal = len(model.requests), list(desk.workspace.journal)
    events = list(desk.workspace.runs.logged[only_run(desk)])  # type: ignore[index]  # a run's id
    run(desk.runs.record(only_run(desk)))

    assert len(model.requests) == asked
    assert desk.workspace.journal == journal
    assert desk.workspace.runs.logged[only_run(desk)] == events  # type: ignore[index]  # a run's id
    assert model.is_closed


def test_steps_without_an_answer_are_left_out(contract: Path) -> None:
    desk = desk_of(changeable())
    review(desk, contract)
    kept = desk.workspace.steps.kept
    lost = next(key for key, step in kept.items() if step.reply is not None)
    before = len(run(desk.runs.record(only_run(desk))).calls)
    kept[lost] = replace(kept[lost], reply=None, judgements=None)

    assert len(run(desk.runs.record(only_run(desk))).calls) < before


def test_a_run_of_several_models_is_recorded_one_by_one(contract: Path) -> None:
    first, second = changeable(), ScriptedModel(reply_of(assessed("preferred", "Liability")), "openai/other")
    desk = desk_of(first, second)
    review(desk, contract, votes=1)
    with pytest.raises(InputError, match="which_model"):
        run(desk.runs.record(only_run(desk)))
    recording = run(desk.runs.record(only_run(desk), "openai/other"))
    assert recording.model == "openai/other"
    assert len(recording.calls) == len(second.requests)


def test_the_tape_stands_in_for_store_and_models_and_keeps_them_as_they_are() -> None:
    workspace, model = MemoryWorkspace(), ScriptedModel()
    tape = Tape(workspace.steps, model.name)
    (stand_in,) = tape.models([model])

    assert (stand_in.name, stand_in.endpoint) == (model.name, model.endpoint)
    assert run(stand_in.list_models()) == (model.name,)
    assert run(tape.settle()) == 0
    assert tape.recording.calls == ()
    assert workspace.journal == []


def test_a_run_without_a_model_has_nothing_to_record() -> None:
    with pytest.raises(InputError, match="no_model"):
        rater_of((), "")
    with pytest.raises(InputError, match="which_model"):
        rater_of(("openai/a",), "openai/b")
    assert rater_of(("openai/a",), "") == "openai/a"
