"""The readers of foreign formats, for the worker process. The parent does not import this module."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeAlias

from reviewer.parsing.docx import read_docx
from reviewer.parsing.html_page import read_html, read_xhtml
from reviewer.parsing.invisible import deception_warnings
from reviewer.parsing.mail import read_mail
from reviewer.parsing.odt import MIMETYPE, read_odt
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.reading import Aids, Progress, Reading
from reviewer.parsing.rtf import read_rtf
from reviewer.parsing.sniff import FileKind
from reviewer.parsing.zip_parts import ZipParts

_OBJECTS_PER_COLLECTION = 500_000
_MIMETYPE = "mimetype"  # the part that names an OpenDocument file
_Reader: TypeAlias = Callable[[bytes, Progress], Reading]


def read_file(kind: FileKind, data: bytes, aids: Aids) -> Reading:
    """Reads a file that is not plain text.

    Raises:
        InputError: there is no text to be had from it; the code says why.
    """
    with _rarely_collected():
        if kind is FileKind.PDF:
            reading = read_pdf(data, aids)
        elif kind in _READERS:
            reading = _READERS[kind](data, aids.progress)
        else:
            raise failure(OutcomeCode.NOT_SUPPORTED)
        return replace(reading, warnings=(*reading.warnings, *deception_warnings(reading.text)))


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """A reading keeps nearly all it makes: to look through it for garbage again and again costs a tenth."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_PER_COLLECTION, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read_package(data: bytes, progress: Progress) -> Reading:
    """Reads a ZIP as what it is, whatever its name says."""
    named = ZipParts(data).read(_MIMETYPE).strip() if _MIMETYPE.encode() in data else b""
    if named.startswith(MIMETYPE):
        kind = FileKind.OTT if named.startswith(FileKind.OTT.encode()) else FileKind.ODT
        return replace(read_odt(data, progress), kind=kind)
    if named:
        raise failure(OutcomeCode.NOT_SUPPORTED)
    return read_docx(data, progress)


_READERS: dict[FileKind, _Reader] = {
    FileKind.DOCX: _read_package,
    FileKind.ODT: _read_package,
    FileKind.OTT: _read_package,
    FileKind.RTF: read_rtf,
    FileKind.HTML: read_html,
    FileKind.XHTML: read_xhtml,
    FileKind.EML: read_mail,
}
