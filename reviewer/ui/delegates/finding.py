"""Paints the findings table: two lines a row, every state as shape, word and colour."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewer.domain.citation import QuoteStatus
from reviewer.domain.decision import Status
from reviewer.domain.outcome import Severity
from reviewer.domain.vote import VerdictStatus
from reviewer.ui import words
from reviewer.ui.delegates.ground import paint_ground
from reviewer.ui.theme.icons import SHAPES, paint_icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Palette, Scale, Space
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.findings import ENTRY_ROLE, SEVERITY, quote_of

ICON = 14
EDGE = 3
"""Width of the stripe before the chosen row."""
BAR_HEIGHT = 4
BAR_WIDTH = 34.0
LONG_NUMBER = "12.10.1"
"""A clause number the column has room for; longer ones are cut, and are whole in the tool tip."""

Index = QModelIndex | QPersistentModelIndex


class FindingDelegate(QStyledItemDelegate):
    """Paints all columns of a `FindingsModel`.

    In the compact form the number of the clause stands under the severity, and the decision is a shape without a word.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._small = scaled_font(Scale.SMALL)
        self._bold = scaled_font(Scale.BODY, bold=True)
        self._struck = QFont(self._bold)
        self._struck.setStrikeOut(True)
        self._is_compact = False

    def set_compact(self, is_compact: bool) -> None:  # noqa: FBT001 - the only thing it says
        """Chooses the form for a narrow table. The view has to be laid out anew."""
        self._is_compact = is_compact

    def row_height(self) -> int:
        """Two lines and the space around them, in device-independent pixels."""
        return round(QFontMetricsF(self._bold).height() + QFontMetricsF(self._small).height()) + 2 * Space.SMALL

    def column_width(self, column: int) -> int:
        """The room a column needs so that none of its words is cut; 0 for the title, which takes what is left."""
        match column:
            case 0:
                text = self._widest(words.severity(each) for each in Severity) + ICON + Space.TINY
            case 1:
                text = self._widest([LONG_NUMBER])
            case 3:
                text = self._widest([*(words.verdict(each) for each in VerdictStatus), "10/10"])
            case 4:
                lines = [line for each in QuoteStatus for line in self._two_lines(words.quote_state(each))]
                text = self._widest(lines) + ICON + Space.TINY
            case 5:
                word = 0.0 if self._is_compact else self._widest(words.status_word(each) for each in Status)
                text = word + ICON + (Space.TINY if word else 0)
            case _:
                return 0
        return round(text + 0.5) + Space.SMALL + Space.TINY

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
        painter.setClipRect(option.rect)
        self._paint_row(painter, option, palette, is_first=index.column() == SEVERITY)
        self._paint_cell(painter, QRectF(option.rect).adjusted(Space.SMALL, 0, -Space.TINY, 0), entry, index.column())
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, palette: Palette, *, is_first: bool) -> None:
        paint_ground(painter, option, palette)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if is_first and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect.left(), option.rect.top(), EDGE, option.rect.height(), QColor(palette.accent))

    def _paint_cell(self, painter: QPainter, box: QRectF, entry: Entry, column: int) -> None:
        palette = self._theme.palette
        match column:
            case 0:
                self._paint_severity(painter, box, entry, palette)
            case 1:
                self._paint_lines(painter, box, [entry.number], _muted(entry, palette, palette.text))
            case 2:
                self._paint_finding(painter, box, entry, palette)
            case 3:
                self._paint_votes(painter, box, entry, palette)
            case 4:
                self._paint_quote(painter, box, entry, palette)
            case 5:
                self._paint_decision(painter, box, entry, palette)

    def _paint_severity(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        severity = entry.finding.severity
        colour = _muted(entry, palette, palette.severities[severity])
        number = [entry.number] if self._is_compact and entry.number else []
        lines = [words.severity(severity), *number]
        top = box.center().y() - self._height(lines) / 2
        line = QFontMetricsF(self._small).height()
        paint_icon(painter, SHAPES[severity], colour, QRectF(box.left(), top + (line - ICON) / 2, ICON, ICON))
        beside = box.adjusted(ICON + Space.TINY, 0, 0, 0)
        self._paint_lines(painter, beside, lines, colour, palette.muted)

    def _paint_finding(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        is_dismissed = entry.standing.status is Status.DISMISSED
        font = self._struck if is_dismissed else self._bold
        metrics, small = QFontMetricsF(font), QFontMetricsF(self._small)
        top = box.center().y() - (metrics.height() + small.height()) / 2
        title = metrics.elidedText(entry.finding.title, Qt.TextElideMode.ElideRight, box.width())
        _write(painter, font, box.left(), top, title, _muted(entry, palette, palette.text))
        line = " · ".join(part for part in (words.outcome(entry.finding), entry.heading) if part)
        line = small.elidedText(line, Qt.TextElideMode.ElideRight, box.width())
        _write(painter, self._small, box.left(), top + metrics.height(), line, palette.muted)

    def _paint_votes(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        finding = entry.finding
        if finding.support is None:
            self._paint_lines(painter, box, [words.votes(finding)], palette.muted)
            return
        won, count = words.winners(finding), len(finding.votes)
        colour = _muted(entry, palette, palette.text)
        state = words.verdict(finding.status)
        if state:
            self._paint_lines(painter, box, [f"{won}/{count}", state], colour, _muted(entry, palette, palette.warning))
            return
        metrics = QFontMetricsF(self._small)
        top = box.center().y() - (metrics.height() + Space.HAIR + BAR_HEIGHT) / 2
        _write(painter, self._small, box.left(), top, f"{won}/{count}", colour)
        bar = QRectF(box.left(), top + metrics.height() + Space.HAIR, min(box.width(), BAR_WIDTH), BAR_HEIGHT)
        painter.fillRect(bar, QColor(palette.line))
        bar.setWidth(bar.width() * won / max(1, count))
        painter.fillRect(bar, QColor(_muted(entry, palette, palette.accent)))

    def _paint_quote(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        citation = quote_of(entry)
        if citation is None:
            self._paint_lines(painter, box, ["–"], palette.muted)
            return
        colour = _muted(entry, palette, palette.good if citation.is_evidence else palette.warning)
        lines = self._two_lines(words.quote_state(citation.status))
        self._paint_icon(painter, box, words.QUOTE_ICONS[citation.status], colour)
        self._paint_lines(painter, box.adjusted(ICON + Space.TINY, 0, 0, 0), lines, colour)

    def _paint_decision(self, painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
        status, has_note = entry.standing.status, bool(entry.standing.note)
        name = words.STATUS_ICONS[status]
        colour = palette.good if status is Status.AGREED else palette.muted
        half = (ICON + Space.HAIR) / 2 if name and has_note else 0
        if name:
            self._paint_icon(painter, box.translated(0, -half), name, colour)
        if has_note:
            self._paint_icon(painter, box.translated(0, half), "note", palette.muted)
        if name and not self._is_compact:
            beside = box.adjusted(ICON + Space.TINY, 0, 0, 0).translated(0, -half)
            self._paint_lines(painter, beside, [words.status_word(status)], colour)

    def _paint_icon(self, painter: QPainter, box: QRectF, name: str, colour: str) -> None:
        paint_icon(painter, name, colour, QRectF(box.left(), box.center().y() - ICON / 2, ICON, ICON))

    def _paint_lines(
        self, painter: QPainter, box: QRectF, lines: list[str], colour: str, second: str | None = None
    ) -> None:
        """Small lines in the middle of a cell, each cut where it is too long."""
        metrics = QFontMetricsF(self._small)
        top = box.center().y() - self._height(lines) / 2
        for number, line in enumerate(lines):
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, box.width())
            shade = second if number and second else colour
            _write(painter, self._small, box.left(), top + number * metrics.height(), text, shade)

    def _height(self, lines: list[str]) -> float:
        return QFontMetricsF(self._small).height() * len(lines)

    def _widest(self, texts: Iterable[str]) -> float:
        metrics = QFontMetricsF(self._small)
        return max(metrics.horizontalAdvance(text) for text in texts)

    def _two_lines(self, text: str) -> list[str]:
        """A text in one line, or in two that are as even as can be."""
        parts = text.split()
        cuts = [[" ".join(parts[:cut]), " ".join(parts[cut:])] for cut in range(1, len(parts))]
        return min(cuts, key=self._widest) if cuts else [text]


def _muted(entry: Entry, palette: Palette, colour: str) -> str:
    """The colour; that of secondary text in a dismissed row."""
    return palette.muted if entry.standing.status is Status.DISMISSED else colour


def _write(painter: QPainter, font: QFont, left: float, top: float, text: str, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(left, top, 4096, 256), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
