"""How many of the quotes that models gave are in the documents of a report."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.finding import RaterVote
from reviewer.domain.report import DocumentReport, Report
from reviewer.domain.vote import RULE


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
    """Counts what votes of models quote, and their summaries and answers. A rule cites what it reads. Linear."""
    found = Counter(each.status for document in report.documents.values() for each in _quotes(document))
    return QuoteTally(*(found[status] for status in QuoteStatus))


def _quotes(report: DocumentReport) -> Iterator[Citation]:
    for finding in report.findings:
        yield from _voted(finding.votes)
    for summary in report.summaries:
        for sentence in summary.sentences if summary.rater != RULE else ():
            yield from sentence.citations
    for field in (field for answer in report.answers for field in answer.fields):
        yield from _voted(field.votes) if field.votes else field.citations


def _voted(votes: Sequence[RaterVote]) -> Iterator[Citation]:
    return (vote.citation for vote in votes if vote.citation is not None and vote.rater != RULE)
