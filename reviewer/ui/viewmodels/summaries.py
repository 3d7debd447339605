"""The summary panel's content: every part in short, with the words each sentence rests on."""

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from reviewer.domain.events import RoutedItem
from reviewer.domain.finding import Summary, SummarySentence
from reviewer.domain.report import DocumentReport, sorted_for_reading
from reviewer.domain.section import Section
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.answers import answer_rows, check_rows, interaction_rows
from reviewer.ui.viewmodels.particulars import obligation_rows, particular_rows
from reviewer.ui.viewmodels.prose import Cell, Place, Row, Tone, one_line
from reviewer.ui.viewmodels.report_tree import ReportTree


class SummariesModel(ReportTree):
    """Parts in the order of reading, with their route; under each its sentences, with page and state of the quote.

    What the whole run comes to, what findings mean together, what the rules found, and what a contract says in names,
    days and duties come first; answers to a workflow's own questions come last.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._totals: tuple[Row, ...] = ()

    @property
    def count(self) -> int:
        """How many rows stand at the top, without what is about the whole run."""
        return super().count - len(self._totals) if super().count else 0

    def take_totals(self, rows: Sequence[Row]) -> None:
        """Takes what is about the whole run; it is shown with the next report that is."""
        self._totals = tuple(rows)

    def _read(self, report: DocumentReport | None) -> Sequence[Row]:
        return self._rows(sorted_for_reading(report)) if report else ()

    def _rows(self, report: DocumentReport) -> list[Row]:
        sections = {section.id: section for section in report.sections}
        routes = wording.routes_by_part(report)
        seen: Counter[object] = Counter()
        rows = [*self._totals, *interaction_rows(report), *check_rows(report)]
        rows += [*particular_rows(report), *obligation_rows(report)]
        for summary in report.summaries:
            key = (summary.section, summary.facet, summary.rater)
            seen[key] += 1
            section = sections[summary.section] if summary.section else None
            read = (summary, section, routes.get(summary.section))
            rows.append(self._row_of((*key, seen[key]), read, partial(_part, report, *read, (*key, seen[key]))))
        return rows + answer_rows(report, sections)


def _part(
    report: DocumentReport, summary: Summary, section: Section | None, routed: RoutedItem | None, key: Hashable
) -> Row:
    who = wording.rater(summary.rater)
    facet = summary.facet.capitalize()
    return Row(
        key,
        (
            Cell(
                one_line(wording.part_title(section)),
                aside=f"{facet} · {who}" if facet else who,
                note=wording.route_line(routed),
                needs_look=routed is not None and routed.route.confidence < wording.SURE,
            ),
        ),
        Tone.HEADING,
        Place(report.document.id, summary.section),
        tuple(_sentence(report, summary, at, each) for at, each in enumerate(summary.sentences)),
    )


def _sentence(report: DocumentReport, summary: Summary, position: int, sentence: SummarySentence) -> Row:
    citation = next(iter(sentence.citations), None)
    text = one_line(sentence.text)
    line = wording.citation_line(citation)
    cell = Cell(
        text,
        note=line,
        needs_look=citation is None or not citation.is_evidence,
        tip=f"{wording.quoted(one_line(citation.quote))}\n{line}" if citation else "",
    )
    return Row(position, (cell,), place=Place(report.document.id, summary.section, citation))
