"""What all documents of a run come to, in plain words."""

from collections.abc import Iterator

from reviewer.domain.report import Report
from reviewer.domain.shelf_report import shelf_report
from reviewer.export import words

MOST_REASONS = 5


def lines(report: Report) -> Iterator[str]:
    """Totals over several documents, and what was not read; nothing of a single one, which says so itself."""
    found = shelf_report(report)
    if found.documents + found.unread < 2:  # noqa: PLR2004 - one document is no shelf
        return
    by_severity = ", ".join(f"{count} {severity.value}" for severity, count in found.findings.items()) or "none"
    yield f"To look at: {by_severity}; {found.undecided} undecided."
    documents = words.number(found.documents, "document")
    yield f"Read: {found.analysed} of {words.number(found.parts, 'part')} in {documents}."
    if found.unread:
        yield f"Not read: {words.number(found.unread, 'file')}."
    for reason, count in list(found.not_read.items())[:MOST_REASONS]:
        yield f"Left out, {words.number(count, 'part')}: {reason}"
    for title, count in list(found.common.items())[:MOST_REASONS]:
        yield f"In {count} documents: {title}"
