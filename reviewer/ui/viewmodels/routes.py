"""The routes panel's content: where each part went, how sure that is, why, and what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from reviewer.domain.events import RoutedItem, StepFailed
from reviewer.domain.ids import SectionId
from reviewer.domain.report import DocumentReport, sorted_for_reading
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.prose import Cell, Place, Row, one_line
from reviewer.ui.viewmodels.report_tree import ReportTree

_FIRST_WORDS = 48


class RoutesModel(ReportTree):
    """One row for each part: part, language, route, confidence, why (and by what method), state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name_columns(
            (
                self.tr("Part"),
                self.tr("Language"),
                self.tr("Goes to"),
                self.tr("Confidence"),
                self.tr("Why"),
                self.tr("State"),
            )
        )

    def _read(self, report: DocumentReport | None) -> Sequence[Row]:
        return self._rows(sorted_for_reading(report)) if report else ()

    def _rows(self, report: DocumentReport) -> list[Row]:
        titles = {section.id: one_line(f"{section.number} {section.heading}") for section in report.sections}
        failures: defaultdict[SectionId | None, list[StepFailed]] = defaultdict(list)
        for failure in report.failures:
            failures[failure.section].append(failure)
        handled: defaultdict[SectionId | None, set[str]] = defaultdict(set)
        for section, handler in report.handled:
            handled[section].add(handler)
        rows = []
        for routed in report.routes:
            state = self._state(report, routed, handled[routed.section], failures.pop(routed.section, ()))
            title = titles.get(routed.section, "") if routed.section else ""
            make = partial(self._row, report, routed, title, state)
            rows.append(self._row_of(routed.item, (routed, title, state), make))
        return [*self._unrouted(report, titles, failures), *rows]

    def _row(self, report: DocumentReport, routed: RoutedItem, title: str, state: Cell) -> Row:
        route = routed.route
        whole = self.tr("Whole document") if routed.section is None else _first_words(routed.text)
        cells = (
            Cell(_first_words(title) or whole, tip=title or routed.text),
            Cell(wording.language(routed.language)),
            Cell(wording.route_name(route.route)),
            Cell(wording.confidence(route.confidence)),
            Cell(one_line(wording.because(route))),
            state,
        )
        return Row(routed.item, cells, place=Place(report.document.id, routed.section))

    def _unrouted(
        self, report: DocumentReport, titles: dict[SectionId, str], failures: dict[SectionId | None, list[StepFailed]]
    ) -> list[Row]:
        """What failed in parts that have no route: the whole of a document, or a part that is not routed yet."""
        rows = []
        for section, failed in failures.items():
            title = titles.get(section, "") if section else self.tr("Whole document")
            state = Cell(self.tr("Failed"), note=_why(failed), needs_look=True)
            blank = Cell("")
            cells = (Cell(title), blank, blank, blank, blank, state)
            rows.append(Row(("failed", section), cells, place=Place(report.document.id, section)))
        return rows

    def _state(
        self, report: DocumentReport, routed: RoutedItem, handled: set[str], failed: Sequence[StepFailed]
    ) -> Cell:
        if not routed.handlers:
            return Cell(self.tr("Left out"), note=_why(failed), needs_look=bool(failed))
        if failed:
            # What other votes brought about all the same is kept: the part as a whole did not fail.
            word = self.tr("Done in part") if handled else self.tr("Failed")
            return Cell(word, note=_why(failed), needs_look=True)
        is_done = report.is_finished or handled.issuperset(routed.handlers)
        return Cell(self.tr("Done") if is_done else self.tr("Waiting"))


def _why(failures: Sequence[StepFailed]) -> str:
    return " ".join(dict.fromkeys(one_line(each.message) for each in failures))


def _first_words(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= _FIRST_WORDS else words[:_FIRST_WORDS].rsplit(" ", 1)[0] + " …"
