"""The table of answers as a view: documents beside, questions above; a click or Enter leads to the words."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reviewer.ui.delegates.matrix import MatrixDelegate
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.matrix import MatrixModel

NARROWEST = 210
_NAME_WIDTH = 150
_HEADER_LINES = 2


class MatrixView(QTableView):
    """Arrows go from cell to cell."""

    place_chosen = Signal(object)
    """The `Place` of a cell."""

    def __init__(self, model: MatrixModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = MatrixDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_headers()
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        model.modelReset.connect(self.lay_out)
        model.modelReset.connect(self._choose_first)
        theme.changed.connect(self.viewport().update)

    def lay_out(self) -> None:
        """Shares the room among the questions, and lets them scroll where each would be too narrow."""
        count = self._model.columnCount()
        if count:
            width = max(NARROWEST, self.viewport().width() // count)
            for column in range(count):
                self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow."""
        super().resizeEvent(event)
        self.lay_out()

    def _set_headers(self) -> None:
        above, beside = self.horizontalHeader(), self.verticalHeader()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for header in (above, beside):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setDefaultAlignment(left | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap))
        above.setFixedHeight(_HEADER_LINES * self.fontMetrics().lineSpacing() + 2 * Space.TINY)
        beside.setFixedWidth(_NAME_WIDTH)
        beside.setDefaultSectionSize(self._delegate.row_height())

    def _choose_first(self) -> None:
        """The keyboard has somewhere to start from."""
        self.selectionModel().setCurrentIndex(self._model.index(0, 0), self.selectionModel().SelectionFlag.NoUpdate)

    def _choose(self, index: QModelIndex) -> None:
        place = self._model.cell(index).place if index.isValid() else None
        if place is not None:
            self.place_chosen.emit(place)
