"""Answers of general handlers as JSON."""

from typing import Any

from reviewer.domain.answer import Answer, AnswerState, Entry, FieldAnswer
from reviewer.domain.answer_field import FieldType
from reviewer.domain.finding import RaterVote
from reviewer.domain.report import DocumentReport
from reviewer.domain.values import parts_of_money
from reviewer.domain.vote import VerdictStatus
from reviewer.export.json_documents import citation_json

EXTRACT, ASKED = "extract", "answer"


def answer_json(report: DocumentReport, answer: Answer) -> dict[str, Any]:
    """One answer with all its fields and votes."""
    return {
        "section": answer.section,
        "handler": answer.handler,
        "title": report.called(answer.handler),
        "uses": answer.uses,
        "state": answer.state.value,
        "message": answer.message or None,
        "by": answer.by or None,
        "why": answer.why or None,
        "part": answer.part or None,
        "fields": [_field(each) for each in answer.fields],
    }


def extractions_json(answer: Answer) -> list[dict[str, Any]]:
    """An extraction a field; none for other answers than extractions. What needs a person has no value."""
    if answer.uses not in (EXTRACT, ASKED):
        return []
    if answer.state is not AnswerState.DONE:
        waiting: dict[str, Any] = {
            "column": answer.part or answer.handler,
            "value": None,
            "unit": None,
            "state": answer.state.value,
            "citations": [],
        }
        return [{"section": answer.section, "handler": answer.handler, **waiting}]
    return [
        {
            "section": answer.section,
            "handler": answer.handler,
            "column": answer.part or field.name,
            **_valued(field),
            "state": _state(field),
            "status": field.status.value,
            "citations": [citation_json(each) for each in field.citations],
        }
        for field in answer.fields
    ]


def _valued(field: FieldAnswer) -> dict[str, Any]:
    if field.status is not VerdictStatus.DECIDED or not field.is_stated or not field.value:
        return {"value": None, "unit": None}
    if field.type is FieldType.MONEY and (parts := parts_of_money(field.value)):
        return {"value": parts[0], "unit": parts[1] or None}
    if field.type is FieldType.LIST:
        return {"value": [each.text for each in field.entries], "unit": None}
    return {"value": field.value, "unit": None}


def _state(field: FieldAnswer) -> str:
    if field.status is not VerdictStatus.DECIDED:
        return "failed"
    return "stated" if field.is_stated and field.value else "not_reported"


def _field(field: FieldAnswer) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type.value,
        "value": field.value if field.is_stated else None,
        "is_stated": field.is_stated,
        "status": field.status.value,
        "support": field.support,
        "agreement": field.agreement,
        "citations": [citation_json(each) for each in field.citations],
        "votes": [_vote(each) for each in field.votes],
        **({"entries": [_entry(each) for each in field.entries]} if field.type is FieldType.LIST else {}),
        **({} if field.diversity is None else {"diversity": round(field.diversity, 3)}),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "text": entry.text,
        "votes": entry.votes,
        "others": list(entry.others),
        **({"cluster": entry.cluster} if entry.cluster else {}),
        "citations": [citation_json(each) for each in entry.citations],
    }


def _vote(vote: RaterVote) -> dict[str, Any]:
    return {
        "rater": vote.rater,
        "value": vote.outcome,
        "text": vote.rationale or None,
        "quote": vote.citation.quote if vote.citation else None,
        "quote_status": vote.citation.status.value if vote.citation else None,
        "counted": vote.counted,
    }
