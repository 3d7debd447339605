"""Requests with their exact text: before they are sent, and after."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.estimate import PlannedRequest
from reviewer.domain.sent import SentRequest
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.requests import RequestRow, RequestsModel, Titles, planned_rows, sent_rows


class RequestsDialog(QDialog):
    """Lists requests, with the text of the one that is chosen. Opened with ``open()``, never ``exec()``.

    Args:
        title: which requests they are.
        none: what is said where there are none.
        titles: what sections are called.
    """

    text_wanted = Signal(object)
    """The `SentRequest` whose text is to be fetched."""

    redactions_wanted = Signal()
    """Show what is replaced."""

    def __init__(self, title: str, none: str, titles: Titles, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = RequestsModel(self)
        self._none_text = none
        self._titles = titles
        self.setObjectName("requestsDialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(920, 640)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        heading = QLabel(title)
        heading.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(heading)
        self._total = QLabel(self.tr("Looking…"))
        self._total.setObjectName("requestsTotal")
        self._total.setProperty("role", "muted")
        self._total.setWordWrap(True)
        layout.addWidget(self._total)
        split = QSplitter(Qt.Orientation.Vertical)
        self._table, self._text = self._make_table(), self._make_text()
        split.addWidget(self._table)
        split.addWidget(self._text)
        split.setSizes([240, 300])
        layout.addWidget(split, 1)
        redact = QPushButton(self.tr("&Names to replace…"))
        redact.setObjectName("editRedactions")
        redact.setAccessibleName(self.tr("Names to replace"))
        redact.setAutoDefault(False)
        redact.clicked.connect(self.redactions_wanted)
        close = QPushButton(self.tr("Close"))
        close.setObjectName("closeRequests")
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(redact)
        row.addStretch(1)
        row.addWidget(close)
        layout.addLayout(row)

    def show_planned(self, planned: Sequence[PlannedRequest]) -> None:
        """Shows what a run would send."""
        self._show(planned_rows(planned, self._titles))

    def show_sent(self, sent: Sequence[SentRequest]) -> None:
        """Shows what was sent."""
        self._show(sent_rows(sent, self._titles))

    def _show(self, rows: Sequence[RequestRow]) -> None:
        self._model.show(rows)
        size = sum(each.size_bytes for each in rows)
        text = self.tr("%1 requests, %2 bytes. The text below is all of it, to the letter; keys are not part of it.")
        self._total.setText(text.replace("%1", str(len(rows))).replace("%2", f"{size:,}") if rows else self._none_text)
        if rows:
            self._table.selectRow(0)

    def show_refusal(self, reason: str) -> None:
        """Why nothing can be shown."""
        self._total.setText(reason)

    def show_text(self, sent: SentRequest, text: str) -> None:
        """Shows the text of a request, if it is still the one that is chosen."""
        row = self._chosen()
        if row is not None and row.sent == sent:
            self._text.setPlainText(text)

    def _chosen(self) -> RequestRow | None:
        rows = self._table.selectionModel().selectedRows()
        return self._model.row(rows[0].row()) if rows else None

    def _show_chosen(self) -> None:
        row = self._chosen()
        self._text.setPlainText(row.text if row else "")
        if row is not None and row.sent is not None:
            self.text_wanted.emit(row.sent)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("requests")
        table.setAccessibleName(self.tr("Requests, in their order"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.selectionModel().selectionChanged.connect(self._show_chosen)
        return table

    def _make_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setObjectName("requestText")
        text.setAccessibleName(self.tr("The exact text of the request"))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        return text
