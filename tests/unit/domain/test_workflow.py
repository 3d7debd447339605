from dataclasses import replace

import pytest

from reviewer.domain.section import SplitAs
from reviewer.domain.workflow import Aggregation, HandlerNode, RouteNode, RouterNode, SplitNode, Workflow

WORKFLOW = Workflow(
    "w", 1, "T", "D", SplitNode(SplitAs.AUTO), RouterNode((), 0.5, "body"),
    (RouteNode("body", "The rest."), RouteNode("front", "Front matter.")),
    (HandlerNode("say", "summarize"), HandlerNode("name", "label")), Aggregation.COLLECT,
)  # fmt: skip


def test_workflow_finds_routes_and_handlers_by_id() -> None:
    assert WORKFLOW.route("front").description == "Front matter."
    assert WORKFLOW.handler("name").uses == "label"


def test_workflow_raises_when_there_is_no_such_route_or_handler() -> None:
    with pytest.raises(KeyError):
        WORKFLOW.route("back")
    with pytest.raises(KeyError):
        WORKFLOW.handler("back")


def test_route_can_be_found_by_rule_when_it_has_a_condition() -> None:
    bare = RouteNode("a", "b", examples=("c",), requests=("d",))
    assert not bare.has_conditions
    for changes in ({"foreign": False}, {"min_words": 1}, {"signals": ("x",)}, {"languages": ("de",)}):
        assert replace(bare, **changes).has_conditions  # type: ignore[arg-type]  # the fields are named here
