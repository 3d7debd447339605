"""What all rows stand on: the ground of a chosen or hovered row, and the ring of the row that has the focus."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from reviewer.ui.theme.tokens import RADIUS, Palette


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, palette: Palette) -> None:
    """Fills the row where it is chosen or under the pointer."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(palette.chosen))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(palette.hover))


def paint_focus(painter: QPainter, option: QStyleOptionViewItem, palette: Palette) -> None:
    """Draws the focus ring of the current row, in a list that has the focus."""
    if not option.state & QStyle.StateFlag.State_HasFocus:
        return
    rect: QRect = option.rect
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.focus), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS / 2, RADIUS / 2)
