"""Pictures of the pages of a document."""

from typing import Protocol

from reviewer.domain.raster import Raster, Tile
from reviewer.domain.secret import NO_SECRET, Secret


class PageRenderer(Protocol):
    """Draws pages. Every method blocks; call it from a thread. Safe from several threads, one page at a time."""

    def open(self, key: str, data: bytes, password: Secret = NO_SECRET) -> None:
        """Makes the pages of a file drawable under a key; one of the same key is kept as it is.

        Raises:
            InputError: it cannot be opened, or only with another password; says why and what to do.
        """
        ...

    def render(self, key: str, tile: Tile) -> Raster:
        """The pixels of a tile, on white, annotations included; what lies beyond the page is white.

        Raises:
            InputError: no file is open under the key any more (``not_open``; files used last are kept), there is no
                such page, or it cannot be drawn.
        """
        ...

    def close(self) -> None:
        """Ends the worker process. Nothing can be drawn afterwards. Idempotent."""
        ...
