"""The documents list: one row a file, whatever became of it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from reviewer.ui.viewmodels.severity_words import findings_words, worst_words
from reviewer.ui.viewmodels.shelf import ShelfEntry, ShelfState
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
"""The row's `ShelfEntry`."""
DETAIL_ROLE = ENTRY_ROLE + 1
"""What stands below the name: kind, pages, findings; of a refused file the sentence and the hint."""
STATE_ROLE = ENTRY_ROLE + 2
"""How the file stands, as a word."""

Index = QModelIndex | QPersistentModelIndex

_STATES = {
    ShelfState.WAITING: QT_TRANSLATE_NOOP("Documents", "Waiting"),
    ShelfState.READING: QT_TRANSLATE_NOOP("Documents", "Reading"),
    ShelfState.READY: QT_TRANSLATE_NOOP("Documents", "Ready"),
    ShelfState.RUNNING: QT_TRANSLATE_NOOP("Documents", "Running"),
    ShelfState.DONE: QT_TRANSLATE_NOOP("Documents", "Done"),
    ShelfState.PARTIAL: QT_TRANSLATE_NOOP("Documents", "Partly"),
    ShelfState.REFUSED: QT_TRANSLATE_NOOP("Documents", "Not read"),
}
_COUNTED = {ShelfState.RUNNING, ShelfState.DONE, ShelfState.PARTIAL}


class DocumentsModel(QAbstractListModel):
    """Rows are named by their keys; a row that stays the same is not touched by an update."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[ShelfEntry] = []

    def show(self, entries: Sequence[ShelfEntry]) -> None:
        """Replaces the whole list."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def update(self, entries: Sequence[ShelfEntry]) -> None:
        """Makes the list these entries: rows go, come and change, and what is selected stays selected.

        Where rows that stay have changed their order, the list is replaced.
        """
        new = {entry.key: entry for entry in entries}
        kept = [entry.key for entry in self._entries if entry.key in new]
        old = {entry.key for entry in self._entries}
        if kept != [key for key in new if key in old]:
            self.show(list(new.values()))
            return
        self._remove_all_but(new.keys())
        for row, entry in enumerate(new.values()):
            self._put(row, entry)

    def entry(self, row: int) -> ShelfEntry:
        """The file in a row."""
        return self._entries[row]

    def index_of(self, key: str) -> QModelIndex:
        """The row of a key; invalid where there is none."""
        row = next((row for row, entry in enumerate(self._entries) if entry.key == key), -1)
        return self.index(row, 0) if row >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many rows as files."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Name, details and state of a file."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == _DISPLAY:
            return entry.name
        if role == ENTRY_ROLE:
            return entry
        if role == DETAIL_ROLE:
            return detail(entry)
        if role == STATE_ROLE:
            return state_word(entry.state)
        if role == _ACCESSIBLE:
            return spoken(entry)
        return plain_tool_tip(f"{entry.name}\n{_about(entry)}") if role == _TOOL_TIP else None

    def _remove_all_but(self, keys: Collection[str]) -> None:
        for row in reversed(range(len(self._entries))):
            if self._entries[row].key not in keys:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._entries[row]
                self.endRemoveRows()

    def _put(self, row: int, entry: ShelfEntry) -> None:
        if row < len(self._entries) and self._entries[row].key == entry.key:
            if self._entries[row] != entry:
                self._entries[row] = entry
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
            return
        self.beginInsertRows(QModelIndex(), row, row)
        self._entries.insert(row, entry)
        self.endInsertRows()


def state_word(state: ShelfState) -> str:
    """How a file stands, as a word."""
    return QCoreApplication.translate("Documents", str(_STATES[state]))


def detail(entry: ShelfEntry) -> str:
    """What a row says below the name."""
    if entry.state is ShelfState.REFUSED:
        return f"{entry.message} {entry.hint}".strip()
    return " · ".join(part for part in (entry.kind, _pages(entry.pages), _findings(entry)) if part)


def spoken(entry: ShelfEntry) -> str:
    """A row for a screen reader: ``services-agreement.docx, contract, 12 findings, worst high, done``."""
    if entry.state is ShelfState.REFUSED:
        return f"{entry.name}, {state_word(entry.state).lower()}: {detail(entry)}"
    return f"{entry.name}, {_about(entry)}"


def _about(entry: ShelfEntry) -> str:
    if entry.state is ShelfState.REFUSED:
        return detail(entry)
    found = worst_words(entry.findings, entry.worst) or [_findings(entry)]
    parts = (entry.kind.lower(), _pages(entry.pages), *found, state_word(entry.state).lower())
    return ", ".join(part for part in parts if part)


def _findings(entry: ShelfEntry) -> str:
    return findings_words(entry.findings) if entry.findings or entry.state in _COUNTED else ""


def _pages(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("Documents", "1 page")
    return QCoreApplication.translate("Documents", "%1 pages").replace("%1", str(count)) if count else ""
