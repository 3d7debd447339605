"""The left column: the documents, and the outline of the one that is shown."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QSplitter,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.ids import SectionId
from reviewer.domain.section import Section
from reviewer.ui.delegates.document import DocumentDelegate
from reviewer.ui.delegates.outline import OutlineDelegate
from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import ICON_SIZE, Scale, Space
from reviewer.ui.viewmodels.documents import ENTRY_ROLE, DocumentsModel
from reviewer.ui.viewmodels.outline import HAS_FINDINGS_ROLE, SECTION_ROLE, OutlineModel

INDENT = 14
MOST_UNFOLDED = 80
"""Outlines of up to so many sections are shown unfolded."""
_SIZES = (260, 560)


class DocumentsPane(QWidget):
    """Two lists, one above the other. What is chosen here is said by signals; what is selected from outside is not."""

    add_requested = Signal()
    document_chosen = Signal(str)
    """Key of a `ShelfEntry`."""
    section_chosen = Signal(object)
    """A `SectionId`."""
    remove_requested = Signal(str)
    """Key of a `ShelfEntry`."""

    def __init__(
        self, theme: Theme, documents: DocumentsModel, outline: OutlineModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._documents, self._outline = theme, documents, outline
        self._is_following = False
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("documentsSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        self._documents_part, self._outline_part = self._make_documents(), self._make_outline()
        splitter.addWidget(self._documents_part)
        splitter.addWidget(self._outline_part)
        splitter.setSizes(list(_SIZES))
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self._listen()
        self._draw()

    # ------------------------------------------------------------------------------------------------ from outside

    def panes(self) -> list[tuple[QWidget, QWidget]]:
        """Where F6 goes, in order: each part, and what in it takes the focus."""
        return [(self._documents_part, self._list), (self._outline_part, self._tree)]

    def select_document(self, key: str) -> None:
        """Shows which document is in the middle of the window; none for a key that is not in the list."""
        self._follow(self._list, self._documents.index_of(key))

    def select_section(self, section_id: SectionId | None) -> None:
        """Shows which section is read; the nearest one around it where the filter leaves it out."""
        source = self._outline.index_of(section_id) if section_id else QModelIndex()
        index = self._shown.mapFromSource(source)
        while source.isValid() and not index.isValid():
            source = source.parent()
            index = self._shown.mapFromSource(source)
        self._follow(self._tree, index)

    @property
    def section(self) -> Section | None:
        """The section that is chosen in the outline."""
        chosen = self._tree.selectionModel().selectedIndexes()
        section: Section | None = chosen[0].data(SECTION_ROLE) if chosen else None
        return section

    def add_section_actions(self, actions: Sequence[QAction]) -> None:
        """What can be done about a section, in the menu of the outline."""
        self._tree.addActions(actions)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def step_section(self, step: int) -> None:
        """Chooses the next (1) or previous (-1) section of the outline; the first where none was chosen."""
        chosen = self._tree.selectionModel().selectedIndexes()
        if not chosen:
            index = self._shown.index(0, 0)
        else:
            index = self._tree.indexBelow(chosen[0]) if step > 0 else self._tree.indexAbove(chosen[0])
        if index.isValid():
            self._tree.setCurrentIndex(index)

    # ------------------------------------------------------------------------------------------------------ the parts

    def _make_documents(self) -> QWidget:
        self._list = QListView()
        self._list.setObjectName("documentsList")
        self._list.setAccessibleName(self.tr("Documents"))
        self._list.setModel(self._documents)
        self._list.setItemDelegate(DocumentDelegate(self._theme, self._list))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._remove = QAction(self.tr("Remove from the list"), self._list)
        self._remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self._remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._list.addAction(self._remove)
        self._add = QToolButton()
        self._add.setObjectName("addDocuments")
        self._add.setProperty("role", "quiet")
        self._add.setAccessibleName(self.tr("Add documents"))
        self._add.setToolTip(self.tr("Add documents"))
        self._add.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        return _part(self.tr("Documents"), self._add, self._list)

    def _make_outline(self) -> QWidget:
        self._shown = QSortFilterProxyModel(self)
        self._shown.setRecursiveFilteringEnabled(True)
        self._shown.setFilterRole(HAS_FINDINGS_ROLE)
        self._shown.setSourceModel(self._outline)
        self._tree = QTreeView()
        self._tree.setObjectName("outlineTree")
        self._tree.setAccessibleName(self.tr("Outline"))
        self._tree.setModel(self._shown)
        self._tree.setItemDelegate(OutlineDelegate(self._theme, self._tree))
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setIndentation(INDENT)
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._tree.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._filter = QToolButton()
        self._filter.setObjectName("onlyWithFindings")
        self._filter.setText(self.tr("With findings"))
        self._filter.setAccessibleName(self.tr("Only sections with findings"))
        self._filter.setToolTip(self.tr("Show only sections with findings"))
        self._filter.setProperty("role", "quiet")
        self._filter.setCheckable(True)
        self._filter.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._filter.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._filter.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        return _part(self.tr("Outline"), self._filter, self._tree)

    def _listen(self) -> None:
        self._add.clicked.connect(self.add_requested)
        self._remove.triggered.connect(self._ask_to_remove)
        self._list.selectionModel().selectionChanged.connect(self._choose_document)
        self._list.activated.connect(self._say_document)
        self._tree.selectionModel().selectionChanged.connect(self._choose_section)
        self._tree.activated.connect(self._say_section)
        # A click on the row that is chosen already goes there again; on another one it says the same twice.
        self._tree.clicked.connect(self._say_section)
        self._filter.toggled.connect(self._apply_filter)
        self._shown.modelReset.connect(self._unfold)
        self._theme.changed.connect(self._draw)

    # ------------------------------------------------------------------------------------------------- what is chosen

    def _choose_document(self, selected: QItemSelection) -> None:
        if not self._is_following and selected.indexes():
            self._say_document(selected.indexes()[0])

    def _say_document(self, index: QModelIndex) -> None:
        self.document_chosen.emit(index.data(ENTRY_ROLE).key)

    def _choose_section(self, selected: QItemSelection) -> None:
        if not self._is_following and selected.indexes():
            self._say_section(selected.indexes()[0])

    def _say_section(self, index: QModelIndex) -> None:
        self.section_chosen.emit(index.data(SECTION_ROLE).id)

    def _ask_to_remove(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            self.remove_requested.emit(index.data(ENTRY_ROLE).key)

    def _follow(self, view: QAbstractItemView, index: QModelIndex) -> None:
        self._is_following = True
        try:
            if index.isValid():
                view.setCurrentIndex(index)
                view.scrollTo(index)
            else:
                view.selectionModel().clear()
        finally:
            self._is_following = False

    # ------------------------------------------------------------------------------------------------- what is shown

    def _apply_filter(self) -> None:
        self._draw()
        chosen = [index.data(SECTION_ROLE).id for index in self._tree.selectionModel().selectedIndexes()]
        # Off its source, the filter does not take rows away one by one: seconds for some thousand sections.
        self._shown.setSourceModel(None)  # type: ignore[arg-type]  # Qt takes null; the stubs do not know
        self._shown.setFilterFixedString("1" if self._filter.isChecked() else "")
        self._shown.setSourceModel(self._outline)
        if chosen:
            self.select_section(chosen[0])

    def _unfold(self) -> None:
        if self._filter.isChecked() or self._outline.count() <= MOST_UNFOLDED:
            self._tree.expandAll()

    def _draw(self) -> None:
        self._add.setIcon(icon("add", self._theme.palette.text))
        sign = "exact" if self._filter.isChecked() else "filter"
        self._filter.setIcon(icon(sign, self._theme.palette.text))
        for view in (self._list, self._tree):
            view.viewport().update()


def _part(title: str, beside: QWidget, view: QWidget) -> QWidget:
    part = QWidget()
    header = QHBoxLayout()
    header.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.SMALL)
    label = QLabel(title)
    label.setFont(scaled_font(Scale.BODY, bold=True))
    label.setBuddy(view)
    header.addWidget(label, 1)
    header.addWidget(beside)
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addLayout(header)
    layout.addWidget(view, 1)
    return part
