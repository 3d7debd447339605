"""Printed lines to paragraphs and headings, by distance, indent, size and weight."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reviewer.domain.anchor import Box
from reviewer.domain.document import BlockKind, Style, Visibility
from reviewer.parsing.pdf_rows import Row

_DEFAULT_LEADING = 1.25  # of the size
_MAX_LEADING = 3.0  # of the size; more is a gap, not a line distance
_GAP = 1.3  # of the leading
_SIZE_CHANGE = 0.08
_INDENT = 0.8  # of the size
_SHORT = 0.25  # of the column's width
_NEIGHBOURS = 3
_MARK = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]|\d{1,3}(?:\.\d{1,3})+[.)]?|[•▪◦●○■□➢✓–—·]"
    r"|(?:article|section|exhibit|schedule|annex|appendix|§)\s*[\dIVXA-Z]+\b)\s",
    re.IGNORECASE,
)
_ENDS = tuple(".;:!?,。；：！？")
_SENTENCE_ENDS = tuple('.;:!?。；：！？"”)')
_CENTRE_SLACK = 0.04  # of the page's width
_CENTRE_MARGIN = 0.05  # of the page's width
_LARGER = 1.12
_MAX_HEADING_CHARS = 200
_MAX_HEADING_ROWS = 3
_MAX_LEVEL = 6
_MIN_LETTERS = 3


@dataclass(slots=True)
class Draft:
    """A block in the making.

    Attributes:
        rows: its printed lines.
        page: page number from 1.
        continues: it goes on with the body text before it, from another column or page.
    """

    rows: list[Row]
    page: int
    style: Style
    visibility: Visibility = Visibility.VISIBLE
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    continues: bool = field(default=False)

    @property
    def text(self) -> str:
        """Lines joined by line ends."""
        return "\n".join(row.text for row in self.rows)

    @property
    def box(self) -> Box:
        """The box around all its lines."""
        rows = self.rows
        return Box(min(r.x0 for r in rows), min(r.y0 for r in rows), max(r.x1 for r in rows), max(r.y1 for r in rows))


def draft_blocks(column: Sequence[Row], page: int, page_width: float) -> Iterator[Draft]:
    """Cuts the rows of a stretch of a column into paragraphs."""
    leading = _leading(column)
    group: list[Row] = []
    for index, row in enumerate(column):
        if group and _begins(group, row, leading, _right_edge(column, index)):
            yield _draft(group, column, page, page_width)
            group = []
        group.append(row)
    if group:
        yield _draft(group, column, page, page_width)


def join_and_rank(drafts: Sequence[Draft]) -> None:
    """Marks headings with their levels, and body paragraphs that go on from the one before. Changes the drafts."""
    body = [draft for draft in drafts if draft.visibility is Visibility.VISIBLE]
    normal = _normal_style(body)
    for draft in body:
        if _is_heading(draft, normal):
            draft.kind = BlockKind.HEADING
    _rank([draft for draft in body if draft.kind is BlockKind.HEADING])
    for before, after in pairwise(body):
        after.continues = _goes_on(before, after)


def draft_furniture(row: Row, page: int, visibility: Visibility) -> Draft:
    """A running head or foot."""
    return Draft([row], page, Style(row.size, row.is_bold, row.is_italic), visibility)


def _begins(group: Sequence[Row], row: Row, leading: float, right: float) -> bool:
    """Whether a row begins a new paragraph after those of a group."""
    last = group[-1]
    if abs(row.size - last.size) > _SIZE_CHANGE * max(row.size, last.size):
        return True
    if row.middle - last.middle > _GAP * min(leading, _MAX_LEADING * row.size) or row.y1 < last.y0:
        return True
    if _changes_weight(group, row):
        return True
    if _MARK.match(row.text + " ") and (last.text.endswith(_ENDS) or _is_short(last, row, right)):
        return True
    if _is_short(last, row, right) and not _are_centred(last, row):
        return True
    return _changes_indent(group, row)


def _changes_weight(group: Sequence[Row], row: Row) -> bool:
    was_bold = all(before.is_bold for before in group)
    return (was_bold and not row.bold) or (row.is_bold and not any(before.bold for before in group))


def _is_short(last: Row, row: Row, right: float) -> bool:
    """Whether the next row's first word would have had room: then the line was ended on purpose."""
    room = right - last.x1
    if room > _SHORT * (right - min(last.x0, row.x0)):
        return True
    return last.text.endswith(_SENTENCE_ENDS) and room > _first_word_width(row) + _INDENT * row.size


