"""Whether a second reader finds the same words, where those of the first look odd.

It takes longer than the first, so it is asked about a few odd pages only: text without blanks or letter by letter,
and signs without meaning. A page without any words is named as such anyway.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reviewer.domain.document import DocumentWarning
from reviewer.parsing.pdf_scans import is_garbled, pages_named, stretches
from reviewer.parsing.pdf_sheet import PageSheet

_MOST_PAGES = 3
_LEAST_LETTERS = 40
_SAME = 0.7  # of the words: what both readers have in common on a page that they read alike
_FEW_SIGNS, _MANY_SIGNS = 2.5, 25.0  # for each blank: fewer where letters stand apart; German contracts have 8
_MANY_PIECES = 0.6  # of the words: how many are single letters where a file sets letter by letter
_LEAST_WORDS = 30


def second_opinion(sheets: Sequence[PageSheet], draw: Callable[[int], str]) -> Iterator[DocumentWarning]:
    """Says on which of the odd pages the readers disagree.

    Args:
        sheets: the pages as PDFium reads them.
        draw: the words of a page, counted from 0, as the second reader has them; empty where it has none.
    """
    odd = [sheet for sheet in sheets if _is_odd(sheet)][:_MOST_PAGES]
    differing = [sheet.number for sheet in odd if _differs(_text(sheet), draw(sheet.number - 1))]
    if differing:
        where = pages_named(stretches(differing))
        sentence = f"{where}: two readers of PDF files find different words; compare what matters with the page."
        yield DocumentWarning("readers_disagree", sentence, differing[0])


def _is_odd(sheet: PageSheet) -> bool:
    if sheet.is_blank or any(run.confidence is not None for run in sheet.runs):
        return False
    text = _text(sheet)
    blanks = text.count(" ")
    if blanks < _LEAST_WORDS or _FEW_SIGNS <= len(text) / blanks <= (_MANY_SIGNS if text.isascii() else len(text)):
        return is_garbled(sheet)
    words = text.split()
    if len(text) > _MANY_SIGNS * len(words):
        return True
    return sum(len(word) == 1 and word.isalpha() for word in words) > _MANY_PIECES * len(words) or is_garbled(sheet)


def _text(sheet: PageSheet) -> str:
    return " ".join(run.text for run in sheet.runs)


def _differs(one: str, other: str) -> bool:
    """Whether the words that both have are few; who reads nothing has no opinion."""
    if sum(map(str.isalnum, other)) < _LEAST_LETTERS:
        return False
    words, others = Counter(one.split()), Counter(other.split())
    return (words & others).total() < _SAME * max(words.total(), others.total())
