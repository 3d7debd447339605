"""Paints rows of prose: wrapped text, a quiet aside on its line, a quiet second line below."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from reviewer.ui.theme.icons import paint_icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import RADIUS, Palette, Scale, Space
from reviewer.ui.viewmodels.prose import Setting, Tone
from reviewer.ui.viewmodels.prose_tree import SETTING_ROLE

_ICON = 12
_MOST_HEIGHTS = 20_000
_ASIDE_GAP = "   "

Index = QModelIndex | QPersistentModelIndex


class ProseDelegate(QStyledItemDelegate):
    """Sets a cell of a `ProseTree` as text that wraps at the width of its column.

    Heights are kept by content and width: a tree that grows asks for all of them again.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heights: dict[tuple[Setting, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size at the column's present width, in device-independent pixels."""
        setting = _setting(index)
        width = _width(option, index, setting)
        key = (setting, width)
        height = self._heights.get(key)
        if height is None:
            if len(self._heights) >= _MOST_HEIGHTS:
                self._heights.clear()
            height = self._heights[key] = self._height(setting, width, option.font)
        return QSize(width, height)

    def forget_sizes(self) -> None:
        """To be called when the font changes."""
        self._heights.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, text, second line, focus ring."""
        setting, palette = _setting(index), self._theme.palette
        rect: QRect = option.rect
        painter.save()
        painter.setClipRect(rect)
        _paint_ground(painter, option, palette)
        inner = QRectF(rect).adjusted(Space.SMALL, _above(setting), -Space.SMALL, -Space.TINY)
        text = self._text(setting, inner.width(), option.font)
        painter.setPen(QColor(palette.muted if setting.tone is Tone.NOTICE else palette.text))
        text.draw(painter, inner.topLeft())
        if setting.cell.note:
            self._paint_note(painter, setting, inner.adjusted(0, text.boundingRect().height() + Space.HAIR, 0, 0))
        _paint_focus(painter, option, palette)
        painter.restore()

    def _height(self, setting: Setting, width: int, font: QFont) -> int:
        inner = max(1, width - 2 * Space.SMALL)
        height = self._text(setting, inner, font).boundingRect().height()
        if setting.cell.note:
            height += Space.HAIR + _note(setting, inner).boundingRect().height()
        return round(height + 0.5) + _above(setting) + Space.TINY

    def _text(self, setting: Setting, width: float, font: QFont) -> QTextLayout:
        font = QFont(font)
        if setting.tone is Tone.HEADING:
            font.setWeight(QFont.Weight.DemiBold)
        aside = _ASIDE_GAP + setting.cell.aside if setting.cell.aside else ""
        layout = QTextLayout(setting.cell.text + aside, font)
        if aside:
            layout.setFormats([_quiet(_utf16(setting.cell.text), _utf16(aside), font, self._theme.palette)])
        return _broken(layout, width)

    def _paint_note(self, painter: QPainter, setting: Setting, box: QRectF) -> None:
        palette = self._theme.palette
        layout = _note(setting, box.width())
        colour = palette.warning if setting.cell.needs_look else palette.muted
        if setting.cell.needs_look:
            line = layout.lineAt(0).height()
            paint_icon(painter, "warning", colour, QRectF(box.left(), box.top() + (line - _ICON) / 2, _ICON, _ICON))
            box = box.adjusted(_ICON + Space.TINY, 0, 0, 0)
        painter.setPen(QColor(colour))
        layout.draw(painter, box.topLeft())


def _setting(index: Index) -> Setting:
    setting: Setting = index.data(SETTING_ROLE)
    return setting


def _width(option: QStyleOptionViewItem, index: Index, setting: Setting) -> int:
    """The room a cell has: its column's, or the whole row's where it spans; less the tree's indentation."""
    tree = option.widget
    if not isinstance(tree, QTreeView):
        return max(1, option.rect.width())
    if index.column() > 0:
        return max(1, tree.columnWidth(index.column()))
    width = tree.header().length() if setting.spans else tree.columnWidth(0)
    return max(1, width - (setting.depth + tree.rootIsDecorated()) * tree.indentation())


def _above(setting: Setting) -> int:
    return Space.SMALL if setting.tone is Tone.HEADING else Space.TINY


def _note(setting: Setting, width: float) -> QTextLayout:
    taken = _ICON + Space.TINY if setting.cell.needs_look else 0
    return _broken(QTextLayout(setting.cell.note, scaled_font(Scale.SMALL)), width - taken)


def _broken(layout: QTextLayout, width: float) -> QTextLayout:
    """The layout, its lines broken at a width; words longer than a line are broken too."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _quiet(start: int, length: int, font: QFont, palette: Palette) -> QTextLayout.FormatRange:
    quiet = QFont(font)
    quiet.setWeight(QFont.Weight.Normal)
    quiet.setPointSizeF(font.pointSizeF() * Scale.SMALL)
    styled = QTextCharFormat()
    styled.setFont(quiet)
    styled.setForeground(QColor(palette.muted))
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = start, length, styled
    return result


def _utf16(text: str) -> int:
    """Qt counts in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, palette: Palette) -> None:
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(palette.chosen))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(palette.hover))


def _paint_focus(painter: QPainter, option: QStyleOptionViewItem, palette: Palette) -> None:
    if not option.state & QStyle.StateFlag.State_HasFocus:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.focus), 2))
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), RADIUS / 2, RADIUS / 2)
