r"""PDF files: what is printed, in reading order, with the place of every character.

The lines of a paragraph are joined by ``\n`` and keep the hyphens at their ends; blocks are separated by an empty line,
or by a single ``\n`` where a paragraph goes on in the next column or on the next page (its second part is then a
continuation). Every character of the text is on a line of a page or is such a separator. Cells of a table are blocks,
a single ``\n`` between them; where words stand far apart on a line of no table, a tab parts them. Running heads come
before the text of their page and running feet after it; footnotes, tables and captions before the paragraph that they
interrupt.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from reviewer.domain.anchor import Box, TextSpan
from reviewer.domain.document import Block, BlockKind, DocumentWarning, Line, Origin, Page, Visibility
from reviewer.parsing.hidden_text import HiddenPiece, hidden_text_warning
from reviewer.parsing.outcomes import OutcomeCode, failure
from reviewer.parsing.pdf_annotations import Note
from reviewer.parsing.pdf_body import draft_body, settle_floats
from reviewer.parsing.pdf_damaged import damage_warnings, read_damaged
from reviewer.parsing.pdf_fallback import page_text, read_pdf_text
from reviewer.parsing.pdf_furniture import MOST_ROWS, PageRows, find_furniture
from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_headings import mark_roles
from reviewer.parsing.pdf_line_numbers import find_line_numbers
from reviewer.parsing.pdf_outline import mark_outline
from reviewer.parsing.pdf_page_numbers import printed_numbers
from reviewer.parsing.pdf_paragraphs import Draft, Sheet, draft_furniture, draft_line_numbers
from reviewer.parsing.pdf_rows import Row, cluster, join_runs, read_rows
from reviewer.parsing.pdf_scans import recognize_scans, scan_warnings
from reviewer.parsing.pdf_second_opinion import second_opinion
from reviewer.parsing.pdf_sheet import PageSheet, clean, read_sheet
from reviewer.parsing.reading import Aids, Progress, Reading, TextComposer
from reviewer.parsing.table_headings import with_headings

MAX_PAGES = 5000
_METADATA = {"Title": "title", "Author": "author", "CreationDate": "created", "ModDate": "modified"}
_MAX_METADATA = 500
_LOCKED = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}


def read_pdf(data: bytes, aids: Aids) -> Reading:
    """Reads a PDF. Linear in its characters.

    Raises:
        InputError: it is damaged, encrypted, has too many pages, is blank, or no words could be had from its pictures.
    """
    try:
        document = pypdfium2.PdfDocument(data, password=aids.password or None)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _LOCKED:
            raise failure(OutcomeCode.WRONG_PASSWORD if aids.password else OutcomeCode.ENCRYPTED) from error
        return read_pdf_text(data, aids, MAX_PAGES)
    try:
        document.init_forms()
        return _read(document, data, aids)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, data: bytes, aids: Aids) -> Reading:
    if len(document) > MAX_PAGES:
        raise failure(OutcomeCode.TOO_MANY_PAGES)
    sheets = []

    def draw(index: int) -> str:
        return page_text(data, index, aids.password)

    for index in range(len(document)):
        sheets.append(read_sheet(document, index, draw))
        aids.progress(index + 1, len(document))
    read_damaged(sheets, draw, aids.progress)
    recognize_scans(document, sheets, aids)
    if not any(sheet.runs for sheet in sheets):
        raise failure(_without_words(sheets))
    heads: dict[int, int] = {}  # of tables: how many rows are headings
    drafts = list(_drafts(sheets, aids.progress, heads))
    mark_roles(drafts)
    mark_outline(document, drafts)
    drafts = settle_floats(drafts)
    text, blocks = _compose(drafts, sheets)
    blocks = with_headings(text, blocks, heads)
    labels = _labels(sheets, drafts)
    pages = tuple(
        Page(sheet.number, sheet.width, sheet.height, label, tuple(sheet.lines))
        for sheet, label in zip(sheets, labels, strict=True)
    )
    return Reading(text, tuple(blocks), pages, _metadata(document), tuple(_warnings(sheets, aids, draw)))


def _without_words(sheets: Sequence[PageSheet]) -> OutcomeCode:
    if not all(sheet.is_blank for sheet in sheets):
        return OutcomeCode.EMPTY_TEXT
    return OutcomeCode.CORRUPT if any(sheet.is_damaged for sheet in sheets) else OutcomeCode.BLANK


def _labels(sheets: Sequence[PageSheet], drafts: Sequence[Draft]) -> list[str]:
    """What the pages are called: by the file, else as their heads and feet count them."""
    if any(sheet.label != str(sheet.number) for sheet in sheets if sheet.label):
        return [sheet.label for sheet in sheets]
    furniture: dict[int, list[str]] = {}
    for draft in drafts:
        is_furniture = draft.visibility in {Visibility.HEADER, Visibility.FOOTER}
        if is_furniture and len(draft.rows) == 1:  # line numbers have a row each, and say nothing of pages
            furniture.setdefault(draft.page, []).append(draft.text)
    printed = printed_numbers(furniture, len(sheets))
    return [printed.get(sheet.number, sheet.label) for sheet in sheets]


def _take_line_numbers(sheets: Sequence[PageSheet]) -> list[list[Row]]:
    """Takes them from the runs of the pages."""
    found = find_line_numbers(sheets)
    for sheet, numbers in zip(sheets, found, strict=True):
        if numbers:
            taken = {id(run) for run in numbers}
            sheet.runs = [run for run in sheet.runs if id(run) not in taken]
    return [[join_runs([run]) for run in numbers] for numbers in found]


def _drafts(sheets: Sequence[PageSheet], progress: Progress, heads: dict[int, int]) -> Iterator[Draft]:
    numbers = _take_line_numbers(sheets)
    rows = [PageRows(_outer_rows(sheet), sheet.height) for sheet in sheets]
    body_size = _body_size(sheets)
    for sheet, (top, bottom) in zip(sheets, find_furniture(rows), strict=True):
        place = Sheet(sheet.number, sheet.width, body_size)
        outer = [*top, *bottom]
        head = max((row.y1 for row in top), default=-math.inf)
        foot = min((row.y0 for row in bottom), default=math.inf)
        body = [run for run in sheet.runs if head < (run.y0 + run.y1) / 2 < foot or not _is_in(run, outer)]
        for row in top:
            yield draft_furniture(row, place, Visibility.HEADER)
        if numbers[sheet.number - 1]:
            yield draft_line_numbers(numbers[sheet.number - 1], place)
        yield from draft_body(body, sheet.rules, place, heads)
        for row in bottom:
            yield draft_furniture(row, place, Visibility.FOOTER)
        for row in _hidden_rows(sheet):
            yield draft_furniture(row, place, Visibility.HIDDEN)
        for note in sheet.notes:
            yield draft_furniture(_note_row(note), place, Visibility.COMMENT)
        progress(sheet.number, len(sheets))


def _outer_rows(sheet: PageSheet) -> list[Row]:
    """The rows at the head and the foot of a page."""
    rows = cluster([run for run in sheet.runs if run.look.upright])
    if len(rows) > 2 * MOST_ROWS:
        rows = rows[:MOST_ROWS] + rows[-MOST_ROWS:]
    return [join_runs(row) for row in rows]


def _hidden_rows(sheet: PageSheet) -> list[Row]:
    """Each line with what is hidden for one reason."""
    upright = [run for run in sheet.hidden if run.look.upright]
    return read_rows(upright) + [join_runs([run]) for run in sheet.hidden if not run.look.upright]


def _note_row(note: Note) -> Row:
    return Row(note.text, (), *note.box, size=0.0, bold=0.0, italic=0.0)


def _body_size(sheets: Sequence[PageSheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for run in sheet.runs:
            for look, count in run.looks.items():
                sizes[look.size] += count
    return max(sizes, key=lambda size: sizes[size])


def _is_in(run: Run, rows: Sequence[Row]) -> bool:
    middle = (run.y0 + run.y1) / 2
    return run.look.upright and any(
        row.y0 <= middle <= row.y1 and row.x0 <= run.x0 and run.x1 <= row.x1 for row in rows
    )


def _compose(drafts: Sequence[Draft], sheets: Sequence[PageSheet]) -> tuple[str, list[Block]]:
    composer = TextComposer()
    blocks: list[Block] = []
    for draft, separator in zip(drafts, _separators(drafts), strict=True):
        start = composer.append("", separator).start
        sheet = sheets[draft.page - 1]
        for index, row in enumerate(draft.rows):
            span = composer.append(row.text, "\n" if index else "")
            if not sheet.is_damaged:
                sheet.lines.append(Line(span, Box(row.x0, row.y0, row.x1, row.y1), row.edges))
        block = _block(draft, TextSpan(start, composer.length), len(blocks))
        blocks.append(replace(block, box=None) if sheet.is_damaged else block)
    return composer.text(), blocks


def _separators(drafts: Sequence[Draft]) -> list[str]:
    """What stands before each draft.

    A separator has the readers of the block before it, so it is the end of a body paragraph that tells whether the next
    body paragraph goes on with it, furniture between them or not.
    """
    tables = [None, *(draft.table for draft in drafts)]
    separators = ["\n" if table is not None and table == before else "\n\n" for before, table in pairwise(tables)]
    last_body: int | None = None
    for index, draft in enumerate(drafts):
        if draft.visibility is not Visibility.VISIBLE:
            continue
        if draft.continues and last_body is not None:
            separators[last_body + 1] = "\n"
        last_body = index
    return separators


def _block(draft: Draft, span: TextSpan, index: int) -> Block:
    return Block(
        span=span,
        kind=BlockKind.CONTINUATION if draft.continues else draft.kind,
        page=draft.page,
        box=draft.box,
        level=draft.level,
        visibility=draft.visibility,
        locator=f"page{draft.page}#b{index}",
        origin=Origin.TEXT if draft.confidence is None else Origin.OCR,
        confidence=None if draft.confidence is None else round(draft.confidence, 2),
        style=draft.style,
        cell=draft.cell,
    )


def _metadata(document: pypdfium2.PdfDocument) -> dict[str, str]:
    found = {name: clean(document.get_metadata_value(key), _MAX_METADATA) for key, name in _METADATA.items()}
    return {name: value for name, value in found.items() if value}


def _warnings(sheets: Sequence[PageSheet], aids: Aids, draw: Callable[[int], str]) -> Iterator[DocumentWarning]:
    yield from damage_warnings(sheets)
    yield from scan_warnings(sheets, aids)
    yield from second_opinion(sheets, draw)
    hidden = [HiddenPiece(run.hidden, len(run.text), sheet.number) for sheet in sheets for run in sheet.hidden]
    if hidden:
        yield hidden_text_warning(hidden)
