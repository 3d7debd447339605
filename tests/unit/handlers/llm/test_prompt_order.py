"""Providers' prompt caches hit on what requests begin with: rubric, playbook and schema first, the text last."""

from collections.abc import Callable

import pytest

from reviewer.assets import asset_names, asset_text
from reviewer.domain.playbook_file import read_playbook
from reviewer.domain.task import Task
from reviewer.domain.workflow import RouteNode
from reviewer.handlers.llm.assess import ModelAssessHandler
from reviewer.handlers.llm.route import RouteHandler
from reviewer.handlers.llm.summarize import ModelSummarizeHandler
from reviewer.handlers.llm.translate import ModelTranslateHandler
from reviewer.ports.handling import ModelHandler

MakeTask = Callable[..., Task]
BOOKS = tuple(
    read_playbook(asset_text("playbooks", f"{name}.toml"), name) for name in asset_names("playbooks", ".toml")
)
HANDLERS: tuple[ModelHandler, ...] = (
    ModelAssessHandler(asset_text("prompts", "assess.md"), BOOKS),
    ModelSummarizeHandler(asset_text("prompts", "summarize.md")),
    ModelTranslateHandler(asset_text("prompts", "translate.md")),
    RouteHandler(asset_text("prompts", "route.md"), [RouteNode("a", "One."), RouteNode("b", "Two.")]),
)


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda handler: type(handler).__name__)
def test_requests_about_one_document_begin_alike(handler: ModelHandler, make_task: MakeTask) -> None:
    first, second = [
        handler.request(
            make_task(f"UNIQUE-{name} text.", heading=f"HEADING-{name}", playbook=BOOKS[0].id, section=name), seed
        )
        for seed, name in enumerate(("one", "two"))
    ]
    assert first.system == second.system
    assert len(first.system) > len(first.user)
    for mark in ("UNIQUE-", "HEADING-", "A contract"):
        assert mark not in first.system
        assert mark in first.user


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda handler: type(handler).__name__)
def test_votes_on_one_text_differ_in_nothing_that_is_read(handler: ModelHandler, make_task: MakeTask) -> None:
    task = make_task("A clause.", playbook=BOOKS[0].id)
    first, second = handler.request(task, 1), handler.request(task, 2)
    assert (first.system, first.user) == (second.system, second.user)
