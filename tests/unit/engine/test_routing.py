from dataclasses import replace

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.events import ItemRouted, StepDone, StepFailed
from reviewer.domain.ids import StepKey
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Item, Route
from reviewer.domain.usage import Usage
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import RouteMethod, RouteNode, RouterNode, Workflow
from reviewer.engine import routing
from reviewer.engine.reading import UnusableReplyError
from reviewer.engine.steps import StepResult
from tests.fakes.documents import make_plan, make_workflow
from tests.fakes.handlers import JsonHandler, StubClassifier
from tests.fakes.models import ScriptedModel, broken
from tests.fakes.running import Outcome, make_team, run_plans

RULES, LLM = RouteMethod.RULES, RouteMethod.LLM
ITEM = Item(None, None, SectionKind.CLAUSE, "", "", "text", TextSpan(0, 4), "en")


def test_routed_shows_the_first_words_on_one_line() -> None:
    item = replace(ITEM, text="one\n two\t" + "x" * 200)
    shown = routing.routed(item, Route("main", 1.0, RULES, "why"), make_workflow())
    assert shown.text.startswith("one two xxx")
    assert len(shown.text) == 80
    assert (shown.item, shown.language, shown.handlers) == ("text", "en", ("assess",))


@pytest.mark.parametrize(
    ("methods", "confidence", "needed"),
    [
        ((RULES,), 0.1, False),
        ((RULES, LLM), 0.59, True),
        ((RULES, LLM), 0.6, False),
        ((LLM,), 1.0, True),
    ],
)
def test_needs_model_when_rules_are_unsure_and_a_model_may_be_asked(
    methods: tuple[RouteMethod, ...], confidence: float, needed: bool
) -> None:
    route = Route("main", confidence, RULES, "")
    assert routing.needs_model(route, make_workflow(methods=methods)) is needed


def step(*judgements: Judgement) -> StepResult:
    return StepResult(StepKey("k"), judgements, Usage())


def test_needs_model_never_when_a_person_chose() -> None:
    chosen = Route("main", 1.0, RouteMethod.PERSON, "")
    assert not routing.needs_model(chosen, make_workflow(methods=(LLM,)))


def test_of_step_is_the_route_that_was_named() -> None:
    said = Judgement("route", "skip", "It is a table.", confidence=0.7)
    assert routing.of_step(step(said), make_workflow()) == Route("skip", 0.7, LLM, "It is a table.")


def test_of_step_has_further_routes_when_the_workflow_allows_several() -> None:
    said = Judgement("route", "skip", "Both."), Judgement("route", "main", "Both."), Judgement("route", "skip", "Both.")
    workflow = make_workflow(router=RouterNode((LLM,), 0.6, "main", max_routes=2))
    assert routing.of_step(step(*said), workflow).also == ("main",)
    assert routing.of_step(step(*said), make_workflow()).also == ()


def test_of_step_is_sure_when_nothing_is_said_of_confidence() -> None:
    assert routing.of_step(step(Judgement("route", "skip")), make_workflow()).confidence == 1.0


@pytest.mark.parametrize("judgements", [(), (Judgement("route", "the moon"),)])
def test_of_step_refuses_when_no_route_of_the_workflow_is_named(judgements: tuple[Judgement, ...]) -> None:
    with pytest.raises(UnusableReplyError) as caught:
        routing.of_step(step(*judgements), make_workflow())
    assert caught.value.code == "no_such_route"


@pytest.mark.parametrize(
    ("methods", "ruled", "said", "taken"),
    [
        ((RULES, LLM), 0.5, 0.9, LLM),
        ((RULES, LLM), 0.5, 0.55, LLM),
        ((RULES, LLM), 0.5, 0.4, RULES),
        ((LLM,), 0.95, 0.1, LLM),
    ],
)
def test_surer_takes_the_model_unless_it_is_less_sure_than_the_rules(
    methods: tuple[RouteMethod, ...], ruled: float, said: float, taken: RouteMethod
) -> None:
    routes = Route("main", ruled, RULES, ""), Route("skip", said, LLM, "")
    assert routing.surer(*routes, make_workflow(methods=methods)).method is taken


def test_surer_takes_the_rules_when_the_model_said_nothing() -> None:
    ruled = Route("main", 0.1, RULES, "")
    assert routing.surer(ruled, None, make_workflow(methods=(LLM,))) is ruled


def run_routing(
    model: ScriptedModel | None,
    classifier: StubClassifier,
    workflow: Workflow | None = None,
    router: JsonHandler | None = None,
) -> Outcome:
    """Three clauses, routed only: no handler takes part."""
    flow = workflow or make_workflow(
        methods=(RULES, LLM), routes=(RouteNode("main", "All.", ()), RouteNode("skip", "None.", ()))
    )
    team = make_team(classifier=classifier, router=router)
    return run_plans([make_plan(team, workflow=flow)], *([model] if model else []))


NAMES_SKIP = '[{"criterion": "route", "value": "skip", "text": "A table.", "confidence": 0.8}]'


