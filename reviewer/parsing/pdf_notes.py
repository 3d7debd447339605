"""Footnotes of a PDF page: small type at the foot of a column that begins with a mark."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reviewer.parsing.pdf_paragraphs import Sheet
from reviewer.parsing.pdf_rows import Row
from reviewer.parsing.pdf_rules import Rule, Rules

_SMALLER = 0.94  # of the plain text's size
_RAISED = re.compile(r"(?:\d{1,3}(?=[^\W\d_]|[“‘\"'«(\[])|[*∗†‡§¶]{1,3}\s?(?=[^\W_]|[“‘\"'(\[]))")
"""A mark that stands right before its first word: raised digits do."""
_PLAIN = re.compile(r"(?:\d{1,3}|[a-z])[.)]?\s+\S")
_ABOVE = 3.0  # of the size: how far the rule may stand above the notes
_SHORT = 0.7  # of the column's width: longer rules are no footnote rules
_LETTERS = 3
_FEW = 2  # rows of plain text that a column with notes has at least


def split_notes(
    column: Sequence[Row], columns: Sequence[Sequence[Row]], rules: Rules, sheet: Sheet
) -> tuple[Sequence[Row], list[list[Row]]]:
    """The rows of a stretch without the notes at its foot, and the rows of each note.

    Args:
        column: the rows, from top to bottom.
        columns: all stretches of the page: notes stand lowest.
        rules: of the page; a short one above sets notes apart.
        sheet: the page.
    """
    begin = len(column)
    smaller = _SMALLER * max(sheet.body_size, _usual_size(column))  # references may be most of a document
    while begin and column[begin - 1].size <= smaller:
        begin -= 1
    small = column[begin:]
    if not small or begin < _FEW or not _is_lowest(small[-1], columns, smaller):
        return column, []
    width = max(row.x1 for row in column) - min(row.x0 for row in column)
    short = [rule for rule in rules.level if rule.length <= _SHORT * width]
    for index, row in enumerate(small):
        is_ruled = any(_is_above(rule, row, column[begin + index - 1]) for rule in short)
        is_marked = (index == 0 or is_ruled) and _RAISED.match(row.text) is not None
        if _has_words(row) and (is_marked or (is_ruled and _PLAIN.match(row.text))):
            return column[: begin + index], list(_notes(small[index:], is_ruled=is_ruled))
    return column, []


def _has_words(row: Row) -> bool:
    """Axes of charts have figures side by side."""
    return "\t" not in row.text and sum(sign.isalpha() for sign in row.text) >= _LETTERS


def _usual_size(column: Sequence[Row]) -> float:
    sizes: Counter[float] = Counter()
    for row in column:
        sizes[row.size] += len(row.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _is_lowest(last: Row, columns: Sequence[Sequence[Row]], smaller: float) -> bool:
    """Whether nothing but more small type stands below: a licence, say, over both columns."""
    return not any(
        row.y0 >= last.y1 and row.x0 < last.x1 and row.x1 > last.x0 and row.size > smaller
        for column in columns
        for row in column
    )


def _is_above(rule: Rule, row: Row, before: Row) -> bool:
    return (
        before.middle < rule.at <= row.middle
        and row.y0 - rule.at <= _ABOVE * row.size
        and rule.low <= row.x1
        and rule.high >= row.x0
    )


def _notes(rows: Sequence[Row], *, is_ruled: bool) -> Iterator[list[Row]]:
    note: list[Row] = []
    for row in rows:
        if note and (_RAISED.match(row.text) or (is_ruled and _PLAIN.match(row.text) and row.text[0].isdigit())):
            yield note
            note = []
        note.append(row)
    yield note
