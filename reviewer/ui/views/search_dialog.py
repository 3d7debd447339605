"""The search over all documents, findings and notes."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from reviewer.domain.search import SearchPage
from reviewer.ui.delegates.search_hit import SearchHitDelegate
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.search_hits import SearchHitsModel

PAUSE_MS = 120
SIZE = (760, 600)


class SearchDialog(QDialog):
    """Shown with ``show()``, beside the window; keeps what was found while it is closed. Searches nothing itself."""

    words_typed = Signal(str)
    """What to search for, after a short pause; never empty."""
    more_wanted = Signal(str, object)
    """The next page is wanted: what was typed, and the `SearchPage` before."""
    hit_chosen = Signal(object)
    """A `SearchHit` to go to."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("searchDialog")
        self.setWindowTitle(self.tr("Find in all documents"))
        self.resize(*SIZE)
        self._is_filling = False
        self._hits = SearchHitsModel(self)
        self._hits.more_wanted.connect(lambda page: self.more_wanted.emit(self.typed, page))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.SMALL)
        self._field = self._make_field()
        self._state = QLabel()
        self._state.setObjectName("searchState")
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setProperty("role", "muted")
        self._state.setWordWrap(True)
        self._list = self._make_list(theme)
        layout.addWidget(self._field)
        layout.addWidget(self._state)
        layout.addWidget(self._list, 1)
        self._explain()

    @property
    def typed(self) -> str:
        """What is to be found, without spaces around it."""
        return self._field.text().strip()

    def begin(self) -> None:
        """Comes to the front, ready to type."""
        self.show()
        self.activateWindow()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def show_page(self, typed: str, page: SearchPage, *, is_first: bool) -> None:
        """Shows what was found; nothing of words that are not those in the field any more."""
        if typed != self.typed:
            return
        if not is_first:
            self._hits.add(page)
        else:
            self._hits.show(page)
            if page.hits:
                self._list.setCurrentIndex(self._hits.index(0, 0))
        self._explain()
        if not page.hits:  # a long search comes in pieces, some of them empty; the list asks only where it ends
            self._hits.fetchMore(QModelIndex())

    def refuse(self, typed: str, problem: str) -> None:
        """Says why these words cannot be searched for."""
        if typed == self.typed:
            self._hits.show(SearchPage(()))
            self._state.setText(problem)

    def set_filling(self, *, filling: bool) -> None:
        """Older documents are being put into the search; when they are, it is done again."""
        was, self._is_filling = self._is_filling, filling
        if was and not filling and self.typed:
            self.words_typed.emit(self.typed)
        self._explain()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow and page keys in the field move in the list, Enter goes to the hit."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go(self._list.currentIndex())
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self._list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("searchField")
        field.setAccessibleName(self.tr("Find in all documents"))
        field.setPlaceholderText(self.tr('Words, a "phrase", begin*, *part*, OR, -not, in:finding, document:name'))
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._take_typing)
        field.installEventFilter(self)
        return field

    def _make_list(self, theme: Theme) -> QListView:
        view = QListView()
        view.setObjectName("searchHits")
        view.setAccessibleName(self.tr("What was found"))
        view.setModel(self._hits)
        view.setItemDelegate(SearchHitDelegate(theme, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.activated.connect(self._go)
        view.clicked.connect(self._go)
        theme.changed.connect(view.viewport().update)
        return view

    def _take_typing(self) -> None:
        if self.typed:
            self._pause.start()
        else:
            self._pause.stop()
            self._hits.show(SearchPage(()))
            self._explain()

    def _tell(self) -> None:
        self.words_typed.emit(self.typed)

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.hide()
            self.hit_chosen.emit(self._hits.hit(index.row()))

    def _explain(self) -> None:
        """One line about what is shown."""
        count, page = self._hits.rowCount(), self._hits.last_page
        if not self.typed:
            text = self.tr("Searches all documents, findings and notes of this workspace.")
        elif not count:
            text = self.tr("Nothing was found.") if page.after is None else self.tr("Searching…")
        elif page.has_parts:
            text = self.tr("No whole word was found; these hold it as a part.")
        else:
            text = self.tr("1 place") if count == 1 else self.tr("%1 places").replace("%1", str(count))
            text = text if page.after is None else self.tr("The first %1 places").replace("%1", str(count))
        if self._is_filling:
            text += " " + self.tr("Older documents are still being read; there may be more.")
        self._state.setText(text)
