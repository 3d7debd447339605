"""Which tiles of pages are there, and which is wanted next."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage

from reviewer.domain.raster import Raster, Tile
from reviewer.ui.widgets.page_layout import PageLayout

CACHE_BYTES = 128 * 1024 * 1024
MAX_IN_FLIGHT = 2
_BYTES_PER_PIXEL = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A tile's pixels as an image. The image reads the raster's bytes where they are, so both are kept."""

    raster: Raster
    image: QImage

    @classmethod
    def of(cls, raster: Raster) -> "Picture":
        """The picture of a raster. Copies nothing."""
        stride = raster.width * _BYTES_PER_PIXEL
        return cls(raster, QImage(raster.data, raster.width, raster.height, stride, QImage.Format.Format_RGB32))


class TileCache:
    """Pictures of tiles, bounded in bytes; what was not used for longest goes first."""

    def __init__(self, max_bytes: int = CACHE_BYTES) -> None:
        self.max_bytes = max_bytes
        self._pictures: OrderedDict[Tile, Picture] = OrderedDict()
        self._size_bytes = 0

    @property
    def size_bytes(self) -> int:
        """Bytes of all pictures."""
        return self._size_bytes

    def __contains__(self, tile: Tile) -> bool:
        return tile in self._pictures

    def get(self, tile: Tile) -> Picture | None:
        """A tile's picture, now the one used last."""
        picture = self._pictures.get(tile)
        if picture is not None:
            self._pictures.move_to_end(tile)
        return picture

    def put(self, tile: Tile, picture: Picture) -> None:
        """Keeps a picture. One larger than the cache is not kept."""
        before = self._pictures.pop(tile, None)
        self._size_bytes += len(picture.raster.data) - (len(before.raster.data) if before else 0)
        self._pictures[tile] = picture
        while self._size_bytes > self.max_bytes:
            _, oldest = self._pictures.popitem(last=False)
            self._size_bytes -= len(oldest.raster.data)

    def stand_ins(self, page: int, scale: float) -> list[tuple[Tile, Picture]]:
        """The tiles of a page at the scale used last besides this one; linear in the tiles that are kept."""
        others = [tile for tile in self._pictures if tile.page == page and tile.scale != scale]
        return [(tile, self._pictures[tile]) for tile in others if tile.scale == others[-1].scale]

    def clear(self) -> None:
        """Forgets everything."""
        self._pictures.clear()
        self._size_bytes = 0


class TileQueue:
    """What is wanted, in order, and what was asked for. Few at a time: what is not wanted any more is never drawn.

    Answers come with the very tile object that `next` gave: an equal one may be of a document shown before.
    """

    def __init__(self, max_in_flight: int = MAX_IN_FLIGHT) -> None:
        self._max_in_flight = max_in_flight
        self._wanted: list[Tile] = []
        self._in_flight: dict[Tile, Tile] = {}

    def want(self, tiles: Iterable[Tile]) -> None:
        """Replaces what is wanted; most urgent first."""
        self._wanted = [tile for tile in tiles if tile not in self._in_flight]

    def next(self) -> Tile | None:
        """The tile to ask for now, or None: nothing is wanted, or enough was asked for."""
        if not self._wanted or len(self._in_flight) >= self._max_in_flight:
            return None
        tile = self._wanted.pop(0)
        self._in_flight[tile] = tile
        return tile

    def settle(self, tile: Tile) -> bool:
        """Takes note of an answer. False where nobody waits for it."""
        if self._in_flight.get(tile) is not tile:
            return False
        del self._in_flight[tile]
        return True

    def clear(self) -> None:
        """Wants nothing and waits for nothing."""
        self._wanted = []
        self._in_flight = {}


def tiles_in_order(layout: PageLayout, view: QRect, max_bytes: int) -> Sequence[Tile]:
    """Tiles in view, from its middle outwards, then those a view above and below, nearest first.

    Args:
        layout: of the pages.
        view: what is in sight, in content coordinates.
        max_bytes: of their pictures; what would not fit beside more urgent ones is left out.
    """
    around = view.adjusted(0, -view.height(), 0, view.height())
    middle = QRect(view).center()
    ranked: list[tuple[bool, float, Tile]] = []
    for number in layout.pages_between(around.top(), around.bottom() + 1):
        for tile in layout.tiles(number, around):
            rect = layout.tile_rect(tile)
            away = rect.center() - QPointF(middle)
            ranked.append((not rect.intersects(view), abs(away.x()) + abs(away.y()), tile))
    ranked.sort(key=lambda each: each[:2])
    return _within((tile for _, _, tile in ranked), max_bytes)


def _within(tiles: Iterable[Tile], max_bytes: int) -> list[Tile]:
    kept, total = [], 0
    for tile in tiles:
        total += tile.width * tile.height * _BYTES_PER_PIXEL
        if total > max_bytes:
            break
        kept.append(tile)
    return kept
