"""Running heads, running feet and page numbers: what is printed on the pages but is no part of the text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.parsing.pdf_rows import Row

_ZONE = 0.15  # of the page's height, at the top and at the bottom
# Pages that end early have their foot higher: what comes back on nearly all pages of a document may stand anywhere.
_NEARLY_ALL = 0.8
_MIN_FAR_PAGES = 4
_MIN_FAR_CHARS = 8
MOST_ROWS = 4
"""How many rows at either end of a page may be furniture."""
_FEW_PAGES = 4
_SHARE = 0.2  # of the pages: how often a text must come back in a long document
_MAX_CHARS = 200
_DIGITS = re.compile(r"\d+")
_MOST_DIGITS = 4  # of a page number; longer is an identifier, or the rest of one
_HEADING = re.compile(
    r"(?:art(?:icle|ikel|[íi]culo|icolo|igo)|se(?:ction|cci[óo]n|zione|ç[ãa]o)|abschnitt|clause|cl[áa]usul?a|chapter|kapitel"
    r"|chapitre|cap[íi]tulo|schedule|exhibit|annexe?|anexo|anhang|anlage|allegato|appendix|§)\W*\d+\b"
)
"""What is counted by other things than pages: each of them may begin a page of its own."""
_ROMAN = re.compile(r"[ivxlcdm]{1,7}")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|p\.)?\s*[-–—(\[]?\s*(?:[a-z]{1,2}-)?\d{1,4}\s*[-–—)\]]?(?:\s*(?:of|/|von|de|di|sur)\s*\d{1,4})?"
)


@dataclass(frozen=True, slots=True)
class PageRows:
    """Rows of a page over its whole width, from top to bottom, and the page's height in points.

    Attributes:
        rows: the outermost `MOST_ROWS` at either end, or more.
    """

    rows: Sequence[Row]
    height: float


def find_furniture(pages: Sequence[PageRows]) -> list[tuple[list[Row], list[Row]]]:
    """For each page, the rows at its top and at its bottom that are furniture, from top to bottom. Linear in the rows.

    A row counts if it comes back on other pages (digits aside) or is a page number, and every row between it and the
    page's edge counts too. A page number counts anywhere at the edge where other pages have theirs.
    """
    tops = _furniture([_candidates(page, from_top=True) for page in pages])
    bottoms = _furniture([_candidates(page, from_top=False) for page in pages])
    result = []
    for top, bottom in zip(tops, bottoms, strict=True):
        result.append((top, [row for row in reversed(bottom) if not any(row is other for other in top)]))
    return result


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    row: Row
    is_far: bool


def _candidates(page: PageRows, *, from_top: bool) -> list[_Candidate]:
    """The outermost rows with their normalised texts, from the edge inwards."""
    rows = page.rows if from_top else page.rows[::-1]
    found = []
    for row in rows[:MOST_ROWS]:
        distance = (row.middle if from_top else page.height - row.middle) / max(page.height, 1.0)
        if len(row.text) > _MAX_CHARS:
            break
        found.append(_Candidate(_normalised(row.text), row, is_far=distance > _ZONE))
    return found


def _furniture(candidates: Sequence[Sequence[_Candidate]]) -> list[list[Row]]:
    pages = len(candidates)
    repeats = Counter(text for page in candidates for text in {candidate.text for candidate in page})
    enough = 2 if pages <= _FEW_PAGES else max(3, round(_SHARE * pages))
    furniture = []
    for page in candidates:
        rows, unbroken = [], True
        for candidate in page:
            text, is_far = candidate.text, candidate.is_far
            is_number = pages > 1 and not is_far and _is_page_number(text)
            comes_back = repeats[text] >= enough and (not is_far or _may_be_far(text, repeats[text], pages))
            unbroken = unbroken and (comes_back or is_number)
            if unbroken or (is_number and comes_back):
                rows.append(candidate.row)
        furniture.append(rows)
    return furniture


def _may_be_far(text: str, repeats: int, pages: int) -> bool:
    is_telling = len(text) >= _MIN_FAR_CHARS or _is_page_number(text)
    return is_telling and pages >= _MIN_FAR_PAGES and repeats >= _NEARLY_ALL * pages


def _is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(text.replace("##", "#" * 5).replace("#", "1")) is not None


def _normalised(text: str) -> str:
    squeezed = " ".join(text.casefold().split())
    if heading := _HEADING.match(squeezed):
        return heading[0] + _DIGITS.sub("#", squeezed[heading.end() :])
    if _ROMAN.fullmatch(squeezed):
        return "#"
    return _DIGITS.sub(lambda digits: "#" if len(digits[0]) <= _MOST_DIGITS else "##", squeezed)
