"""Bytes to documents: the parser the rest of the program is given."""

from dataclasses import replace

from reviewer.domain.document import Document, DocumentWarning, Source, SourceFile
from reviewer.domain.errors import InputError
from reviewer.domain.ids import DocumentId, content_id, sha256_hex
from reviewer.parsing.invisible import deception_warnings
from reviewer.parsing.isolation import Order, TimeBudget, WorkerPool
from reviewer.parsing.office import convert_to_docx, find_office
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.plain import read_markdown, read_plain
from reviewer.parsing.quarantine import Quarantine
from reviewer.parsing.reading import Reading
from reviewer.parsing.recognition import Recognizer
from reviewer.parsing.sniff import FileKind, sniff
from reviewer.parsing.tesseract import install_hint

_NO_TEXT = ("The document holds no text.", "Pictures in it are not read; save it as PDF and add that.")
_PASSWORD = "Enter its password when you are asked for it, or remove it in the program it was made with."  # noqa: S105
_SCAN = "The document looks like a scan: it has pages but no text."
_UNREADABLE_SCAN = (
    "The document looks like a scan, and no words could be recognised on its pages.",
    "Scan it again, straight and with at least 300 dots per inch, or ask for the original file.",
)
_NO_OFFICE = (
    "Documents of Word 97 to 2003 (.doc) cannot be read.",
    "Open it in Word or LibreOffice, save it as Word document (.docx) and add that, or install LibreOffice.",
)
_CONVERTED = DocumentWarning(
    "converted", "LibreOffice converted this document of Word 97 to 2003; compare numbers and layout with the original."
)
_VERSION = "4"
READER = "reviewer.parsing.readers:read_file"


class IsolatedDocumentParser:
    """Reads foreign formats in worker processes, and text where it stands.

    Starts no process before the first document that is not plain text. A document that crashes its reader costs a
    worker only.

    Args:
        recognizer: text recognition of scanned pages; None for none.
        max_workers: documents read at the same time, each in a process of its own.
        reader_name: ``module:function`` of the worker's `Reader`.
        budget: how long a worker may take.
    """

    def __init__(
        self,
        recognizer: Recognizer | None = None,
        *,
        max_workers: int = 2,
        reader_name: str = READER,
        budget: TimeBudget | None = None,
    ) -> None:
        self._recognizer = recognizer
        self._pool = WorkerPool(reader_name, max_workers, budget or TimeBudget())
        self._quarantine = Quarantine()
        self._office = find_office()

    @property
    def version(self) -> str:
        """Changes with the readers, and when text recognition or a language of it is installed. Blocks at first."""
        return "-".join([_VERSION, *(self._recognizer.languages if self._recognizer else ())])

    def parse(self, source: SourceFile) -> Document:
        """Reads a file. Blocks for up to the time budget; call it from a thread. Safe from several threads.

        The language is left empty.

        Raises:
            InputError: with an `OutcomeCode` as its code: it is no document, is empty, broken, encrypted, too big or
                holds no text; says what to do.
        """
        kind = sniff(source)
        reading = self._read(kind, source)
        sha256 = sha256_hex(source.data)
        return Document(
            id=DocumentId(content_id("doc", sha256)),
            source=Source(source.name, (reading.kind or kind).value, sha256, len(source.data)),
            text=reading.text,
            blocks=reading.blocks,
            pages=reading.pages,
            metadata=reading.metadata,
            warnings=reading.warnings,
        )

    def close(self) -> None:
        """Ends the worker processes. Nothing but text can be parsed afterwards. Idempotent."""
        for program in (self._office, self._recognizer):
            if program is not None:
                program.close()
        self._pool.close()

    def _read(self, kind: FileKind, source: SourceFile) -> Reading:
        data = source.data
        if kind is FileKind.PLAIN:
            return _told(read_plain(data))
        if kind is FileKind.MARKDOWN:
            return _told(read_markdown(data))
        if kind is FileKind.DOC:
            return self._read_converted(data)
        if kind is FileKind.PDF:
            return self._read_pdf(source)
        try:
            return self._read_apart(Order(kind, data))
        except InputError as error:
            if error.code == OutcomeCode.EMPTY_TEXT:
                raise failure(OutcomeCode.EMPTY_TEXT, *_NO_TEXT) from error
            raise

    def _read_pdf(self, source: SourceFile) -> Reading:
        recognizer = self._recognizer if self._recognizer and self._recognizer.languages else None
        try:
            return self._read_apart(Order(FileKind.PDF, source.data, source.password, recognizer))
        except InputError as error:
            if error.code == OutcomeCode.ENCRYPTED:
                raise failure(OutcomeCode.ENCRYPTED, hint=_PASSWORD) from error
            if error.code != OutcomeCode.EMPTY_TEXT:
                raise
            sentences = _UNREADABLE_SCAN if recognizer else (_SCAN, install_hint())
            raise failure(OutcomeCode.EMPTY_TEXT, *sentences) from error

    def _read_apart(self, order: Order) -> Reading:
        """In a worker process; after a crash, which may be due to the document before, once more in a new one."""
        sha256 = sha256_hex(order.data)
        while not self._quarantine.holds(sha256):
            try:
                return self._pool.read(order)
            except InputError as error:
                if error.code != OutcomeCode.ENGINE_CRASH:
                    raise
                self._quarantine.count(sha256)
                if self._quarantine.holds(sha256):
                    raise
        raise failure(OutcomeCode.QUARANTINED)

    def _read_converted(self, data: bytes) -> Reading:
        if self._office is None:
            raise failure(OutcomeCode.NOT_SUPPORTED, *_NO_OFFICE)
        reading = self._read_apart(Order(FileKind.DOCX, convert_to_docx(data, self._office)))
        return replace(reading, warnings=(*reading.warnings, _CONVERTED), kind=FileKind.DOC)


def _told(reading: Reading) -> Reading:
    """With what text should be suspected of; the worker does so for what it reads."""
    return replace(reading, warnings=(*reading.warnings, *deception_warnings(reading.text)))
