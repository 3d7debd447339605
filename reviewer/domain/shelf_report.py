"""The shelf's report: what all documents of a run come to, and what of them was not read, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.domain.answer import AnswerState
from reviewer.domain.finding import Finding, TranslationState
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import DocumentReport, Report, sorted_for_reading
from reviewer.domain.vote import VerdictStatus


@dataclass(frozen=True, slots=True)
class ShelfReport:
    """Totals over all documents.

    Attributes:
        documents: how many were read; ``unread``: how many files could not be.
        findings: how many that are not as wanted, by severity, the worst first; only those there are.
        undecided: how many the votes left to a person.
        interactions: how many times findings mean something together.
        parts: how many parts the documents were cut into; ``analysed``: how many of them went to a handler.
        not_read: why the other parts, and results that are missing, are missing: the reason and how many.
        common: positions that are not as wanted in more than one document, with how many; most first.
    """

    documents: int
    unread: int
    findings: Mapping[Severity, int]
    undecided: int
    interactions: int
    parts: int
    analysed: int
    not_read: Mapping[str, int]
    common: Mapping[str, int]


def shelf_report(report: Report) -> ShelfReport:
    """What a report comes to over all its documents. Linear in its results."""
    documents = list(report.documents.values())
    findings = [each for document in documents for each in sorted_for_reading(document).findings]
    unwanted = [each for each in findings if _is_unwanted(each)]
    severities = Counter(each.severity for each in unwanted)
    reasons = Counter(reason for document in documents for reason in _reasons(document))
    shared = Counter(title for document in documents for title in _unwanted_titles(document))
    return ShelfReport(
        documents=len(documents),
        unread=len(report.failed_files),
        findings={each: severities[each] for each in sorted(severities, key=lambda each: each.rank)},
        undecided=sum(each.status is not VerdictStatus.DECIDED for each in findings),
        interactions=sum(len(document.interactions) for document in documents),
        parts=sum(document.items for document in documents),
        analysed=sum(bool(routed.handlers) for document in documents for routed in document.routes),
        not_read=dict(reasons.most_common()),
        common={title: count for title, count in shared.most_common() if count > 1},
    )


_WANTED = (Outcome.PREFERRED, Outcome.NOT_APPLICABLE)


def _is_unwanted(finding: Finding) -> bool:
    """What a person has to look at: not what is as wanted, and not what is missing where that is welcome."""
    return finding.outcome not in _WANTED and finding.severity is not Severity.INFO


def _unwanted_titles(document: DocumentReport) -> list[str]:
    return list(dict.fromkeys(each.title for each in document.findings if _is_unwanted(each)))


def _reasons(document: DocumentReport) -> list[str]:
    """Why parts of a document were not read, one for each part or result."""
    left_out = [routed.route.reason for routed in document.routes if not routed.handlers]
    failed = [each.message for each in document.failures]
    untranslated = [each.message for each in document.translations if each.state is TranslationState.NEEDS_MODEL]
    unanswered = [each.message for each in document.answers if each.state is AnswerState.NEEDS_MODEL]
    return left_out + failed + untranslated + unanswered
