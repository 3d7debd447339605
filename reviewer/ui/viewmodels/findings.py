"""The table of findings of one document, in the order of review."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from reviewer.domain.citation import Citation
from reviewer.domain.decision import Status
from reviewer.domain.ids import FindingId
from reviewer.ui import words
from reviewer.ui.viewmodels.entry import Entry

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)

SEVERITY, CLAUSE, FINDING, VOTES, QUOTE, DECISION = range(6)
COLUMNS = 6

Index = QModelIndex | QPersistentModelIndex


class FindingsModel(QAbstractTableModel):
    """Entries of one document. While results stream in, rows are added in place and none is ever moved."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Shows the entries of another document. Linear; costs nothing per row."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def merge(self, entries: Sequence[Entry]) -> None:
        """Takes new and changed entries of the same document, in any number; what is not among them stays."""
        rows = {entry.finding.id: row for row, entry in enumerate(self._entries)}
        new = []
        for entry in entries:
            row = rows.get(entry.finding.id)
            if row is None:
                new.append(entry)
            elif self._entries[row] != entry:
                self._entries[row] = entry
                self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))
        self._insert(sorted(new, key=_place))

    def entry(self, row: int) -> Entry:
        """The entry in a row."""
        return self._entries[row]

    def row_of(self, finding: FindingId | str) -> int:
        """The row of a finding; -1 where it is not in the table."""
        return next((row for row, entry in enumerate(self._entries) if entry.finding.id == finding), -1)

    def open_count(self) -> int:
        """How many are neither agreed nor dismissed."""
        return sum(entry.standing.status is Status.OPEN for entry in self._entries)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many rows as entries."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Severity, clause, finding, votes, quote, decision."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """The names of the columns; the narrow last one has its name as a tool tip, and for a screen reader."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role == _DISPLAY:
            return _headers()[section] if section != DECISION else ""
        return _headers()[section] if role in (_TOOL_TIP, _ACCESSIBLE) else None

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Plain words for every column; the entry itself for the delegate."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == _DISPLAY:
            return _text(entry, index.column())
        if role == ENTRY_ROLE:
            return entry
        if role == _ACCESSIBLE:
            return sentence(entry)
        return _tool_tip(entry, index.column()) if role == _TOOL_TIP else None

    def _insert(self, new: list[Entry]) -> None:
        """Inserts runs of new entries that stand side by side, each in one step."""
        while new:
            row = bisect_left(self._entries, _place(new[0]), key=_place)
            end = self._entries[row] if row < len(self._entries) else None
            count = len(new) if end is None else bisect_left(new, _place(end), key=_place)
            count = max(1, count)
            self.beginInsertRows(QModelIndex(), row, row + count - 1)
            self._entries[row:row] = new[:count]
            self.endInsertRows()
            new = new[count:]


class FindingsFilter(QSortFilterProxyModel):
    """Shows the findings that hold certain words and stand in a certain way."""

    def __init__(self, model: FindingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._status: Status | None = None
        self.setSourceModel(model)

    def filter_words(self, text: str) -> None:
        """Only findings that hold all of these words, in whatever order."""
        self._words = text.casefold().split()
        self.invalidateRowsFilter()

    def filter_status(self, status: Status | None) -> None:
        """Only findings that stand so; None for all."""
        self._status = status
        self.invalidateRowsFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """True for what is shown."""
        model = self.sourceModel()
        entry = model.data(model.index(source_row, 0, source_parent), ENTRY_ROLE)
        if not isinstance(entry, Entry) or (self._status is not None and entry.standing.status is not self._status):
            return False
        text = _searched(entry) if self._words else ""
        return all(word in text for word in self._words)


def quote_of(entry: Entry) -> Citation | None:
    """The citation that the table speaks about: the first."""
    return next(iter(entry.finding.citations), None)


def sentence(entry: Entry) -> str:
    """A whole row in words, for a screen reader."""
    finding, citation = entry.finding, quote_of(entry)
    place = (
        QCoreApplication.translate("Findings", "clause %1").replace("%1", entry.number)
        if entry.number
        else entry.heading
    )
    parts = [words.severity(finding.severity), finding.title, words.outcome(finding), place, words.votes(finding)]
    if citation:
        quote = QCoreApplication.translate("Findings", "quote: %1")
        parts.append(quote.replace("%1", words.quote_state(citation.status)))
    return ", ".join([*parts, words.status(entry.standing)])


def _place(entry: Entry) -> tuple[tuple[int, int, str], str]:
    return entry.order, entry.finding.id


def _headers() -> tuple[str, ...]:
    return (
        QCoreApplication.translate("Findings", "Severity"),
        QCoreApplication.translate("Findings", "§"),
        QCoreApplication.translate("Findings", "Finding"),
        QCoreApplication.translate("Findings", "Votes"),
        QCoreApplication.translate("Findings", "Quote"),
        QCoreApplication.translate("Findings", "Decision"),
    )


def _text(entry: Entry, column: int) -> str:
    finding = entry.finding
    match column:
        case 0:
            return words.severity(finding.severity)
        case 1:
            return entry.number
        case 2:
            return finding.title
        case 3:
            return words.votes(finding)
        case 4:
            citation = quote_of(entry)
            return words.quote_state(citation.status) if citation else ""
        case _:
            return words.status(entry.standing)


def _tool_tip(entry: Entry, column: int) -> str:
    if column == FINDING:
        return f"{entry.finding.title}: {words.outcome(entry.finding)}\n{entry.number} {entry.heading}".strip()
    return _text(entry, column)


def _searched(entry: Entry) -> str:
    finding = entry.finding
    quotes = " ".join(citation.quote for citation in finding.citations)
    return " ".join(
        (sentence(entry), entry.number, entry.heading, finding.rationale, quotes, entry.standing.note)
    ).casefold()
