"""Paints cells of the tables under the source: what one says on a few lines, and below it a quiet line."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from reviewer.ui.delegates.ground import paint_focus, paint_ground
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.cell import CELL_ROLE, TableCell

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """All rows are of one height. Text is plain, whatever a model wrote.

    Args:
        lines: how many lines a cell has room for, its quiet line included; a tool tip has the rest.
    """

    def __init__(self, theme: Theme, lines: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines

    def row_height(self) -> int:
        """In device-independent pixels."""
        return 2 * Space.SMALL + self._lines * (QFontMetrics(scaled_font(Scale.BODY)).height() + 1)

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        """As high as every row, as wide as there is room."""
        return QSize(option.rect.width(), self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words, state, focus ring."""
        cell: TableCell = index.data(CELL_ROLE)
        palette, rect = self._theme.palette, QRect(option.rect)
        painter.save()
        painter.setClipRect(rect)
        paint_ground(painter, option, palette)
        inner = QRectF(rect.adjusted(Space.SMALL, Space.SMALL, -Space.SMALL, -Space.SMALL))
        painter.setPen(QColor(palette.text))
        most = self._lines - bool(cell.state)
        below = _draw_lines(painter, cell.value, most, inner) if cell.value else 0.0
        small = scaled_font(Scale.SMALL)
        painter.setFont(small)
        painter.setPen(QColor(palette.warning if cell.needs_look else palette.muted))
        place = inner.adjusted(0, below + (Space.HAIR if below else 0), 0, 0)
        state = QFontMetrics(small).elidedText(cell.state, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), state)
        painter.setPen(QColor(palette.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        paint_focus(painter, option, palette)
        painter.restore()


def _draw_lines(painter: QPainter, text: str, most: int, box: QRectF) -> float:
    """Draws so many lines of a text at most, the last one shortened; gives their height."""
    font = scaled_font(Scale.BODY)
    layout = QTextLayout(text, font)
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    height, starts = 0.0, []
    for _ in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1.0, box.width()))
        line.setPosition(QPointF(0, height))
        starts.append((line.textStart(), line.textLength(), height))
        height += line.height() + 1
    layout.endLayout()
    metrics, encoded = QFontMetrics(font), text.encode("utf-16-le", "surrogatepass")
    painter.setFont(font)
    for number, (start, length, top) in enumerate(starts):
        is_last = number == most - 1
        units = encoded[2 * start :] if is_last else encoded[2 * start : 2 * (start + length)]
        shown = units.decode("utf-16-le", "replace").rstrip()
        if is_last:
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(QPointF(box.left(), box.top() + top + metrics.ascent()), shown)
    return height


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
