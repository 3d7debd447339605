from dataclasses import replace

import pytest

from reviewer.domain.finding import RaterVote
from reviewer.domain.ids import DocumentId
from reviewer.domain.report import DocumentReport, Report
from reviewer.export.panel_words import independence
from reviewer.ui.viewmodels.totals import total_rows
from tests.fakes.reports import make_report


def sentences(report: Report) -> list[str]:
    (heading,) = total_rows(report)
    return [row.cells[0].text for row in heading.rows]


def with_votes(*votes: tuple[str, str]) -> Report:
    """The report with these votes on one finding that was voted on, and on no other."""
    made = make_report()
    (document,) = made.documents.values()
    cast = tuple(RaterVote(rater, at, said, "", None, counted=True) for at, (rater, said) in enumerate(votes))
    findings = tuple(replace(each, votes=cast, support=1.0) for each in document.findings[:1])
    return replace(made, documents={document.document.id: replace(document, findings=findings, answers=())})


def over_two(saved: int = 0) -> Report:
    made = make_report()
    (one,) = made.documents.values()
    other = replace(one, document=replace(one.document, id=DocumentId("doc-2"), name="b.txt"), saved=saved)
    documents: dict[DocumentId, DocumentReport] = {one.document.id: one, other.document.id: other}
    return replace(made, documents=documents)


def test_one_document_without_votes_says_nothing() -> None:
    made = make_report()
    (document,) = made.documents.values()
    plain = replace(document, findings=(), answers=())
    assert total_rows(replace(made, documents={document.document.id: plain}, failed_files=())) == []
    assert total_rows(Report()) == []


def test_several_documents_are_told_together() -> None:
    (heading,) = total_rows(over_two(saved=12))
    assert heading.cells[0].text == "All documents of this run"
    assert heading.is_closed
    assert f"To look at: {heading.cells[0].aside}" in heading.rows[0].cells[0].text
    assert heading.cells[0].aside.startswith("2 critical")
    said = [row.cells[0].text for row in heading.rows]
    assert said[0].startswith("To look at: ")
    assert any(each.startswith("Read: ") and "2 documents" in each for each in said)
    assert any(each.startswith("In 2 documents: ") for each in said)
    assert "Saved: 12 calls. The votes before had decided." in said


@pytest.mark.parametrize(
    "votes",
    [
        [("a", "x"), ("a", "x"), ("a", "y")],
        [("a", "x"), ("b", "x")],
        [("a", "x"), ("a", "x"), ("b", "x"), ("b", "y")],
    ],
)
def test_worth_of_votes_is_told_as_in_reports(votes: list[tuple[str, str]]) -> None:
    report = with_votes(*votes)
    assert sentences(report)[-1] == independence(report) != ""
