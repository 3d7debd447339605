"""A tree view of prose: opened as it grows, steady under the reader's eyes."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from reviewer.ui.delegates.prose import ProseDelegate
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.prose import Place, Tone
from reviewer.ui.viewmodels.prose_tree import CLOSED_ROLE, PLACE_ROLE, TONE_ROLE, ProseTree

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ProseView(QTreeView):
    """Shows a `ProseTree`; headings span all columns, and all is open but what is closed until someone opens it.

    Attributes:
        place_chosen: a row that leads somewhere was clicked, or Enter pressed on it; with its `Place`.
    """

    place_chosen = Signal(object)

    def __init__(self, model: ProseTree, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prose = ProseDelegate(theme, self)
        self.setItemDelegate(self._prose)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setWordWrap(True)
        self.setIndentation(Space.LARGE)
        self.viewport().setMouseTracking(True)
        self._to_span: list[QPersistentModelIndex] = []
        self._span_soon = QTimer(self, singleShot=True, interval=0)
        self._span_soon.timeout.connect(self._span)
        self.setModel(model)
        self._set_up_header(model)
        model.modelReset.connect(self._open_all)
        model.rowsInserted.connect(self._open_rows)
        self.clicked.connect(self._choose)
        self._open_all()

    def set_as_table(self, samples: dict[int, str]) -> None:
        """Sets the rows without a tree, with columns just wide enough for sample words; the others share the rest."""
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        header = self.header()
        for column, sample in samples.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(sample) + 2 * Space.SMALL + Space.TINY)

    def show_row(self, index: QModelIndex) -> None:
        """Brings a row to the top and selects it; the keyboard's focus stays where it is."""
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    @contextmanager
    def steady(self) -> Iterator[None]:
        """While the model changes: what is read stays in its place, whatever comes in above it."""
        top = QPersistentModelIndex(self.indexAt(QPoint(0, 0)) if self.isVisible() else QModelIndex())
        before, is_scrolled = self.visualRect(top).top(), self.verticalScrollBar().value() > 0
        yield
        self._span()
        if is_scrolled and top.isValid() and self.isVisible():
            self.executeDelayedItemsLayout()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(top).top() - before)

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with what came while it was hidden."""
        super().showEvent(event)
        self._span()

    def changeEvent(self, event: QEvent) -> None:
        """Another font takes another room."""
        if event.type() is QEvent.Type.FontChange:
            self._prose.forget_sizes()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the row's place, on every platform."""
        if event.key() in _KEYS and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _set_up_header(self, model: ProseTree) -> None:
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsMovable(False)
        header.setHidden(model.columnCount() == 1)
        header.sectionResized.connect(self._lay_out_again)

    def _lay_out_again(self) -> None:
        """Text wraps at its column's width, so that all heights change with it. Done once for many calls."""
        self.scheduleDelayedItemsLayout()

    def _open_all(self) -> None:
        self._open_rows(QModelIndex(), 0, self.model().rowCount() - 1)

    def _open_rows(self, parent: QModelIndex, first: int, last: int) -> None:
        model = self.model()
        for row in range(first, last + 1):
            index = model.index(row, 0, parent)
            if model.columnCount() > 1 and index.data(TONE_ROLE) != Tone.BODY:
                self._to_span.append(QPersistentModelIndex(index))
            if children := model.rowCount(index):
                self._open_rows(index, 0, children - 1)
        if parent.isValid() and not parent.data(CLOSED_ROLE):
            self.expand(parent)
        self._span_soon.start()

    def _span(self) -> None:
        """Lets headings span. Each call of Qt's lays a changed tree out, so that all wait until it changes no more."""
        if not self.isVisible():
            return
        for index in self._to_span:
            if index.isValid():
                self.setFirstColumnSpanned(index.row(), index.parent(), True)  # noqa: FBT003  # Qt's signature
        self._to_span.clear()

    def _choose(self, index: QModelIndex) -> None:
        place = index.data(PLACE_ROLE)
        if isinstance(place, Place):
            self.place_chosen.emit(place)
        elif index.data(CLOSED_ROLE):
            self.setExpanded(index, not self.isExpanded(index))
