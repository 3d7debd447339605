"""Pictures of pages: which piece is wanted, and its pixels."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle of a page at a scale.

    Attributes:
        page: page number from 1.
        scale: device pixels per PDF point.
        x, y, width, height: device pixels of the page at that scale, origin at the top left of the page as shown.
    """

    page: int
    scale: float
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels, row by row from the top: four bytes each (blue, green, red, 255), ``4 * width`` bytes a row."""

    width: int
    height: int
    data: bytes


def pixels(points: float, scale: float) -> int:
    """The device pixels of an edge of a page at a scale in device pixels per point; at least one."""
    return max(1, round(points * scale))
