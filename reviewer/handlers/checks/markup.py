"""Rules about what a file carries besides its words."""

import re
import unicodedata
from collections.abc import Iterator

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Visibility
from reviewer.domain.projection import is_change
from reviewer.handlers.checks.draft import Draft
from reviewer.handlers.checks.rule import Hit

MAX_SHOWN = 20
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INSIDE = re.compile("(?<=[A-Za-zÀ-ɏ])[\u200b-\u200d\u2060\ufeff]+(?=[A-Za-zÀ-ɏ])")
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def tracked_changes(draft: Draft) -> Iterator[Hit]:
    """Changes that nobody accepted or rejected yet."""
    changed = [block for block in draft.document.blocks if is_change(block)]
    if changed:
        authors = sorted({block.author for block in changed if block.author})
        by = f" by {', '.join(authors[:3])}" if authors else ""
        many = "1 tracked change is" if len(changed) == 1 else f"{len(changed)} tracked changes are"
        spans = [draft.projection.from_document(block.span) for block in changed]
        yield Hit(f"{many} neither accepted nor rejected{by}.", tuple(span for span in spans if len(span))[:MAX_SHOWN])


def comments(draft: Draft) -> Iterator[Hit]:
    """Comments that are still in the file."""
    found = [block for block in draft.document.blocks if block.visibility is Visibility.COMMENT]
    if found:
        authors = sorted({block.author for block in found if block.author})
        by = f" by {', '.join(authors[:3])}" if authors else ""
        yield Hit(f"{len(found)} comment{'' if len(found) == 1 else 's'}{by} still in the file.")


def unusual_characters(draft: Draft) -> Iterator[Hit]:
    """Characters that deceive or that cannot be read: letters of two scripts, turned text, lost characters."""
    text = draft.text
    if text.isascii():
        return
    found = [TextSpan(*match.span()) for match in _WORD.finditer(text) if _is_mixed(match[0])]
    if found:
        yield Hit(f"Letters that only look Latin stand in “{found[0].of(text)}”.", tuple(found[:MAX_SHOWN]))
    for pattern, what in (
        (_DIRECTIONS, "Invisible characters turn the direction of reading here."),
        (_INSIDE, "Invisible characters stand inside a word here."),
        (_BROKEN, "Characters that cannot be read stand here; the file may have lost some of its text."),
    ):
        places = tuple(TextSpan(*match.span()) for match in pattern.finditer(text))
        if places:
            yield Hit(what, tuple(_widened(text, span) for span in places[:MAX_SHOWN]))


def _is_mixed(word: str) -> bool:
    if word.isascii():
        return False
    scripts = {name for letter in word for name in _SCRIPTS if unicodedata.name(letter, "").startswith(name)}
    return len(scripts) > 1


def _widened(text: str, span: TextSpan) -> TextSpan:
    """The word around a place, so that there is something to see."""
    start = max(text.rfind(" ", 0, span.start), text.rfind("\n", 0, span.start)) + 1
    ends = [each for each in (text.find(" ", span.end), text.find("\n", span.end)) if each >= 0]
    return TextSpan(start, min(ends, default=len(text)))
