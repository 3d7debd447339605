import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import ConfigError, InputError, ProviderError, StorageError
from reviewer.domain.events import (
    DocumentAdded,
    DocumentFailed,
    ItemHandled,
    RunEvent,
    RunFinished,
    RunStarted,
    StepDone,
)
from reviewer.domain.finding import Finding
from reviewer.domain.report import fold_all
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.run_causes import Cause
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.usage import Usage
from reviewer.domain.workflow import EngineId
from reviewer.services.requests import RunRequest
from reviewer.services.stored_runs import RunResult
from tests.fakes.clock import START, run
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import StubRule, assessed, reply_of
from tests.fakes.models import ScriptedModel, broken, rejected
from tests.fakes.running import make_team
from tests.fakes.services import Desk, write_all
from tests.fakes.workspace import MemoryWorkspace

GOOD = reply_of(assessed("preferred", "Liability"))
MODELS = (ModelChoice("openai/scripted"),)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


def start(desk: Desk, *paths: Path, **settings: object) -> RunResult:
    models = MODELS if desk.models else ()
    request = RunRequest(paths, models=models, **settings)  # type: ignore[arg-type]  # fields of it
    return run(desk.runs.run(request, desk.heard.append))


def findings(result: RunResult) -> tuple[Finding, ...]:
    (document,) = result.report.documents.values()
    return document.findings


def kept(desk: Desk) -> Run:
    (only,) = desk.workspace.runs.kept.values()
    return only


