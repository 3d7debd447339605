"""The outline (bookmarks) of a PDF: what it says about headings counts more than how they are set."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

import pypdfium2

from reviewer.domain.document import BlockKind, Visibility
from reviewer.parsing.pdf_paragraphs import Draft

_MOST = 5000
_MAX_DEPTH = 15
_MIN_LETTERS = 3
_MAX_LEVEL = 6


def mark_outline(document: pypdfium2.PdfDocument, drafts: Sequence[Draft]) -> None:
    """Makes headings of the paragraphs that the outline names, with its levels. Linear; changes the drafts.

    An entry counts only where its words stand on its page as a paragraph of their own: many outlines are left over from
    another version, or name nothing but pages.
    """
    named = _titles(document)
    if not named:
        return
    for draft in drafts:
        if draft.visibility is Visibility.VISIBLE and draft.cell is None:
            titles = named.get(draft.page)
            level = titles.get(_letters(draft.text)) if titles else None
            if level is not None:
                draft.kind, draft.level, draft.continues = BlockKind.HEADING, level, False


def _titles(document: pypdfium2.PdfDocument) -> dict[int, dict[str, int]]:
    """Levels of titles, by page from 1 and letters."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    try:
        for bookmark in islice(document.get_toc(max_depth=_MAX_DEPTH), _MOST):
            target = bookmark.get_dest()
            page = target.get_index() if target else None
            letters = _letters(bookmark.get_title())
            if page is not None and len(letters) >= _MIN_LETTERS:
                found[page + 1].setdefault(letters, min(bookmark.level + 1, _MAX_LEVEL))
    except pypdfium2.PdfiumError:
        return {}
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
