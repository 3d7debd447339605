"""What a file is, told from its first bytes. Looks for fixed marks only and follows no structure."""

from enum import StrEnum
from pathlib import PurePath

from reviewer.domain.document import SourceFile
from reviewer.parsing.outcomes import OutcomeCode, failure

MAX_BYTES = 200 * 1024 * 1024
_PDF_HEADER_WITHIN = 1024
_HEAD = 4096

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PICTURE_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_TEXT_CONTROLS = set(b"\t\n\r\f\x1a\x1b\x08")
_CONTROL_LIMIT = 32


class FileKind(StrEnum):
    """The kinds of file that can be read; the value is the media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"


def sniff(source: SourceFile) -> FileKind:
    """The kind of a file. A ZIP counts as DOCX until its reader finds out better.

    Raises:
        InputError: the file is empty, too big, or of a kind that cannot be read.
    """
    data = source.data
    if not data:
        raise failure(OutcomeCode.EMPTY_FILE)
    if len(data) > MAX_BYTES:
        raise failure(OutcomeCode.TOO_BIG, "The file is larger than 200 MB.")
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return FileKind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.DOCX
    _refuse_other_formats(data)
    return _text_kind(source)


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith(_OLE):
        _refuse_ole(data)
    if data.startswith(_PICTURE_MARKS) and b"\x00" in data[:_HEAD]:
        raise failure(
            OutcomeCode.NOT_SUPPORTED,
            "This is a picture, not a document with text.",
            "Run text recognition (OCR) on it, save the result as PDF and add that.",
        )
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        raise failure(
            OutcomeCode.NOT_SUPPORTED,
            "Rich text files (.rtf) cannot be read.",
            "Open it in Word or LibreOffice, save it as Word document (.docx) and add that.",
        )
    if head.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise failure(
            OutcomeCode.NOT_SUPPORTED,
            "Web pages and XML files cannot be read.",
            "Open it in a browser, print it to a PDF file and add that.",
        )


def _refuse_ole(data: bytes) -> None:
    if _ENCRYPTED_PACKAGE in data:
        raise failure(OutcomeCode.ENCRYPTED)
    if _WORD_STREAM in data:
        raise failure(
            OutcomeCode.NOT_SUPPORTED,
            "Documents of Word 97 to 2003 (.doc) cannot be read.",
            "Open it in Word or LibreOffice, save it as Word document (.docx) and add that.",
        )
    raise failure(OutcomeCode.NOT_SUPPORTED)


def _text_kind(source: SourceFile) -> FileKind:
    suffix = PurePath(source.name).suffix.lower()
    if suffix == ".pdf":
        raise failure(OutcomeCode.NOT_A_DOCUMENT, "The file is called .pdf but is no PDF.")
    if suffix == ".docx":
        raise failure(OutcomeCode.NOT_A_DOCX, "The file is called .docx but is no Word document.")
    if not _looks_like_text(source.data):
        raise failure(OutcomeCode.NOT_A_DOCUMENT)
    return FileKind.MARKDOWN if suffix in {".md", ".markdown"} else FileKind.PLAIN


def _looks_like_text(data: bytes) -> bool:
    if data.startswith(_UTF16_MARKS):
        return True
    controls = sum(data.count(bytes((byte,))) for byte in range(32) if byte not in _TEXT_CONTROLS)
    return b"\x00" not in data and controls * _CONTROL_LIMIT <= len(data)
