"""What stands between head and foot of a PDF page, in reading order: columns of text, tables, footnotes."""

from collections.abc import Iterator, Sequence

from reviewer.domain.document import BlockKind, Cell, Style, Visibility
from reviewer.parsing.pdf_columns import read_columns
from reviewer.parsing.pdf_glyphs import Run
from reviewer.parsing.pdf_notes import split_notes
from reviewer.parsing.pdf_paragraphs import Draft, Sheet, draft_paragraphs
from reviewer.parsing.pdf_rows import Row
from reviewer.parsing.pdf_rules import Rules
from reviewer.parsing.pdf_tables import Table, take_tables

_FLOATS = {BlockKind.TABLE_CELL, BlockKind.CAPTION, BlockKind.NOTE}


def draft_body(runs: Sequence[Run], rules: Rules, sheet: Sheet, heads: dict[int, int]) -> Iterator[Draft]:
    """The blocks of a page's body.

    Args:
        runs: without those of running heads and feet.
        rules: the page's.
        sheet: the page.
        heads: how many rows of headings each table of the document has, by its number from 1; grows.
    """
    tables, rest = take_tables([run for run in runs if run.look.upright], rules)
    columns = read_columns(rest + [run for run in runs if not run.look.upright])
    places = [_place(columns, table) for table in tables]
    for number, column in enumerate(columns):
        begin = 0
        for end, which in sorted((at, index) for index, (stretch, at) in enumerate(places) if stretch == number):
            yield from draft_paragraphs(column[begin:end], sheet)
            yield from _cells(tables[which], sheet, heads)
            begin = end
        text, notes = split_notes(column[begin:], columns, rules, sheet)
        yield from draft_paragraphs(text, sheet)
        for note in notes:
            yield _note(note, sheet)
    for table in tables if not columns else ():
        yield from _cells(table, sheet, heads)


def _place(columns: Sequence[Sequence[Row]], table: Table) -> tuple[int, int]:
    """The stretch a table stands in and its place there: below the nearest row over it, else above the first."""
    above, below = (-1.0, 0, 0), (float("inf"), 0, 0)
    for number, column in enumerate(columns):
        for index, row in enumerate(column):
            if row.x1 < table.x0 or row.x0 > table.x1:
                continue
            if row.middle <= (table.y0 + table.y1) / 2:
                above = max(above, (row.middle, number, index + 1))
            else:
                below = min(below, (row.middle, number, index))
    return (above if above[0] >= 0 else below)[1:]


def _cells(table: Table, sheet: Sheet, heads: dict[int, int]) -> Iterator[Draft]:
    number = len(heads) + 1
    heads[number] = table.heads
    for cell in table.cells:
        rows = cell.rows
        style = Style(
            size=max(rows, key=lambda row: len(row.text)).size,
            bold=all(row.is_bold for row in rows),
            italic=all(row.is_italic for row in rows),
        )
        yield Draft(
            rows,
            sheet.number,
            style,
            kind=BlockKind.TABLE_CELL,
            cell=Cell(number, cell.row + 1, cell.column + 1, cell.columns),
        )


def _note(rows: list[Row], sheet: Sheet) -> Draft:
    style = Style(rows[0].size, all(row.is_bold for row in rows), all(row.is_italic for row in rows))
    return Draft(rows, sheet.number, style, Visibility.NOTE, BlockKind.NOTE)


def settle_floats(drafts: Sequence[Draft]) -> list[Draft]:
    """Tables, captions and notes out of the paragraphs that go on behind them: before, or on a later page after."""
    settled: list[Draft] = []
    head = last = -1  # of the paragraph read last: its first and last part
    for draft in drafts:
        if not draft.continues or last < 0:
            place = _before_headings(settled, len(settled)) if draft.kind is BlockKind.NOTE else len(settled)
            settled.insert(place, draft)
            if draft.visibility is Visibility.VISIBLE and draft.kind not in _FLOATS:
                head = last = place
            else:
                last, head = last + (place <= last), head + (place <= head)
            continue
        between = settled[last + 1 :]
        del settled[last + 1 :]
        early = [each for each in between if each.kind in _FLOATS and each.page <= settled[head].page]
        late = [each for each in between if each.kind in _FLOATS and each.page > settled[head].page]
        place = _before_headings(settled, head)
        settled[place:place] = early
        head += len(early)
        settled.extend(each for each in between if each.kind not in _FLOATS)
        last = len(settled)
        settled.append(draft)
        settled.extend(late)
    return settled


def _before_headings(drafts: Sequence[Draft], place: int) -> int:
    """A place, or one before the headings right before it: what they head follows them."""
    while place and drafts[place - 1].kind is BlockKind.HEADING:
        place -= 1
    return place
