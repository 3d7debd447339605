"""Kinds of file, told from their first bytes."""

import pytest

from reviewer.domain.document import SourceFile
from reviewer.domain.errors import InputError
from reviewer.parsing import sniff as sniffing
from reviewer.parsing.sniff import FileKind, sniff

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_ZIP = b"PK\x03\x04" + bytes(26)
_WORD = "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n", FileKind.PDF),
        ("a.bin", b"junk before\n%PDF-1.7\n", FileKind.PDF),
        ("a.docx", b"PK\x03\x04rest", FileKind.DOCX),
        ("a.txt", b"Words.", FileKind.PLAIN),
        ("a", b"Words.", FileKind.PLAIN),
        ("a.txt", "\ufeffWörter".encode("utf-16-le"), FileKind.PLAIN),
        ("a.MD", b"# Heading", FileKind.MARKDOWN),
        ("a.odt", _ZIP + b"mimetypeapplication/vnd.oasis.opendocument.textPK", FileKind.ODT),
        ("a", _ZIP + b"mimetypeapplication/vnd.oasis.opendocument.text-template", FileKind.OTT),
        ("a.odt", b"PK\x03\x04packed anew", FileKind.ODT),
        ("a.doc", _OLE + _WORD, FileKind.DOC),
        ("a.doc", b"{\\rtf1 text}", FileKind.RTF),
        ("a.txt", b"<!DOCTYPE html><p>text", FileKind.HTML),
        ("a", b"\xef\xbb\xbf\n<!-- saved --> <HTML><p>text", FileKind.HTML),
        ("a", "\ufeff<html><p>text".encode("utf-16-le"), FileKind.HTML),
        ("a.htm", b"<p>text", FileKind.HTML),
        ("a.html", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p/>', FileKind.XHTML),
        ("a.eml", b"Subject: text\n\ntext", FileKind.EML),
        ("a", b"Received: by x\r\n\tfor y\r\nFrom: a@b.example\r\n\r\ntext", FileKind.EML),
        ("a.txt", b"From: the board\nTo: all\nSubject: memo\n\ntext", FileKind.PLAIN),
    ],
)
def test_sniff_tells_the_kind(name: str, data: bytes, kind: FileKind) -> None:
    assert sniff(SourceFile(name, data)) is kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty_file"),
        ("a.doc", _OLE[:512] + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(100) + _WORD, "encrypted"),
        (
            "a.ods",
            _ZIP + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "not_supported",
        ),
        ("a.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.xls", _OLE, "not_supported"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "not_supported"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "not_supported"),
        ("a.svg", b"<!DOCTYPE svg><svg/>", "not_supported"),
        ("a.html", b'<?xml version="1.0"?><rss/>', "not_supported"),
        ("a.html", b"\x00\x01\x02", "not_a_document"),
        ("a.odt", b"only called so", "not_a_document"),
        ("a.docm", b"only called so", "not_a_docx"),
        ("a.pdf", b"only called so", "not_a_document"),
        ("a.docx", b"only called so", "not_a_docx"),
        ("a.exe", b"MZ\x90\x00\x03\x00", "not_a_document"),
        ("a.txt", b"\x01\x02\x03\x04words", "not_a_document"),
    ],
)
def test_sniff_refuses_what_cannot_be_read(name: str, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        sniff(SourceFile(name, data))
    assert caught.value.code == code
    assert caught.value.hint


def test_sniff_refuses_a_file_that_is_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniffing, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="too_big"):
        sniff(SourceFile("a.txt", b"eleven char"))
