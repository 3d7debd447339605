"""Pages of a PDF that are pictures of text: found, drawn for recognition, and the recognised words as runs."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

import numpy as np
import pypdfium2

from reviewer.domain.document import DocumentWarning
from reviewer.parsing.pdf_chars import Look
from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_sheet import PageSheet
from reviewer.parsing.reading import Aids
from reviewer.parsing.scan import MAX_EDGE, Picture, Word
from reviewer.parsing.tesseract import install_hint

_DPI = 300
_MEANINGLESS = 0.2  # of a page's characters
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff]")
_DARK = 128
_INKED = 0.0002  # of the pixels; with less the page is blank
_UPENDED, _LETTERS = 2.0, 3  # a line so much higher than wide, of so many letters, is not level
_CELL_GAP = 1.5  # of the size
_SAME_SIZE = 0.18  # recognised boxes tell sizes no better
_HEIGHTS = {"x": 0.5, "ascender": 0.22, "descender": 0.21}  # of the size, in most book faces
_DESCENDERS = frozenset("gjpqyQ,;()[]{}|/")
_SHORT_LETTERS = frozenset("acegmnopqrsuvwxyz.,:;-–—~+")


def recognize_scans(document: pypdfium2.PdfDocument, sheets: Sequence[PageSheet], aids: Aids) -> None:
    """Adds the words of scanned pages to their sheets, where text can be recognised."""
    scans = [sheet for sheet in sheets if is_scan(sheet)]
    if aids.recognize is None:
        return
    pictures = (_draw(document, sheet) for sheet in scans)
    for sheet, words in zip(scans, aids.recognize(pictures), strict=True):
        if is_garbled(sheet) and words:
            sheet.runs = []
        sheet.runs += _runs(words, sheet)
        aids.progress(sheet.number, len(sheets))


def is_scan(sheet: PageSheet) -> bool:
    """Whether what is seen on a page cannot be had from its text."""
    if sheet.is_blank:
        return False
    return not sheet.runs or sheet.is_pictured or is_garbled(sheet)


def is_garbled(sheet: PageSheet) -> bool:
    """Fonts without a map to Unicode: what can be read with the eyes comes out as signs without meaning."""
    text = "".join(run.text for run in sheet.runs)
    return not text.isascii() and len(_NO_LETTER.findall(text)) > _MEANINGLESS * len(text)


def _draw(document: pypdfium2.PdfDocument, sheet: PageSheet) -> Picture:
    """The page as it is shown; notes that it is blank where there is no ink on it."""
    dpi = _dpi(sheet)
    page = document.get_page(sheet.number - 1)
    try:
        drawn = np.ascontiguousarray(page.render(scale=dpi / 72, grayscale=True).to_numpy())
    finally:
        page.close()
    height, width = drawn.shape[:2]
    sheet.is_blank = not sheet.runs and bool((drawn < _DARK).mean() < _INKED)
    return Picture(width, height, dpi, drawn.tobytes())


def _dpi(sheet: PageSheet) -> int:
    return max(1, int(min(_DPI, (MAX_EDGE - 1) * 72 / max(sheet.width, sheet.height, 1.0))))


# -------------------------------------------------------------------------------------------------------- words to runs


def _runs(words: Sequence[Word], sheet: PageSheet) -> Iterator[Run]:
    """The words that are not on the page as text already."""
    if not words:
        return
    scale = 72 / _dpi(sheet)
    present = [(run.x0, run.y0, run.x1, run.y1) for run in sheet.runs]
    new = [word for word in words if not _is_in(word, scale, present)]
    lines = [list(line) for _, line in groupby(new, key=lambda word: word.line)]
    sizes = _sizes(lines, scale)
    for line, size in zip(lines, sizes, strict=True):
        upright = _is_upright(line)
        for piece in _pieces(line, size / scale) if upright else [line]:
            yield _run(piece, Look(size, bold=False, italic=False, upright=upright), scale)


def _is_in(word: Word, scale: float, boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    x, y = (word.left + word.right) / 2 * scale, (word.top + word.bottom) / 2 * scale
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)


def _is_upright(line: Sequence[Word]) -> bool:
    """Lines may run up or down a page that is upright itself."""
    height = max(word.bottom for word in line) - min(word.top for word in line)
    width = max(word.right for word in line) - min(word.left for word in line)
    return not line[0].turned and (height <= _UPENDED * width or len(line[0].text) < _LETTERS)


def _sizes(lines: Sequence[Sequence[Word]], scale: float) -> list[float]:
    """Type sizes in points, told from the heights of lines; those that differ little are the same."""
    sizes = [_line_size(line) * scale for line in lines]
    if not sizes:
        return []
    usual = median(size for line, size in zip(lines, sizes, strict=True) for _ in line)
    same = (usual if abs(size - usual) <= _SAME_SIZE * usual else size for size in sizes)
    return [max(1.0, round(2 * size) / 2) for size in same]


def _line_size(line: Sequence[Word]) -> float:
    """In pixels. Words with tall letters tell it best; lines may slope, so it is words that are measured."""
    upright = _is_upright(line)
    tall = [word for word in line if set(word.text) - _SHORT_LETTERS]
    return median(_size(word, upright=upright) for word in tall or line)


def _size(word: Word, *, upright: bool) -> float:
    """By what the letters of the word reach up and down to."""
    height = word.bottom - word.top if upright else word.right - word.left
    letters = set(word.text)
    factor = _HEIGHTS["x"]
    factor += _HEIGHTS["ascender"] if letters - _SHORT_LETTERS else 0.0
    factor += _HEIGHTS["descender"] if letters & _DESCENDERS else 0.0
    return height / factor


def _pieces(line: Sequence[Word], size: float) -> Iterator[list[Word]]:
    """Words that follow each other closely; wider gaps part columns and table cells."""
    piece = [line[0]]
    for before, word in pairwise(line):
        if word.left - before.right > _CELL_GAP * size:
            yield piece
            piece = []
        piece.append(word)
    yield piece


def _run(words: Sequence[Word], look: Look, scale: float) -> Run:
    text = " ".join(word.text for word in words)
    count = sum(len(word.text) for word in words)
    return Run(
        text,
        _edges(words, scale) if look.upright else (),
        min(word.left for word in words) * scale,
        min(word.top for word in words) * scale,
        max(word.right for word in words) * scale,
        max(word.bottom for word in words) * scale,
        look,
        {look: len(text)},
        confidence=sum(word.confidence * len(word.text) for word in words) / count,
    )


def _edges(words: Sequence[Word], scale: float) -> tuple[float, ...]:
    """Letters share the width of their word evenly; that is all that recognition tells."""
    places: list[float] = []
    for word in words:
        places += np.linspace(word.left, word.right, len(word.text) + 1).tolist()
    return tuple(np.round(np.maximum.accumulate(places) * scale, 2).tolist())


# ------------------------------------------------------------------------------------------------------- what is said


def scan_warnings(sheets: Sequence[PageSheet], aids: Aids) -> Iterator[DocumentWarning]:
    """Which pages were recognised and how surely, and which could not be read."""
    runs = {sheet.number: [run for run in sheet.runs if run.confidence is not None] for sheet in sheets}
    recognized = [number for number, found in runs.items() if found]
    if recognized:
        yield _recognized(recognized, [run for found in runs.values() for run in found])
    way_out = "No words could be recognised either." if aids.recognize else install_hint()
    silent = [sheet.number for sheet in sheets if not sheet.runs and not sheet.is_blank]
    for first, last in stretches(silent):
        verb = "holds" if first == last else "hold"
        sentence = f"{pages_named([(first, last)])} {verb} no text (perhaps a scan) and could not be read. {way_out}"
        yield DocumentWarning("page_without_text", sentence, first)
    garbled = [sheet.number for sheet in sheets if is_garbled(sheet)]
    if garbled:
        where = pages_named(stretches(garbled))
        sentence = f"{where}: the letters of a font cannot be told from the file. {way_out}"
        yield DocumentWarning("garbled_text", sentence, garbled[0])


def _recognized(pages: Sequence[int], runs: Sequence[Run]) -> DocumentWarning:
    count = sum(len(run.text) for run in runs)
    sure = sum((run.confidence or 0.0) * len(run.text) for run in runs) / count
    sentence = (
        f"{pages_named(stretches(pages))}: the words were recognised from a picture (OCR), {sure:.0%} sure on average; "
        "compare what matters with the page."
    )
    return DocumentWarning("recognized_text", sentence, pages[0])


def stretches(pages: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending page numbers as first and last of each unbroken row."""
    found: list[tuple[int, int]] = []
    for page in pages:
        if found and found[-1][1] == page - 1:
            found[-1] = (found[-1][0], page)
        else:
            found.append((page, page))
    return found


def pages_named(found: Sequence[tuple[int, int]]) -> str:
    """Such as ``Page 3`` and ``Pages 1 to 4, 7``."""
    named = ", ".join(f"{first}" if first == last else f"{first} to {last}" for first, last in found)
    return f"Page {named}" if len(found) == 1 and found[0][0] == found[0][1] else f"Pages {named}"
