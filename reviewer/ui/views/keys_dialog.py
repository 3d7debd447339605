"""The list of keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space


class KeysDialog(QDialog):
    """Shows what to press for what. Opened with ``open()``, never ``exec()``."""

    def __init__(self, keys: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 620)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        title = QLabel(self.tr("Keys"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        layout.addWidget(_scrolling(_table(keys)), 1)
        close = QPushButton(self.tr("Close"))
        close.setObjectName("closeKeys")
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _table(keys: Sequence[tuple[str, str]]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setColumnStretch(1, 1)
    grid.setHorizontalSpacing(Space.HUGE)
    for row, (key, text) in enumerate(keys):
        shown = QLabel(key)
        shown.setFont(scaled_font(Scale.BODY, bold=True))
        grid.addWidget(shown, row, 0)
        grid.addWidget(QLabel(text), row, 1)
    return table


def _scrolling(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("keyList")
    area.setAccessibleName(widget.tr("List of keys"))
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(widget)
    return area
