"""Particulars and obligations of a contract, in words and as JSON."""

from typing import Any

from reviewer.assets import glossary
from reviewer.domain.particular import Basis, Obligation, Particular
from reviewer.domain.report import DocumentReport
from reviewer.export import words
from reviewer.export.json_documents import citation_json

NOBODY = "-"


def name(particular: Particular) -> str:
    """What a value is: *governing law*."""
    said = glossary().word(particular.column)
    return said[:1].upper() + said[1:]


def value(particular: Particular) -> str:
    """A value with its unit and what else matters: *250,000 USD or fees paid over 12 months*."""
    unit = f", the {particular.unit}" if _is_role(particular) else f" {particular.unit}"
    said = f"{_figures(particular)}{unit if particular.unit else ''}"
    note = f" {particular.note}" if particular.note.startswith(("or ", "over ")) else f" ({particular.note})"
    said += note if particular.note else ""
    return f"{said}, worked out" if particular.basis is Basis.INFERRED else said


def _is_role(particular: Particular) -> bool:
    return particular.column == "party"


def _figures(particular: Particular) -> str:
    whole, dot, cents = particular.value.partition(".")
    if len(particular.unit) == 3 and whole.isdigit():  # noqa: PLR2004 - a currency's code
        return f"{int(whole):,}{dot}{cents}"
    return particular.value


def rows(report: DocumentReport) -> tuple[tuple[str, str, str, str], ...]:
    """What it is, value, place and words, in the order they were read; sums last."""
    return tuple(
        (name(each), value(each), words.place(report, each.section), _quoted(each.citations[0].quote))
        for each in report.particulars
    )


def duties(report: DocumentReport) -> tuple[tuple[str, str, str, str], ...]:
    """Who, what, when and place: first what has a day, the earliest first; then as the contract reads."""
    return tuple(
        (each.who or NOBODY, each.what, _when(each), words.place(report, each.section)) for each in in_order(report)
    )


def in_order(report: DocumentReport) -> list[Obligation]:
    """The obligations: first those with a day, the earliest first; then as the contract reads."""
    dated = sorted((each for each in report.obligations if each.day), key=lambda each: str(each.day))
    return [*dated, *(each for each in report.obligations if each.day is None)]


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
