"""The readers of foreign formats, for the worker process. The parent does not import this module."""

from reviewer.parsing.docx import read_docx
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.reading import Progress, Reading
from reviewer.parsing.sniff import FileKind

_READERS = {FileKind.PDF: read_pdf, FileKind.DOCX: read_docx}


def read_file(kind: FileKind, data: bytes, progress: Progress) -> Reading:
    """Reads a PDF or DOCX file.

    Raises:
        InputError: there is no text to be had from it; the code says why.
    """
    return _READERS[kind](data, progress)
