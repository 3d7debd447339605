"""An edition: what of a report goes into an export, after what people decided about its findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reviewer.domain.decision import OPEN, Standing, Status
from reviewer.domain.document import Document
from reviewer.domain.finding import Finding
from reviewer.domain.ids import DocumentId, FindingId
from reviewer.domain.report import Report


@dataclass(frozen=True, slots=True)
class Edition:
    """A report with what exporters need beside it.

    Attributes:
        report: with the findings that are to be exported, and no others.
        documents: those that are still kept.
        standings: how findings stand; those nobody decided about are left out.
        dismissed: how many findings were left out because they were dismissed.
        undecided: how many were left out because nobody agreed with them.
    """

    report: Report
    documents: Mapping[DocumentId, Document] = field(default_factory=dict)
    standings: Mapping[FindingId, Standing] = field(default_factory=dict)
    dismissed: int = 0
    undecided: int = 0

    def standing(self, finding: Finding) -> Standing:
        """How a finding stands."""
        return self.standings.get(finding.id, OPEN)


def for_export(whole: Edition, *, only_agreed: bool = False) -> Edition:
    """What is handed on: everything that was not dismissed, or only what was agreed with."""
    kept = {Status.AGREED} if only_agreed else {Status.OPEN, Status.AGREED}
    left = [
        whole.standing(finding).status
        for document in whole.report.documents.values()
        for finding in document.findings
        if whole.standing(finding).status not in kept
    ]
    documents = {
        key: replace(each, findings=tuple(found for found in each.findings if whole.standing(found).status in kept))
        for key, each in whole.report.documents.items()
    }
    return replace(
        whole,
        report=replace(whole.report, documents=documents),
        dismissed=left.count(Status.DISMISSED),
        undecided=left.count(Status.OPEN),
    )
