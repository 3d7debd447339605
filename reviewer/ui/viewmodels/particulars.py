"""Rows of the summary panel for what a contract says in names and figures, and who must do what by when."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from reviewer.domain.citation import Citation
from reviewer.domain.ids import SectionId
from reviewer.domain.particular import Basis, Obligation, in_order
from reviewer.domain.report import DocumentReport
from reviewer.ui import words
from reviewer.ui.viewmodels.prose import Cell, Place, Row, Tone, one_line


def _tr(text: str) -> str:
    return QCoreApplication.translate("Particulars", text)


def particular_rows(report: DocumentReport) -> list[Row]:
    """One heading, and under it each value with the words it rests on; nothing where there is none."""
    rows = []
    for number, each in enumerate(report.particulars):
        aside = words.word(each.basis) if each.basis is Basis.INFERRED else ""
        cell = Cell(one_line(each.said), aside=aside, note=words.alone(each.column), tip=each.said)
        rows.append(Row(("particular", number), (cell,), Tone.BODY, _place(report, each.section, each.citations)))
    return _under("particulars", _tr("What it says"), rows)


def obligation_rows(report: DocumentReport) -> list[Row]:
    """One heading, and under it each duty and deadline, those with a day first; nothing where there is none."""
    rows = [
        Row(("obligation", each.id), (_cell(each),), Tone.BODY, _place(report, each.section, each.citations))
        for each in in_order(report.obligations)
    ]
    return _under("obligations", _tr("Obligations and dates"), rows)


def _cell(obligation: Obligation) -> Cell:
    text = f"{obligation.who}: {obligation.what}" if obligation.who else obligation.what
    day = obligation.day.isoformat() if obligation.day else ""
    aside = ", ".join(filter(None, (day, words.word(obligation.basis) if obligation.basis is Basis.INFERRED else "")))
    return Cell(one_line(text), aside=aside, note=one_line(obligation.when), tip=text)


def _under(key: str, title: str, rows: Sequence[Row]) -> list[Row]:
    return [Row(key, (Cell(title),), Tone.HEADING, None, tuple(rows))] if rows else []


def _place(report: DocumentReport, section: SectionId | None, citations: Sequence[Citation]) -> Place:
    return Place(report.document.id, section, next(iter(citations), None))
