from collections.abc import Iterable, Sequence

from reviewer.domain.check import Check
from reviewer.domain.document import Document
from reviewer.domain.events import DocumentChecked, StepFailed
from reviewer.domain.outcome import Severity
from reviewer.domain.section import Section
from reviewer.domain.workflow import ChecksNode
from reviewer.ports.handling import CheckRule
from tests.fakes.documents import CLAUSES, make_plan, make_playbook, make_workflow
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.running import Outcome, model_team, run_plans

GOOD = reply_of(assessed("deviates", "The"))


class EverySection:
    """A checker that reports each section, and which rules are off."""

    rules: Sequence[CheckRule] = ()

    def check(self, document: Document, sections: Sequence[Section], off: Iterable[str] = ()) -> tuple[Check, ...]:
        return tuple(Check(",".join(off), Severity.LOW, section.heading) for section in sections)


class BrokenChecker(EverySection):
    def check(self, document: Document, sections: Sequence[Section], off: Iterable[str] = ()) -> tuple[Check, ...]:
        raise KeyError("rule")


def run(checker: EverySection, node: ChecksNode | None) -> Outcome:
    workflow = make_workflow(checks=node)
    return run_plans(
        [make_plan(model_team(checker=checker), CLAUSES, workflow, playbook=make_playbook())], ScriptedModel(GOOD)
    )


def test_document_is_held_against_the_rules_that_are_on() -> None:
    checks = run(EverySection(), ChecksNode(("term-capitals",))).document.checks
    assert [(each.rule, each.message) for each in checks] == [
        ("term-capitals", "Fees"),
        ("term-capitals", "Liability"),
        ("term-capitals", "Term"),
    ]


def test_document_is_not_checked_where_its_workflow_does_not_ask() -> None:
    assert run(EverySection(), None).of(DocumentChecked) == []


def test_checker_that_breaks_is_told_and_the_rest_stands() -> None:
    outcome = run(BrokenChecker(), ChecksNode())
    assert [(each.handler, each.code) for each in outcome.of(StepFailed)] == [("checks", "internal_error")]
    assert outcome.document.is_finished
    assert outcome.document.findings
