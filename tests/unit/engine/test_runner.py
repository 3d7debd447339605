import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import ProviderError, StorageError
from reviewer.domain.events import (
    DocumentAdded,
    DocumentFinished,
    ItemHandled,
    ItemRouted,
    RunEvent,
    StepDone,
    StepFailed,
)
from reviewer.domain.finding import TranslationState
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Signals
from reviewer.domain.report import DocumentReport, fold_all
from reviewer.domain.task import Task
from reviewer.domain.usage import Usage
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import Aggregation, SynthesisNode
from reviewer.engine.plan import DocumentPlan
from reviewer.engine.runner import Runner
from tests.fakes.clock import run
from tests.fakes.documents import (
    CLAUSES,
    LABEL,
    SUMMARIZE,
    TRANSLATE,
    make_plan,
    make_playbook,
    make_position,
    make_workflow,
)
from tests.fakes.handlers import (
    StubModelSynthesizer,
    StubRule,
    StubRuleSynthesizer,
    assessed,
    reply_of,
)
from tests.fakes.models import ScriptedModel, broken, rejected
from tests.fakes.pooling import panel_of, pool_of
from tests.fakes.running import make_team, model_team, run_plans
from tests.fakes.workspace import MemoryWorkspace

GOOD = reply_of(assessed("preferred", "The"))


def plan_of(*parts: str, **more: object) -> DocumentPlan:
    return make_plan(model_team(), parts or CLAUSES, playbook=make_playbook(), **more)  # type: ignore[arg-type]  # fields of it


def test_run_emits_what_happens_in_order() -> None:
    outcome = run_plans([plan_of(CLAUSES[1])], ScriptedModel(GOOD))
    kinds = [type(event) for event in outcome.events]
    assert kinds == [DocumentAdded, ItemRouted, StepDone, StepDone, StepDone, ItemHandled, DocumentFinished]
    assert outcome.report == fold_all(outcome.events)


def test_run_asks_each_model_as_often_as_the_workflow_says() -> None:
    models = ScriptedModel(GOOD, "a/one"), ScriptedModel(GOOD, "b/two")
    run_plans([plan_of()], *models)
    assert [len(model.requests) for model in models] == [9, 9]


def test_run_asks_as_often_as_the_panel_says() -> None:
    model = ScriptedModel(GOOD)
    outcome = run_plans([plan_of()], model, votes=1)
    assert len(model.requests) == 3
    assert all(len(finding.votes) == 1 for finding in outcome.document.findings)


def test_run_never_asks_more_at_once_than_it_may() -> None:
    model = ScriptedModel(GOOD)
    run_plans([plan_of(), plan_of("1 Other\nThe other contract.\n", name="b.txt")], model, max_connections=5)
    assert model.peak == 5


def test_run_asks_nothing_again() -> None:
    model, workspace = ScriptedModel(GOOD), MemoryWorkspace()
    first = run_plans([plan_of()], model, workspace=workspace)
    second = run_plans([plan_of()], model, workspace=workspace)
    assert len(model.requests) == 9
    assert second.report.usage == Usage(cached=9)
    assert second.document.findings == first.document.findings


def test_run_asks_only_for_the_votes_that_are_new() -> None:
    model, workspace = ScriptedModel(GOOD), MemoryWorkspace()
    run_plans([plan_of()], model, workspace=workspace, votes=1)
    outcome = run_plans([plan_of()], model, workspace=workspace, votes=3)
    assert outcome.report.usage.calls == 6
    assert outcome.report.usage.cached == 3


def test_rules_answer_where_a_handler_has_no_model() -> None:
    rule = StubRule(lambda task: (Judgement("label:Fees", "yes", "Its heading.", confidence=0.9),))
    outcome = run_plans([make_plan(make_team(rule), workflow=make_workflow(LABEL))], ScriptedModel(GOOD))
    assert {(label.section, label.label) for label in outcome.document.labels} == {
        ("s1", "Fees"),
        ("s2", "Fees"),
        ("s3", "Fees"),
    }
    assert outcome.report.usage == Usage()


def test_translation_says_that_it_needs_a_model() -> None:
    outcome = run_plans([make_plan(model_team(), workflow=make_workflow(TRANSLATE))])
    assert {each.state for each in outcome.document.translations} == {TranslationState.NEEDS_MODEL}
    assert len(outcome.document.translations) == 3


def test_translation_is_made_by_a_model() -> None:
    model = ScriptedModel(reply_of({"criterion": "segment:1", "value": "", "text": "Gebühren", "quote": "Fees"}))
    outcome = run_plans([make_plan(model_team(), CLAUSES[:1], make_workflow(TRANSLATE))], model)
    (translation,) = outcome.document.translations
    assert translation.segments[0].target == "Gebühren"


