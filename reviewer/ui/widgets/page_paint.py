"""How pages look: paper, what is printed on it, highlights on the words, badges beside them.

All rectangles are device pixels; ``ratio`` is how many of them make a device-independent pixel.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRegion

from reviewer.domain.outcome import Severity
from reviewer.ui.theme.icons import SHAPES, paint_icon
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import LIGHT, Palette, Scale, Space
from reviewer.ui.widgets.page_tiles import Picture
from reviewer.ui.widgets.text_paint import selected_ground

_SHADOW = 3
_SHADOW_ALPHA = 22
_UNDERLINE = 1.2
_OUTLINE = 1.6
_RADIUS = 3.0


def paint_paper(painter: QPainter, page: QRect, palette: Palette, ratio: float) -> None:
    """Paints an empty page: white in every theme, for what is printed on it is made for white."""
    shade = QColor(LIGHT.text)
    shade.setAlpha(_SHADOW_ALPHA)
    for step in range(_SHADOW, 0, -1):
        grown = round(step * ratio)
        painter.fillRect(page.adjusted(-grown, 0, grown, grown + round(ratio)), shade)
    line = round(ratio)
    painter.fillRect(page.adjusted(-line, -line, line, line), QColor(palette.line))
    painter.fillRect(page, QColor(LIGHT.paper))


def paint_pictures(painter: QPainter, page: QRect, pictures: Iterable[tuple[QRectF, Picture]]) -> None:
    """Paints pictures of parts of a page, the later ones on top; what is not of the right size is stretched."""
    painter.save()
    painter.setClipRect(page)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for rect, picture in pictures:
        if rect.size() == picture.image.size().toSizeF():
            painter.drawImage(rect.topLeft(), picture.image)
        else:
            painter.drawImage(rect, picture.image)
    painter.restore()


def paint_marks(
    painter: QPainter, marks: Sequence[tuple[Severity, Sequence[QRectF]]], reserved: Sequence[QRectF], ratio: float
) -> None:
    """Colours the ground of words and draws a line under them.

    Where marks meet, the earlier one has the ground; what is reserved is left to who paints it.
    """
    taken = _region(reserved)
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for severity, boxes in marks:
        ground = _region(boxes)
        painter.setClipRegion(ground.subtracted(taken))
        painter.fillRect(ground.boundingRect(), QColor(LIGHT.tints[severity]))
        taken = taken.united(ground)
    painter.restore()
    for severity, boxes in marks:
        _underline(painter, boxes, QPen(QColor(LIGHT.severities[severity]), _UNDERLINE * ratio))


def paint_selected_mark(painter: QPainter, severity: Severity, boxes: Sequence[QRectF], ratio: float) -> None:
    """Draws a mark that stands out by more than colour: with an outline."""
    colour = QColor(LIGHT.severities[severity])
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    grown = Space.HAIR * ratio
    for box in boxes:
        path.addRoundedRect(box.adjusted(-grown, -grown, grown, grown), _RADIUS * ratio, _RADIUS * ratio)
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillPath(path.simplified(), QColor(selected_ground(severity, LIGHT)))
    painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path.simplified(), QPen(colour, _OUTLINE * ratio))


def paint_badge(painter: QPainter, box: QRectF, severity: Severity, palette: Palette, *, is_selected: bool) -> None:
    """Draws the shape of a severity beside a page; the selected one on a ground with an outline."""
    colour = palette.severities[severity]
    if is_selected:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), box.width() / 12))
        painter.setBrush(QColor(palette.chosen))
        painter.drawRoundedRect(box, box.width() / 4, box.width() / 4)
    inset = box.width() / 8
    paint_icon(painter, SHAPES[severity], colour, box.adjusted(inset, inset, -inset, -inset))


def paint_sentence(painter: QPainter, area: QRectF, sentence: str, ratio: float) -> None:
    """Writes a sentence into the middle of an area of white paper, as plain text."""
    painter.save()
    painter.scale(ratio, ratio)
    painter.setFont(scaled_font(Scale.BODY))
    painter.setPen(QColor(LIGHT.muted))
    room = QRectF(area.topLeft() / ratio, area.size() / ratio)
    room.adjust(Space.HUGE, Space.SMALL, -Space.HUGE, -Space.SMALL)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, sentence)
    painter.restore()


def paint_focus(painter: QPainter, view: QRectF, palette: Palette, ratio: float) -> None:
    """Draws the focus ring around the view."""
    half = Space.HAIR * ratio / 2
    painter.setPen(QPen(QColor(palette.focus), Space.HAIR * ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(view.adjusted(half, half, -half, -half))


def _region(boxes: Iterable[QRectF]) -> QRegion:
    region = QRegion()
    for box in boxes:
        region = region.united(box.toAlignedRect())
    return region


def _underline(painter: QPainter, boxes: Iterable[QRectF], pen: QPen) -> None:
    painter.setPen(pen)
    for box in boxes:
        y = box.bottom() + pen.widthF() / 2
        painter.drawLine(QLineF(box.left(), y, box.right(), y))
