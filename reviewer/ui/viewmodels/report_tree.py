"""A tree of prose read from the report of one document, which only ever grows."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QModelIndex, QObject

from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.report import DocumentReport
from reviewer.ui.viewmodels.prose import Row
from reviewer.ui.viewmodels.prose_tree import ProseTree


class ReportTree(ProseTree):
    """What one panel shows of a document; `_read` says what that is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: DocumentId | None = None
        self._parents: dict[SectionId, SectionId | None] = {}
        self._made: dict[Hashable, tuple[tuple[object, ...], Row]] = {}

    def show(self, report: DocumentReport | None) -> None:
        """Shows a report from its beginning; nothing for None."""
        self._note(report)
        self._made.clear()
        self.replace_all(self._read(report))

    def merge(self, report: DocumentReport) -> None:
        """Adds what is new in a report of the same document; a report of another one is shown from its beginning."""
        if report.document.id != self._document:
            self.show(report)
            return
        self._note(report)
        self.grow(self._read(report))

    def index_near_section(self, section: SectionId | None) -> QModelIndex:
        """The row of a section or of the nearest one around it; invalid where there is none."""
        index = self.index_of_section(section)
        while section is not None and not index.isValid():
            section = self._parents.get(section)
            index = self.index_of_section(section)
        return index

    def _read(self, report: DocumentReport | None) -> Sequence[Row]:
        raise NotImplementedError

    def _row_of(self, key: Hashable, read: tuple[object, ...], make: Callable[[], Row]) -> Row:
        """The row made of these values before, else a new one: a report grows by one result and has hundreds."""
        made = self._made.get(key)
        if made is None or made[0] != read:
            made = self._made[key] = (read, make())
        return made[1]

    def _note(self, report: DocumentReport | None) -> None:
        self._document = report.document.id if report else None
        self._parents = {section.id: section.parent for section in report.sections} if report else {}