def test_one_failing_vote_is_data_and_the_others_go_on() -> None:
    def script(request: ChatRequest) -> str | Exception:
        return broken() if "Fees" in request.user else GOOD

    outcome = run_plans([plan_of()], ScriptedModel(script))
    assert {(each.section, each.code) for each in outcome.document.failures} == {("s1", "bad_request")}
    assert {finding.section for finding in outcome.document.findings} == {"s2", "s3"}
    assert outcome.document.is_finished


def test_defect_is_data_and_its_text_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    def answer(task: Task) -> tuple[Judgement, ...]:
        if "Liability" in task.item.heading:
            raise ValueError(task.item.text)
        return ()

    with caplog.at_level(logging.DEBUG):
        outcome = run_plans([make_plan(make_team(answer), playbook=make_playbook())])
    (failure,) = outcome.document.failures
    assert (failure.section, failure.code, failure.rater) == ("s2", "internal_error", "rule")
    assert "ValueError" in caplog.text
    assert "liable" not in caplog.text
    assert "liable" not in failure.message


def test_defect_in_counting_is_data() -> None:
    answer = StubRule(lambda task: (Judgement("liability", "no such outcome"),))
    outcome = run_plans([make_plan(make_team(answer), playbook=make_playbook())])
    assert [(each.rater, each.code) for each in outcome.document.failures] == [("aggregate", "internal_error")] * 3
    assert outcome.document.is_finished


def test_defect_at_the_documents_end_is_data() -> None:
    bad = make_playbook(make_position(signals=Signals((), ("(",))))
    outcome = run_plans([make_plan(make_team(lambda task: ()), playbook=bad)])
    (failure,) = outcome.document.failures
    assert (failure.section, failure.handler, failure.code) == (None, "aggregate", "internal_error")
    assert outcome.document.is_finished


def test_rejected_key_stops_the_run_as_itself() -> None:
    failure, events = rejected(), list[RunEvent]()
    model = ScriptedModel(lambda request: failure if "Term" in request.user else GOOD, delay=lambda request: 1.0)
    with pytest.raises(ProviderError) as raised:
        run_plans([plan_of(), plan_of("1 Other\nThe other.\n", name="b.txt")], model, events=events)
    assert raised.value is failure
    assert model.in_flight == 0


def test_rejected_key_stops_the_synthesis_as_itself() -> None:
    failure = rejected()
    plan = synthesis_plan(model_synthesizer=StubModelSynthesizer())
    with pytest.raises(ProviderError) as raised:
        run_plans([plan], ScriptedModel(lambda request: failure if request.system == "synthesize" else SENTENCE))
    assert raised.value is failure


def test_full_disk_stops_the_run_as_itself() -> None:
    workspace = MemoryWorkspace()
    workspace.steps.is_full = True
    with pytest.raises(StorageError, match="disk_full"):
        run_plans([plan_of()], ScriptedModel(GOOD), workspace=workspace)


