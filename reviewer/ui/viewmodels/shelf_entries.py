"""From the session to the rows of the documents list."""

from PySide6.QtCore import QCoreApplication

from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import DocumentReport
from reviewer.domain.section import SplitAs
from reviewer.ui.viewmodels.session import Session, ShelfFile
from reviewer.ui.viewmodels.shelf import ShelfEntry, ShelfState

_CONTRACT_WORKFLOW = "contract-review"


def shelf_entries(session: Session) -> list[ShelfEntry]:
    """Every file on the shelf with what is known about it, in the order they were added."""
    return [_entry(session, file) for file in session.files.values()]


def _entry(session: Session, file: ShelfFile) -> ShelfEntry:
    report = session.report_of(file)
    document = file.document
    refusal = file.refusal
    findings = report.findings if report else ()
    concerns = [each for each in findings if each.outcome is not Outcome.PREFERRED]
    return ShelfEntry(
        key=file.key,
        name=file.name,
        state=_state(session, file, report),
        document_id=document.id if document else None,
        kind=_kind(file, report),
        pages=len(document.pages) if document else 0,
        language=document.language if document else "",
        findings=len(findings),
        worst=min((each.severity for each in concerns), key=_rank, default=None),
        message=refusal.message if refusal else "",
        hint=refusal.hint if refusal else "",
    )


def _rank(severity: Severity) -> int:
    return severity.rank


def _state(session: Session, file: ShelfFile, report: DocumentReport | None) -> ShelfState:
    if file.refusal:
        return ShelfState.REFUSED
    if file.document is None and report is None:
        return ShelfState.READING
    if report is None:
        return ShelfState.WAITING if session.is_running else ShelfState.READY
    if report.is_finished:
        return ShelfState.PARTIAL if report.failures else ShelfState.DONE
    return ShelfState.RUNNING if session.is_running else ShelfState.PARTIAL


def _kind(file: ShelfFile, report: DocumentReport | None) -> str:
    if file.split_as is None and report is None:
        return ""
    is_contract = file.split_as is SplitAs.CONTRACT if file.split_as else report_is_contract(report)
    return (
        QCoreApplication.translate("Shelf", "Contract") if is_contract else QCoreApplication.translate("Shelf", "Paper")
    )


def report_is_contract(report: DocumentReport | None) -> bool:
    """True for what was reviewed as a contract."""
    return report is not None and report.workflow == _CONTRACT_WORKFLOW
