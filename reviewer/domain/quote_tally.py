"""How many of a report's quotes are in its documents."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import Finding
from reviewer.domain.report import DocumentReport, Report


@dataclass(frozen=True, slots=True)
class QuoteTally:
    """Quotes by what the quote gate found."""

    verified: int = 0
    moved: int = 0
    near: int = 0
    unverified: int = 0

    @property
    def total(self) -> int:
        """All quotes."""
        return self.verified + self.moved + self.near + self.unverified

    @property
    def fenced(self) -> int:
        """Those that are no evidence."""
        return self.near + self.unverified

    @property
    def is_unfounded(self) -> bool:
        """True where there are quotes, and none of them is in the document."""
        return self.total > 0 and self.fenced == self.total


def tally(report: Report) -> QuoteTally:
    """Counts what every vote quotes, and every sentence of a summary; for a rule's finding, its own quotes. Linear."""
    found = Counter(each.status for document in report.documents.values() for each in _quotes(document))
    return QuoteTally(*(found[status] for status in QuoteStatus))


def _quotes(report: DocumentReport) -> Iterator[Citation]:
    for finding in report.findings:
        yield from _given(finding)
    for summary in report.summaries:
        for sentence in summary.sentences:
            yield from sentence.citations


def _given(finding: Finding) -> Iterator[Citation]:
    if finding.support is None:
        yield from finding.citations
        return
    for vote in finding.votes:
        if vote.citation is not None:
            yield vote.citation
