"""Who decided what when, as it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.correction import decode_correction
from reviewer.domain.decision import Decision, DecisionAction
from reviewer.domain.override import told
from reviewer.domain.report import Report


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A decision with what it is about.

    Attributes:
        about: title of the finding; empty for the sections and the routes of a document.
        document: name of the document.
        detail: the reason of a dismissal, the text of a note, what was corrected, where a part was sent; may be empty.
    """

    decision: Decision
    about: str
    document: str
    detail: str


def history(report: Report, decisions: Iterable[Decision]) -> tuple[HistoryEntry, ...]:
    """Decisions about a report's findings, sections and routes, the latest first; others are left out."""
    subjects: dict[str, tuple[str, str]] = {}
    for document in report.documents.values():
        name = document.document.name
        subjects[document.document.id] = "", name
        subjects.update({finding.id: (finding.title, name) for finding in document.findings})
    latest_first = sorted(decisions, key=lambda each: each.at, reverse=True)
    known = (each for each in latest_first if each.subject.id in subjects)
    return tuple(HistoryEntry(each, *subjects[each.subject.id], _detail(each)) for each in known)


def _detail(decision: Decision) -> str:
    if decision.action is DecisionAction.RESPLIT:
        correction = decode_correction(decision.value)
        return f"{correction.action} {correction.value}".strip()
    if decision.action is DecisionAction.REROUTE:
        return told(decision)
    return decision.reason or decision.value
