"""What a search found, as a list that grows page by page."""

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from reviewer.domain.search import HitKind, SearchHit, SearchPage
from reviewer.ui.translation import QT_TRANSLATE_NOOP

HIT_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_KINDS = {
    HitKind.DOCUMENT: QT_TRANSLATE_NOOP("Search", "Document"),
    HitKind.SECTION: "",
    HitKind.FINDING: QT_TRANSLATE_NOOP("Search", "Finding"),
    HitKind.NOTE: QT_TRANSLATE_NOOP("Search", "Note"),
}

Index = QModelIndex | QPersistentModelIndex


class SearchHitsModel(QAbstractListModel):
    """Hits in the order they were found."""

    more_wanted = Signal(object)
    """The last `SearchPage`, after which there is another one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[SearchHit] = []
        self._last = SearchPage(())
        self._is_waiting = False

    @property
    def last_page(self) -> SearchPage:
        """What was shown or added last."""
        return self._last

    def show(self, page: SearchPage) -> None:
        """Replaces the list."""
        self.beginResetModel()
        self._hits = list(page.hits)
        self._last, self._is_waiting = page, False
        self.endResetModel()

    def add(self, page: SearchPage) -> None:
        """Adds the page that was wanted."""
        self._last, self._is_waiting = page, False
        if page.hits:
            first = len(self._hits)
            self.beginInsertRows(QModelIndex(), first, first + len(page.hits) - 1)
            self._hits += page.hits
            self.endInsertRows()

    def hit(self, row: int) -> SearchHit:
        """The hit in a row."""
        return self._hits[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many rows as hits so far."""
        return 0 if parent.isValid() else len(self._hits)

    def canFetchMore(self, parent: Index) -> bool:
        """True where there is another page, and nobody asked for it yet."""
        return not parent.isValid() and self._last.after is not None and not self._is_waiting

    def fetchMore(self, parent: Index) -> None:
        """Asks for the next page; the view calls it at the end of the list."""
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.more_wanted.emit(self._last)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """The hit itself, or what a screen reader says of it."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role in (_DISPLAY, _ACCESSIBLE):
            return f"{heading_of(hit)}\n{hit.snippet}"
        return hit if role == HIT_ROLE else None


def heading_of(hit: SearchHit) -> str:
    """Where a hit is: the document, what it is, the section or the finding's title."""
    title = hit.title if hit.title != hit.document_name else ""
    return " · ".join(each for each in (hit.document_name, kind_word(hit), title) if each)


def kind_word(hit: SearchHit) -> str:
    """What was found; empty for a section, which most hits are."""
    text = _KINDS[hit.kind]
    return QCoreApplication.translate("Search", text) if text else ""
