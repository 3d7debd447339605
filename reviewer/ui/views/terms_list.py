"""The list of names and numbers that are replaced: added, put right and removed one by one, or from a file."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.listed import clean_terms
from reviewer.ui.theme.tokens import Space
from reviewer.ui.widgets.named_button import named_button


class TermField(QLineEdit):
    """Takes one name; several lines that are pasted are as many names."""

    lines_pasted = Signal(object)
    """The lines."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Several lines are not made one."""
        lines = QGuiApplication.clipboard().text().splitlines()
        if event.matches(QKeySequence.StandardKey.Paste) and len(lines) > 1:
            self.lines_pasted.emit(lines)
        else:
            super().keyPressEvent(event)


class TermsView(QListView):
    """Delete removes what is chosen, F2 puts it right."""

    remove_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace remove."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class TermsList(QWidget):
    """A field to add to the list, the list, and what can be done with it."""

    changed = Signal()
    file_wanted = Signal()

    def __init__(self, terms: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStringListModel(clean_terms(terms), self)
        self.field = self._make_field()
        self._add = named_button("addRedaction", self.tr("A&dd"), self.add_typed)
        self._view = self._make_view()
        self._remove = named_button("removeRedaction", self.tr("Remo&ve"), self.remove_chosen)
        self._import = named_button("importRedactions", self.tr("Add from a text &file…"), self.file_wanted.emit)
        self._lay_out()
        self._model.dataChanged.connect(self.changed)
        self._view.selectionModel().selectionChanged.connect(self._enable)
        self.field.textChanged.connect(self._enable)
        self._enable()

    @property
    def terms(self) -> tuple[str, ...]:
        """What is listed, each once."""
        return clean_terms(self._model.stringList())

    def add(self, terms: Iterable[str]) -> None:
        """Adds names that are not listed yet, and shows the last of them."""
        self._model.setStringList(list(clean_terms([*self.terms, *terms])))
        self._view.scrollToBottom()
        self._enable()
        self.changed.emit()

    def add_typed(self) -> None:
        """Adds what stands in the field, if anything does."""
        typed = self.field.text()
        self.field.clear()
        if typed.strip():
            self.add([typed])

    def remove_chosen(self) -> None:
        """Takes what is chosen off the list, and chooses what stands there then."""
        rows = sorted((each.row() for each in self._view.selectedIndexes()), reverse=True)
        for row in rows:
            self._model.removeRow(row)
        if rows:
            self._view.setCurrentIndex(self._model.index(min(rows[-1], self._model.rowCount() - 1)))
            self.changed.emit()
        self._enable()

    def _make_field(self) -> TermField:
        field = TermField()
        field.setObjectName("redactNew")
        field.setAccessibleName(self.tr("A name or number to add"))
        field.setPlaceholderText(self.tr("Acme Holdings Ltd"))
        field.returnPressed.connect(self.add_typed)
        field.lines_pasted.connect(self.add)
        return field

    def _make_view(self) -> TermsView:
        view = TermsView()
        view.setObjectName("redactTerms")
        view.setAccessibleName(self.tr("Names and numbers"))
        view.setProperty("role", "field")
        view.setModel(self._model)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setToolTip(self.tr("Delete removes a name, F2 changes it"))
        view.remove_wanted.connect(self.remove_chosen)
        return view

    def _lay_out(self) -> None:
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.field, 1)
        above.addWidget(self._add)
        below.addWidget(self._remove)
        below.addWidget(self._import, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, Space.SMALL, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(QLabel(self._view.accessibleName()))
        column.addLayout(above)
        column.addWidget(self._view, 1)
        column.addLayout(below)

    def _enable(self) -> None:
        self._add.setEnabled(bool(self.field.text().strip()))
        self._remove.setEnabled(bool(self._view.selectedIndexes()))
