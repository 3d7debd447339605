"""Text as it is searched: case, accents and broken words made alike, with the way back; and what is round a hit."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reviewer.domain.anchor import TextSpan

CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003134f"
)
"""What is written without spaces between words: the inside of a regular expression's brackets."""

LETTER = rf"[^\W_{CJK}]"
BEFORE_CHARS = 60
AFTER_CHARS = 130

_CJK_CHAR = re.compile(f"[{CJK}]")
_PIECE = re.compile(rf"[{CJK}](?:\s*[{CJK}])*|{LETTER}+")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][^\S\n]*\n\s*(?=[a-z\u00df-\u00f6\u00f8-\u00ff])")
_ODD = re.compile(r"[^\x00-\x7f\u3400-\u9fff]")
_SPACES = re.compile(r"\s+")


@cache
def _folded(char: str) -> str:
    if _CJK_CHAR.match(char):
        return unicodedata.normalize("NFKC", char)
    if unicodedata.category(char) == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", char)
    return "".join(each for each in parts if not unicodedata.combining(each)).casefold()


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is searched.

    Attributes:
        text: the folded characters.
        starts: where each stretch that kept its length begins in ``text``; ascending, and 0 first.
        origins: where the same stretch begins in the text before it was folded; ascending.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def source(self, start: int, end: int) -> TextSpan:
        """The characters that a non-empty part of the folded text came from."""
        return TextSpan(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, position: int) -> int:
        index = bisect_right(self.starts, position) - 1
        origin = self.origins[index] + position - self.starts[index]
        # Of a character that became two, both came from it.
        return min(origin, self.origins[index + 1] - 1) if index + 1 < len(self.origins) else origin


def fold(text: str) -> Folded:
    """Lower case, without accents and invisible characters, words that a line's end broke put together. Linear."""
    changes = {char: _folded(char) for char in set(_ODD.findall(text))}
    resized = "".join(char for char, plain in changes.items() if len(plain) != 1)
    if not resized and not ("\n" in text and _BROKEN.search(text)):
        return Folded(_fold_evenly(text, changes))
    cut = re.compile(f"{_BROKEN.pattern}|[{re.escape(resized)}]") if resized else _BROKEN
    parts, starts, origins = [], [], []
    length = done = 0
    for match in cut.finditer(text):
        even = _fold_evenly(text[done : match.start()], changes)
        became = changes.get(match.group(), "")
        parts += [even, became]
        starts += [length, length + len(even)]
        origins += [done, match.start()]
        length += len(even) + len(became)
        done = match.end()
    parts.append(_fold_evenly(text[done:], changes))
    return Folded("".join(parts), (*starts, length), (*origins, done))


def _fold_evenly(text: str, changes: Mapping[str, str]) -> str:
    """A stretch in which each character gives just one."""
    for char, plain in changes.items():
        if len(plain) == 1:
            text = text.replace(char, plain)
    return text.lower()


def is_cjk(piece: str) -> bool:
    """Whether a piece of `pieces` is one without spaces between its words."""
    return _CJK_CHAR.match(piece) is not None


def pieces(folded: str) -> list[str]:
    """The words of a folded text; of Chinese, Japanese and Korean the whole stretches, without spaces in them."""
    return [_SPACES.sub("", each) if is_cjk(each) else each for each in _PIECE.findall(folded)]


def grams(piece: str) -> list[str]:
    """The one- and two-character parts of a stretch of Chinese, Japanese or Korean, each once."""
    return sorted({*piece, *(piece[index : index + 2] for index in range(len(piece) - 1))})


def index_words(folded: str) -> str:
    """What goes into the index of words: each word, and the one- and two-character parts of what has no spaces."""
    return " ".join(" ".join(grams(each)) if is_cjk(each) else each for each in pieces(folded))


def index_parts(folded: str) -> str:
    """What goes into the index of parts: words of letters, one space before and after each; beginnings show by it."""
    words = [each for each in pieces(folded) if not is_cjk(each)]
    return f" {' '.join(words)} " if words else ""


def make_snippet(text: str, spans: Sequence[TextSpan]) -> tuple[str, tuple[TextSpan, ...]]:
    """What stands around the first of these places, on one line, and where the places are in it.

    Args:
        text: any text.
        spans: places in it, ascending and apart; none for its beginning.
    """
    first = spans[0] if spans else TextSpan(0, 0)
    start = _word_start(text, first.start)
    end = _word_end(text, max(first.end, start + BEFORE_CHARS) + AFTER_CHARS)
    parts = ["… "] if start else [""]
    length, done = len(parts[0]), start
    ranges: list[TextSpan] = []
    for span in spans:
        if span.end > end:
            break
        for stop, is_hit in ((span.start, False), (span.end, True)):
            piece = _SPACES.sub(" ", text[done:stop])
            if is_hit:
                ranges.append(TextSpan(length, length + len(piece)))
            parts.append(piece)
            length += len(piece)
            done = stop
    parts.append(_SPACES.sub(" ", text[done:end]).rstrip())
    if end < len(text.rstrip()):
        parts.append(" …")
    return "".join(parts), tuple(ranges)


def _word_start(text: str, offset: int) -> int:
    """A little before an offset, where a word begins."""
    start = max(0, offset - BEFORE_CHARS)
    while 0 < start < offset and not text[start - 1].isspace():
        start += 1
    return start


def _word_end(text: str, offset: int) -> int:
    """An offset, or where the word before it ends; a long stretch without spaces is cut."""
    if offset >= len(text):
        return len(text)
    space = text.rfind(" ", offset - BEFORE_CHARS, offset)
    return space if space > 0 else offset
