"""PDFium as a drawer of pages, for the worker process. The parent does not import this module."""

import ctypes
from collections import OrderedDict

import pypdfium2
from pypdfium2 import raw

from reviewer.domain.raster import Tile, pixels
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.page_messages import BYTES_PER_PIXEL

_WHITE = 0xFFFFFFFF
_OPAQUE = b"\xff"
_LOCKED = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
_MAX_PAGES = 8  # kept parsed: those in view, and their neighbours


class PdfiumDrawer:
    """Draws parts of pages. Not safe for several threads: PDFium is not.

    Args:
        max_open: files kept open; the one that was not used for longest goes first.
    """

    def __init__(self, max_open: int) -> None:
        self._max_open = max_open
        self._files: OrderedDict[str, pypdfium2.PdfDocument] = OrderedDict()
        self._pages: OrderedDict[tuple[str, int], pypdfium2.PdfPage] = OrderedDict()

    def open(self, key: str, data: bytes, password: str = "") -> None:
        """Keeps a file open under a key.

        Raises:
            InputError: it is damaged, or protected and the password is missing or wrong.
        """
        try:
            document = pypdfium2.PdfDocument(data, password=password or None)
        except pypdfium2.PdfiumError as error:
            locked = OutcomeCode.WRONG_PASSWORD if password else OutcomeCode.ENCRYPTED
            raise failure(locked if error.err_code in _LOCKED else OutcomeCode.CORRUPT) from error
        self._close(key)
        self._files[key] = document
        while len(self._files) > self._max_open:
            self._close(next(iter(self._files)))

    def draw(self, key: str, tile: Tile) -> bytes:
        """The pixels of a tile, as in `Raster`. Only what touches the tile is drawn.

        Raises:
            InputError: the file is not open, or there is no such page, or it cannot be drawn.
        """
        page = self._page(key, tile.page)
        stride = tile.width * BYTES_PER_PIXEL
        buffer = (ctypes.c_ubyte * (stride * tile.height))()
        bitmap = raw.FPDFBitmap_CreateEx(tile.width, tile.height, raw.FPDFBitmap_BGRx, buffer, stride)
        if not bitmap:
            raise failure(OutcomeCode.MEMORY)
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, tile.width, tile.height, _WHITE)
            width, height = pixels(page.get_width(), tile.scale), pixels(page.get_height(), tile.scale)
            raw.FPDF_RenderPageBitmap(bitmap, page.raw, -tile.x, -tile.y, width, height, 0, raw.FPDF_ANNOT)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        drawn = bytearray(buffer)
        drawn[3::BYTES_PER_PIXEL] = _OPAQUE * (tile.width * tile.height)  # PDFium leaves anything there
        return bytes(drawn)

    def _page(self, key: str, number: int) -> pypdfium2.PdfPage:
        """A page; parsed once for all its tiles."""
        document = self._files.get(key)
        if document is None:
            raise failure(OutcomeCode.NOT_OPEN)
        self._files.move_to_end(key)
        if not 1 <= number <= len(document):
            raise failure(OutcomeCode.NO_SUCH_PAGE)
        if (key, number) not in self._pages:
            self._pages[key, number] = _load(document, number)
        self._pages.move_to_end((key, number))
        while len(self._pages) > _MAX_PAGES:
            self._pages.popitem(last=False)[1].close()
        return self._pages[key, number]

    def _close(self, key: str) -> None:
        for each in [each for each in self._pages if each[0] == key]:
            self._pages.pop(each).close()
        document = self._files.pop(key, None)
        if document is not None:
            document.close()


def _load(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document.get_page(number - 1)
    except pypdfium2.PdfiumError as error:
        raise failure(OutcomeCode.CORRUPT) from error
