"""One panel under the source: a notice where one is needed, the rows, or why there are none."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from reviewer.ui.theme.icons import paint_icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import ICON_SIZE, Space

_BLANK_ICON = 32
_MOST_WIDTH = 460


class Sign(QWidget):
    """An icon of the family in a colour of the palette (``muted``, ``warning`` ...), redrawn when the theme changes."""

    def __init__(self, name: str, colour: str, size: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._colour, self._theme = name, colour, theme
        self.setFixedSize(QSize(size, size))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        """Draws the icon over the whole widget."""
        paint_icon(QPainter(self), self._name, getattr(self._theme.palette, self._colour), QRectF(self.rect()))


class Blank(QWidget):
    """What stands in the place of rows: one sentence that says why there are none, or what to do."""

    def __init__(self, icon: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.label.setWordWrap(True)
        self.label.setMaximumWidth(_MOST_WIDTH)
        self.label.setMinimumWidth(min(_MOST_WIDTH, 240))
        self.label.setProperty("role", "muted")
        box = QVBoxLayout(self)
        box.setSpacing(Space.MEDIUM)
        box.addStretch()
        box.addWidget(Sign(icon, "edge", _BLANK_ICON, theme, self), 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.label, 1)
        row.addStretch()
        box.addLayout(row)
        box.addStretch()


class Notice(QFrame):
    """A sentence above the rows with one thing to do about it.

    Attributes:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(self, button: str, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("state", "warning")
        self.label = QLabel(self)
        self.label.setObjectName(f"{name}Text")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.button = QPushButton(button, self)
        self.button.setObjectName(name)
        self.button.setAccessibleName(button)
        self.button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addWidget(Sign("warning", "warning", ICON_SIZE, theme, self))
        row.addWidget(self.label, 1)
        row.addWidget(self.button)

    def say(self, text: str) -> None:
        """Shows a sentence; hides the notice for none."""
        self.label.setText(text)
        self.setVisible(bool(text))


class Remark(QLabel):
    """A sentence about all rows, above them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "remark")

    def say(self, text: str) -> None:
        """Shows a sentence; nothing for none."""
        self.setText(text)
        self.setVisible(bool(text))


class ResultsPanel(QWidget):
    """A view, or what stands in its place; something to say above both."""

    def __init__(
        self, view: QWidget, icon: str, theme: Theme, above: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self.blank = Blank(icon, theme, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.blank)
        self._pages.addWidget(view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        if above:
            box.addWidget(above)
        box.addWidget(self._pages, 1)

    def explain(self, text: str) -> None:
        """Shows why there are no rows; the rows where there is nothing to explain."""
        self.blank.label.setText(text)
        self._pages.setCurrentWidget(self.blank if text else self._view)
