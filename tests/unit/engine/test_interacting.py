import json

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.events import InteractionsFound, StepFailed
from reviewer.domain.ids import FindingId
from reviewer.domain.interaction import Interaction, made
from reviewer.domain.outcome import Severity
from reviewer.domain.report import DocumentReport
from reviewer.domain.usage import Usage
from reviewer.engine.plan import DocumentPlan
from reviewer.ports.handling import InvalidReplyError
from tests.fakes.documents import CLAUSES, make_plan, make_playbook, make_position
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel, broken
from tests.fakes.running import model_team, run_plans
from tests.fakes.workspace import MemoryWorkspace

GOOD = reply_of(assessed("deviates", "The"))


class AllTogether:
    """A rule that takes all findings together."""

    def find(self, report: DocumentReport) -> tuple[Interaction, ...]:
        ids = tuple(each.id for each in report.findings)
        return (made(report.document.id, ids, "All", "Together.", Severity.LOW, rule="all"),)


class BrokenRule:
    def find(self, report: DocumentReport) -> tuple[Interaction, ...]:
        raise KeyError("position")


class AskAll:
    """Asks with the findings' ids; a reply is a list of texts."""

    version = "1"
    fingerprint = "ask-all"

    def request(self, report: DocumentReport, seed: int, fence: str) -> ChatRequest:
        return ChatRequest("interact", "\n".join(each.id for each in report.findings), {}, "interactions", seed)

    def read(self, report: DocumentReport, reply: str, rater: str) -> tuple[Interaction, ...]:
        try:
            said = json.loads(reply)
        except ValueError as error:
            raise InvalidReplyError("bad_reply", "it is not JSON") from error
        return tuple(Interaction(text, "", text, text, Severity.LOW, (FindingId("f"),), rater) for text in said)


def plan(**team: object) -> DocumentPlan:
    book = make_playbook(make_position("liability"), make_position("fees"))
    return make_plan(model_team(**team), CLAUSES[:2], playbook=book)


def asked(reply: str | Exception) -> ScriptedModel:
    return ScriptedModel(lambda request: reply if request.system == "interact" else GOOD)


def test_rules_and_a_model_find_what_findings_mean_together() -> None:
    team = {"rule_interactions": (AllTogether(),), "model_interactions": AskAll()}
    workspace = MemoryWorkspace()
    outcome = run_plans([plan(**team)], asked('["Odd."]'), workspace=workspace)
    assert [(each.by, each.text) for each in outcome.document.interactions] == [
        ("rule", "Together."),
        ("openai/scripted", "Odd."),
    ]
    assert set(outcome.document.interactions[0].findings) == {each.id for each in outcome.document.findings}
    assert isinstance(outcome.events[-1], InteractionsFound)
    again = run_plans([plan(**team)], asked("[]"), workspace=workspace)
    assert again.document.interactions == outcome.document.interactions
    assert again.report.usage == Usage(cached=7)


@pytest.mark.parametrize("reply", ["gibberish", broken()])
def test_failed_pass_is_told_and_the_rest_stands(reply: str | Exception) -> None:
    team = {"rule_interactions": (BrokenRule(), AllTogether()), "model_interactions": AskAll()}
    outcome = run_plans([plan(**team)], asked(reply))
    assert [each.by for each in outcome.document.interactions] == ["rule"]
    failed = [event for event in outcome.of(StepFailed) if isinstance(event, StepFailed)]
    assert [(each.handler, each.rater) for each in failed] == [
        ("interactions", "rule"),
        ("interactions", "openai/scripted"),
    ]
    assert failed[0].document == outcome.document.document.id


def test_nothing_is_asked_about_a_single_finding_or_told_where_nothing_is_found() -> None:
    lone = make_plan(model_team(rule_interactions=(AllTogether(),)), CLAUSES[1:2], playbook=make_playbook())
    assert run_plans([lone], ScriptedModel(GOOD)).of(InteractionsFound) == []
    assert run_plans([plan(model_interactions=AskAll())], asked("[]")).of(InteractionsFound) == []
