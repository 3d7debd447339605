"""Text of documents and models as it is: never markup, can be marked and copied, wraps everywhere."""

import re

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from reviewer.domain.inert import inert

_LONG = re.compile(r"\S{36,}")
_PIECE = re.compile(r"\S{12}")
_BREAK = "\u200b"
"""A place to break a line at that takes no room; only in words longer than a narrow column."""


class PlainText(QLabel):
    """Says ``clicked`` when it is clicked and nothing was marked with the pointer."""

    clicked = Signal()

    def __init__(self, text: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = QPoint()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if role:
            self.setProperty("role", role)
        self.setText(_LONG.sub(lambda word: _PIECE.sub(rf"\g<0>{_BREAK}", word.group()), inert(text)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers where, to tell a click from marking text."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click is a press and a release at one place."""
        super().mouseReleaseEvent(event)
        way = (event.position().toPoint() - self._pressed).manhattanLength()
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and way < QApplication.startDragDistance() and not self.hasSelectedText():
            self.clicked.emit()
