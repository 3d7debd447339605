"""The list of decisions: who decided what when."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from reviewer.domain.decision import CLAUSE_CHANGED, DecisionAction, DismissReason
from reviewer.domain.history import HistoryEntry
from reviewer.ui import words
from reviewer.ui.translation import QT_TRANSLATE_NOOP

CONTEXT = "History"
_COLUMNS = (
    QT_TRANSLATE_NOOP("History", "When"),
    QT_TRANSLATE_NOOP("History", "Who"),
    QT_TRANSLATE_NOOP("History", "What"),
    QT_TRANSLATE_NOOP("History", "About"),
    QT_TRANSLATE_NOOP("History", "Detail"),
)
_ACTIONS = {
    DecisionAction.AGREE: QT_TRANSLATE_NOOP("History", "agreed"),
    DecisionAction.DISMISS: QT_TRANSLATE_NOOP("History", "dismissed"),
    DecisionAction.REOPEN: QT_TRANSLATE_NOOP("History", "took back"),
    DecisionAction.NOTE: QT_TRANSLATE_NOOP("History", "noted"),
    DecisionAction.RESPLIT: QT_TRANSLATE_NOOP("History", "corrected the sections"),
    DecisionAction.REROUTE: QT_TRANSLATE_NOOP("History", "sent a part elsewhere"),
}

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """Decisions, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[HistoryEntry, ...] = ()

    def show(self, entries: Sequence[HistoryEntry]) -> None:
        """Replaces the list."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many rows as decisions."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """When, who, what, about what, detail."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _translated(_COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """In the user's own words and format."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        entry = self._entries[index.row()]
        decision = entry.decision
        match index.column():
            case 0:
                made = QDateTime.fromSecsSinceEpoch(int(decision.at.timestamp()))
                return QLocale().toString(made, QLocale.FormatType.ShortFormat)
            case 1:
                return decision.by
            case 2:
                done = _translated(_ACTIONS[decision.action])
                carried = _translated(QT_TRANSLATE_NOOP("History", "%1 (carried over)"))
                return carried.replace("%1", done) if decision.carried_from else done
            case 3:
                return ", ".join(filter(None, (entry.document, entry.about)))
            case _:
                return _detail(entry)


def _detail(entry: HistoryEntry) -> str:
    if entry.detail == CLAUSE_CHANGED:
        return _translated(QT_TRANSLATE_NOOP("History", "the clause changed in the new version"))
    if entry.decision.action is DecisionAction.DISMISS and entry.decision.reason is not None:
        return words.dismiss_reason(DismissReason(entry.decision.reason))
    return entry.detail


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
