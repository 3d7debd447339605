"""The translation panel's content: source and translation side by side, and what needs a model."""

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from reviewer.domain.events import RoutedItem
from reviewer.domain.finding import Segment, Translation, TranslationState
from reviewer.domain.report import DocumentReport, sorted_for_reading
from reviewer.domain.section import Section
from reviewer.ui import words
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.prose import Cell, Place, Row, Tone, one_line
from reviewer.ui.viewmodels.report_tree import ReportTree


class TranslationsModel(ReportTree):
    """Parts in another language with their route; under each its segments: source, translation and what differs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name_columns((self.tr("Source"), self.tr("Translation")))
        self._waiting: tuple[Translation, ...] = ()

    @property
    def needs_model(self) -> int:
        """How many parts cannot be translated without a model."""
        return len(self._waiting)

    @property
    def notice(self) -> str:
        """What to know about those parts, in two sentences; empty where there are none."""
        if not self._waiting:
            return ""
        names = _listed(sorted({wording.language(each.source_language) for each in self._waiting}))
        if self.needs_model == 1:
            what = self.tr("1 part in {languages} needs a model.").format(languages=names)
        else:
            what = self.tr("{count} parts in {languages} need a model.").format(count=self.needs_model, languages=names)
        return what + " " + self.tr("Without one the built-in checks cannot translate.")

    def _read(self, report: DocumentReport | None) -> Sequence[Row]:
        translations = report.translations if report else ()
        self._waiting = tuple(each for each in translations if each.state is TranslationState.NEEDS_MODEL)
        return self._rows(sorted_for_reading(report)) if report else ()

    def _rows(self, report: DocumentReport) -> list[Row]:
        sections = {section.id: section for section in report.sections}
        routes = wording.routes_by_part(report)
        seen: Counter[object] = Counter()
        rows = []
        for each in report.translations:
            key = (each.section, each.rater)
            seen[key] += 1
            section = sections[each.section] if each.section else None
            read = (each, section, routes.get(each.section))
            make = partial(self._part, Place(report.document.id, each.section), *read, (*key, seen[key]))
            rows.append(self._row_of((*key, seen[key]), read, make))
        return rows

    def _part(
        self, place: Place, each: Translation, section: Section | None, routed: RoutedItem | None, key: Hashable
    ) -> Row:
        heading = self._heading(each, wording.part_title(section), routed)
        return Row(key, (heading,), Tone.HEADING, place, self._under(each, place))

    def _heading(self, translation: Translation, title: str, routed: RoutedItem | None) -> Cell:
        languages = self.tr("{source} to {target}").format(
            source=wording.language(translation.source_language), target=wording.language(translation.target_language)
        )
        return Cell(
            one_line(title),
            aside=f"{languages} · {self._state(translation)}",
            note=wording.route_line(routed),
            needs_look=routed is not None and routed.route.confidence < wording.SURE,
        )

    def _state(self, translation: Translation) -> str:
        if translation.state is TranslationState.NEEDS_MODEL:
            return words.word(translation.state)
        differing = sum(bool(segment.checks) for segment in translation.segments)
        by = self.tr("by {rater}").format(rater=wording.rater(translation.rater))
        return by + " · " + self.tr("{count} to check").format(count=differing) if differing else by

    def _under(self, translation: Translation, place: Place) -> tuple[Row, ...]:
        if translation.state is TranslationState.NEEDS_MODEL:
            return (Row("needs_model", (Cell(one_line(translation.message)),), Tone.NOTICE, place),)
        return tuple(
            Row(at, (Cell(one_line(each.source)), self._target(each)), place=place)
            for at, each in enumerate(translation.segments)
        )

    def _target(self, segment: Segment) -> Cell:
        checks = {"numbers": self.tr("Numbers differ"), "source": self.tr("Source not in the document")}
        note = " · ".join(checks.get(each, each) for each in segment.checks)
        return Cell(one_line(segment.target), note=note, needs_look=bool(note))


def _listed(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