def routes_of(outcome: Outcome) -> set[tuple[str, RouteMethod]]:
    return {(routed.route.route, routed.route.method) for routed in outcome.document.routes}


def test_model_routes_what_the_rules_are_unsure_of() -> None:
    model = ScriptedModel(NAMES_SKIP)
    outcome = run_routing(model, StubClassifier(confidence=0.5), router=JsonHandler())
    assert routes_of(outcome) == {("skip", LLM)}
    assert len(outcome.of(StepDone)) == len(model.requests) == 3


def test_model_is_not_asked_when_the_rules_are_sure() -> None:
    model = ScriptedModel(NAMES_SKIP)
    assert routes_of(run_routing(model, StubClassifier(), router=JsonHandler())) == {("main", RULES)}
    assert model.requests == []


def test_rules_decide_when_there_is_no_model_or_no_router() -> None:
    unsure = StubClassifier(confidence=0.5)
    assert routes_of(run_routing(None, unsure, router=JsonHandler())) == {("main", RULES)}
    assert routes_of(run_routing(ScriptedModel(NAMES_SKIP), unsure)) == {("main", RULES)}


@pytest.mark.parametrize(
    "model",
    [
        ScriptedModel(lambda request: broken()),
        ScriptedModel('[{"criterion": "route", "value": "the moon"}]'),
        ScriptedModel("[]"),
    ],
)
def test_rules_decide_when_the_model_fails_or_names_no_route(model: ScriptedModel) -> None:
    outcome = run_routing(model, StubClassifier(confidence=0.5), router=JsonHandler())
    assert routes_of(outcome) == {("main", RULES)}


def test_failed_routing_by_model_is_shown() -> None:
    model = ScriptedModel(lambda request: broken())
    outcome = run_routing(model, StubClassifier(confidence=0.5), router=JsonHandler())
    assert {(each.handler, each.code) for each in outcome.document.failures} == {("route", "bad_request")}


def test_route_that_does_not_exist_is_a_failed_vote() -> None:
    model = ScriptedModel('[{"criterion": "route", "value": "the moon"}]')
    outcome = run_routing(model, StubClassifier(confidence=0.5), router=JsonHandler())
    assert {(each.handler, each.rater, each.code) for each in outcome.document.failures} == {
        ("route", "openai/scripted", "no_such_route")
    }
    assert "'the moon'" in outcome.document.failures[0].message


def two_models(first: str, last: str, *, escalate: bool) -> tuple[Outcome, ScriptedModel]:
    cheap, strong = ScriptedModel(first, name="cheap"), ScriptedModel(last, name="strong")
    flow = make_workflow(
        router=RouterNode((RULES, LLM), 0.6, "main", escalate=escalate),
        routes=(RouteNode("main", "All.", ()), RouteNode("skip", "None.", ())),
    )
    team = make_team(classifier=StubClassifier(confidence=0.3), router=JsonHandler())
    return run_plans([make_plan(team, workflow=flow)], cheap, strong), strong


UNSURE_MAIN = '[{"criterion": "route", "value": "main", "confidence": 0.4}]'


@pytest.mark.parametrize(
    ("first", "last", "escalate", "route", "asked"),
    [
        (UNSURE_MAIN, NAMES_SKIP, True, "skip", 3),
        (UNSURE_MAIN, NAMES_SKIP, False, "main", 0),
        (NAMES_SKIP, UNSURE_MAIN, True, "skip", 0),
        ("[]", NAMES_SKIP, True, "skip", 3),
        (UNSURE_MAIN, "[]", True, "main", 3),
    ],
)
def test_stronger_model_is_asked_when_the_first_is_unsure(
    first: str, last: str, escalate: bool, route: str, asked: int
) -> None:
    outcome, strong = two_models(first, last, escalate=escalate)
    assert routes_of(outcome) == {(route, LLM)}
    assert len(strong.requests) == asked


def test_item_goes_to_the_handlers_of_all_its_routes() -> None:
    shown = routing.routed(
        ITEM,
        Route("main", 1.0, RULES, "why", ("more", "skip")),
        make_workflow(
            routes=(RouteNode("main", "a", ("x", "y")), RouteNode("more", "b", ("y", "z")), RouteNode("skip", "c"))
        ),
    )
    assert shown.handlers == ("x", "y", "z")


@pytest.mark.parametrize("chosen", [None, "the moon"])
def test_default_is_taken_when_the_rules_fail(chosen: str | None) -> None:
    def choose(item: Item) -> str:
        if chosen is None:
            raise ValueError(item.text)
        return chosen

    workflow = make_workflow(router=RouterNode((RULES,), 0.6, "skip"))
    outcome = run_routing(None, StubClassifier(choose), workflow)
    assert routes_of(outcome) == {("skip", RULES)}
    assert len(outcome.of(ItemRouted)) == 3
    assert [each.code for each in outcome.of(StepFailed)] == ["internal_error"] * 3
