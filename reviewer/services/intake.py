"""Intake: the files of a run are read, kept, and entered in its matter."""

import asyncio
from collections.abc import Sequence

from reviewer.domain.document import SourceFile
from reviewer.domain.errors import ConfigError, InputError
from reviewer.domain.events import DocumentFailed
from reviewer.domain.ids import DocumentId, sha256_hex
from reviewer.domain.matter import MatterId
from reviewer.ports.storage import Workspace
from reviewer.services.library import Library, Shelf, open_all
from reviewer.services.requests import RunRequest
from reviewer.services.turns import TurnService


class Intake:
    """Takes in what a request names."""

    def __init__(self, workspace: Workspace, library: Library, turns: TurnService) -> None:
        self._workspace = workspace
        self._library = library
        self._turns = turns

    async def look(self, request: RunRequest) -> Shelf:
        """Reads the files and keeps nothing of them.

        Raises:
            InputError: none of them can be read.
        """
        opened, _ = await asyncio.to_thread(open_all, request.paths)
        shelf = await self._library.read_all(opened)
        if not shelf.documents:
            raise _nothing_readable(shelf.failed)
        return shelf

    async def take(self, request: RunRequest) -> Shelf:
        """Reads the files, keeps their bytes, and enters them in the matter or as a new version.

        Raises:
            InputError: none of them can be read.
            ConfigError: several files are named as one document's new version.
        """
        opened, places = await asyncio.to_thread(open_all, request.paths)
        shelf = await self._library.read_all(opened)
        if not shelf.documents:
            raise _nothing_readable(shelf.failed)
        if request.version_of and len(shelf.documents) > 1:
            raise ConfigError("one_version", "Only one file can be a new version of a document.", "Name one file.")
        bytes_of = {sha256_hex(each.data): each.data for each in opened if isinstance(each, SourceFile)}
        for document in shelf.documents:
            sha256 = document.source.sha256
            await asyncio.to_thread(self._workspace.originals.put, sha256, bytes_of[sha256])
            if request.matter or request.version_of:
                earlier = DocumentId(request.version_of) if request.version_of else None
                await self._turns.record(MatterId(request.matter), document, places[sha256], earlier)
        return shelf


def _nothing_readable(failed: Sequence[DocumentFailed]) -> InputError:
    if len(failed) == 1:
        only = failed[0]
        message = only.message if only.name in only.message else f"{only.name}: {only.message}"
        return InputError(only.code, message, only.hint)
    if not failed:
        return InputError("no_input", "There is no document to review here.", "Name a PDF, DOCX or text file.")
    names = ", ".join(f"{each.name} ({each.code})" for each in failed)
    return InputError("no_input", f"None of the {len(failed)} files can be read: {names}.", failed[0].hint)
