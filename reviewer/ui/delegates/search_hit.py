"""Paints hits of a search: where it is, and below it the words around, with those that were found."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from reviewer.domain.outcome import Severity
from reviewer.domain.search import SearchHit
from reviewer.ui.delegates.ground import paint_focus, paint_ground
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Palette, Scale, Space
from reviewer.ui.viewmodels.search_hits import HIT_ROLE, kind_word

_LINES = 2

Index = QModelIndex | QPersistentModelIndex


class SearchHitDelegate(QStyledItemDelegate):
    """Three lines a row, all of one height."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        """The same for all rows, in device-independent pixels."""
        line = QFontMetrics(option.font).height()
        return QSize(option.rect.width(), Space.SMALL + line + Space.HAIR + _LINES * (line + 1) + Space.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, document and title, snippet, focus ring."""
        hit: SearchHit = index.data(HIT_ROLE)
        palette, rect = self._theme.palette, QRect(option.rect)
        painter.save()
        painter.setClipRect(rect)
        paint_ground(painter, option, palette)
        inner = rect.adjusted(Space.MEDIUM, Space.SMALL, -Space.MEDIUM, -Space.SMALL)
        line = QFontMetrics(option.font).height()
        _paint_head(painter, QRect(inner.left(), inner.top(), inner.width(), line), hit, palette)
        below = QRectF(inner.adjusted(0, line + Space.HAIR, 0, 0))
        painter.setPen(QColor(palette.text))
        _snippet(hit, option.font, below.width(), palette).draw(painter, below.topLeft())
        paint_focus(painter, option, palette)
        painter.restore()


def _paint_head(painter: QPainter, box: QRect, hit: SearchHit, palette: Palette) -> None:
    vertical = Qt.AlignmentFlag.AlignVCenter
    small, bold = scaled_font(Scale.SMALL), scaled_font(Scale.BODY, bold=True)
    painter.setFont(small)
    painter.setPen(QColor(palette.accent))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | vertical), kind_word(hit))
    box = box.adjusted(0, 0, -QFontMetrics(small).horizontalAdvance(kind_word(hit)) - Space.SMALL, 0)
    title = hit.title if hit.title != hit.document_name else ""
    least = min(QFontMetrics(small).horizontalAdvance(title), box.width() // 2)
    name = QFontMetrics(bold).elidedText(
        hit.document_name, Qt.TextElideMode.ElideMiddle, box.width() - least - Space.MEDIUM
    )
    painter.setFont(bold)
    painter.setPen(QColor(palette.text))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | vertical), name)
    rest = box.adjusted(QFontMetrics(bold).horizontalAdvance(name) + Space.MEDIUM, 0, 0, 0)
    painter.setFont(small)
    painter.setPen(QColor(palette.muted))
    shown = QFontMetrics(small).elidedText(title, Qt.TextElideMode.ElideRight, rest.width())
    painter.drawText(rest, int(Qt.AlignmentFlag.AlignLeft | vertical), shown)


def _snippet(hit: SearchHit, font: QFont, width: float, palette: Palette) -> QTextLayout:
    layout = QTextLayout(hit.snippet, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_found(hit.snippet, each.start, each.end, palette) for each in hit.ranges])
    layout.beginLayout()
    height = 0.0
    for _ in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, height))
        height += line.height() + 1
    layout.endLayout()
    return layout


def _found(text: str, start: int, end: int, palette: Palette) -> QTextLayout.FormatRange:
    """Words on the ground of a highlight; Qt counts in UTF-16 units."""
    styled = QTextCharFormat()
    styled.setBackground(QColor(palette.tints[Severity.MEDIUM]))
    styled.setFontWeight(QFont.Weight.DemiBold)
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = _utf16(text[:start]), _utf16(text[start:end]), styled
    return result


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
