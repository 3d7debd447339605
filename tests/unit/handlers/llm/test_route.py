import json
from collections.abc import Callable

import pytest

from reviewer.assets import asset_text
from reviewer.domain.task import Task
from reviewer.domain.workflow import RouteMethod, RouteNode, RouterNode
from reviewer.handlers.llm.route import RouteHandler
from reviewer.ports.handling import InvalidReplyError
from tests.fakes.documents import make_plan, make_workflow
from tests.fakes.handlers import StubClassifier
from tests.fakes.models import ScriptedModel
from tests.fakes.running import make_team, run_plans

ROUTES = (
    RouteNode("main", "All.", (), examples=("One text.", "Another\ntext.", "A third.")),
    RouteNode("skip", "None."),
)
MakeTask = Callable[..., Task]
PROMPT = asset_text("prompts", "route.md")


def reply(**changes: object) -> str:
    return json.dumps({"route": "main", "confidence": 0.7, "reason": "It fits."} | changes)


def test_question_names_routes_with_a_few_examples(make_task: MakeTask) -> None:
    system = RouteHandler(PROMPT, ROUTES).request(make_task("x"), 1).system
    assert 'main: All. For example: "One text."; "Another text."\n' in system
    assert "skip: None.\n" in system


def test_reply_may_name_several_routes_where_the_workflow_allows_it(make_task: MakeTask) -> None:
    said = RouteHandler(PROMPT, ROUTES, 2).read(make_task("x"), reply(also=["skip"]))
    assert [each.value for each in said] == ["main", "skip"]
    for handler, more in ((RouteHandler(PROMPT, ROUTES), {"also": ["skip"]}), (RouteHandler(PROMPT, ROUTES, 2), {})):
        with pytest.raises(InvalidReplyError):
            handler.read(make_task("x"), reply(**more))


def test_reply_that_names_no_route_is_a_failed_vote_and_the_best_local_route_is_taken() -> None:
    flow = make_workflow(router=RouterNode((RouteMethod.RULES, RouteMethod.LLM), 0.6, "main"), routes=ROUTES)
    team = make_team(classifier=StubClassifier(confidence=0.3), router=RouteHandler(PROMPT, ROUTES))
    outcome = run_plans([make_plan(team, workflow=flow)], ScriptedModel(reply(route="moon")))
    assert {(each.route.route, each.route.method) for each in outcome.document.routes} == {("main", RouteMethod.RULES)}
    assert {(each.handler, each.code) for each in outcome.document.failures} == {("route", "bad_reply")}
