"""A run drawn before it is started: four stages side by side, with arrows; the same in words for screen readers."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip

Stage = tuple[str, tuple[str, ...]]
_ARROW = 22.0
_USUAL, _HIGH = 700, 10_000
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class RunPictureView(QWidget):
    """Draws the stages of a run. Reached by Tab; a screen reader reads all of it.

    Args:
        name: of the widget.
        title: what the run does it with.
        stages: the name of each stage and its lines.
    """

    def __init__(self, name: str, title: str, stages: Sequence[Stage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages = tuple(stages)
        told = ". ".join(f"{stage}: {'; '.join(lines)}" for stage, lines in self._stages)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("What the run does: %1").replace("%1", title))
        self.setAccessibleDescription(told)
        self.setToolTip(plain_tool_tip(told))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Lines wrap in their boxes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the highest box, in device-independent pixels."""
        room = QRect(0, 0, max(1, int(self._box_width(width)) - 2 * Space.SMALL - 2), _HIGH)
        metrics = QFontMetrics(scaled_font(Scale.BODY))
        highest = max(metrics.boundingRect(room, _WRAPPED, "\n".join(lines)).height() for _, lines in self._stages)
        return metrics.lineSpacing() + highest + Space.HAIR + 3 * Space.SMALL

    def sizeHint(self) -> QSize:
        """For a dialog of the usual width."""
        return QSize(_USUAL, self.heightForWidth(_USUAL))

    def minimumSizeHint(self) -> QSize:
        """No less than the text, as wide as the dialog is."""
        return QSize(0, self.heightForWidth(self.width()))

    def _box_width(self, width: int) -> float:
        return (width - _ARROW * (len(self._stages) - 1)) / len(self._stages)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Boxes with arrows between them."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._box_width(self.width())
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
