"""Who decided what when."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.history import HistoryEntry
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.history import HistoryModel


class HistoryDialog(QDialog):
    """Lists the decisions about what the window shows. Opened with ``open()``, never ``exec()``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = HistoryModel(self)
        self.setObjectName("historyDialog")
        self.setWindowTitle(self.tr("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("Who decided what when"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        self._none = QLabel(self.tr("Nobody has decided anything about these documents yet."))
        self._none.setObjectName("noHistory")
        layout.addWidget(self._none)
        self._table = self._make_table()
        layout.addWidget(self._table, 1)
        close = QPushButton(self.tr("Close"))
        close.setObjectName("closeHistory")
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Shows decisions, the latest first."""
        self._model.show(entries)
        self._none.setVisible(not entries)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("history")
        table.setAccessibleName(self.tr("Decisions, the latest first"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table
