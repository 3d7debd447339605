"""The table of findings of one document, in the order of review."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from reviewer.domain.citation import Citation
from reviewer.domain.decision import Status
from reviewer.domain.ids import FindingId
from reviewer.ui import words
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)

SEVERITY, CLAUSE, FINDING, VOTES, QUOTE, DECISION = range(6)
COLUMNS = 6

Index = QModelIndex | QPersistentModelIndex


class FindingsModel(QAbstractTableModel):
    """Entries of one document. While results stream in, rows are added in place; what is selected stays so."""

    merged = Signal()
    """All that came with `merge` is in its rows."""

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
        new: dict[FindingId, Entry] = {}
        moved = []
        for entry in entries:
            row = rows.get(entry.finding.id)
            if row is None:
                new[entry.finding.id] = entry
            elif self._entries[row].order != entry.order:
                moved.append(entry)
            elif self._entries[row] != entry:
                self._replace(row, entry)
        for entry in moved:
            self._move(entry)
        self._insert(sorted(new.values(), key=_place))
        self.merged.emit()

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
        return plain_tool_tip(_hint(entry, index.column())) if role == _TOOL_TIP else None

    def _replace(self, row: int, entry: Entry) -> None:
        self._entries[row] = entry
        self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))

    def _move(self, entry: Entry) -> None:
        """Puts a changed entry where it belongs now."""
        row = self.row_of(entry.finding.id)
        rest = self._entries[:row] + self._entries[row + 1 :]
        target = bisect_left(rest, _place(entry), key=_place)
        if target != row:
            below = target if target < row else target + 1
            self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), below)
            self._entries = [*rest[:target], entry, *rest[target:]]
            self.endMoveRows()
        self._replace(target, entry)

    def _insert(self, new: list[Entry]) -> None:
        """Inserts runs of new entries that stand side by side, each in one step."""
        while new:
            row = bisect_left(self._entries, _place(new[0]), key=_place)
            rest = self._entries[row:]
            count = bisect_left(new, _place(rest[0]), key=_place) if rest else len(new)
            self.beginInsertRows(QModelIndex(), row, row + count - 1)
            self._entries[row:row] = new[:count]
            self.endInsertRows()
            new = new[count:]


def quote_of(entry: Entry) -> Citation | None:
    """The citation that the table speaks about: the first."""
    return next(iter(entry.finding.citations), None)


def place_words(entry: Entry) -> str:
    """Where a finding is, in a sentence: ``clause 12.1``, else its heading."""
    if not entry.number:
        return entry.heading
    return QCoreApplication.translate("Findings", "clause %1").replace("%1", entry.number)


def sentence(entry: Entry) -> str:
    """A whole row in words, for a screen reader."""
    finding, citation = entry.finding, quote_of(entry)
    parts = [
        words.severity(finding.severity),
        finding.title,
        words.outcome(finding),
        place_words(entry),
        words.votes(finding),
        wording.quote_state(citation) if citation else QCoreApplication.translate("Findings", "no quote"),
        words.status(entry.standing),
    ]
    if entry.standing.note:
        parts.append(QCoreApplication.translate("Findings", "has a note"))
    return ", ".join(parts)


def _place(entry: Entry) -> tuple[tuple[int, int, str], str]:
    return entry.order, entry.finding.id


def _headers() -> tuple[str, ...]:
    return (
        QCoreApplication.translate("Findings", "Severity"),
        QCoreApplication.translate("Findings", "Clause"),
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


def _hint(entry: Entry, column: int) -> str:
    """What a cell says in full, where it may be cut or shown as a shape."""
    place = f"{entry.number} {entry.heading}".strip()
    if column in (SEVERITY, CLAUSE):
        return f"{words.severity(entry.finding.severity)}\n{place}"
    if column == FINDING:
        return f"{entry.finding.title}\n{words.outcome(entry.finding)}\n{place}"
    if column == QUOTE:
        return wording.citation_line(quote_of(entry))
    note = entry.standing.note if column == DECISION else ""
    return "\n".join(part for part in (_text(entry, column), note) if part)
