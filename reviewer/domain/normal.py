"""Text in the form in which quotes are compared, with the way back to the characters it came from."""

import re
import unicodedata
from bisect import bisect_right

from reviewer.domain.anchor import TextSpan

LINE_HYPHEN = "\ufffe"
"""Stands for a hyphen at the end of a line: the word's own (long-term) or the typesetter's (obli-gation)."""

_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\uffff\U000e0000-\U000e007f"
)
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4`"
_DOUBLE_QUOTES = '"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'
_DASHES = "\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_ARABIC_FORMS = "\ufb1d-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
_COMPATIBLE = rf"\u2024-\u2026\ufb00-\ufb06\uff01-\uff0c\uff0e-\uff5e{_ARABIC_FORMS}"
_HAN_AND_KANA = "\u2e80-\u2fff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff65\U00020000-\U0003ffff"
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Of a class of characters: scripts that set words without blanks, so that a letter beside a word says nothing."""
_ACCENTS = "\u0300-\u034e\u0350-\u036f\u1161-\u11ff\u3099\u309a"
_LETTER = r"[^\W\d_]"
_LINE_END = rf"[ \t{_INVISIBLE}]*\r?\n[\s{_INVISIBLE}]*"
_BLANK = rf"[{_INVISIBLE}]*\s[\s{_INVISIBLE}]*"
_CHANGED = rf"\s{LINE_HYPHEN}{_INVISIBLE}'{_SINGLE_QUOTES}{_DOUBLE_QUOTES}{_DASHES}{_COMPATIBLE}{_ACCENTS}"
"""Of a class of characters: those that something may be done about, but for the plain hyphen."""
_SAME = rf"(?:[^-{_CHANGED}]+(?![{_ACCENTS}])|(?<![{_HAN_AND_KANA}]) (?![\s{_INVISIBLE}{_HAN_AND_KANA}]))+"
"""Nearly all of most texts. Runs of it are taken at once, as each other kind is costly to rule out."""
_CHANGES = re.compile(
    rf"(?P<same>{_SAME})"
    rf"|(?P<hyphen>(?<={_LETTER})[-\u2010\u00ad]{_LINE_END}(?={_LETTER})|{LINE_HYPHEN}\s*)"
    rf"|(?P<joined>(?<=\w)[-\u2010]{_LINE_END}(?=\w)|(?<=\d)[-\u2010]{_BLANK}(?=\w)|(?<=\w)[-\u2010]{_BLANK}(?=\d))"
    rf"|(?P<unspaced>(?<=[{_HAN_AND_KANA}])\s[\s{_INVISIBLE}]*|\s[\s{_INVISIBLE}]*(?=[{_HAN_AND_KANA}]))"
    rf"|(?P<space>[^\S ][\s{_INVISIBLE}]*| [\s{_INVISIBLE}]+)"
    rf"|(?P<invisible>[{_INVISIBLE}]+)"
    rf"|(?P<inches>(?<=\d)(?:[{_DOUBLE_QUOTES}]|['{_SINGLE_QUOTES}]{{2}}))"
    rf"|(?P<mark>[{_DOUBLE_QUOTES}]|['{_SINGLE_QUOTES}]{{1,2}})"
    rf"|(?P<dash>--+|[{_DASHES}])"
    rf"|(?P<composed>{_LETTER}[{_ACCENTS}]+)"
    rf"|(?P<other>[{_COMPATIBLE}])"
)
_PLAIN = {
    "hyphen": LINE_HYPHEN,
    "joined": "-",
    "unspaced": "",
    "space": " ",
    "invisible": "",
    "inches": '"',
    "mark": "'",
    "dash": "-",
}


class NormalText:
    """A text with white space, quotation marks, dashes, ligatures and invisible characters made alike. Linear.

    Single and double quotation marks become the same, because models swap them; after a digit a double one stays, as it
    may mean inches. Beside Chinese and Japanese characters white space goes away, as it is only the typesetter's.

    Attributes:
        text: the text so rewritten; a hyphen at the end of a line is a ``LINE_HYPHEN``.
    """

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        self._is_changed = bytearray()
        length = done = 0
        for match in _CHANGES.finditer(text):
            if match.lastgroup == "same":
                continue
            start, end = match.span()
            if start > done:
                self._add(length, done, is_changed=False)
                parts.append(text[done:start])
                length += start - done
            self._add(length, start, is_changed=True)
            written = _written(match)
            parts.append(written)
            length += len(written)
            done = end
        self._add(length, done, is_changed=False)
        parts.append(text[done:])
        self.text = "".join(parts)
        self._original = text

    def _add(self, start: int, origin: int, *, is_changed: bool) -> None:
        """A piece, up to where the next one begins: characters as they are, or one thing that was rewritten."""
        self._starts.append(start)
        self._origins.append(origin)
        self._is_changed.append(is_changed)

    def source(self, span: TextSpan) -> TextSpan:
        """The characters that a non-empty span of the normal text came from."""
        return TextSpan(self._place(span.start)[0], self._place(span.end - 1)[1])

    def original(self, position: int) -> str:
        """What stood in the source where the normal text has one character."""
        start, end = self._place(position)
        return self._original[start:end]

    def normal(self, span: TextSpan) -> TextSpan:
        """The span of the normal text that holds what became of a span of the source."""
        return TextSpan(self._position(span.start), self._position(span.end))

    def _place(self, position: int) -> tuple[int, int]:
        """Where a character of the normal text stood in the source, from and to."""
        piece = bisect_right(self._starts, position) - 1
        origin = self._origins[piece]
        if self._is_changed[piece]:
            return origin, self._origins[piece + 1]  # the last piece is as it was
        start = origin + position - self._starts[piece]
        return start, start + 1

    def _position(self, offset: int) -> int:
        piece = bisect_right(self._origins, offset) - 1
        start = self._starts[piece]
        if self._is_changed[piece]:
            return start
        return min(start + offset - self._origins[piece], len(self.text))


def _written(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind == "composed":
        return unicodedata.normalize("NFC", match.group())
    if kind == "other":
        return unicodedata.normalize("NFKC", match.group())
    return _PLAIN[kind]
