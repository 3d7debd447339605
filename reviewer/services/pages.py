"""Pages of documents as pictures, drawn from the files they came from."""

import asyncio
from pathlib import Path

from reviewer.domain.document import Document
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId, sha256_hex
from reviewer.domain.raster import Raster, Tile
from reviewer.domain.secret import Secret
from reviewer.ports.pages import PageRenderer
from reviewer.services.passwords import Passwords

_AS_TEXT = "The words can be read in the text view."


class PageService:
    """Draws pages. Files are read and pages drawn in threads and worker processes; no event loop is blocked by it."""

    def __init__(self, renderer: PageRenderer, passwords: Passwords) -> None:
        self._renderer = renderer
        self._passwords = passwords
        self._opened: dict[DocumentId, tuple[Document, Path]] = {}

    async def open(self, document: Document, path: Path) -> None:
        """Makes the pages of a document drawable.

        Raises:
            InputError: the file is missing, is not the one the document was read from any more, or cannot be opened.
        """
        await asyncio.to_thread(self._open, document, path)
        self._opened[document.id] = document, path

    async def unlock(self, document: Document, path: Path, password: Secret) -> None:
        """Makes the pages of a protected document drawable. The password is kept in memory if it is the right one.

        Raises:
            InputError: as `open` does; also where the password is wrong.
        """
        sha256 = document.source.sha256
        self._passwords.keep(sha256, password)
        try:
            await self.open(document, path)
        except InputError:
            self._passwords.forget(sha256)
            raise

    async def tile(self, document: DocumentId, tile: Tile) -> Raster:
        """The pixels of a part of a page of an open document.

        Raises:
            InputError: it cannot be drawn; says why.
        """
        try:
            return await asyncio.to_thread(self._renderer.render, document, tile)
        except InputError as error:
            if error.code != "not_open" or document not in self._opened:
                raise
        # The renderer keeps the files used last; this one was pushed out by others.
        await self.open(*self._opened[document])
        return await asyncio.to_thread(self._renderer.render, document, tile)

    def _open(self, document: Document, path: Path) -> None:
        try:
            data = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise InputError(
                "original_missing",
                "The file this document was read from is not there any more.",
                f"Put it back to see its pages. {_AS_TEXT}",
            ) from error
        except OSError as error:
            raise InputError(
                "original_unreadable",
                "The file this document was read from cannot be opened.",
                f"Check that you may read it. {_AS_TEXT}",
            ) from error
        if sha256_hex(data) != document.source.sha256:
            raise InputError(
                "original_changed",
                "The file was changed after this document was read from it.",
                f"Add it again to review what it says now. {_AS_TEXT}",
            )
        self._renderer.open(document.id, data, self._passwords.of(document.source.sha256))
