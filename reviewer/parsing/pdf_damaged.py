"""Pages that PDFium cannot read: their words as the second reader has them, without places."""

from collections.abc import Callable, Iterator, Sequence

from reviewer.domain.document import DocumentWarning
from reviewer.parsing.pdf_chars import Look
from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_scans import pages_named, stretches
from reviewer.parsing.pdf_sheet import PageSheet, clean
from reviewer.parsing.reading import Progress

_MOST_PAGES = 50  # the second reader begins anew for each
_MOST_CHARS = 10_000  # of a line
_LOOK = Look(10.0, bold=False, italic=False)
_STEP = 12.0  # from line to line, so that paragraphs are told by the empty lines between them


def read_damaged(sheets: Sequence[PageSheet], draw: Callable[[int], str], progress: Progress) -> None:
    """Adds the words of damaged pages to their sheets.

    Args:
        sheets: all pages.
        draw: the words of a page, counted from 0, as the second reader has them; empty where it has none.
        progress: to be told of each page.
    """
    for sheet in [sheet for sheet in sheets if sheet.is_damaged][:_MOST_PAGES]:
        sheet.runs = list(_runs(draw(sheet.number - 1)))
        progress(sheet.number, len(sheets))


def _runs(text: str) -> Iterator[Run]:
    for number, line in enumerate(text.splitlines()):
        words = clean(line, _MOST_CHARS)
        if words:
            top = number * _STEP
            yield Run(words, (), 0.0, top, 0.0, top + _LOOK.size, _LOOK, {_LOOK: len(words)})


def damage_warnings(sheets: Sequence[PageSheet]) -> Iterator[DocumentWarning]:
    """Which pages are damaged, and whether their words are here."""
    damaged = [sheet for sheet in sheets if sheet.is_damaged]
    for numbers, sentence in (
        (
            [sheet.number for sheet in damaged if sheet.runs],
            "damaged; the words were read, but cannot be shown in place.",
        ),
        (
            [sheet.number for sheet in damaged if not sheet.runs],
            "damaged and not read. Open the file in its own program, save it under a new name and add that.",
        ),
    ):
        if numbers:
            yield DocumentWarning("damaged_page", f"{pages_named(stretches(numbers))}: {sentence}", numbers[0])
