"""The list of backups."""

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

from reviewer.domain.workspace import BackupInfo
from reviewer.ui.translation import QT_TRANSLATE_NOOP

CONTEXT = "Backups"
_COLUMNS = (
    QT_TRANSLATE_NOOP("Backups", "Made"),
    QT_TRANSLATE_NOOP("Backups", "Why"),
    QT_TRANSLATE_NOOP("Backups", "Size"),
)
_REASONS = {
    "daily": QT_TRANSLATE_NOOP("Backups", "the day's backup"),
    "migration": QT_TRANSLATE_NOOP("Backups", "before an update changed the workspace"),
    "manual": QT_TRANSLATE_NOOP("Backups", "asked for"),
    "restore": QT_TRANSLATE_NOOP("Backups", "before a backup was put in its place"),
}

Index = QModelIndex | QPersistentModelIndex


class BackupsModel(QAbstractTableModel):
    """Backups, newest first: when, why, how large."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backups: tuple[BackupInfo, ...] = ()

    def show(self, backups: Sequence[BackupInfo]) -> None:
        """Replaces the list."""
        self.beginResetModel()
        self._backups = tuple(backups)
        self.endResetModel()

    def backup(self, row: int) -> BackupInfo:
        """The backup in a row."""
        return self._backups[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many rows as backups."""
        return 0 if parent.isValid() else len(self._backups)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """When, why, size."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _translated(_COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """In the user's own zone, format and units."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        backup = self._backups[index.row()]
        match index.column():
            case 0:
                made = QDateTime.fromSecsSinceEpoch(int(backup.made_at.timestamp()))
                return QLocale().toString(made, QLocale.FormatType.ShortFormat)
            case 1:
                return _translated(_REASONS[backup.reason])
            case _:
                return QLocale().formattedDataSize(backup.size_bytes)


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