def _first_word_width(row: Row) -> float:
    length = len(row.text.split(maxsplit=1)[0])
    if len(row.edges) > length:
        return abs(row.edges[length] - row.edges[0])
    return (row.x1 - row.x0) * length / len(row.text)


def _are_centred(last: Row, row: Row) -> bool:
    middles = abs((last.x0 + last.x1) - (row.x0 + row.x1)) / 2
    return middles <= last.size and abs(last.x0 - row.x0) > middles and abs(last.x1 - row.x1) > middles


def _changes_indent(group: Sequence[Row], row: Row) -> bool:
    last, step = group[-1], _INDENT * row.size
    if _are_centred(last, row):
        return False
    if len(group) == 1:  # the second line may hang or, after a first-line indent, stand out
        return row.x0 > last.x0 + step and not _MARK.match(last.text + " ") and last.text.endswith(_SENTENCE_ENDS)
    return abs(row.x0 - last.x0) > step


def _leading(column: Sequence[Row]) -> float:
    steps = sorted(
        after.middle - before.middle
        for before, after in pairwise(column)
        if 0 < after.middle - before.middle <= _MAX_LEADING * after.size
    )
    if steps:
        return steps[len(steps) // 2] if len(steps) > 2 else steps[0]  # noqa: PLR2004 - a median of two is no median
    return _DEFAULT_LEADING * column[0].size if column else 0.0


def _right_edge(column: Sequence[Row], index: int) -> float:
    """How far lines reach hereabouts."""
    return max(row.x1 for row in column[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS])


def _draft(group: list[Row], column: Sequence[Row], page: int, page_width: float) -> Draft:
    left = min(row.x0 for row in column)
    style = Style(
        size=Counter({row.size: 0 for row in group}).most_common(1)[0][0]
        if len(group) == 1
        else max(group, key=lambda row: len(row.text)).size,
        bold=all(row.is_bold for row in group),
        italic=all(row.is_italic for row in group),
        indent=round(max(0.0, min(row.x0 for row in group) - left), 1),
        centered=all(_is_centred(row, page_width) for row in group),
    )
    return Draft(group, page, style)


def _is_centred(row: Row, page_width: float) -> bool:
    left, right = row.x0, page_width - row.x1
    return abs(left - right) <= 2 * _CENTRE_SLACK * page_width and left > page_width * (0.12 + _CENTRE_MARGIN)


def _normal_style(body: Sequence[Draft]) -> Style:
    """The size and weight of most characters."""
    weights: Counter[tuple[float, bool]] = Counter()
    for draft in body:
        for row in draft.rows:
            weights[round(row.size, 1), row.is_bold] += len(row.text)
    size, bold = max(weights, key=lambda key: weights[key]) if weights else (0.0, False)
    return Style(size=size, bold=bold)


def _is_heading(draft: Draft, normal: Style) -> bool:
    text = draft.text.strip()
    letters = sum(character.isalpha() for character in text)
    if len(draft.rows) > _MAX_HEADING_ROWS or len(text) > _MAX_HEADING_CHARS or letters < _MIN_LETTERS:
        return False
    if "\t" in text.strip() and not _MARK.match(text):  # a row of a table or form
        return False
    if text.endswith((",", ";")):
        return False
    if draft.style.size >= _LARGER * normal.size:
        return True
    if draft.style.size < normal.size * (1 - _SIZE_CHANGE):
        return False
    is_caps = text.upper() == text and text.lower() != text
    if is_caps:
        return len(draft.rows) == 1 or draft.style.bold or draft.style.centered
    return draft.style.bold and not normal.bold and not text.endswith((":", "."))


def _rank(headings: Sequence[Draft]) -> None:
    """Level 1 is the largest; of one size, bold comes before capitals alone."""
    looks = sorted({_weight(heading) for heading in headings}, reverse=True)
    for heading in headings:
        heading.level = min(_MAX_LEVEL, looks.index(_weight(heading)) + 1)


def _weight(heading: Draft) -> tuple[int, bool, bool]:
    return round(heading.style.size), heading.style.bold, heading.text.upper() == heading.text


def _goes_on(before: Draft, after: Draft) -> bool:
    """A sentence broken off at the end of a column or page."""
    if BlockKind.HEADING in {before.kind, after.kind} or before.rows[-1].middle <= after.rows[0].middle:
        if before.page == after.page:
            return False
        if BlockKind.HEADING in {before.kind, after.kind}:
            return False
    if abs(before.style.size - after.style.size) > _SIZE_CHANGE * max(before.style.size, after.style.size):
        return False
    end, begin = before.text.rstrip(), after.text.lstrip()
    return bool(begin) and not end.endswith(_SENTENCE_ENDS) and (begin[0].islower() or end.endswith(("-", ",")))
