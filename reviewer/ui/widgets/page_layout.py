"""Where pages lie: one below the other, each in the middle. Geometry only; nothing here paints.

*Content* coordinates are device pixels, origin at the top left of all that can be scrolled through. Places on a page
are PDF points, origin at the top left of the page as it is shown.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF

from reviewer.domain.anchor import Box
from reviewer.domain.document import Page
from reviewer.domain.raster import Tile, pixels

POINT = 96 / 72
"""Device-independent pixels of a PDF point at a zoom of 100 %."""
TILE_EDGE = 1024
"""Device pixels of a tile's longer edge."""
_UNKNOWN_SIZE = (595.0, 842.0)  # of a page that could not be read: A4
_MAX_EDGE = 20_000.0  # points; more than any page that is one


class PageLayout:
    """Pages at a scale. Linear in the pages to make; everything else is logarithmic in them.

    Args:
        pages: in order, numbered from 1.
        scale: device pixels per point.
        view_width: device pixels; narrower pages lie in its middle.
        margin: device pixels kept free on both sides of the widest page.
        gap: device pixels above, between and below pages.
    """

    def __init__(
        self, pages: Sequence[Page], scale: float, *, view_width: int = 0, margin: int = 0, gap: int = 0
    ) -> None:
        self.scale = scale
        self._sizes: list[tuple[int, int]] = []
        self._tops: list[int] = []
        top = gap
        for page in pages:
            width, height = (pixels(edge, scale) for edge in page_size(page))
            self._sizes.append((width, height))
            self._tops.append(top)
            top += height + gap
        self.height = top if pages else 0
        widest = max((width for width, _ in self._sizes), default=0)
        self.width = max(view_width, widest + 2 * margin)

    def __len__(self) -> int:
        return len(self._sizes)

    def page_rect(self, number: int) -> QRect:
        """A page in content coordinates."""
        width, height = self._sizes[number - 1]
        return QRect((self.width - width) // 2, self._tops[number - 1], width, height)

    def pages_between(self, top: int, bottom: int) -> range:
        """The numbers of the pages with a row of pixels in ``[top, bottom)``."""
        first = bisect_right(self._tops, top)
        if first and self._tops[first - 1] + self._sizes[first - 1][1] > top:
            first -= 1
        last = bisect_right(self._tops, bottom - 1)
        return range(first + 1, max(first, last) + 1)

    def page_at(self, y: float) -> int:
        """The page at a height, or the one above it; 0 where there are no pages."""
        return min(len(self), max(1, bisect_right(self._tops, y)))

    def to_content(self, number: int, box: Box) -> QRectF:
        """A box of a page in content coordinates."""
        corner = self.from_page(number, QPointF(box.x0, box.y0))
        return QRectF(corner, self.from_page(number, QPointF(box.x1, box.y1)))

    def from_page(self, number: int, place: QPointF) -> QPointF:
        """A place on a page in content coordinates."""
        return QPointF(self.page_rect(number).topLeft()) + place * self.scale

    def to_page(self, point: QPointF) -> tuple[int, QPointF]:
        """The page at a height, and the place on it; beyond its edges where the point is. There must be a page."""
        number = self.page_at(point.y())
        return number, (point - QPointF(self.page_rect(number).topLeft())) / self.scale

    def tiles(self, number: int, area: QRect) -> Iterator[Tile]:
        """The tiles of a page that touch an area of the content, row by row."""
        page = self.page_rect(number)
        part = area.intersected(page).translated(-page.topLeft())
        if part.isEmpty():
            return
        for y in range(part.top() // TILE_EDGE * TILE_EDGE, part.bottom() + 1, TILE_EDGE):
            for x in range(part.left() // TILE_EDGE * TILE_EDGE, part.right() + 1, TILE_EDGE):
                width, height = min(TILE_EDGE, page.width() - x), min(TILE_EDGE, page.height() - y)
                yield Tile(number, self.scale, x, y, width, height)

    def tile_rect(self, tile: Tile) -> QRectF:
        """A tile in content coordinates; one of another scale as large as it would be at this one."""
        ratio = self.scale / tile.scale
        corner = QPointF(self.page_rect(tile.page).topLeft()) + QPointF(tile.x, tile.y) * ratio
        return QRectF(corner.x(), corner.y(), tile.width * ratio, tile.height * ratio)


def page_size(page: Page) -> tuple[float, float]:
    """Width and height in points; those of A4 where the page could not be read."""
    if page.width <= 0 or page.height <= 0:
        return _UNKNOWN_SIZE
    return min(page.width, _MAX_EDGE), min(page.height, _MAX_EDGE)


def fitting_scale(pages: Sequence[Page], room: float) -> float:
    """The scale at which the widest page is as wide as the room, in device pixels per point."""
    widest = max((page_size(page)[0] for page in pages), default=_UNKNOWN_SIZE[0])
    return max(room, 1.0) / widest
