"""The library: files become documents, each read once."""

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.domain.correction import Correction, correct
from reviewer.domain.document import Document, DocumentWarning, SourceFile
from reviewer.domain.errors import InputError
from reviewer.domain.events import DocumentFailed
from reviewer.domain.ids import DocumentId, sha256_hex
from reviewer.domain.projection import project
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.domain.section import Section, SplitAs
from reviewer.ports.handling import LanguageIdentifier
from reviewer.ports.parsing import DocumentParser, Splitter
from reviewer.ports.storage import DocumentStore
from reviewer.services.corrections import CorrectionService
from reviewer.services.indexing import SearchIndexer
from reviewer.services.passwords import AskPassword, Passwords, is_locked

OWN_REPORT = frozenset({"report.json", "report.md"})
"""What `review -o` leaves in a folder."""
SUFFIXES = (
    ".pdf", ".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".ott", ".rtf", ".html", ".htm", ".xhtml", ".eml",
    ".txt", ".md", ".markdown",
)  # fmt: skip
LANGUAGE_CHARS = 20_000
OPEN_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Shelf:
    """What came of reading several files: documents in the order of the files, and those that could not be read."""

    documents: tuple[Document, ...]
    failed: tuple[DocumentFailed, ...]


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was read: what it reads like, and its sections when cut as that.

    Attributes:
        modified_s: when the file was changed last, in seconds since 1970; 0 where that is not known.
    """

    path: Path
    document: Document
    split_as: SplitAs
    sections: tuple[Section, ...]
    modified_s: float = 0.0


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be read, and why."""

    path: Path
    failure: DocumentFailed


class Library:
    """Reads files. Parsing happens in worker processes; the event loop is never blocked by it."""

    def __init__(
        self,
        parser: DocumentParser,
        splitter: Splitter,
        languages: LanguageIdentifier,
        store: DocumentStore | None,
        passwords: Passwords | None = None,
        ask_password: AskPassword | None = None,
        corrections: CorrectionService | None = None,
        indexer: SearchIndexer | None = None,
    ) -> None:
        self._parser = parser
        self._splitter = splitter
        self._languages = languages
        self._store = store
        self._passwords = passwords or Passwords()
        self._ask_password = ask_password
        self._corrections = corrections
        self._indexer = indexer

    async def open_each(self, paths: Sequence[Path], listen: Callable[[OpenedFile | RefusedFile], None]) -> None:
        """Reads files side by side and tells of each as soon as it is read or refused; order is not kept.

        Only a few files are held in memory at a time, however many there are.

        Raises:
            StorageError: the workspace cannot be read or written.
        """
        turns = asyncio.Semaphore(OPEN_AT_ONCE)

        async def open_one(path: Path) -> None:
            async with turns:
                listen(await self._open(path))

        try:
            async with asyncio.TaskGroup() as group:
                for path in paths:
                    group.create_task(open_one(path))
        except ExceptionGroup as error:
            raise first_of(error) from None
        finally:
            await self._settle()

    async def unlock(self, path: Path, password: Secret, listen: Callable[[OpenedFile | RefusedFile], None]) -> None:
        """Reads a protected file, and tells of it. The password is kept in memory if it is the right one.

        Raises:
            StorageError: the workspace cannot be read or written.
        """
        listen(await self._open(path, password))
        await self._settle()

    async def _settle(self) -> None:
        """Waits until what was opened can be searched."""
        if self._indexer is not None:
            await self._indexer.settle()

    async def _open(self, path: Path, password: Secret = NO_SECRET) -> OpenedFile | RefusedFile:
        source = await asyncio.to_thread(_open, path)
        if isinstance(source, SourceFile):
            source = replace(source, password=password)
        result = source if isinstance(source, DocumentFailed) else await self._attempt(source)
        if isinstance(result, DocumentFailed):
            return RefusedFile(path, result)
        split_as = self.detect(result)
        sections = await asyncio.to_thread(self.split, result, split_as, await self.corrections(result.id))
        if self._indexer is not None:
            self._indexer.take(result, sections)
        return OpenedFile(path, result, split_as, sections, await asyncio.to_thread(_modified_s, path))

    async def read_all(self, sources: Sequence[SourceFile | DocumentFailed]) -> Shelf:
        """Reads files side by side; one that cannot be read is a failure of its own. The same content is read once.

        Raises:
            StorageError: the workspace cannot be read or written.
        """
        unique = {sha256_hex(each.data): each for each in reversed(sources) if isinstance(each, SourceFile)}
        try:
            async with asyncio.TaskGroup() as group:
                tasks = {sha256: group.create_task(self._attempt(source)) for sha256, source in unique.items()}
        except ExceptionGroup as error:
            raise first_of(error) from None
        documents: dict[str, Document] = {}
        failed: list[DocumentFailed] = []
        for source in sources:
            result = source if isinstance(source, DocumentFailed) else tasks[sha256_hex(source.data)].result()
            if isinstance(result, DocumentFailed):
                failed.append(replace(result, name=source.name))
            elif (first := documents.get(result.id)) is not None:
                documents[result.id] = _with_duplicate(first, source.name)
            else:
                documents[result.id] = result
        return Shelf(tuple(documents.values()), tuple(failed))

    async def read(self, source: SourceFile) -> Document:
        """Reads a file, or takes what is kept of the same bytes.

        Raises:
            InputError: it cannot be read; says why and what to do.
        """
        version = await asyncio.to_thread(lambda: self._parser.version)
        if self._store is not None:
            kept = await self._store.find(sha256_hex(source.data), version)
            if kept is not None:
                return replace(kept, source=replace(kept.source, name=source.name))
        document = await self._parse(source)
        language, _ = self._languages.identify(project(document).text[:LANGUAGE_CHARS])
        document = replace(document, language=language)
        if self._store is not None:
            await self._store.put(document, version)
        return document

    async def _parse(self, source: SourceFile) -> Document:
        """With the password that was given for these bytes before, or that somebody gives now."""
        sha256 = sha256_hex(source.data)
        source = replace(source, password=source.password or self._passwords.of(sha256))
        while True:
            try:
                document = await asyncio.to_thread(self._parser.parse, source)
            except InputError as error:
                if self._ask_password is None or not is_locked(source.name, error.code):
                    raise
                password = self._ask_password(source.name, bool(source.password))
                if not password:
                    raise
                source = replace(source, password=password)
            else:
                if source.password:
                    self._passwords.keep(sha256, source.password)
                return document

    async def corrections(self, document: DocumentId) -> tuple[Correction, ...]:
        """What people corrected about a document's sections; nothing without a workspace.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return await self._corrections.of(document) if self._corrections else ()

    def split(
        self, document: Document, split_as: SplitAs, corrections: Sequence[Correction] = ()
    ) -> tuple[Section, ...]:
        """The sections of a document, as people corrected them."""
        sections = self._splitter.split(document, split_as)
        return correct(document, project(document), sections, corrections).sections if corrections else sections

    def detect(self, document: Document) -> SplitAs:
        """Whether it reads like a contract or a paper."""
        return self._splitter.detect(document)

    async def _attempt(self, source: SourceFile) -> Document | DocumentFailed:
        try:
            return await self.read(source)
        except InputError as error:
            return DocumentFailed(source.name, error.code, error.user_message, error.hint)


def first_of(error: Exception) -> Exception:
    """The first error in a group of groups; any other error is itself."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _with_duplicate(document: Document, name: str) -> Document:
    note = DocumentWarning("duplicate", f"{name} is the same file and was read once.")
    return replace(document, warnings=(*document.warnings, note))


