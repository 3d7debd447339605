"""What lies behind the words of a text: highlights, hairlines of tables, rules beside page marks."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reviewer.domain.outcome import Severity
from reviewer.ui.theme.tokens import Palette, Space
from reviewer.ui.viewmodels.text_setting import Role

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


def paint_rules(
    painter: QPainter, role: Role, box: QRectF, width_and_em: QSizeF, palette: Palette, *, is_first: bool
) -> None:
    """Paints hairlines below and beside a table's cell, or to both sides of a page mark.

    Args:
        painter: in the text's coordinates.
        role: of the paragraph.
        box: the paragraph's.
        width_and_em: width of the text's whole column, and an em, in pixels.
        palette: the theme's colours.
        is_first: of the cells of a table.
    """
    painter.setPen(QPen(QColor(palette.line), 1.0))
    left, right = float(Space.HUGE), width_and_em.width() - Space.HUGE
    if role is Role.PAGE:
        middle, gap = box.center().y(), _PAGE_GAP * width_and_em.height()
        centre = (left + right) / 2
        painter.drawLine(QLineF(left, middle, centre - gap, middle))
        painter.drawLine(QLineF(centre + gap, middle, right, middle))
        return
    bottom = round(box.bottom()) + 0.5
    top = round(box.top()) + 0.5
    if is_first:
        painter.drawLine(QLineF(left, top, right, top))
    painter.drawLine(QLineF(left, bottom, right, bottom))
