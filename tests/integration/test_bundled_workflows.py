"""Seven bundled workflows on their samples, on the real engine: by the built-in checks, and with a model."""

import asyncio
import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reviewer.bootstrap import catalog_of, open_services
from reviewer.cli.report_text import report_text
from reviewer.domain.answer import Answer, AnswerState
from reviewer.domain.edition import Edition
from reviewer.domain.report import DocumentReport, sorted_for_reading
from reviewer.domain.run import RunStatus
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.container import Services
from reviewer.services.requests import RunRequest
from reviewer.services.stored_runs import RunResult
from tests.model_server.process import ModelServerProcess

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
QUESTIONS = tuple((SAMPLES / "questions.txt").read_text("utf-8").splitlines())
FILES = {
    "compare-versions": ("services-agreement.docx", "services-agreement-returned.docx"),
    "content-writing": ("brief.txt",),
    "education": ("learners.txt",),
    "idea-generation": ("brief.txt",),
    "news-or-opinion": ("articles.txt",),
    "questions": ("mutual-nda.docx", "services-agreement.docx"),
    "support-triage": ("tickets.txt",),
}
WAITING = {"content-writing", "education", "idea-generation", "news-or-opinion", "support-triage", "compare-versions"}
"""Workflows of which something needs a model."""


def request(workflow: str) -> RunRequest:
    paths = tuple(SAMPLES / name for name in FILES[workflow])
    return RunRequest(paths, workflow=workflow, questions=QUESTIONS if workflow == "questions" else (), offline=True)


@dataclass(frozen=True)
class Asked:
    """A run with a model, and what its server was asked."""

    result: RunResult
    count: int
    bodies: list[str]


Ran = tuple[dict[str, RunResult], dict[str, Asked]]


async def review(services: Services, wanted: RunRequest) -> RunResult:
    return await services.runs.run(wanted, lambda event: None)


async def ask(services: Services, server: ModelServerProcess, workflow: str) -> Asked:
    server.forget()
    model = ModelChoice("openai/test-model", server.base_url)
    result = await review(services, replace(request(workflow), models=(model,)))
    seen = server.requests(with_bodies=True)
    return Asked(result, seen["count"], seen["bodies"])


def documents(result: RunResult) -> list[DocumentReport]:
    return [sorted_for_reading(each) for each in result.report.documents.values()]


def answers(result: RunResult) -> list[Answer]:
    return [answer for each in documents(result) for answer in each.answers]


def routes(result: RunResult) -> list[str]:
    return [each.route.route for document in documents(result) for each in document.routes]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The results by workflow: of the built-in checks, and of a model.

    All in one workspace: to start what reads documents takes longer than all the runs.
    """

    async def all_of_them(services: Services, server: ModelServerProcess) -> Ran:
        by_checks = {name: await review(services, request(name)) for name in FILES}
        return by_checks, {name: await ask(services, server, name) for name in FILES}

    with ModelServerProcess() as server, open_services(tmp_path_factory.mktemp("workspace")) as services:
        return asyncio.run(all_of_them(services, server))


@pytest.fixture
def alone(ran: Ran) -> dict[str, RunResult]:
    """The results of the built-in checks by workflow."""
    return ran[0]


@pytest.fixture
def asked(ran: Ran) -> dict[str, Asked]:
    """The same with a model."""
    return ran[1]


def test_there_are_ten_and_each_has_a_sample() -> None:
    others = ("contract-review", "research-assistant", "research-synthesis")  # tested where their handlers are
    assert [each.id for each in catalog_of(None).workflows()] == sorted((*FILES, *others))


@pytest.mark.parametrize("workflow", sorted(FILES))
def test_built_in_checks_do_what_they_can_and_say_what_needs_a_model(
    workflow: str, alone: dict[str, RunResult]
) -> None:
    result = alone[workflow]
    assert result.report.run is not None
    assert result.report.run.status is RunStatus.DONE
    waits = any(each.state is AnswerState.NEEDS_MODEL for each in answers(result))
    assert waits is (workflow in WAITING)
    assert ("needs an AI model" in report_text(Edition(result.report))) or workflow not in WAITING


def test_messages_questions_and_articles_go_where_they_belong(alone: dict[str, RunResult]) -> None:
    assert routes(alone["support-triage"]) == ["billing", "technical", "account", "feedback", "billing", "technical"]
    assert routes(alone["news-or-opinion"]) == ["news", "opinion"]
    assert routes(alone["education"]) == ["primary", "middle", "upper", "middle", "primary"]


def test_articles_are_summarized_without_a_model(alone: dict[str, RunResult]) -> None:
    assert len(documents(alone["news-or-opinion"])[0].summaries) == 2


def test_changes_that_weigh_come_first(alone: dict[str, RunResult]) -> None:
    (later,) = documents(alone["compare-versions"])
    high = [each.title for each in later.findings if each.severity == "high"]
    assert sorted(high) == [
        "2.3: who shall, must or may changed",
        "4.1: a number changed",
        "4.3: this part is new",
        "6.1: a number changed",
        "7.3: this part is gone",
    ]
    assert all(citation.is_evidence for each in later.findings for citation in each.citations)


def test_questions_are_answered_in_the_words_of_each_document(alone: dict[str, RunResult]) -> None:
    asked = answers(alone["questions"])
    assert [each.part for each in asked] == [*QUESTIONS, *QUESTIONS]
    law, moon = asked[0], asked[3]
    assert "England and Wales" in law.fields[0].value
    assert law.fields[0].citations[0].is_evidence
    assert not moon.fields[0].is_stated
    shown = report_text(Edition(alone["questions"].report))
    assert "not found in this document" in shown
    assert "travel, moon" in shown


@pytest.mark.parametrize("workflow", sorted(FILES))
def test_model_answers_everything(workflow: str, asked: dict[str, Asked]) -> None:
    run = asked[workflow]
    report, made = run.result.report, answers(run.result)
    assert report.run is not None
    assert report.run.status is RunStatus.DONE
    assert made
    assert all(each.state is AnswerState.DONE for each in made)
    assert run.count == report.usage.calls
    if workflow == "questions":  # two documents, four questions, three votes
        assert run.count == 24
    if workflow == "idea-generation":
        systems = {json.loads(body)["messages"][0]["content"] for body in run.bodies}
        assert (run.count, len(systems)) == (5, 3)
    if workflow == "content-writing":
        assert [each.part for each in made if each.number] == ["The text bears on sections."]
        assert "The whole text:" in report_text(Edition(report))
