"""What lies behind the words of a text: highlights, hairlines of tables, rules beside page marks."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reviewer.domain.outcome import Severity
from reviewer.ui.theme.tokens import Palette, Space

_RADIUS = 3.0
_UNDERLINE = 1.2
_SELECTED_UNDERLINE = 2.4
_STRONGER = 0.1  # of the severity's colour in the ground of selected words
_PAGE_GAP = 4.0  # ems between the middle of a page mark and the rules beside it


def selected_ground(severity: Severity, palette: Palette) -> str:
    """The ground of selected words, as ``#rrggbb``: a tint with some of the severity's colour in it."""
    tint, colour = QColor(palette.tints[severity]), QColor(palette.severities[severity])
    mixed = (
        round(a + (b - a) * _STRONGER)
        for a, b in zip(tint.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed).name()


def paint_mark(
    painter: QPainter, boxes: Sequence[QRectF], severity: Severity, palette: Palette, *, is_selected: bool
) -> None:
    """Paints a highlight: a ground, and a line under the words; the chosen one with an outline and a thick line."""
    ground = selected_ground(severity, palette) if is_selected else palette.tints[severity]
    colour = QColor(palette.severities[severity])
    for box in boxes:
        wide = box.adjusted(-Space.HAIR / 2, -Space.HAIR / 2, Space.HAIR / 2, Space.HAIR)
        painter.setPen(QPen(colour, 1.0) if is_selected else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(wide, _RADIUS, _RADIUS)
        painter.setPen(QPen(colour, _SELECTED_UNDERLINE if is_selected else _UNDERLINE))
        painter.drawLine(QLineF(wide.left() + 1, wide.bottom(), wide.right() - 1, wide.bottom()))


def paint_page_rules(painter: QPainter, box: QRectF, em: float, palette: Palette) -> None:
    """Paints hairlines to both sides of a page mark, from edge to edge of its paragraph's box."""
    painter.setPen(QPen(QColor(palette.line), 1.0))
    middle, centre, gap = _sharp(box.center().y()), box.center().x(), _PAGE_GAP * em
    painter.drawLine(QLineF(box.left(), middle, centre - gap, middle))
    painter.drawLine(QLineF(centre + gap, middle, box.right(), middle))


def paint_cell_rule(painter: QPainter, left: float, right: float, y: float, palette: Palette) -> None:
    """Paints a hairline of a table."""
    painter.setPen(QPen(QColor(palette.line), 1.0))
    painter.drawLine(QLineF(left, _sharp(y), right, _sharp(y)))


def _sharp(y: float) -> float:
    """The middle of a row of pixels."""
    return round(y) + 0.5
