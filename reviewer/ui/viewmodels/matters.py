"""The list of matters."""

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

from reviewer.domain.matter import Matter, Turn
from reviewer.ui.translation import QT_TRANSLATE_NOOP
from reviewer.ui.viewmodels.egress import policy_words

CONTEXT = "Matters"
_COLUMNS = (
    QT_TRANSLATE_NOOP("Matters", "Matter"),
    QT_TRANSLATE_NOOP("Matters", "Documents"),
    QT_TRANSLATE_NOOP("Matters", "Its text"),
    QT_TRANSLATE_NOOP("Matters", "Made"),
)

Index = QModelIndex | QPersistentModelIndex


class MattersModel(QAbstractTableModel):
    """Matters, newest first: name, documents, where the text may go, when it was made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[Matter, Sequence[Turn]], ...] = ()

    def show(self, rows: Sequence[tuple[Matter, Sequence[Turn]]]) -> None:
        """Replaces the list."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def matter(self, row: int) -> Matter:
        """The matter in a row."""
        return self._rows[row][0]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many rows as matters."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Four."""
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
        matter, turns = self._rows[index.row()]
        match index.column():
            case 0:
                return matter.name
            case 1:
                return _documents(turns)
            case 2:
                return policy_words(matter.egress)
            case _:
                made = QDateTime.fromSecsSinceEpoch(int(matter.created_at.timestamp()))
                return QLocale().toString(made.date(), QLocale.FormatType.ShortFormat)


def _documents(turns: Sequence[Turn]) -> str:
    lines = len({each.line for each in turns})
    if len(turns) == lines:
        return str(lines)
    text = _translated(QT_TRANSLATE_NOOP("Matters", "%1 in %2 versions"))
    return text.replace("%1", str(lines)).replace("%2", str(len(turns)))


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
