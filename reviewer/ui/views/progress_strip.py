"""The progress strip: how far a run is, in a bar and in words, and the ways to pause and to stop it."""

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import ICON_SIZE, Space
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

STEPS = 1000


class ProgressStrip(QWidget):
    """A strip at the foot of the window; hidden while nothing runs."""

    stop_requested = Signal()
    pause_requested = Signal()

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
        self._pause = self._button("progressPause", self.pause_requested)
        self._stop = self._button("progressStop", self.stop_requested)
        self._stop.setText(self.tr("Stop"))
        self._stop.setAccessibleName(self.tr("Stop the run"))
        self._stop.setToolTip(self.tr("Stop the run. What is done is kept."))
        self._is_paused = False
        self._lay_out()
        theme.changed.connect(self._draw)
        self.set_paused(is_paused=False)
        self.hide()

    def set_progress(self, fraction: float, sentence: str) -> None:
        """Shows how far the run is: a fraction from 0 to 1, and the same in words."""
        self._bar.setValue(round(fraction * STEPS))
        self._say(sentence)
        self._stop.setEnabled(True)
        self._pause.setEnabled(True)
        self.show()

    def set_paused(self, *, is_paused: bool) -> None:
        """Offers to go on, or to pause."""
        self._is_paused = is_paused
        self._pause.setText(self.tr("Go on") if is_paused else self.tr("Pause"))
        self._pause.setAccessibleName(self.tr("Go on with the run") if is_paused else self.tr("Pause the run"))
        explained = (
            self.tr("Ask on from where the run was paused.") if is_paused else self.tr("Ask nothing more for now.")
        )
        self._pause.setToolTip(explained)
        self._draw()

    def set_stopping(self) -> None:
        """Says that the run is being stopped; it cannot be asked for twice."""
        self._stop.setEnabled(False)
        self._pause.setEnabled(False)
        self._say(self.tr("Stopping. What is done is kept."))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The ground, and a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.window))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.palette.line))

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setToolTip(plain_tool_tip(sentence))
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
        row.addWidget(self._pause)
        row.addWidget(self._stop)

    def _button(self, name: str, asked: SignalInstance) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.clicked.connect(asked)
        return button

    def _draw(self) -> None:
        palette = self._theme.palette
        self._pause.setIcon(icon("run" if self._is_paused else "pause", palette.text, palette.edge))
        self._stop.setIcon(icon("stop", palette.danger, palette.edge))
        self.update()
