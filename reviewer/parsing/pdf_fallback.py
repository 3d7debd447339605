"""The second reader, pypdf: for files PDFium does not open, and pages it is asked about. Text without geometry."""

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from reviewer.domain.document import Block, Page
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.reading import Aids, Reading, TextComposer

# pypdf leaves to its callers what its own checks do not foresee in a broken file.
_UNFORESEEN = (
    ArithmeticError, AssertionError, AttributeError, DeprecationWarning, LookupError, NotImplementedError, OSError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip
_BROKEN = (PyPdfError, *_UNFORESEEN)
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), 127))


def read_pdf_text(data: bytes, aids: Aids, max_pages: int) -> Reading:
    """Text of each page, one block for each of its paragraphs.

    Raises:
        InputError: it is damaged for this reader too, is encrypted, has too many pages or no text.
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(aids.password):
            raise failure(OutcomeCode.WRONG_PASSWORD if aids.password else OutcomeCode.ENCRYPTED)
        count = len(reader.pages)
        if count > max_pages:
            raise failure(OutcomeCode.TOO_MANY_PAGES)
        texts, pages = [], []
        for number, page in enumerate(reader.pages, start=1):
            texts.append(page.extract_text().translate(_CONTROLS).translate(_SURROGATES))
            pages.append(Page(number, float(page.mediabox.width), float(page.mediabox.height)))
            aids.progress(number, count)
    except _BROKEN as error:
        raise failure(OutcomeCode.CORRUPT) from error
    return _reading(texts, tuple(pages))


def page_text(data: bytes, page: int, password: str) -> str:
    """The words that a page draws, whatever the file says of them; empty where that is not known.

    Args:
        data: the file.
        page: from 0.
        password: empty for none.
    """
    try:
        return PdfReader(io.BytesIO(data), password=password or None).pages[page].extract_text()
    except (*_BROKEN, RecursionError):
        return ""


def _reading(texts: list[str], pages: tuple[Page, ...]) -> Reading:
    if not any(text.strip() for text in texts):
        raise failure(OutcomeCode.EMPTY_TEXT if pages else OutcomeCode.CORRUPT)
    composer = TextComposer()
    blocks = [
        Block(composer.append(paragraph.strip(), "\n\n"), page=number)
        for number, text in enumerate(texts, start=1)
        for paragraph in text.split("\n\n")
        if paragraph.strip()
    ]
    return Reading(composer.text(), tuple(blocks), pages)
