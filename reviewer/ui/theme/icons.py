"""Icons of one family, drawn in the colours of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reviewer import assets
from reviewer.domain.outcome import Severity
from reviewer.ui.theme.tokens import Palette

SHAPES = {
    Severity.CRITICAL: "octagon",
    Severity.HIGH: "triangle",
    Severity.MEDIUM: "diamond",
    Severity.LOW: "square",
    Severity.INFO: "circle",
}
"""The shape that says a severity without colour."""

_SIZES = (16, 18, 24, 32, 48, 64)


def icon(name: str, colour: str, faint: str | None = None) -> QIcon:
    """An icon of ``resources/icons`` in a colour, and in another one where it is disabled."""
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(_pixmap(name, colour, size))
        if faint:
            result.addPixmap(_pixmap(name, faint, size), QIcon.Mode.Disabled)
    return result


def severity_icon(severity: Severity, palette: Palette) -> QIcon:
    """The shape of a severity in its colour."""
    return icon(SHAPES[severity], palette.severities[severity])


def paint_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draws an icon into a box; sharp at every scale."""
    _renderer(name, colour).render(painter, box)


def application_icon() -> QIcon:
    """The application's own icon, in its own colours."""
    result = QIcon()
    for size in (*_SIZES, 128, 256):
        result.addPixmap(_drawn(_own(), size))
    return result


@cache
def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    return _drawn(_renderer(name, colour), size)


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = assets.asset_text("icons", f"{name}.svg").replace("<path ", f'<path fill="{QColor(colour).name()}" ')
    return QSvgRenderer(QByteArray(drawing.encode()))


@cache
def _own() -> QSvgRenderer:
    return QSvgRenderer(QByteArray(assets.asset_text("icons", "reviewer.svg").encode()))
