"""Paints rows of the documents list: state, name, what it is, or why it cannot be read."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.ui.delegates.ground import paint_focus, paint_ground
from reviewer.ui.theme.icons import SHAPES, paint_icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Palette, Scale, Space
from reviewer.ui.viewmodels.documents import DETAIL_ROLE, ENTRY_ROLE, STATE_ROLE
from reviewer.ui.viewmodels.shelf import ShelfEntry, ShelfState

ICON = 16
SHAPE = 14
_LEFT = Space.MEDIUM + ICON + Space.SMALL
_MOST_HEIGHT = 10_000

ICONS = {
    ShelfState.WAITING: "waiting",
    ShelfState.READING: "running",
    ShelfState.READY: "document",
    ShelfState.RUNNING: "running",
    ShelfState.DONE: "done",
    ShelfState.PARTIAL: "warning",
    ShelfState.REFUSED: "failed",
}

Index = QModelIndex | QPersistentModelIndex


class DocumentDelegate(QStyledItemDelegate):
    """Two lines a row; a refusal takes as many as its sentence needs at the list's width."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size at the list's present width, in device-independent pixels."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        name, small = QFontMetrics(_name_font()), QFontMetrics(scaled_font(Scale.SMALL))
        entry: ShelfEntry = index.data(ENTRY_ROLE)
        below = small.height()
        if entry.state is ShelfState.REFUSED:
            room = QRect(0, 0, max(1, width - _LEFT - Space.MEDIUM), _MOST_HEIGHT)
            below = small.boundingRect(room, int(Qt.TextFlag.TextWordWrap), index.data(DETAIL_ROLE)).height()
        return QSize(width, Space.SMALL + name.height() + Space.HAIR + below + Space.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, icon, name and state, what stands below, focus ring."""
        entry: ShelfEntry = index.data(ENTRY_ROLE)
        palette, rect = self._theme.palette, QRect(option.rect)
        painter.save()
        painter.setClipRect(rect)
        paint_ground(painter, option, palette)
        line = rect.adjusted(_LEFT, Space.SMALL, -Space.MEDIUM, -Space.SMALL)
        upper = QRect(line.left(), line.top(), line.width(), QFontMetrics(_name_font()).height())
        lower = line.adjusted(0, upper.height() + Space.HAIR, 0, 0)
        icon = QRectF(rect.left() + Space.MEDIUM, upper.center().y() + 1 - ICON / 2, ICON, ICON)
        paint_icon(painter, ICONS[entry.state], _colour(entry.state, palette), icon)
        self._paint_name(painter, upper, entry, index.data(STATE_ROLE))
        self._paint_below(painter, lower, entry, index.data(DETAIL_ROLE))
        paint_focus(painter, option, palette)
        painter.restore()

    def _paint_name(self, painter: QPainter, box: QRect, entry: ShelfEntry, state: str) -> None:
        palette = self._theme.palette
        small = scaled_font(Scale.SMALL)
        taken = QFontMetrics(small).horizontalAdvance(state) + Space.SMALL
        painter.setFont(small)
        painter.setPen(QColor(_colour(entry.state, palette)))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), state)
        painter.setFont(_name_font())
        painter.setPen(QColor(palette.text))
        room = box.adjusted(0, 0, -taken, 0)
        name = QFontMetrics(_name_font()).elidedText(entry.name, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)

    def _paint_below(self, painter: QPainter, box: QRect, entry: ShelfEntry, text: str) -> None:
        palette, font = self._theme.palette, scaled_font(Scale.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(palette.muted))
        if entry.state is ShelfState.REFUSED:
            painter.drawText(box, int(Qt.TextFlag.TextWordWrap), text)
            return
        if entry.worst is not None:
            shape = QRectF(box.right() + 1 - SHAPE, box.center().y() + 1 - SHAPE / 2, SHAPE, SHAPE)
            paint_icon(painter, SHAPES[entry.worst], palette.severities[entry.worst], shape)
            box = box.adjusted(0, 0, -SHAPE - Space.TINY, 0)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


def _name_font() -> QFont:
    return scaled_font(Scale.BODY, bold=True)


def _colour(state: ShelfState, palette: Palette) -> str:
    match state:
        case ShelfState.RUNNING | ShelfState.READING:
            return palette.accent
        case ShelfState.DONE:
            return palette.good
        case ShelfState.PARTIAL:
            return palette.warning
        case ShelfState.REFUSED:
            return palette.danger
        case _:
            return palette.muted
