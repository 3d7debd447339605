from dataclasses import replace

from reviewer.domain.answer import Answer, AnswerState
from reviewer.domain.ids import DocumentId
from reviewer.domain.outcome import Severity
from reviewer.domain.report import Report
from reviewer.domain.shelf_report import shelf_report
from tests.fakes.reports import make_report


def two() -> Report:
    (document,) = make_report().documents.values()
    other = replace(document, document=replace(document.document, id=DocumentId("other")))
    return replace(make_report(), documents={document.document.id: document, other.document.id: other})


def test_totals_are_over_all_documents() -> None:
    (document,) = make_report().documents.values()
    alone, both = shelf_report(make_report()), shelf_report(two())
    assert (alone.documents, both.documents) == (1, 2)
    assert both.parts == 2 * document.items
    assert {severity: 2 * count for severity, count in alone.findings.items()} == both.findings
    assert list(both.findings) == sorted(both.findings, key=lambda each: each.rank)
    assert Severity.INFO not in both.findings


def test_what_is_not_as_wanted_in_several_documents_is_common() -> None:
    assert shelf_report(make_report()).common == {}
    assert set(shelf_report(two()).common.values()) == {2}


def test_what_was_not_read_is_told_with_its_reason() -> None:
    (document,) = make_report().documents.values()
    waiting = Answer(None, "h", "extract", (), state=AnswerState.NEEDS_MODEL, message="Choose a model.")
    told = shelf_report(Report(documents={document.document.id: replace(document, answers=(waiting,))}))
    assert told.not_read["Choose a model."] == 1
    assert sum(told.not_read.values()) > 1
