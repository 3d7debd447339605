"""The table of findings as a view: columns by the room there is, a ring around the current row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reviewer.ui.delegates.finding import FindingDelegate
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import RADIUS
from reviewer.ui.viewmodels.findings import CLAUSE, COLUMNS, FINDING
from reviewer.ui.viewmodels.findings_filter import FindingsFilter

Index = QModelIndex | QPersistentModelIndex

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
ROOMY = 560
"""From this width on, in device-independent pixels, the clause has a column and the decision a word."""


class FindingsTable(QTableView):
    """Rows are chosen as a whole, never edited, and look chosen whenever they are current."""

    pressed_again = Signal(QModelIndex)
    """The mouse was pressed on the row that was current already."""

    def __init__(self, theme: Theme, model: FindingsFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._delegate = FindingDelegate(theme, self)
        self.setObjectName("findingsTable")
        self.setAccessibleName(self.tr("Findings"))
        self.setStyleSheet("QTableView:focus { border: none; }")  # the ring around the current row says it
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_behaviour()
        self._set_headers()
        theme.changed.connect(self.viewport().update)

    def lay_out(self) -> None:
        """Gives every column the room its words need, and the title what is left."""
        is_compact = self.width() < ROOMY
        self._delegate.set_compact(is_compact)
        self.setColumnHidden(CLAUSE, is_compact)
        for column in range(COLUMNS):
            if column != FINDING:
                needed = self._delegate.column_width(column)
                self.setColumnWidth(column, max(needed, self.horizontalHeader().sectionSizeHint(column)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow table has fewer columns."""
        self.lay_out()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by key chooses the first row. A click chooses its own row, not the first one before it."""
        if not self.currentIndex().isValid():
            by_key = event.reason() in _BY_KEY and self.model().rowCount() > 0
            self.setCurrentIndex(self.model().index(0, FINDING) if by_key else QModelIndex())
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and the focus ring."""
        super().paintEvent(event)
        current = self.currentIndex()
        if not self.hasFocus() or not current.isValid():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.palette.focus), 2))
        top, height = self.rowViewportPosition(current.row()), self.rowHeight(current.row())
        ring = QRectF(0, top, self.viewport().width(), height).adjusted(1, 1, -1, -2)
        painter.drawRoundedRect(ring, RADIUS / 2, RADIUS / 2)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Also says when the row was current before."""
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.row() == before:
            self.pressed_again.emit(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Draws the ring anew, on whatever columns it was and will be."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _set_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._delegate.row_height())
        columns.setMinimumSectionSize(16)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(FINDING, QHeaderView.ResizeMode.Stretch)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
