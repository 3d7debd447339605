"""The findings of the document that is shown: a table, what is left to do, and a search."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.decision import Status
from reviewer.ui import words
from reviewer.ui.delegates.finding import FindingDelegate
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.findings import (
    CLAUSE,
    DECISION,
    FINDING,
    QUOTE,
    SEVERITY,
    VOTES,
    FindingsFilter,
    FindingsModel,
)

WIDTHS = {SEVERITY: 88, CLAUSE: 48, VOTES: 54, QUOTE: 86, DECISION: 38}


class FindingsPane(QWidget):
    """Lists findings and says which one is chosen."""

    finding_chosen = Signal(str)
    """Id of the finding in the current row; empty where there is none."""

    def __init__(self, theme: Theme, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._filter = FindingsFilter(model, self)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._table = self._make_table(theme)
        self._empty = _quiet_label()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._header())
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self._table)
        self._empty_text = ""
        for signal in (self._filter.modelReset, self._filter.rowsInserted, self._filter.rowsRemoved, model.dataChanged):
            signal.connect(self._show_counts)
        self._show_counts()

    def select(self, finding: str | None) -> None:
        """Makes a finding the current one. One that the filter hides is shown by taking the filter off."""
        row = self._model.row_of(finding) if finding else -1
        if row < 0:
            self._table.setCurrentIndex(QModelIndex())
            return
        index = self._filter.mapFromSource(self._model.index(row, FINDING))
        if not index.isValid():
            self._search.clear()
            self._statuses.setCurrentIndex(0)
            index = self._filter.mapFromSource(self._model.index(row, FINDING))
        self._table.setCurrentIndex(index)
        self._table.scrollTo(index)

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
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _step(self, step: int) -> bool:
        current = self._table.currentIndex()
        row = current.row() + step if current.isValid() else (0 if step > 0 else self._filter.rowCount() - 1)
        if not 0 <= row < self._filter.rowCount():
            return False
        self._table.setCurrentIndex(self._filter.index(row, FINDING))
        return True

    def _make_table(self, theme: Theme) -> QTableView:
        table = QTableView()
        table.setObjectName("findingsTable")
        table.setAccessibleName(self.tr("Findings"))
        table.setModel(self._filter)
        delegate = FindingDelegate(theme, table)
        table.setItemDelegate(delegate)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setMouseTracking(True)
        table.setWordWrap(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(delegate.row_height())
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(FINDING, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, width)
        table.selectionModel().currentRowChanged.connect(self._tell)
        return table

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.SMALL)
        row.setSpacing(Space.SMALL)
        title = QLabel(self.tr("Findings"))
        title.setFont(scaled_font(Scale.BODY, bold=True))
        self._counts = QLabel()
        self._counts.setObjectName("findingsCount")
        self._counts.setProperty("role", "muted")
        self._statuses = QComboBox()
        self._statuses.setObjectName("findingsStatus")
        self._statuses.setAccessibleName(self.tr("Show findings"))
        self._statuses.addItem(self.tr("All"), None)
        for status in Status:
            self._statuses.addItem(words.status_word(status), status)
        self._statuses.currentIndexChanged.connect(self._filter_status)
        self._search = QLineEdit()
        self._search.setObjectName("findingsSearch")
        self._search.setAccessibleName(self.tr("Find in findings"))
        self._search.setPlaceholderText(self.tr("Find"))
        self._search.setClearButtonEnabled(True)
        self._search.setMaximumWidth(130)
        self._search.textChanged.connect(self._filter_words)
        row.addWidget(title)
        row.addWidget(self._counts, 1)
        row.addWidget(self._search)
        row.addWidget(self._statuses)
        return row

    def _filter_words(self, text: str) -> None:
        self._filter.filter_words(text)
        self._show_counts()

    def _filter_status(self, row: int) -> None:
        self._filter.filter_status(self._statuses.itemData(row))
        self._show_counts()

    def _show_counts(self) -> None:
        count, left = self._model.rowCount(), self._model.open_count()
        self._counts.setText(
            self.tr("%1, %2 to review").replace("%1", str(count)).replace("%2", str(left)) if count else ""
        )
        is_empty = self._filter.rowCount() == 0
        self._empty.setText(self.tr("No finding matches.") if count else self._empty_text)
        self._stack.setCurrentWidget(self._empty if is_empty else self._table)

    def _tell(self, current: QModelIndex) -> None:
        source = self._filter.mapToSource(current)
        self.finding_chosen.emit(self._model.entry(source.row()).finding.id if source.isValid() else "")


def _quiet_label() -> QLabel:
    label = QLabel()
    label.setObjectName("findingsEmpty")
    label.setProperty("role", "muted")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setMargin(Space.HUGE)
    return label
