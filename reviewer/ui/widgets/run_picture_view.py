"""A run drawn before it is started: four stages side by side, with arrows; the same in words for screen readers."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space

Stage = tuple[str, tuple[str, ...]]
_ARROW = 22.0
_LINES = 3
"""Lines of text that one entry may take in its box."""


class RunPictureView(QWidget):
    """Draws the stages of a run. Reached by Tab; a screen reader reads all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self.setObjectName("runPicture")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("What the run does"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: Sequence[Stage]) -> None:
        """Draws these: the name of each stage and its lines."""
        self._stages = tuple(stages)
        told = ". ".join(f"{name}: {'; '.join(lines)}" for name, lines in self._stages)
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the stage with most lines needs."""
        most = max((len(lines) for _, lines in self._stages), default=0)
        line = self.fontMetrics().lineSpacing()
        return QSize(560, round((most * _LINES + 1) * line + 3 * Space.SMALL) if most else 0)

    def minimumSizeHint(self) -> QSize:
        """No less than the text."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Boxes with arrows between them."""
        del event
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - _ARROW * (len(self._stages) - 1)) / len(self._stages)
        for index, stage in enumerate(self._stages):
            box = QRectF(index * (width + _ARROW), 0, width, self.height()).adjusted(1, 1, -1, -1)
            self._draw_box(painter, box, stage)
            if index:
                self._draw_arrow(painter, box.left() - _ARROW, box.center().y())
        painter.end()

    def _draw_box(self, painter: QPainter, box: QRectF, stage: Stage) -> None:
        name, lines = stage
        edge = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
        painter.setPen(QPen(self.palette().color(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(Space.SMALL, Space.SMALL, -Space.SMALL, -Space.SMALL)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.setFont(scaled_font(Scale.BODY, bold=True))
        painter.drawText(inner, name)
        painter.setFont(scaled_font(Scale.BODY))
        below = inner.adjusted(0, self.fontMetrics().lineSpacing() + Space.HAIR, 0, 0)
        painter.drawText(below, "\n".join(lines), QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop))

    def _draw_arrow(self, painter: QPainter, left: float, middle: float) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        end = left + _ARROW - 3
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(QPointF(left + 3, middle), QPointF(end, middle))
        painter.setBrush(colour)
        painter.drawPolygon(
            QPolygonF([QPointF(end, middle), QPointF(end - 6, middle - 4), QPointF(end - 6, middle + 4)])
        )
