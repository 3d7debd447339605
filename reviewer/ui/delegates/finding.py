"""Paints the findings table: two lines a row, every state as shape, word and colour."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.domain.decision import Status
from reviewer.ui import words
from reviewer.ui.theme.icons import SHAPES, paint_icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Palette, Scale, Space
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.findings import CLAUSE, DECISION, ENTRY_ROLE, FINDING, QUOTE, SEVERITY, VOTES, quote_of

ICON = 14
BAR_HEIGHT = 4
DIM = 0.55
"""How much of its colour a dismissed row keeps besides being struck through."""

Index = QModelIndex | QPersistentModelIndex


class FindingDelegate(QStyledItemDelegate):
    """Paints all columns of a `FindingsModel`."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._small = scaled_font(Scale.SMALL)
        self._bold = scaled_font(Scale.BODY, bold=True)

    def row_height(self) -> int:
        """Two lines and the space around them, in device-independent pixels."""
        return round(QFontMetricsF(self._bold).height() + QFontMetricsF(self._small).height()) + 2 * Space.SMALL

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as two lines; as wide as the column is."""
        del index
        return QSize(option.rect.width(), self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, focus, and what the column shows."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        palette = self._theme.palette
        painter.save()
        self._paint_ground(painter, option, palette)
        painter.setClipRect(option.rect)
        if entry.standing.status is Status.DISMISSED:
            painter.setOpacity(DIM)
        box = QRectF(option.rect).adjusted(Space.SMALL, 0, -Space.TINY, 0)
        column = index.column()
        if column == SEVERITY:
            severity = entry.finding.severity
            colour = palette.severities[severity]
            self._paint_icon_word(painter, box, SHAPES[severity], words.severity(severity), colour)
        elif column == CLAUSE:
            self._paint_word(painter, box, entry.number, palette.text)
        elif column == FINDING:
            self._paint_finding(painter, box, entry, palette)
        elif column == VOTES:
            self._paint_votes(painter, box, entry, palette)
        elif column == QUOTE:
            self._paint_quote(painter, box, entry, palette)
        elif column == DECISION:
            self._paint_decision(painter, box, entry, palette)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, palette: Palette) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(palette.chosen))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(palette.hover))
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_finding(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        font = QFont(self._bold)
        font.setStrikeOut(entry.standing.status is Status.DISMISSED)
        metrics, small = QFontMetricsF(font), QFontMetricsF(self._small)
        top = box.top() + (box.height() - metrics.height() - small.height()) / 2
        painter.setFont(font)
        painter.setPen(QColor(palette.text))
        title = metrics.elidedText(entry.finding.title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QPointF(box.left(), top + metrics.ascent()), title)
        painter.setFont(self._small)
        painter.setPen(QColor(palette.muted))
        line = " · ".join(part for part in (words.outcome(entry.finding), entry.heading) if part)
        line = small.elidedText(line, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QPointF(box.left(), top + metrics.height() + small.ascent()), line)

    def _paint_votes(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        finding = entry.finding
        if finding.support is None:
            self._paint_word(painter, box, words.votes(finding), palette.muted)
            return
        won, count = words.winners(finding), len(finding.votes)
        metrics = QFontMetricsF(self._small)
        height = metrics.height() + Space.HAIR + BAR_HEIGHT
        top = box.center().y() - height / 2
        painter.setFont(self._small)
        painter.setPen(QColor(palette.text))
        painter.drawText(QPointF(box.left(), top + metrics.ascent()), f"{won}/{count}")
        bar = QRectF(box.left(), top + metrics.height() + Space.HAIR, min(box.width(), 40.0), BAR_HEIGHT)
        painter.fillRect(bar, QColor(palette.line))
        bar.setWidth(bar.width() * won / max(1, count))
        painter.fillRect(bar, QColor(palette.accent))

    def _paint_quote(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        citation = quote_of(entry)
        if citation is None:
            self._paint_word(painter, box, "–", palette.muted)
            return
        colour = palette.good if citation.is_evidence else palette.warning
        self._paint_icon_word(
            painter, box, words.QUOTE_ICONS[citation.status], words.quote_state(citation.status), colour
        )

    def _paint_decision(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        status = entry.standing.status
        name = words.STATUS_ICONS[status] or ("note" if entry.standing.note else "")
        if name:
            colour = palette.good if status is Status.AGREED else palette.muted
            paint_icon(painter, name, colour, QRectF(box.left(), box.center().y() - ICON / 2, ICON, ICON))

    def _paint_icon_word(self, painter: QPainter, box: QRectF, name: str, word: str, colour: str) -> None:
        paint_icon(painter, name, colour, QRectF(box.left(), box.center().y() - ICON / 2, ICON, ICON))
        self._paint_word(painter, box.adjusted(ICON + Space.TINY, 0, 0, 0), word, colour)

    def _paint_word(self, painter: QPainter, box: QRectF, word: str, colour: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(colour))
        text = QFontMetricsF(self._small).elidedText(word, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
