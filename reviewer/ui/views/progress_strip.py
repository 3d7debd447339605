"""The progress strip: how far a run is, in a bar and in words, and the way to stop it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import ICON_SIZE, Space

STEPS = 1000


class ProgressStrip(QWidget):
    """A strip at the foot of the window; hidden while nothing runs."""

    stop_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("progressStrip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._bar = QProgressBar()
        self._bar.setObjectName("progressBar")
        self._bar.setAccessibleName(self.tr("Progress of the run"))
        self._bar.setRange(0, STEPS)
        self._bar.setTextVisible(False)
        self._sentence = QLabel()
        self._sentence.setObjectName("progressSentence")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._stop = QPushButton(self.tr("Stop"))
        self._stop.setObjectName("progressStop")
        self._stop.setAccessibleName(self.tr("Stop the run"))
        self._stop.setToolTip(self.tr("Stop the run. What is done is kept."))
        self._stop.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self._stop.clicked.connect(self.stop_requested)
        self._lay_out()
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    def set_progress(self, fraction: float, sentence: str) -> None:
        """Shows how far the run is: a fraction from 0 to 1, and the same in words."""
        self._bar.setValue(round(fraction * STEPS))
        self._say(sentence)
        self._stop.setEnabled(True)
        self.show()

    def set_stopping(self) -> None:
        """Says that the run is being stopped; it cannot be asked for twice."""
        self._stop.setEnabled(False)
        self._say(self.tr("Stopping. What is done is kept."))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The ground, and a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.window))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.palette.line))

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setToolTip(sentence)
        self._bar.setAccessibleDescription(sentence)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.TINY)
        words.addWidget(self._sentence)
        words.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addLayout(words, 1)
        row.addWidget(self._stop)

    def _draw(self) -> None:
        palette = self._theme.palette
        self._stop.setIcon(icon("stop", palette.danger, palette.edge))
        self.update()
