import asyncio
from collections.abc import Callable
from dataclasses import replace

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.ids import StepKey
from reviewer.domain.workflow import RouteMethod, RouteNode, SynthesisNode, Workflow
from reviewer.engine.plan import DocumentPlan
from reviewer.engine.rehearsal import ReadOnlySteps, Rehearsal, rehearse
from reviewer.engine.steps import most_tokens
from reviewer.ports.sending import NotSentError
from tests.fakes.clock import FakeClock, run
from tests.fakes.documents import ASSESS, CLAUSES, LABEL, SUMMARIZE, TRANSLATE, make_plan, make_playbook, make_workflow
from tests.fakes.handlers import (
    JsonHandler,
    StubClassifier,
    StubModelSynthesizer,
    StubRule,
    StubRuleSynthesizer,
    assessed,
    reply_of,
)
from tests.fakes.models import ScriptedModel
from tests.fakes.running import make_team, model_team, run_plans
from tests.fakes.workspace import MemoryWorkspace

GOOD = reply_of(assessed("preferred", "Liability"))
SUMMARY = reply_of(assessed("", "Liability", "summary:1"))
BOTH = (RouteMethod.RULES, RouteMethod.LLM)


def rehearsed(
    *plans: DocumentPlan,
    models: tuple[ScriptedModel, ...],
    workspace: MemoryWorkspace | None = None,
    votes: int | None = None,
) -> Rehearsal:
    kept = workspace or MemoryWorkspace()
    return run(rehearse(plans, models, votes, 0, kept.steps, kept.secret, FakeClock(), len))


class Foretelling(ScriptedModel):
    """Stops before it sends anything, as a model built for a rehearsal does; or answers, as none may."""

    cannot_send = True
    stops = True

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        if self.stops:
            raise NotSentError(f"{request.seed}: {request.user}".encode())
        return ChatReply("", self.name)


def plan_of(workflow: Workflow | None = None, **team: object) -> DocumentPlan:
    return make_plan(model_team(**team), workflow=workflow, playbook=make_playbook())


def test_rehearsal_notes_the_calls_of_the_run_and_makes_none() -> None:
    asked, actual = ScriptedModel(GOOD), ScriptedModel(GOOD)
    other = ScriptedModel(GOOD, "other/model")
    found = rehearsed(plan_of(), models=(asked, other))
    run_plans([plan_of()], actual)
    assert not asked.requests
    own = [each for each in found.calls if each.model == asked.name]
    assert len(found.calls) == 2 * len(own) == 2 * len(actual.requests) == 2 * 3 * len(CLAUSES)
    assert sorted(each.tokens_in for each in own) == sorted(
        len(each.system) + len(each.user) for each in actual.requests
    )
    assert sum(each.most_in + each.most_out for each in own) == sum(map(most_tokens, actual.requests))
    assert {each.endpoint for each in own} == {asked.endpoint}
    assert (found.stored, found.unwritten) == (0, 0)


def test_rehearsal_counts_the_votes_that_were_asked_for() -> None:
    assert len(rehearsed(plan_of(), models=(ScriptedModel(),), votes=1).calls) == len(CLAUSES)


def test_what_is_stored_is_not_asked_and_stays_as_it_is() -> None:
    workspace = MemoryWorkspace()
    run_plans([plan_of()], ScriptedModel(GOOD), votes=2, workspace=workspace)
    before, journal = dict(workspace.steps.kept), list(workspace.journal)
    found = rehearsed(plan_of(), models=(ScriptedModel(),), votes=3, workspace=workspace)
    assert len(found.calls) == len(CLAUSES)
    assert found.stored == 2 * len(CLAUSES)
    assert (workspace.steps.kept, workspace.journal) == (before, journal)


def test_rules_are_not_worked_out() -> None:
    rule = StubRule(lambda task: ())
    team = make_team(rule, JsonHandler())
    plan = make_plan(team, workflow=make_workflow(LABEL, SUMMARIZE), playbook=make_playbook())
    rehearsed(plan, models=(ScriptedModel(),))
    assert not rule.asked


def routed(confidence: float) -> DocumentPlan:
    """A workflow with a route of two handlers and one of none, between which rules are so sure."""
    workflow = make_workflow(SUMMARIZE, TRANSLATE, methods=BOTH)
    routes = (
        RouteNode("main", "Everything.", ("summarize",)),
        RouteNode("skip", "Nothing."),
        RouteNode("far", "Foreign.", ("translate",)),
    )
    classifier = StubClassifier(lambda item: "skip", confidence)
    return plan_of(replace(workflow, routes=routes), classifier=classifier, router=JsonHandler())