def test_cancelled_run_leaves_nothing_in_flight_and_keeps_what_is_done() -> None:
    workspace, events = MemoryWorkspace(), list[RunEvent]()
    model = ScriptedModel(GOOD, delay=lambda request: 1.0 if "Fees" in request.user else 50.0)

    async def work() -> None:
        runner = Runner(workspace.steps, pool_of(9), panel_of(model), b"secret", events.append)
        running = asyncio.create_task(runner.run([plan_of()]))
        await asyncio.sleep(2.0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    run(work())
    assert (model.in_flight, model.cancelled) == (0, 6)
    assert len(workspace.steps.kept) == 3
    assert not any(isinstance(event, StepFailed) for event in events)


SENTENCE = reply_of({"criterion": "summary:1", "value": "result", "text": "All is well.", "quote": "The"})


def synthesis_plan(
    parts: Sequence[str] = CLAUSES, name: str = "paper.txt", prompt: str = "synthesize", **team: object
) -> DocumentPlan:
    rule = StubRule(lambda task: (Judgement("summary:1", "", task.item.heading),))
    workflow = make_workflow(SUMMARIZE, synthesis=SynthesisNode("synthesize", prompt))
    both = replace(model_team(**team).handlers["summarize"], rule=rule)
    return make_plan(replace(model_team(**team), handlers={"summarize": both}), parts, workflow, name=name)


def test_synthesis_is_made_by_rule_without_a_model() -> None:
    outcome = run_plans([synthesis_plan(rule_synthesizer=StubRuleSynthesizer())])
    synthesis = outcome.report.synthesis
    assert synthesis is not None
    assert (synthesis.rater, [each.text for each in synthesis.statements]) == ("rule", ["Fees"])


def test_synthesis_is_made_by_rule_where_the_models_is_compromised() -> None:
    model = ScriptedModel(lambda request: "Fine evil.com" if request.system == "synthesize" else SENTENCE)
    team = {"rule_synthesizer": StubRuleSynthesizer(), "model_synthesizer": StubModelSynthesizer()}
    outcome = run_plans([synthesis_plan(**team)], model)
    assert outcome.report.synthesis is not None
    assert outcome.report.synthesis.rater == "rule"
    assert [each.code for each in outcome.report.failures] == ["compromised"]
    assert "evil.com" not in repr(outcome.events)


def test_synthesis_is_made_by_a_model_and_stored() -> None:
    workspace = MemoryWorkspace()
    model = ScriptedModel(lambda request: "Fine good" if request.system == "synthesize" else SENTENCE)
    team = {"rule_synthesizer": StubRuleSynthesizer(), "model_synthesizer": StubModelSynthesizer()}
    outcome = run_plans([synthesis_plan(**team)], model, workspace=workspace)
    assert outcome.report.synthesis is not None
    assert outcome.report.synthesis.rater == "openai/scripted"
    assert [each.text for each in outcome.report.synthesis.statements] == ["Fine", "good"]
    again = run_plans([synthesis_plan(**team)], model, workspace=workspace)
    assert again.report.synthesis == outcome.report.synthesis
    assert again.report.usage == Usage(cached=4)


@pytest.mark.parametrize("reply", ["gibberish", broken()])
def test_synthesis_falls_back_to_the_rule_when_the_model_fails(reply: str | Exception) -> None:
    workspace = MemoryWorkspace()
    model = ScriptedModel(lambda request: reply if request.system == "synthesize" else SENTENCE)
    team = {"rule_synthesizer": StubRuleSynthesizer(), "model_synthesizer": StubModelSynthesizer()}
    outcome = run_plans([synthesis_plan(**team)], model, workspace=workspace)
    assert outcome.report.synthesis is not None
    assert outcome.report.synthesis.rater == "rule"
    assert [each.handler for each in outcome.report.failures] == ["synthesize"]
    assert len(workspace.steps.kept) == 3


def test_synthesis_that_says_nothing_is_none() -> None:
    model = ScriptedModel(lambda request: "" if request.system == "synthesize" else SENTENCE)
    outcome = run_plans([synthesis_plan(model_synthesizer=StubModelSynthesizer())], model)
    assert outcome.report.synthesis is None


def test_synthesis_is_left_out_when_nobody_can_make_it() -> None:
    outcome = run_plans([synthesis_plan()])
    assert outcome.report.synthesis is None
    assert outcome.report.failures == ()


def test_defect_in_the_synthesis_is_data() -> None:
    class Defect(StubRuleSynthesizer):
        def synthesize(self, documents: Sequence[DocumentReport]) -> None:  # type: ignore[override]  # never returns
            raise ValueError("no")

    outcome = run_plans([synthesis_plan(rule_synthesizer=Defect())])
    assert [(each.rater, each.code) for each in outcome.report.failures] == [("rule", "internal_error")]


def test_workflow_that_only_collects_says_nothing_about_the_document_as_a_whole() -> None:
    silent = make_team(lambda task: ())
    position = make_position(signals=Signals((), ("audit",)))
    found = {}
    for aggregate in Aggregation:
        plan = make_plan(silent, workflow=make_workflow(aggregate=aggregate), playbook=make_playbook(position))
        found[aggregate] = run_plans([plan]).document.findings
    assert found[Aggregation.COLLECT] == ()
    assert [each.outcome for each in found[Aggregation.POSITIONS]] == [Outcome.MISSING]


def test_run_says_once_of_each_handler_that_it_is_done_with_an_item_even_without_a_result() -> None:
    workflow = make_workflow(*make_workflow().handlers, LABEL)
    failing = ScriptedModel(lambda request: broken() if request.system == "label" else GOOD)
    for playbook, model in ((None, ScriptedModel("[]")), (make_playbook(), failing)):
        outcome = run_plans([make_plan(model_team(), workflow=workflow, playbook=playbook)], model)
        handled = [(event.section, event.handler) for event in outcome.events if isinstance(event, ItemHandled)]
        assert sorted(handled) == [(f"s{number}", each) for number in (1, 2, 3) for each in ("assess", "label")]
