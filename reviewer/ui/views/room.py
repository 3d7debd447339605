"""The review room: documents and outline | source and panels | findings and detail. Always side by side."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from reviewer.ui.views.detail_pane import DetailPane
from reviewer.ui.views.documents_pane import DocumentsPane
from reviewer.ui.views.findings_pane import FindingsPane
from reviewer.ui.views.results_dock import ResultsDock
from reviewer.ui.views.source_pane import SourcePane

COLUMNS = (250, 590, 440)
MIDDLE = (560, 200)
RIGHT = (330, 430)


class Room(QSplitter):
    """The three columns. Holds the panes and their sizes; knows nothing of what they show."""

    def __init__(
        self,
        documents: DocumentsPane,
        source: SourcePane,
        panels: ResultsDock,
        findings: FindingsPane,
        detail: DetailPane,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("room")
        self.documents, self.source, self.panels = documents, source, panels
        self.findings, self.detail = findings, detail
        self._middle = _stacked("middle", source, panels, MIDDLE)
        self._right = _stacked("right", findings, detail, RIGHT)
        for column, width in zip((documents, self._middle, self._right), (200, 380, 380), strict=True):
            column.setMinimumWidth(width)
            self.addWidget(column)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setSizes(list(COLUMNS))
        for index, stretch in enumerate((0, 3, 2)):
            self.setStretchFactor(index, stretch)

    def panes(self) -> list[tuple[QWidget, QWidget]]:
        """Where F6 goes, in order: documents, outline, source, findings, panels; each with what in it takes the focus.

        A focus proxy would say the same, but then Tab goes past all that stands before it in its pane.
        """
        return [
            *self.documents.panes(),
            (self.source, self.source.view),
            (self.findings, self.findings.table),
            (self.panels, self.panels.tab_bar),
        ]

    def make_room_below(self) -> None:
        """Gives a table under the source half of the height, where it has less."""
        upper, lower = self._middle.sizes()
        half = (upper + lower) // 2
        if lower < half:
            self._middle.setSizes([upper + lower - half, half])

    def layout_state(self) -> list[QByteArray]:
        """The sizes of all panes, to be kept."""
        return [splitter.saveState() for splitter in (self, self._middle, self._right)]

    def restore_layout(self, states: list[QByteArray]) -> None:
        """Puts sizes back that were kept."""
        for splitter, state in zip((self, self._middle, self._right), states, strict=False):
            splitter.restoreState(state)


def _stacked(name: str, upper: QWidget, lower: QWidget, sizes: tuple[int, int]) -> QSplitter:
    splitter = QSplitter(Qt.Orientation.Vertical)
    splitter.setObjectName(name)
    splitter.addWidget(upper)
    splitter.addWidget(lower)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    splitter.setSizes(list(sizes))
    splitter.setStretchFactor(0, 3)
    splitter.setStretchFactor(1, 1)
    return splitter
