"""Rows of the summary panel for what is no summary: answers field by field, and what findings mean together."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from reviewer.domain.answer import Answer, AnswerState, FieldAnswer
from reviewer.domain.answer_field import FieldType
from reviewer.domain.finding import Finding
from reviewer.domain.ids import FindingId, SectionId
from reviewer.domain.report import DocumentReport
from reviewer.domain.section import Section
from reviewer.domain.vote import RULE, VerdictStatus
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.prose import Cell, Place, Row, Tone, one_line
from reviewer.ui.viewmodels.severity_words import severity_word


def _tr(text: str) -> str:
    return QCoreApplication.translate("Answers", text)


def interaction_rows(report: DocumentReport) -> list[Row]:
    """One heading, and under it each interaction with the findings it rests on; nothing where there is none."""
    if not report.interactions:
        return []
    by_id: dict[FindingId, Finding] = {each.id: each for each in report.findings}
    rows = []
    for each in report.interactions:
        found = [by_id[name] for name in each.findings if name in by_id]
        below = tuple(
            Row((each.id, finding.id), (Cell(one_line(finding.title)),), place=_place(report, finding))
            for finding in found
        )
        cell = Cell(one_line(each.text), aside=wording.rater(each.by), note=one_line(each.title), tip=each.text)
        rows.append(Row(each.id, (cell,), Tone.BODY, _place(report, found[0]) if found else None, below))
    return [Row("interactions", (Cell(_tr("Taken together")),), Tone.HEADING, None, tuple(rows))]


_OPEN_PLACES = 3
"""More places of one check wait until somebody opens it: a form has dozens of blanks."""


def check_rows(report: DocumentReport) -> list[Row]:
    """One heading, and under it what the rules found, each with its first places; nothing where there is none."""
    if not report.checks:
        return []
    rows = []
    for number, check in enumerate(report.checks):
        places = [Place(report.document.id, None, each) for each in check.citations]
        below = tuple(
            Row((number, index), (Cell(one_line(citation.quote)),), place=place)
            for index, (citation, place) in enumerate(zip(check.citations, places, strict=True))
        )
        cell = Cell(one_line(check.message), aside=severity_word(check.severity), tip=check.message)
        first = next(iter(places), None)
        rows.append(Row(("check", number), (cell,), Tone.BODY, first, below, is_closed=len(below) > _OPEN_PLACES))
    return [Row("checks", (Cell(_tr("Checked by rules")),), Tone.HEADING, None, tuple(rows))]


def answer_rows(report: DocumentReport, sections: Mapping[SectionId, Section]) -> list[Row]:
    """Each answer under its part, a row a field; one that waits for a model says so."""
    return [
        Row(
            ("answer", each.section, each.handler, each.number),
            (Cell(one_line(_title(each, sections)), aside=wording.capital(report.called(each.handler))),),
            Tone.HEADING,
            Place(report.document.id, each.section),
            tuple(_fields(report, each)),
        )
        for each in report.answers
    ]


def _title(answer: Answer, sections: Mapping[SectionId, Section]) -> str:
    """The question or the entry of a list that it is about, else the part of the document."""
    return answer.part or wording.part_title(sections.get(answer.section) if answer.section else None)


def _fields(report: DocumentReport, answer: Answer) -> Sequence[Row]:
    if answer.state is not AnswerState.DONE:
        return [Row("waits", (Cell(answer.message, needs_look=True),))]
    return [_field(report, answer, each) for each in answer.fields]


def _field(report: DocumentReport, answer: Answer, field: FieldAnswer) -> Row:
    citation = next(iter(field.citations), None)
    text = f"{field.name.replace('_', ' ').capitalize()}: {_value(field)}"
    note = wording.citation_line(citation) if citation else ""
    cell = Cell(one_line(text), note=note, needs_look=field.status is not VerdictStatus.DECIDED, tip=text)
    entries = field.entries if field.type is FieldType.LIST else ()
    below = tuple(Row((field.name, each.text), (Cell(one_line(each.text)),)) for each in entries)
    return Row(field.name, (cell,), Tone.BODY, Place(report.document.id, answer.section, citation), below)


def _value(field: FieldAnswer) -> str:
    if field.status is VerdictStatus.TIED:
        return _tr("the answers are tied; decide yourself")
    if field.status is VerdictStatus.NO_QUORUM:
        return _tr("too few answers count or agree; decide yourself")
    if field.is_stated:
        return field.value
    looked = field.votes[0].rationale if len(field.votes) == 1 and field.votes[0].rater == RULE else ""
    return " ".join(filter(None, (_tr("the text does not say."), looked)))


def _place(report: DocumentReport, finding: Finding) -> Place:
    return Place(report.document.id, finding.section, next(iter(finding.citations), None))
