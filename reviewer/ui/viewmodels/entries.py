"""From a report to what the window lists and highlights."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import islice

from PySide6.QtCore import QCoreApplication

from reviewer.domain.anchor import TextSpan
from reviewer.domain.decision import OPEN, Standing
from reviewer.domain.document import Document
from reviewer.domain.events import RoutedItem
from reviewer.domain.finding import Finding
from reviewer.domain.ids import FindingId, SectionId
from reviewer.domain.report import DocumentReport, sorted_for_reading
from reviewer.domain.section import Section
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.mark import Mark, PageBoxes


def entries_of(report: DocumentReport, standings: Mapping[FindingId, Standing]) -> list[Entry]:
    """A document's findings in the order of review: worst first, then as the document reads. Linear, and a sort."""
    sections = {section.id: (index, section) for index, section in enumerate(report.sections)}
    routes = {routed.section: routed for routed in report.routes}
    found = [_entry(report, finding, sections, routes, standings) for finding in sorted_for_reading(report).findings]
    return sorted(found, key=lambda entry: entry.order)


def _entry(
    report: DocumentReport,
    finding: Finding,
    sections: Mapping[SectionId, tuple[int, Section]],
    routes: Mapping[SectionId | None, RoutedItem],
    standings: Mapping[FindingId, Standing],
) -> Entry:
    index, section = sections.get(finding.section, (len(sections), None)) if finding.section else (len(sections), None)
    return Entry(
        document=report.document.id,
        finding=finding,
        number=section.number if section else "",
        heading=_heading(section),
        order=(finding.rank, index, finding.position),
        route=routes.get(finding.section),
        standing=standings.get(finding.id, OPEN),
    )


def _heading(section: Section | None) -> str:
    if section is None:
        return QCoreApplication.translate("Entry", "Whole document")
    return section.heading or section.kind.value.capitalize()


def marks_of(entry: Entry, document: Document) -> list[Mark]:
    """The words that a finding rests on. What is not in the document exactly is never marked."""
    return [
        Mark(
            id=entry.finding.id,
            span=citation.anchor.span,
            places=page_boxes(document, citation.anchor.span),
            severity=entry.finding.severity,
            label=f"{entry.number} {entry.finding.title}".strip(),
        )
        for citation in entry.finding.citations
        if citation.anchor is not None and citation.is_evidence
    ]


def page_boxes(document: Document, span: TextSpan) -> tuple[PageBoxes, ...]:
    """Where the words of a span stand, page by page: a quote may go on over the end of a page.

    Logarithmic in the blocks of the document, linear in the lines of the pages.
    """
    places: dict[int, PageBoxes] = {}
    first = max(0, bisect_right(document.blocks, span.start, key=lambda block: block.span.start) - 1)
    for block in islice(document.blocks, first, None):
        if block.span.start >= span.end:
            break
        if block.page is None or block.page in places or not block.span.overlaps(span):
            continue
        anchor = document.anchor(TextSpan(max(span.start, block.span.start), span.end))
        if anchor.boxes:
            places[block.page] = PageBoxes(block.page, anchor.boxes)
    return tuple(places.values())
