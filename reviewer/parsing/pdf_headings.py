"""Which paragraphs of a PDF are headings and captions, and which go on from another column or page."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from reviewer.domain.document import BlockKind, Style, Visibility
from reviewer.parsing.pdf_paragraphs import LARGER, MARK, SENTENCE_ENDS, SIZE_CHANGE, Draft

_NUMBER = r"(?:\d+|[IVXL]+\b|[A-Z]{1,2}[.-]?\d+)(?:[.-]\d+)*[a-z]?"
_REST = r"\s*(?:[.:|–—：．]|\s(?-i:[A-ZÄÖÜÉÀ(“\"])|\n|\Z)"
TABLE = re.compile(
    rf"(?:table|tab\.|tabelle|tableau|tabla|cuadro|tabella|tabela)\s+{_NUMBER}{_REST}|表\s?\d+", re.IGNORECASE
)
"""What the caption of a table begins with."""
FIGURE = re.compile(
    rf"(?:figure|fig\.?|abbildung|abb\.|figura|imagen)\s*{_NUMBER}{_REST}|[図图圖]\s?\d+", re.IGNORECASE
)
"""What the caption of a figure begins with."""
_MUCH_LARGER = 1.3  # of the plain text's size
_MAX_CHARS, _MAX_ROWS = 200, 3
_MAX_TITLE_CHARS, _MAX_TITLE_ROWS = 400, 6  # of what is much larger
_MAX_LEVEL = 6
_MIN_LETTERS = 3
_CAPS = 0.8  # of the letters
_COMMON = 0.2  # of the characters: a size as common as this is text, not headings


def mark_roles(drafts: Sequence[Draft]) -> None:
    """Marks headings with their levels, captions, and paragraphs that go on from the one before. Changes the drafts."""
    body = [draft for draft in drafts if draft.visibility is Visibility.VISIBLE and draft.cell is None]
    normal, common = _normal_style(body)
    for before, draft in zip([None, *body], body, strict=False):
        text = draft.text
        if TABLE.match(text) or FIGURE.match(text):
            draft.kind = BlockKind.CAPTION
        elif _is_heading(draft, text.strip(), normal, common) and (
            before is None or not _is_within_word(before, draft)
        ):
            draft.kind = BlockKind.HEADING
    _rank([draft for draft in body if draft.kind is BlockKind.HEADING])
    for before, after in pairwise(draft for draft in body if draft.kind is not BlockKind.CAPTION):
        after.continues = _goes_on(before, after)


def _normal_style(body: Sequence[Draft]) -> tuple[Style, set[float]]:
    """The size and weight of most characters, and all sizes that are common."""
    weights: Counter[tuple[float, bool]] = Counter()
    sizes: Counter[float] = Counter()
    for draft in body:
        for row in draft.rows:
            weights[row.size, row.is_bold] += len(row.text)
            sizes[row.size] += len(row.text)
    size, bold = max(weights, key=lambda key: weights[key]) if weights else (0.0, False)
    return Style(size=size, bold=bold), {at for at, count in sizes.items() if count > _COMMON * sizes.total()}


def _is_heading(draft: Draft, text: str, normal: Style, common: set[float]) -> bool:
    style = draft.style
    if not _may_be_heading(text, len(draft.rows), is_large=style.size >= _MUCH_LARGER * normal.size):
        return False
    if style.size >= LARGER * normal.size and style.size not in common:
        return True
    if style.size < normal.size * (1 - SIZE_CHANGE):
        return False
    if _is_caps(text):
        return len(draft.rows) == 1 or style.bold or style.centered
    return style.bold and not normal.bold and not text.endswith((":", "."))


def _may_be_heading(text: str, rows: int, *, is_large: bool) -> bool:
    if rows > (_MAX_TITLE_ROWS if is_large else _MAX_ROWS) or len(text) > (
        _MAX_TITLE_CHARS if is_large else _MAX_CHARS
    ):
        return False
    mark = MARK.match(text)
    if "\t" in text[mark.end() if mark else 0 :]:  # a row of a table or of a list of contents
        return False
    return sum(map(str.isalpha, text)) >= _MIN_LETTERS and not text.endswith((",", ";"))


def _is_caps(text: str) -> bool:
    letters = [*filter(str.isalpha, text)]
    return sum(map(str.isupper, letters)) >= _CAPS * max(1, len(letters))


def _rank(headings: Sequence[Draft]) -> None:
    """Level 1 is the largest; of one size, bold comes before capitals alone."""
    looks = sorted({_weight(heading) for heading in headings}, reverse=True)
    for heading in headings:
        heading.level = min(_MAX_LEVEL, looks.index(_weight(heading)) + 1)


def _weight(heading: Draft) -> tuple[int, bool, bool]:
    return round(heading.style.size), heading.style.bold, _is_caps(heading.text)


def _goes_on(before: Draft, after: Draft) -> bool:
    """A sentence broken off at the end of a column or page."""
    if {before.kind, after.kind} != {BlockKind.PARAGRAPH}:
        return False
    if _is_within_word(before, after):
        return True
    if before.page == after.page and before.rows[-1].middle <= after.rows[0].middle:
        return False
    if not _is_as_large(before, after):
        return False
    end, begin = before.rows[-1].text.rstrip(), after.rows[0].text.lstrip()
    return bool(begin) and not end.endswith(SENTENCE_ENDS) and (begin[0].islower() or end.endswith(("-", ",")))


def _is_within_word(before: Draft, after: Draft) -> bool:
    """A word broken at the end of a line goes on, even where the two lines were not taken for one column."""
    end, begin = before.rows[-1].text.rstrip()[-2:], after.rows[0].text.lstrip()[:1]
    return end[:1].islower() and end[1:] == "-" and begin.islower() and _is_as_large(before, after)


def _is_as_large(before: Draft, after: Draft) -> bool:
    one, other = before.style.size, after.style.size
    return abs(one - other) <= SIZE_CHANGE * max(one, other)
