"""Paints rows of the outline: state, number and title, what it is about if there is room, what was found."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.ui.delegates.ground import paint_focus, paint_ground
from reviewer.ui.theme.icons import SHAPES, paint_icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Palette, Scale, Space
from reviewer.ui.viewmodels.outline import (
    FINDINGS_ROLE,
    FOLDED_FINDINGS_ROLE,
    FOLDED_STATE_ROLE,
    HAS_STATES_ROLE,
    LABELS_ROLE,
    SECTION_ROLE,
    STATE_ROLE,
    TITLE_ROLE,
    Found,
)
from reviewer.ui.viewmodels.progress import SectionState

ICON = 14
SHAPE = 14
_COUNT = 12
"""The least width of a count, so that the shapes of one-digit counts stand below each other."""
_LEAST_LABELS = 48
"""The least width, in device-independent pixels, in which what a part is about is worth a look."""
_MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

ICONS = {
    SectionState.WAITING: "waiting",
    SectionState.RUNNING: "running",
    SectionState.DONE: "done",
    SectionState.FAILED: "failed",
}

Index = QModelIndex | QPersistentModelIndex


class OutlineDelegate(QStyledItemDelegate):
    """One line a row. A folded row shows what most needs a look of all its parts."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """The same height for every row, in device-independent pixels."""
        return QSize(0, max(QFontMetrics(option.font).height(), ICON) + 2 * (Space.TINY + 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, state, number and title, findings, focus ring."""
        palette = self._theme.palette
        painter.save()
        painter.setClipRect(option.rect)
        paint_ground(painter, option, palette)
        box = QRect(option.rect).adjusted(Space.HAIR, 0, -Space.SMALL, 0)
        folded = _is_folded(option)
        if index.data(HAS_STATES_ROLE):
            state: SectionState = index.data(FOLDED_STATE_ROLE if folded else STATE_ROLE)
            _paint_state(painter, box, state, palette)
            box = box.adjusted(ICON + Space.SMALL - Space.HAIR, 0, 0, 0)
        taken = _paint_findings(painter, box, index.data(FOLDED_FINDINGS_ROLE if folded else FINDINGS_ROLE), palette)
        self._paint_title(painter, box.adjusted(0, 0, -taken, 0), index, option.font)
        paint_focus(painter, option, palette)
        painter.restore()

    def _paint_title(self, painter: QPainter, box: QRect, index: Index, font: QFont) -> None:
        palette, section = self._theme.palette, index.data(SECTION_ROLE)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        if section.number:
            painter.setPen(QColor(palette.text))
            number = metrics.elidedText(section.number, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _MIDDLE_LEFT, number)
            box = box.adjusted(metrics.horizontalAdvance(section.number) + Space.SMALL - Space.HAIR, 0, 0, 0)
        if box.width() > 0:
            painter.setPen(QColor(palette.text if section.heading else palette.muted))
            title = metrics.elidedText(index.data(TITLE_ROLE), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _MIDDLE_LEFT, title)
            box = box.adjusted(metrics.horizontalAdvance(title) + Space.MEDIUM, 0, 0, 0)
        labels = index.data(LABELS_ROLE)
        if labels and box.width() >= _LEAST_LABELS:
            painter.setPen(QColor(palette.muted))
            painter.drawText(box, _MIDDLE_LEFT, metrics.elidedText(labels, Qt.TextElideMode.ElideRight, box.width()))


def _is_folded(option: QStyleOptionViewItem) -> bool:
    has_children = bool(option.state & QStyle.StateFlag.State_Children)
    return has_children and not option.state & QStyle.StateFlag.State_Open


def _paint_state(painter: QPainter, box: QRect, state: SectionState, palette: Palette) -> None:
    if state in ICONS:
        place = QRectF(box.left(), box.center().y() + 1 - ICON / 2, ICON, ICON)
        paint_icon(painter, ICONS[state], _colour(state, palette), place)


def _colour(state: SectionState, palette: Palette) -> str:
    match state:
        case SectionState.RUNNING:
            return palette.accent
        case SectionState.DONE:
            return palette.good
        case SectionState.FAILED:
            return palette.danger
        case _:
            return palette.muted


def _paint_findings(painter: QPainter, box: QRect, found: Found, palette: Palette) -> int:
    """The shape of the worst severity and the count at the right edge; gives the width they take."""
    count, worst = found
    if not count or worst is None:
        return 0
    font = scaled_font(Scale.SMALL, bold=True)
    width = QFontMetrics(font).horizontalAdvance(str(count))
    colour = palette.severities[worst]
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, _MIDDLE_RIGHT, str(count))
    left = box.right() + 1 - max(width, _COUNT) - Space.TINY - SHAPE
    paint_icon(painter, SHAPES[worst], colour, QRectF(left, box.center().y() + 1 - SHAPE / 2, SHAPE, SHAPE))
    return max(width, _COUNT) + Space.TINY + SHAPE + Space.SMALL
