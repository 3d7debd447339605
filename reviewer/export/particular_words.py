"""Particulars and obligations of a contract, in words and as JSON."""

from typing import Any

from reviewer.assets import glossary
from reviewer.domain.particular import Basis, Obligation, Particular, in_order
from reviewer.domain.report import DocumentReport
from reviewer.export import words
from reviewer.export.json_documents import citation_json

NOBODY = "-"


def name(particular: Particular) -> str:
    """What a value is: *governing law*."""
    said = glossary().word(particular.column)
    return said[:1].upper() + said[1:]


def value(particular: Particular) -> str:
    """A value, and whether it was worked out."""
    return f"{particular.said}, worked out" if particular.basis is Basis.INFERRED else particular.said


def rows(report: DocumentReport) -> tuple[tuple[str, str, str, str], ...]:
    """What it is, value, place and words, in the order they were read; sums last."""
    return tuple(
        (name(each), value(each), words.place(report, each.section), _quoted(each.citations[0].quote))
        for each in report.particulars
    )


def duties(report: DocumentReport) -> tuple[tuple[str, str, str, str], ...]:
    """Who, what, when and place: first what has a day, the earliest first; then as the contract reads."""
    return tuple(
        (each.who or NOBODY, each.what, _when(each), words.place(report, each.section))
        for each in in_order(report.obligations)
    )


def _when(obligation: Obligation) -> str:
    if obligation.day is None:
        return obligation.when
    said = obligation.day.isoformat()
    return f"{said} (worked out: {obligation.when})" if obligation.basis is Basis.INFERRED else said


def _quoted(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 120 else f"{shown[:119].rstrip()}…"  # noqa: PLR2004 - a line of a table


def particular_json(particular: Particular) -> dict[str, Any]:
    """A particular as an extraction."""
    return {
        "section": particular.section,
        "column": particular.column.value,
        "title": name(particular),
        "value": particular.value,
        "unit": particular.unit or None,
        "note": particular.note or None,
        "state": particular.basis.value,
        "by": "rule",
        "citations": [citation_json(each) for each in particular.citations],
    }


def obligation_json(obligation: Obligation) -> dict[str, Any]:
    """An obligation, or a day that matters."""
    return {
        "id": obligation.id,
        "section": obligation.section,
        "who": obligation.who or None,
        "what": obligation.what,
        "when": obligation.when,
        "date": obligation.day.isoformat() if obligation.day else None,
        "state": obligation.basis.value,
        "by": "rule",
        "citations": [citation_json(each) for each in obligation.citations],
    }
