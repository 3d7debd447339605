"""A table under the source as a view: a click or Enter leads to the words that a cell speaks of."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reviewer.ui.delegates.cell import CellDelegate
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.changes import LATER, WHAT, WHERE, ChangesModel
from reviewer.ui.viewmodels.matrix import MatrixModel

NARROWEST = 210
"""A question's column has this width at least, in device-independent pixels."""
_NAME_WIDTH = 150
_HEADER_LINES = 2
_SHARES = {WHAT: 0.28, WHERE: 0.16}
"""Of the room: what happened, and where; the two versions share the rest."""


class CellTable(QTableView):
    """Arrows go from cell to cell, Tab goes on."""

    place_chosen = Signal(object)
    """The `Place` of a cell."""
    lines = 3
    """What a row has room for."""

    def __init__(self, model: MatrixModel | ChangesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        delegate = CellDelegate(theme, self.lines, self)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setDefaultSectionSize(delegate.row_height())
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        model.modelReset.connect(self._start)
        theme.changed.connect(self.viewport().update)

    def lay_out(self) -> None:
        """Shares the room among the columns."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow."""
        super().resizeEvent(event)
        self.lay_out()

    def _start(self) -> None:
        """The keyboard has somewhere to start from."""
        self.lay_out()
        self.selectionModel().setCurrentIndex(self._model.index(0, 0), self.selectionModel().SelectionFlag.NoUpdate)

    def _choose(self, index: QModelIndex) -> None:
        place = self._model.place(index) if index.isValid() else None
        if place is not None:
            self.place_chosen.emit(place)


class MatrixView(CellTable):
    """Documents beside, questions above; questions scroll where each would be too narrow."""

    def __init__(self, model: MatrixModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, theme, parent)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setDefaultAlignment(header.defaultAlignment() | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap))
        self.horizontalHeader().setFixedHeight(_HEADER_LINES * self.fontMetrics().lineSpacing() + 2 * Space.TINY)
        self.verticalHeader().setFixedWidth(_NAME_WIDTH)

    def lay_out(self) -> None:
        """Shares the room among the questions."""
        count = self._model.columnCount()
        width = max(NARROWEST, self.viewport().width() // count) if count else 0
        for column in range(count):
            self.setColumnWidth(column, width)


class ChangesView(CellTable):
    """What happened, where, and the words of both versions; rows are chosen as a whole."""

    lines = 2

    def __init__(self, model: ChangesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, theme, parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()

    def lay_out(self) -> None:
        """All columns fit."""
        room = self.viewport().width()
        widths = {column: int(share * room) for column, share in _SHARES.items()}
        rest = room - sum(widths.values())
        for column in range(LATER + 1):
            self.setColumnWidth(column, widths.get(column, rest // 2))
