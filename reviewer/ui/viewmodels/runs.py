"""The list of stored runs, as the first screen shows it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from reviewer.domain.run import Run
from reviewer.ui import words
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
MAX_NAMES = 2

Index = QModelIndex | QPersistentModelIndex


class RunsModel(QAbstractListModel):
    """Stored runs, newest first: names of the files, when, and how the run stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()

    def show(self, runs: Sequence[Run]) -> None:
        """Replaces the list."""
        self.beginResetModel()
        self._runs = tuple(runs)
        self.endResetModel()

    def run(self, row: int) -> Run:
        """The run in a row."""
        return self._runs[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many rows as runs."""
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Two lines: the files; when and how it stands."""
        if not index.isValid():
            return None
        run = self._runs[index.row()]
        if role in (_DISPLAY, _ACCESSIBLE):
            return f"{title(run)}\n{subtitle(run)}"
        return plain_tool_tip("\n".join(run.paths)) if role == _TOOL_TIP else None


def title(run: Run) -> str:
    """Names of the first files, and how many more."""
    names = [Path(each).name for each in run.paths]
    shown = ", ".join(names[:MAX_NAMES])
    more = len(names) - MAX_NAMES
    return shown + QCoreApplication.translate("Runs", " and %1 more").replace("%1", str(more)) if more > 0 else shown


def subtitle(run: Run) -> str:
    """When it was started, in the user's own zone and format, and how it stands."""
    started = QDateTime.fromSecsSinceEpoch(int(run.started_at.timestamp()))
    when = QLocale().toString(started, QLocale.FormatType.ShortFormat)
    return f"{when} · {words.run_status(run.status)}"
