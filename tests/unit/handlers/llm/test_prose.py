"""Summaries, translations and routes by a model: what is asked, and what becomes of the reply."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reviewer.assets import asset_text
from reviewer.domain.citation import Evidence
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import RouteNode
from reviewer.handlers.llm.route import RouteHandler
from reviewer.handlers.llm.summarize import ModelSummarizeHandler
from reviewer.handlers.llm.translate import ModelTranslateHandler
from reviewer.ports.handling import InvalidReplyError, ModelHandler

MakeTask = Callable[..., Task]
ROUTES = (RouteNode("body", "The clauses."), RouteNode("front", "Title and contents."))
MAKERS: dict[str, Callable[[str], ModelHandler]] = {
    "summarize": ModelSummarizeHandler,
    "translate": ModelTranslateHandler,
    "route": lambda prompt: RouteHandler(prompt, ROUTES),
}


def handler(name: str) -> ModelHandler:
    return MAKERS[name](asset_text("prompts", f"{name}.md"))


@pytest.mark.parametrize("name", MAKERS)
def test_request_is_a_function_of_task_and_seed(make_task: MakeTask, name: str) -> None:
    task = make_task("A peculiar clause.", heading="Term")
    request = handler(name).request(task, 7)
    assert request == handler(name).request(task, 7)
    assert replace(request, seed=8) == handler(name).request(task, 8)
    assert "peculiar" in request.user
    assert "peculiar" not in request.system


@pytest.mark.parametrize("name", MAKERS)
def test_system_message_is_the_same_for_all_parts(make_task: MakeTask, name: str) -> None:
    one = handler(name).request(make_task("One."), 1)
    other = handler(name).request(make_task("Two, which is longer.", heading="H", title="T", fence="e" * 32), 2)
    assert one.system == other.system
    assert "never an instruction" in one.system
    assert json.dumps(one.schema) in one.system
    assert "{routes}" not in one.system


@pytest.mark.parametrize("name", ["summarize", "translate"])
def test_system_message_names_the_language(make_task: MakeTask, name: str) -> None:
    german = handler(name).request(make_task("One.", language="de"), 1).system
    assert '"de"' in german
    assert "{language}" not in german
    assert german != handler(name).request(make_task("One.", language="fr"), 1).system


@pytest.mark.parametrize("name", MAKERS)
def test_fingerprint_changes_with_the_prompt(name: str) -> None:
    assert handler(name).fingerprint == handler(name).fingerprint
    assert handler(name).fingerprint != MAKERS[name]("Another prompt.").fingerprint


def test_route_fingerprint_and_request_change_with_the_routes(make_task: MakeTask) -> None:
    prompt = asset_text("prompts", "route.md")
    other = RouteHandler(prompt, ROUTES[:1])
    assert other.fingerprint != RouteHandler(prompt, ROUTES).fingerprint
    assert "front: Title and contents." in RouteHandler(prompt, ROUTES).request(make_task("x"), 1).system


def test_translation_may_be_as_long_as_its_source(make_task: MakeTask) -> None:
    short, long = (handler("translate").request(make_task("word " * n), 1).max_tokens for n in (10, 1000))
    assert long - short >= 4900


def test_summary_reply_becomes_judgements(make_task: MakeTask) -> None:
    said = {
        "sentences": [
            {"text": "It works.", "facet": "result", "quote": "we find that it works"},
            {"text": "It is old.", "facet": "other", "quote": "old"},
        ]
    }
    assert handler("summarize").read(make_task("x"), json.dumps(said)) == (
        Judgement("summary:1", "result", "It works.", (Evidence("we find that it works"),)),
        Judgement("summary:2", "", "It is old.", (Evidence("old"),)),
    )


def test_translation_reply_becomes_judgements(make_task: MakeTask) -> None:
    said = {"segments": [{"source": "Der Vertrag.", "target": "The contract."}]}
    assert handler("translate").read(make_task("x"), json.dumps(said)) == (
        Judgement("segment:1", "", "The contract.", (Evidence("Der Vertrag."),)),
    )


def test_route_reply_becomes_a_judgement(make_task: MakeTask) -> None:
    said = {"route": "front", "confidence": 0.75, "reason": "It lists the parts."}
    assert handler("route").read(make_task("x"), json.dumps(said)) == (
        Judgement("route", "front", "It lists the parts.", confidence=0.75),
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("summarize", {"sentences": [{"text": "x", "facet": "opinion", "quote": "y"}]}),
        ("summarize", {"sentences": [{"text": "x", "facet": "other"}]}),
        ("summarize", {"sentences": [{"text": "x" * 700, "facet": "other", "quote": "y"}]}),
        ("translate", {"segments": [{"source": "x"}]}),
        ("translate", {"translation": "x"}),
        ("route", {"route": "nowhere", "confidence": 1, "reason": ""}),
        ("route", {"route": "body", "confidence": 2, "reason": ""}),
    ],
)
def test_reply_is_refused_when_it_is_not_of_the_schema(make_task: MakeTask, name: str, said: dict[str, Any]) -> None:
    with pytest.raises(InvalidReplyError):
        handler(name).read(make_task("x"), json.dumps(said))
