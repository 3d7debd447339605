from collections.abc import Sequence

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.document import Document
from reviewer.domain.events import DocumentRead, StepFailed
from reviewer.domain.particular import Column, Obligation, Particular
from reviewer.domain.section import Section
from reviewer.domain.workflow import ParticularsNode
from tests.fakes.documents import CLAUSES, make_plan, make_playbook, make_workflow
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.running import Outcome, model_team, run_plans

CITED = (Citation("The", QuoteStatus.VERIFIED),)


class Read:
    """A reader that finds a law, a sum and a duty."""

    def read(
        self, document: Document, sections: Sequence[Section]
    ) -> tuple[tuple[Particular, ...], tuple[Obligation, ...]]:
        section = sections[0].id
        values = (
            Particular(Column.GOVERNING_LAW, "Ohio", "", "", section, CITED),
            Particular(Column.AMOUNT, "5", "USD", "", section, CITED),
        )
        return values, (Obligation("d", "Supplier", "pay", "now", None, section, CITED),)


class Broken(Read):
    def read(
        self, document: Document, sections: Sequence[Section]
    ) -> tuple[tuple[Particular, ...], tuple[Obligation, ...]]:
        raise KeyError("rule")


def run(reader: Read, node: ParticularsNode | None) -> Outcome:
    workflow = make_workflow(particulars=node)
    plan = make_plan(model_team(reader=reader), CLAUSES, workflow, playbook=make_playbook())
    return run_plans([plan], ScriptedModel(reply_of(assessed("deviates", "The"))))


def test_particulars_are_read_without_those_that_are_off() -> None:
    document = run(Read(), ParticularsNode((Column.AMOUNT,))).document
    assert [each.value for each in document.particulars] == ["Ohio"]
    assert [each.who for each in document.obligations] == ["Supplier"]


def test_particulars_are_not_read_where_the_workflow_does_not_ask() -> None:
    assert run(Read(), None).of(DocumentRead) == []


def test_reader_that_breaks_is_told_and_the_rest_stands() -> None:
    outcome = run(Broken(), ParticularsNode())
    assert [(each.handler, each.code) for each in outcome.of(StepFailed)] == [("particulars", "internal_error")]
    assert outcome.document.is_finished
    assert outcome.document.findings