def test_run_reviews_and_stores_before_it_publishes(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    result = start(desk, contract)
    assert kept(desk).status is RunStatus.DONE
    assert result.report == fold_all(desk.heard)
    assert desk.workspace.runs.logged[kept(desk).id] == desk.heard
    assert isinstance(desk.heard[0], RunStarted)
    assert isinstance(desk.heard[-1], RunFinished)
    assert result.documents.keys() == result.report.documents.keys()


def test_run_by_rule_asks_no_model(contract: Path) -> None:
    desk = Desk(team=make_team(StubRule(lambda task: ())))
    result = start(desk, contract)
    assert result.report.run is not None
    assert (result.report.run.engine, result.report.run.models) == (EngineId.BUILTIN, ())
    assert result.report.usage == Usage()


def test_run_says_what_it_was_started_with(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    start(desk, contract, votes=1, workflow="flow")
    stored = kept(desk)
    assert (stored.workflow, stored.models, stored.votes) == ("flow", ("openai/scripted",), 1)
    assert stored.paths == (str(contract.absolute()),)
    assert stored.started_at == START


def test_identical_second_run_asks_nothing(contract: Path) -> None:
    model = ScriptedModel(GOOD)
    desk = Desk(model)
    first = start(desk, contract)
    desk.clock.later_s = 60.0
    second = start(desk, contract)
    assert len(model.requests) == 9
    assert second.report.usage == Usage(cached=9)
    assert len(desk.workspace.runs.kept) == 2
    assert findings(second) == findings(first)


def test_one_bad_file_makes_the_run_partial(contract: Path, tmp_path: Path) -> None:
    (bad,) = write_all(tmp_path, bad="BAD")
    desk = Desk(ScriptedModel(GOOD))
    result = start(desk, bad, contract, tmp_path / "gone.pdf")
    assert kept(desk).status is RunStatus.PARTIAL
    assert [each.name for each in result.report.failed_files] == ["bad.txt", "gone.pdf"]
    assert len(result.report.documents) == 1


def test_one_failed_step_makes_the_run_partial(contract: Path) -> None:
    model = ScriptedModel(lambda request: broken() if "Fees" in request.user else GOOD)
    desk = Desk(model)
    start(desk, contract)
    assert kept(desk).status is RunStatus.PARTIAL


def test_run_fails_when_the_only_file_is_bad(tmp_path: Path) -> None:
    (bad,) = write_all(tmp_path, bad="BAD")
    desk = Desk()
    with pytest.raises(InputError) as raised:
        start(desk, bad)
    assert (raised.value.code, raised.value.hint) == ("broken", "Save it again.")
    assert raised.value.user_message.startswith("bad.txt: ")
    assert desk.workspace.runs.kept == {}


def test_run_names_a_missing_file_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        start(Desk(), tmp_path / "gone.txt")
    assert raised.value.user_message == f"There is no file {tmp_path / 'gone.txt'}."


def test_run_fails_when_all_files_are_bad(tmp_path: Path) -> None:
    paths = write_all(tmp_path, one="BAD 1", two="BAD 2")
    with pytest.raises(InputError) as raised:
        start(Desk(), *paths)
    assert raised.value.code == "no_input"
    assert "one.txt (broken), two.txt (broken)" in raised.value.user_message


def test_run_fails_when_a_folder_holds_no_document(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        start(Desk(), tmp_path)
    assert raised.value.code == "no_input"


def test_run_fails_before_reading_when_the_workflow_is_unknown(contract: Path) -> None:
    desk = Desk()
    with pytest.raises(ConfigError):
        start(desk, contract, workflow="moon")
    assert desk.parser.parsed == []


def test_run_fails_when_a_model_is_named_twice(contract: Path) -> None:
    models = ScriptedModel(GOOD), ScriptedModel(GOOD)
    with pytest.raises(ConfigError) as raised:
        start(Desk(*models), contract)
    assert raised.value.code == "same_model"
    assert all(model.is_closed for model in models)


def test_run_closes_its_models(contract: Path) -> None:
    model = ScriptedModel(GOOD)
    start(Desk(model), contract)
    assert model.is_closed


def test_rejected_key_is_stored_as_the_end_and_comes_out(contract: Path) -> None:
    model = ScriptedModel(
        lambda request: rejected() if "Term" in request.user else GOOD,
        delay=lambda request: 5.0 if "Term" in request.user else 1.0,
    )
    desk = Desk(model)
    with pytest.raises(ProviderError) as raised:
        start(desk, contract)
    assert raised.value.code == "key_rejected"
    assert kept(desk).status is RunStatus.FAILED
    end = desk.heard[-1]
    assert isinstance(end, RunFinished)
    assert (end.code, end.hint) == ("key_rejected", "Set another key.")
    assert model.is_closed
    done = [event for event in desk.heard if isinstance(event, StepDone)]
    assert len(done) == 6
    assert desk.workspace.runs.logged[kept(desk).id] == desk.heard


def test_what_was_done_is_stored_though_the_run_fails_in_the_same_moment(contract: Path) -> None:
    model = ScriptedModel(lambda request: rejected() if "Term" in request.user else GOOD, delay=lambda request: 1.0)
    desk = Desk(model)
    with pytest.raises(ProviderError):
        start(desk, contract)
    steps = {key for what, key in desk.workspace.journal if what in {"reply", "judgements"}}
    told = {event.key for event in desk.heard if isinstance(event, StepDone)}
    assert told <= steps
    assert isinstance(desk.heard[-1], RunFinished)


def interrupt(desk: Desk, path: Path, after_s: float) -> None:
    async def work() -> None:
        request = RunRequest((path,), models=MODELS)
        started = asyncio.Event()

        def listen(event: RunEvent) -> None:
            desk.heard.append(event)
            started.set()

        running = asyncio.create_task(desk.runs.run(request, listen))
        await started.wait()
        await asyncio.sleep(after_s)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    run(work())


def slow_half(request: ChatRequest) -> float:
    return 1.0 if "Fees" in request.user else 50.0


def test_cancelled_run_is_stored_as_interrupted(contract: Path) -> None:
    model = ScriptedModel(GOOD, delay=slow_half)
    desk = Desk(model)
    interrupt(desk, contract, 2.0)
    assert kept(desk).status is RunStatus.INTERRUPTED
    assert model.in_flight == 0
    assert model.is_closed
    assert len([event for event in desk.heard if isinstance(event, StepDone)]) == 3
    assert desk.workspace.runs.logged[kept(desk).id] == desk.heard


def test_interrupted_run_is_continued_under_its_id_without_asking_again(contract: Path) -> None:
    model = ScriptedModel(GOOD, delay=slow_half)
    desk = Desk(model)
    interrupt(desk, contract, 2.0)
    before, model.requests = kept(desk).id, []
    result = start(desk, contract)
    assert kept(desk).id == before
    assert kept(desk).status is RunStatus.DONE
    assert len(model.requests) == 6
    assert result.report.usage.cached == 3


def test_resume_goes_on_with_a_run_by_the_beginning_of_its_id(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD, delay=slow_half))
    interrupt(desk, contract, 2.0)
    stored = kept(desk)
    result = run(desk.runs.resume(stored.id[:10], desk.heard.append))
    assert result.report.run is not None
    assert result.report.run.id == stored.id
    assert kept(desk).status is RunStatus.DONE


def test_another_file_starts_another_run(contract: Path, tmp_path: Path) -> None:
    desk = Desk(ScriptedModel(GOOD, delay=slow_half))
    interrupt(desk, contract, 2.0)
    (other,) = write_all(tmp_path, other="1 Other\nLiability\n")
    start(desk, other)
    assert len(desk.workspace.runs.kept) == 2


def test_full_disk_stops_the_run_and_its_calls(contract: Path) -> None:
    workspace = MemoryWorkspace()
    model = ScriptedModel(GOOD, delay=lambda request: 50.0)
    desk = Desk(model, workspace=workspace)
    workspace.runs.is_full = True
    with pytest.raises(StorageError, match="disk_full"):
        start(desk, contract)
    assert model.in_flight == 0
    assert desk.heard == []
    assert kept(desk).status is RunStatus.RUNNING


def test_show_folds_the_stored_events_again(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    result = start(desk, contract)
    shown = run(desk.runs.show(kept(desk).id))
    assert shown.report == result.report
    assert shown.documents.keys() == result.documents.keys()


def test_show_gives_a_report_though_a_document_is_gone(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    result = start(desk, contract)
    desk.workspace.documents.kept.clear()
    shown = run(desk.runs.show(kept(desk).id))
    assert shown.report == result.report
    assert shown.documents == {}


def test_show_fails_when_there_is_no_such_run() -> None:
    with pytest.raises(InputError) as raised:
        run(Desk().runs.show("run-unknown"))
    assert raised.value.code == "no_such_run"


def test_list_gives_the_newest_first(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    start(desk, contract)
    desk.clock.later_s = 60.0
    start(desk, contract, seed=1)
    seeds = [each.options["seed"] for each in run(desk.runs.list_runs())]
    assert seeds == ["1", "0"]


def test_events_come_out_while_the_run_goes(contract: Path) -> None:
    model = ScriptedModel(GOOD, delay=slow_half)
    desk = Desk(model)
    in_flight: list[tuple[type[RunEvent], int]] = []

    async def work() -> None:
        request = RunRequest((contract,), models=MODELS)
        await desk.runs.run(request, lambda event: in_flight.append((type(event), model.in_flight)))

    run(work())
    assert (ItemHandled, 6) in in_flight


def test_failed_files_are_told_first(contract: Path, tmp_path: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    start(desk, tmp_path / "gone.txt", contract)
    assert [type(event) for event in desk.heard[:2]] == [RunStarted, DocumentFailed]


def test_run_that_is_unreadable_again_keeps_its_first_end(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    start(desk, contract)
    stored = kept(desk)
    contract.write_text("BAD", "utf-8")
    with pytest.raises(InputError):
        run(desk.runs.resume(stored.id, desk.heard.append))
    assert kept(desk) == replace(stored)


def test_retry_asks_only_what_failed(contract: Path) -> None:
    answers = iter([broken(), *[GOOD] * 20])
    desk = Desk(ScriptedModel(lambda request: next(answers)))
    first = start(desk, contract)
    assert first.report.usage.calls
    asked = len(desk.models[0].requests)
    second = run(desk.runs.retry(kept(desk).id, desk.heard.append))
    assert second.report.run is not None
    assert second.report.run.status is RunStatus.DONE
    assert len(desk.models[0].requests) - asked < asked


def test_more_votes_ask_only_for_those(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    start(desk, contract, votes=1)
    asked = len(desk.models[0].requests)
    more = run(desk.runs.retry(kept(desk).id, desk.heard.append, add_votes=2))
    assert more.report.run is not None
    assert more.report.run.votes == 3
    assert len(desk.models[0].requests) == 3 * asked


def test_votes_that_the_workflow_chose_are_counted_from_the_findings(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    start(desk, contract)
    more = run(desk.runs.retry(kept(desk).id, desk.heard.append, add_votes=1))
    assert more.report.run is not None
    (before, after) = desk.workspace.runs.kept.values()
    assert before.votes is None
    assert after.votes is not None
    assert after.votes >= 2


def test_other_models_may_be_asked_about_the_same(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    start(desk, contract)
    seen: list[RunRequest] = []
    desk.runs._build_models = lambda request: seen.append(request) or desk.models  # type: ignore[func-returns-value]
    run(desk.runs.retry(kept(desk).id, desk.heard.append, models=(ModelChoice("openai/other"),)))
    assert seen[0].models == (ModelChoice("openai/other"),)


def test_two_runs_are_compared(contract: Path) -> None:
    desk = Desk(ScriptedModel(GOOD))
    start(desk, contract, votes=1)
    start(desk, contract, votes=2)
    first, second = desk.workspace.runs.kept
    diff = run(desk.runs.diff(first, second))
    assert diff.changes
    assert run(desk.runs.diff(first, first)).changes == ()


def test_deleted_run_is_gone(contract: Path) -> None:
    desk = Desk()
    start(desk, contract)
    run_id = kept(desk).id
    assert run(desk.runs.delete(run_id[:12])).id == run_id
    with pytest.raises(InputError):
        run(desk.runs.show(run_id))


def test_run_is_paused_goes_on_and_asks_first_about_what_is_looked_at(contract: Path) -> None:
    model = ScriptedModel(GOOD, delay=lambda request: 1.0)
    desk = Desk(model)
    desk.runs.pause()  # there is none yet
    desk.runs.go_on()
    desk.runs.look_at(["nothing"])
    assert desk.runs.waiting_s() is None

    async def work() -> None:
        running = asyncio.create_task(
            desk.runs.run(RunRequest((contract,), models=MODELS, max_connections=1, rpm=6), desk.heard.append)
        )
        while not model.requests:  # noqa: ASYNC110 - virtual time
            await asyncio.sleep(0.1)
        (added,) = [event for event in desk.heard if isinstance(event, DocumentAdded)]
        desk.runs.look_at([added.sections[-1].id])
        desk.runs.pause()
        await asyncio.sleep(60.0)
        assert len(model.requests) == 1
        desk.runs.go_on()
        while len(model.requests) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await asyncio.sleep(1.5)
        assert 0 < (desk.runs.waiting_s() or 0) <= 10.0
        await running

    run(work())
    assert CLAUSES[-1].split("\n")[1] in model.requests[1].user


def test_another_seed_of_the_same_models_lists_what_flips_by_chance(contract: Path) -> None:
    said = iter([GOOD] * 3 + [reply_of(assessed("deviates", "Liability"))] * 3)
    desk = Desk(ScriptedModel(lambda request: next(said)))
    start(desk, contract, votes=1, seed=1)
    start(desk, contract, votes=1, seed=2)
    first, second = desk.workspace.runs.kept
    diff = run(desk.runs.diff(first, second))
    assert diff.by_chance
    assert {each.causes for each in diff.changes} == {(Cause.CHANCE,)}
