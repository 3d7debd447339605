"""What a file is, told from its first bytes. Looks for fixed marks only and follows no structure."""

import re
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
_FIRST_SECTOR = 512
_WORD_HEADER = b"\xec\xa5"
_WORD_FLAGS = 11
_WORD_ENCRYPTED = 1
_ZIP_NAME_AT = 30
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_WORD_SUFFIXES = {".docx", ".docm", ".dotx", ".dotm"}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PICTURE_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_TEXT_CONTROLS = set(b"\t\n\r\f\x1a\x1b\x08")
_CONTROL_LIMIT = 32
_HTML = re.compile(rb"(?:<!--.{0,2000}?-->\s*)*(?:<!doctype\s+html\b|<html\b)", re.DOTALL)
_XHTML = re.compile(
    rb"\A(?:<\?xml\b[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?(?:<!doctype[^>\[]{0,400}>\s*)?"
    rb"<html\b[^>]{0,1000}xmlns\s*=\s*[\"']http://www\.w3\.org/1999/xhtml",
    re.DOTALL,
)
_HEADER_NAME = re.compile(rb"^([a-z][a-z0-9-]{1,40}):", re.MULTILINE)
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_MAIL_MARKS = {b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to", b"dkim-signature"}
_MAIL_WORDS = {b"from", b"to", b"date", b"subject"}


class FileKind(StrEnum):
    """The kinds of file that can be read; the value is the media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
    DOCM = "application/vnd.ms-word.document.macroEnabled.12"
    DOTM = "application/vnd.ms-word.template.macroEnabled.12"
    DOC = "application/msword"
    ODT = "application/vnd.oasis.opendocument.text"
    OTT = "application/vnd.oasis.opendocument.text-template"
    RTF = "application/rtf"
    HTML = "text/html"
    XHTML = "application/xhtml+xml"
    EML = "message/rfc822"
    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"


_PACKAGE_SUFFIXES = {".odt": FileKind.ODT, ".ott": FileKind.OTT}
_TEXT_SUFFIXES = {
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".xhtml": FileKind.XHTML,
    ".xht": FileKind.XHTML,
    ".eml": FileKind.EML,
}


def sniff(source: SourceFile) -> FileKind:
    """The kind of a file. A ZIP counts as DOCX or ODT until its reader finds out better.

    Raises:
        InputError: the file is empty, too big, or of a kind that cannot be read.
    """
    data = source.data
    suffix = PurePath(source.name).suffix.lower()
    if not data:
        raise failure(OutcomeCode.EMPTY_FILE)
    if len(data) > MAX_BYTES:
        raise failure(OutcomeCode.TOO_BIG, "The file is larger than 200 MB.")
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return FileKind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_kind(data, suffix)
    if data.startswith(_OLE):
        return _ole_kind(data)
    return _marked_kind(data) or _text_kind(data, suffix)


def _package_kind(data: bytes, suffix: str) -> FileKind:
    """OpenDocument files begin with a part that names them, unless somebody packed them anew."""
    begin = data[_ZIP_NAME_AT : _ZIP_NAME_AT + _HEAD]
    if begin.startswith(_OPEN_DOCUMENT):
        kind = begin.removeprefix(_OPEN_DOCUMENT)
        if not kind.startswith(b"text"):
            raise failure(OutcomeCode.NOT_SUPPORTED)
        return FileKind.OTT if kind.startswith(b"text-template") else FileKind.ODT
    return _PACKAGE_SUFFIXES.get(suffix, FileKind.DOCX)


def _ole_kind(data: bytes) -> FileKind:
    if _ENCRYPTED_PACKAGE in data:
        raise failure(OutcomeCode.ENCRYPTED)
    if _WORD_STREAM not in data:
        raise failure(OutcomeCode.NOT_SUPPORTED)
    header = data[_FIRST_SECTOR : _FIRST_SECTOR + _WORD_FLAGS + 1]
    if header.startswith(_WORD_HEADER) and header[_WORD_FLAGS] & _WORD_ENCRYPTED:
        raise failure(OutcomeCode.ENCRYPTED)
    return FileKind.DOC


def _marked_kind(data: bytes) -> FileKind | None:
    """The kind of a file that says what it is in its first characters."""
    if data.startswith(_PICTURE_MARKS) and b"\x00" in data[:_HEAD]:
        raise failure(
            OutcomeCode.NOT_SUPPORTED,
            "This is a picture, not a document with text.",
            "Run text recognition (OCR) on it, save the result as PDF and add that.",
        )
    # Without its zeros, UTF-16 reads like ASCII here.
    head = data[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return FileKind.RTF
    if _XHTML.search(head):
        return FileKind.XHTML
    if _HTML.match(head):
        return FileKind.HTML
    if head.startswith((b"<?xml", b"<!doctype")):
        raise failure(
            OutcomeCode.NOT_SUPPORTED,
            "XML files cannot be read.",
            "Open it in the program it was made with, save it as PDF or Word document (.docx) and add that.",
        )
    names = {name.strip() for name in _HEADER_NAME.findall(_HEADERS_END.split(head, maxsplit=1)[0])}
    return FileKind.EML if _HEADER_NAME.match(head) and names & _MAIL_MARKS and names & _MAIL_WORDS else None


def _text_kind(data: bytes, suffix: str) -> FileKind:
    if suffix == ".pdf":
        raise failure(OutcomeCode.NOT_A_DOCUMENT, "The file is called .pdf but is no PDF.")
    if suffix in _WORD_SUFFIXES:
        raise failure(OutcomeCode.NOT_A_DOCX, f"The file is called {suffix} but is no Word document.")
    if suffix in _PACKAGE_SUFFIXES:
        raise failure(OutcomeCode.NOT_A_DOCUMENT, f"The file is called {suffix} but is no OpenDocument text.")
    if not _looks_like_text(data):
        raise failure(OutcomeCode.NOT_A_DOCUMENT)
    return _TEXT_SUFFIXES.get(suffix, FileKind.PLAIN)


def _looks_like_text(data: bytes) -> bool:
    if data.startswith(_UTF16_MARKS):
        return True
    controls = sum(data.count(bytes((byte,))) for byte in range(32) if byte not in _TEXT_CONTROLS)
    return b"\x00" not in data and controls * _CONTROL_LIMIT <= len(data)