def test_item_that_a_model_would_route_goes_to_every_handler() -> None:
    found = rehearsed(routed(0.1), models=(ScriptedModel(), ScriptedModel(name="other/model")))
    routing, handling = len(CLAUSES), 2 * 2 * len(CLAUSES)
    assert len(found.calls) == routing + handling


def test_item_that_the_rules_are_sure_of_is_not_asked_about() -> None:
    assert not rehearsed(routed(0.9), models=(ScriptedModel(),)).calls


def test_bound_holds_whatever_the_model_would_say() -> None:
    for route in ("main", "far", "skip"):
        said = reply_of({"criterion": "route", "value": route, "confidence": 0.9})
        model = ScriptedModel(lambda request, said=said: said if request.system == "route" else SUMMARY)
        run_plans([routed(0.1)], model)
        assert len(model.requests) <= len(rehearsed(routed(0.1), models=(ScriptedModel(),)).calls)


def test_stored_route_is_followed() -> None:
    workspace = MemoryWorkspace()
    said = reply_of({"criterion": "route", "value": "main", "confidence": 0.9})
    run_plans(
        [routed(0.1)],
        ScriptedModel(lambda request: said if request.system == "route" else SUMMARY),
        workspace=workspace,
    )
    assert not rehearsed(routed(0.1), models=(ScriptedModel(),), workspace=workspace).calls


def test_second_pass_is_one_call_over_summaries_nobody_has_written() -> None:
    plan = plan_of(
        make_workflow(SUMMARIZE, synthesis=SynthesisNode("synthesize", "synthesize")),
        rule_synthesizer=StubRuleSynthesizer(),
        model_synthesizer=StubModelSynthesizer(),
    )
    found = rehearsed(plan, models=(ScriptedModel(),))
    assert len(found.calls) == len(CLAUSES) + 1
    assert found.unwritten == len(CLAUSES)
    workspace = MemoryWorkspace()
    run_plans(
        [plan],
        ScriptedModel(lambda request: "word" if request.system == "synthesize" else SUMMARY),
        workspace=workspace,
    )
    again = rehearsed(plan, models=(ScriptedModel(),), workspace=workspace)
    assert (again.calls, again.unwritten) == ((), 0)


def test_second_pass_is_asked_anew_where_a_summary_is_still_to_be_written() -> None:
    workspace = MemoryWorkspace()
    flow = make_workflow(SUMMARIZE, synthesis=SynthesisNode("synthesize", "synthesize"))
    team = model_team(model_synthesizer=StubModelSynthesizer())
    first, second = [make_plan(team, (part,), flow, name=part) for part in CLAUSES[:2]]
    model = ScriptedModel(lambda request: "word" if request.system == "synthesize" else SUMMARY)
    run_plans([first], model, workspace=workspace)
    found = rehearsed(first, second, models=(ScriptedModel(),), workspace=workspace)
    assert [each.schema for each in found.calls] == ["stub", "synthesis"]


def test_assessment_without_a_playbook_is_not_asked() -> None:
    plan = make_plan(model_team(), workflow=make_workflow(ASSESS))
    assert not rehearsed(plan, models=(ScriptedModel(),)).calls


def test_read_only_store_keeps_nothing() -> None:
    workspace = MemoryWorkspace()
    store, key = ReadOnlySteps(workspace.steps), StepKey("k")

    async def work() -> int:
        await store.reserve(key, 5)
        await store.put_reply(key, ChatReply("", "m"))
        await store.put_judgements(key, ())
        await store.fail(key, "code", needs_user=False)
        assert await store.get(key) is None
        return await store.settle()

    assert asyncio.run(work()) == 0
    assert not workspace.journal


def test_rehearsal_tells_each_request_as_the_model_would_send_it_and_what_it_is_about() -> None:
    plan, actual = plan_of(), ScriptedModel(GOOD)
    found = rehearsed(plan, models=(Foretelling(),), votes=2)
    run_plans([plan_of()], actual, votes=2)

    sent = {f"{each.seed}: {each.user}".encode() for each in actual.requests}
    assert {each.body for each in found.calls} == sent
    assert all(each.size_bytes == len(each.body or b"") for each in found.calls)
    assert {each.subject.document for each in found.calls} == {plan.document.id}
    assert {each.subject.section for each in found.calls} == {section.id for section in plan.sections}


def test_rehearsal_shows_no_request_of_a_model_that_answers_where_it_must_not() -> None:
    model = Foretelling()
    model.stops = False

    assert {each.body for each in rehearsed(plan_of(), models=(model,)).calls} == {None}
