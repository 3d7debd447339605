"""One page of a PDF as PDFium tells it: its runs, and what is hidden on it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from reviewer.domain.document import Line
from reviewer.parsing.pdf_actual_text import REPLACED, drawn_runs, find_replacements, is_drawn
from reviewer.parsing.pdf_annotations import Note, read_annotations
from reviewer.parsing.pdf_chars import PageChars, PageView, read_chars
from reviewer.parsing.pdf_glyphs import Run, gather_runs
from reviewer.parsing.pdf_hidden import hidden_reasons
from reviewer.parsing.pdf_objects import Objects
from reviewer.parsing.pdf_rules import Rules, read_rules
from reviewer.parsing.pdf_text_objects import TextObjects

_MAX_LABEL = 20
_FEW_CHARS = 200  # a stamp, a running head: a page with more text is no scan
_MOST = 0.5
_MAX_DEPTH = 3  # of forms within forms, where pictures are looked for


@dataclass(slots=True)
class PageSheet:
    """A page while it is being read.

    Attributes:
        number: from 1.
        width, height: in points as shown.
        runs: what is seen.
        hidden: what nobody sees.
        notes: comments that people left on it.
        lines: grows while the text is put together.
        rules: ruling lines.
        is_blank: nothing at all is drawn on it.
        is_pictured: pictures cover most of it, and there is little text.
        is_damaged: PDFium cannot read it.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    label: str = ""
    runs: list[Run] = field(default_factory=list)
    hidden: list[Run] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    is_blank: bool = True
    is_pictured: bool = False
    is_damaged: bool = False


def read_sheet(document: pypdfium2.PdfDocument, index: int, draw: Callable[[int], str]) -> PageSheet:
    """Reads a page; an empty one that is marked as damaged where PDFium cannot read it.

    Args:
        document: the file.
        index: of the page, from 0.
        draw: gives the words that a page draws, whatever the file says of them; empty where that is not known.
    """
    try:
        page = document.get_page(index)
    except pypdfium2.PdfiumError:
        return PageSheet(index + 1, is_damaged=True)
    try:
        view = PageView.of(page)
        notes, fields = read_annotations(page, document.formenv, view)
        objects = Objects.of_page(page)
        runs = _runs(page, objects, view, lambda: draw(index)) + fields
        return PageSheet(
            index + 1,
            page.get_width(),
            page.get_height(),
            clean(document.get_page_label(index) or "", _MAX_LABEL),
            [run for run in runs if not run.hidden],
            [run for run in runs if run.hidden],
            notes,
            rules=read_rules(objects, view),
            is_blank=not len(objects),
            is_pictured=_is_pictured(page, runs),
        )
    except pypdfium2.PdfiumError:
        return PageSheet(index + 1, is_damaged=True)
    finally:
        page.close()


def clean(text: str, length: int) -> str:
    """The printable characters of a text, at most so many."""
    return "".join(c for c in text if c.isprintable())[:length].strip()


def _is_pictured(page: pypdfium2.PdfPage, runs: list[Run]) -> bool:
    """Scans may be cut into strips; that pictures lie over each other does not matter here."""
    if sum(len(run.text) for run in runs if not run.hidden) > _FEW_CHARS:
        return False
    covered = 0.0
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_DEPTH):
        left, bottom, right, top = each.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered >= _MOST * page.get_width() * page.get_height())


def _runs(page: pypdfium2.PdfPage, objects: Objects, view: PageView, draw: Callable[[], str]) -> list[Run]:
    textpage = page.get_textpage()
    try:
        chars = read_chars(textpage, view)
        texts = TextObjects.at(chars.objects)
        hidden = hidden_reasons(page, objects, chars, texts, view)
        drawn = _replace(chars, texts, hidden, draw)
        return gather_runs(chars, hidden) + drawn
    finally:
        textpage.close()


def _replace(chars: PageChars, texts: TextObjects, hidden: list[str], draw: Callable[[], str]) -> list[Run]:
    """Hides words that stand in place of others; gives the others."""
    replacements = find_replacements(chars, texts)
    if not replacements:
        return []
    drawn = draw()
    false = [each for each in replacements if not is_drawn(each, drawn)]
    if not false:
        return []
    hidden.extend([""] * (chars.count - len(hidden)))
    for each in false:
        for place in each.objects:
            for char in (chars.object == place).nonzero()[0].tolist():
                hidden[char] = hidden[char] or REPLACED
    return list(drawn_runs(chars, false, drawn))
