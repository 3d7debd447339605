"""Questions over several documents as a table: a row a question, a cell a document."""

from dataclasses import dataclass

from reviewer.domain.answer import Answer, AnswerState
from reviewer.domain.report import DocumentReport, Report
from reviewer.export import answer_words, words

ASKED = "answer"
"""What a handler of questions uses."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document says to a question."""

    document: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what each document says."""

    question: str
    cells: tuple[Cell, ...]


def rows(report: Report) -> list[Row]:
    """The questions in the order they were asked, over two documents or more; none for fewer."""
    documents = [each for each in report.documents.values() if any(answer.uses == ASKED for answer in each.answers)]
    if len(documents) < 2:  # noqa: PLR2004 - one document's answers are read where they stand
        return []
    asked = sorted({(a.number, a.part) for each in documents for a in each.answers if a.uses == ASKED})
    return [Row(part, tuple(_cell(each, part) for each in documents)) for _, part in asked]


def _cell(report: DocumentReport, question: str) -> Cell:
    found = next((each for each in report.answers if each.uses == ASKED and each.part == question), None)
    return Cell(report.document.name, _said(found) if found else "not answered")


def _said(answer: Answer) -> str:
    if answer.state is not AnswerState.DONE:
        return answer.message
    field = answer.fields[0]
    citation = next((each for each in field.citations if each.is_evidence), None)
    page = f" (p. {citation.anchor.page_name})" if citation and citation.anchor and citation.anchor.page else ""
    if not field.is_stated:
        return "not found in this document"
    fence = f"{words.UNBACKED_SENTENCE.capitalize()} " if field.value and citation is None else ""
    return f"{fence}{answer_words.value(field)}{page}"
