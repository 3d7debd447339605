"""Text in the form in which quotes are compared, with the way back to the characters it came from."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

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
_CHANGES = re.compile(
    rf"(?P<hyphen>(?<={_LETTER})[-\u2010\u00ad]{_LINE_END}(?={_LETTER})|{LINE_HYPHEN}\s*)"
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters that came over as they are, or (``is_changed``) one thing that was rewritten."""

    normal_start: int
    source: TextSpan
    is_changed: bool


class NormalText:
    """A text with white space, quotation marks, dashes, ligatures and invisible characters made alike. Linear.

    Single and double quotation marks become the same, because models swap them; after a digit a double one stays, as it
    may mean inches. Beside Chinese and Japanese characters white space goes away, as it is only the typesetter's.

    Attributes:
        text: the text so rewritten; a hyphen at the end of a line is a ``LINE_HYPHEN``.
    """

    def __init__(self, text: str) -> None:
        pieces: list[_Piece] = []
        parts: list[str] = []
        length = done = 0
        for match in _CHANGES.finditer(text):
            if match.start() > done:
                pieces.append(_Piece(length, TextSpan(done, match.start()), is_changed=False))
                parts.append(text[done : match.start()])
                length += match.start() - done
            written = _written(match)
            pieces.append(_Piece(length, TextSpan(*match.span()), is_changed=True))
            parts.append(written)
            length += len(written)
            done = match.end()
        pieces.append(_Piece(length, TextSpan(done, len(text)), is_changed=False))
        parts.append(text[done:])
        self.text = "".join(parts)
        self._original = text
        self._pieces = pieces
        self._starts = [piece.normal_start for piece in pieces]

    def source(self, span: TextSpan) -> TextSpan:
        """The characters that a non-empty span of the normal text came from."""
        return TextSpan(self._piece(span.start)[0], self._piece(span.end - 1)[1])

    def original(self, position: int) -> str:
        """What stood in the source where the normal text has one character."""
        start, end = self._piece(position)
        return self._original[start:end]

    def normal(self, span: TextSpan) -> TextSpan:
        """The span of the normal text that holds what became of a span of the source."""
        return TextSpan(self._position(span.start), self._position(span.end))

    def _piece(self, position: int) -> tuple[int, int]:
        piece = self._pieces[bisect_right(self._starts, position) - 1]
        if piece.is_changed:
            return piece.source.start, piece.source.end
        start = piece.source.start + position - piece.normal_start
        return start, start + 1

    def _position(self, offset: int) -> int:
        index = bisect_right(self._pieces, offset, key=lambda piece: piece.source.start) - 1
        piece = self._pieces[max(index, 0)]
        if piece.is_changed:
            return piece.normal_start
        return piece.normal_start + min(offset, piece.source.end) - piece.source.start


def _written(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind == "composed":
        return unicodedata.normalize("NFC", match.group())
    if kind == "other":
        return unicodedata.normalize("NFKC", match.group())
    return _PLAIN[kind]