def open_file(path: Path) -> SourceFile:
    """The bytes of a file.

    Raises:
        InputError: there is no such file, or it cannot be read.
    """
    try:
        return SourceFile(path.name, path.read_bytes())
    except FileNotFoundError as error:
        raise InputError("no_such_file", f"There is no file {path}.", "Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise InputError(
            "is_a_folder", f"{path} is a folder.", "Name a file, or use review with the folder."
        ) from error
    except OSError as error:
        raise InputError(
            "unreadable", f"{path} cannot be opened: {error.strerror}.", "Check that you may read it, then try again."
        ) from error


def open_all(paths: Sequence[Path]) -> tuple[list[SourceFile | DocumentFailed], dict[str, Path]]:
    """The files named and those right in the folders named; what cannot be opened is a failure of its own.

    Returns:
        The files in order, and the path of each by the hash of its bytes.
    """
    opened: list[SourceFile | DocumentFailed] = []
    places: dict[str, Path] = {}
    for each in list_files(paths):
        file = _open(each) if isinstance(each, Path) else each
        opened.append(file)
        if isinstance(file, SourceFile) and isinstance(each, Path):
            places.setdefault(sha256_hex(file.data), each.absolute())
    return opened, places


def _open(path: Path) -> SourceFile | DocumentFailed:
    try:
        return open_file(path)
    except InputError as error:
        return DocumentFailed(path.name, error.code, error.user_message, error.hint)


def _modified_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def list_files(paths: Sequence[Path]) -> list[Path | DocumentFailed]:
    """The files named and the documents in the folders named; a folder that cannot be opened is a failure."""
    found: list[Path | DocumentFailed] = []
    for path in paths:
        found += list_folder(path) if path.is_dir() else [path]
    return found


def list_folder(path: Path) -> list[Path | DocumentFailed]:
    """The documents in a folder and the folders in it, by name.

    Hidden folders and those of earlier reports are passed over, links to folders are not followed, and what an editor
    left beside documents (``~$a.docx``, ``.a.txt``) is none.
    """
    found: list[Path | DocumentFailed] = []

    def refuse(error: OSError) -> None:
        found.append(_unopened(error))

    for folder, inside, names in os.walk(path, onerror=refuse):
        if set(names) >= OWN_REPORT:
            inside[:] = []
            continue
        inside[:] = sorted(each for each in inside if not each.startswith("."))
        documents = (Path(folder, name) for name in sorted(names) if not name.startswith((".", "~$")))
        found += [each for each in documents if each.suffix.lower() in SUFFIXES]
    return found


def _unopened(error: OSError) -> DocumentFailed:
    path = Path(error.filename)
    message = f"The folder {path} cannot be opened: {error.strerror}."
    return DocumentFailed(path.name, "unreadable", message, "Check that you may read it, then try again.")
