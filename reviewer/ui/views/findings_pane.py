"""The findings of the document that is shown: a table, what is left to do, and a search."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from reviewer.domain.outcome import Severity
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.findings import FINDING, FindingsModel
from reviewer.ui.viewmodels.findings_filter import FindingsFilter, Review
from reviewer.ui.views.findings_header import FindingsHeader
from reviewer.ui.views.findings_table import FindingsTable


class FindingsPane(QWidget):
    """Lists findings and says which one is chosen."""

    finding_chosen = Signal(str)
    """Id of the finding in the current row; empty where there is none."""

    def __init__(self, theme: Theme, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._filter = FindingsFilter(model, self)
        self._empty_text = ""
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._header = FindingsHeader()
        self.table = FindingsTable(theme, self._filter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._stack, 1)
        self._listen()
        self._show_counts()

    def select(self, finding: str | None) -> None:
        """Makes a finding the current one. One that the filter hides is shown by taking the filter off."""
        row = self._model.row_of(finding) if finding else -1
        if row < 0:
            self.table.setCurrentIndex(QModelIndex())
            return
        index = self._filter.mapFromSource(self._model.index(row, FINDING))
        if not index.isValid():
            self._header.clear()
            index = self._filter.mapFromSource(self._model.index(row, FINDING))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def select_next(self) -> bool:
        """Goes one row down; False at the end."""
        return self._step(1)

    def select_previous(self) -> bool:
        """Goes one row up; False at the beginning."""
        return self._step(-1)

    def set_empty_text(self, text: str) -> None:
        """What stands in place of an empty table."""
        self._empty_text = text
        self._show_counts()

    def focus_search(self) -> None:
        """Puts the cursor into the search."""
        self._header.focus_search()

    def _listen(self) -> None:
        header = self._header
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        # The source may have been scrolled away meanwhile: a click on the row that is chosen goes there again.
        self.table.pressed_again.connect(self._tell)
        for signal in (self._model.modelReset, self._model.merged):  # not for every run of rows that comes in
            signal.connect(self._show_counts)
        header.words_typed.connect(self._filter_words)
        header.review_chosen.connect(self._filter_review)
        header.severity_chosen.connect(self._filter_severity)
        header.left.connect(self._enter_table)

    def _step(self, step: int) -> bool:
        current = self.table.currentIndex()
        row = current.row() + step if current.isValid() else (0 if step > 0 else self._filter.rowCount() - 1)
        if not 0 <= row < self._filter.rowCount():
            return False
        self.table.setCurrentIndex(self._filter.index(row, FINDING))
        return True

    def _enter_table(self) -> None:
        if self._filter.rowCount():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        self._empty = QLabel()
        self._empty.setObjectName("findingsEmpty")
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._all = QPushButton(self.tr("Show all"))
        self._all.setObjectName("showAllFindings")
        self._all.setAccessibleName(self.tr("Show all findings"))
        self._all.clicked.connect(self._header.clear)
        column = QVBoxLayout(page)
        column.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.HUGE)
        column.setSpacing(Space.MEDIUM)
        column.addStretch(1)
        column.addWidget(self._empty)
        column.addWidget(self._all, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        return page

    def _filter_words(self, text: str) -> None:
        self._filter.filter_words(text)
        self._show_counts()

    def _filter_review(self, review: Review) -> None:
        self._filter.filter_review(review)
        self._show_counts()

    def _filter_severity(self, least: Severity | None) -> None:
        self._filter.filter_severity(least)
        self._show_counts()

    def _show_counts(self) -> None:
        count = self._model.rowCount()
        self._header.show_counts(count, self._model.open_count())
        self._empty.setText(self.tr("No finding matches.") if count else self._empty_text)
        self._all.setVisible(bool(count))
        self._stack.setCurrentIndex(0 if self._filter.rowCount() else 1)

    def _tell(self, current: QModelIndex) -> None:
        source = self._filter.mapToSource(current)
        self.finding_chosen.emit(self._model.entry(source.row()).finding.id if source.isValid() else "")
