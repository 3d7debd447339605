"""Running heads, running feet and page numbers: what is printed on the pages but is no part of the text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.parsing.pdf_rows import Row

_ZONE = 0.15  # of the page's height, at the top and at the bottom
_MOST_ROWS = 4  # at either end of a page
_FEW_PAGES = 4
_SHARE = 0.2  # of the pages: how often a text must come back in a long document
_MAX_CHARS = 200
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlcdm]{1,7}")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|p\.)?\s*[-–—(\[]?\s*(?:[a-z]{1,2}-)?\d{1,4}\s*[-–—)\]]?(?:\s*(?:of|/|von|de|di|sur)\s*\d{1,4})?"
)


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of a page over its whole width, from top to bottom, and the page's height in points."""

    rows: Sequence[Row]
    height: float


def find_furniture(pages: Sequence[PageRows]) -> list[tuple[int, int]]:
    """For each page, how many rows at its top and at its bottom are furniture. Linear in the rows.

    A row counts if it comes back on other pages (digits aside) or is a page number, and every row between it and the
    page's edge counts too.
    """
    tops = [_candidates(page, from_top=True) for page in pages]
    bottoms = [_candidates(page, from_top=False) for page in pages]
    return list(zip(_counts(tops, len(pages)), _counts(bottoms, len(pages)), strict=True))


def _candidates(page: PageRows, *, from_top: bool) -> list[str]:
    """Normalised texts of the outermost rows, from the edge inwards."""
    rows = page.rows if from_top else page.rows[::-1]
    texts = []
    for row in rows[:_MOST_ROWS]:
        distance = row.middle if from_top else page.height - row.middle
        if distance > _ZONE * page.height or len(row.text) > _MAX_CHARS:
            break
        texts.append(_normalised(row.text))
    return texts


def _counts(candidates: Sequence[Sequence[str]], pages: int) -> list[int]:
    repeats = Counter(text for texts in candidates for text in set(texts))
    enough = 2 if pages <= _FEW_PAGES else max(3, round(_SHARE * pages))
    counts = []
    for texts in candidates:
        count = 0
        for text in texts:
            if repeats[text] < enough and not (pages > 1 and _PAGE_NUMBER.fullmatch(text.replace("#", "1"))):
                break
            count += 1
        counts.append(count)
    return counts


def _normalised(text: str) -> str:
    squeezed = " ".join(text.casefold().split())
    return "#" if _ROMAN.fullmatch(squeezed) else _DIGITS.sub("#", squeezed)
