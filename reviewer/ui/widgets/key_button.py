"""A button that shows the key that does the same."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import ICON_SIZE, Palette, Scale, Space

CAP = 18
"""Edge of the key cap in device-independent pixels."""


class KeyButton(QPushButton):
    """Icon, text, and a key cap at the end. Takes no key itself: that is the window's action."""

    def __init__(self, theme: Theme, text: str, name: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._key = key
        self._icon: tuple[str, str] | None = None
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({key})")
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setStyleSheet(f"QPushButton {{ text-align: left; padding-right: {CAP + 2 * Space.SMALL}px; }}")
        theme.changed.connect(self._draw)

    def show_icon(self, name: str, colour: str) -> None:
        """Shows an icon in a colour of the theme, given by the name it has in `Palette`."""
        self._icon = (name, colour)
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the key cap in it."""
        super().paintEvent(event)
        palette: Palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled_font(Scale.SMALL))
        width = max(CAP, QFontMetricsF(painter.font()).horizontalAdvance(self._key) + Space.SMALL)
        cap = QRectF(self.width() - Space.SMALL - width, (self.height() - CAP) / 2, width, CAP)
        painter.setPen(QPen(QColor(palette.edge), 1))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QColor(palette.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()

    def _draw(self) -> None:
        if self._icon is not None:
            name, colour = self._icon
            self.setIcon(icon(name, getattr(self._theme.palette, colour)))
