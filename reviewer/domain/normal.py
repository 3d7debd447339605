"""Text in the form in which quotes are compared, with the way back to the characters it came from."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4`"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_COMPATIBLE = "\u2024-\u2026\u3000\ufb00-\ufb06\uff01-\uff0c\uff0e-\uff5e\u00a0"
_CHANGES = re.compile(
    rf"(?P<hyphen>(?<=\w)[-\u2010\u00ad][ \t]*\r?\n\s*(?=[^\W\d_A-Z]))"
    rf"|(?P<space>[^\S ][\s{_INVISIBLE}]*| [\s{_INVISIBLE}]+)"
    rf"|(?P<invisible>[{_INVISIBLE}\U000e0000-\U000e007f]+)"
    rf"|(?P<single>[{_SINGLE_QUOTES}])|(?P<double>[{_DOUBLE_QUOTES}]|'')|(?P<dash>[{_DASHES}])|(?P<other>[{_COMPATIBLE}])"
)
_PLAIN = {"space": " ", "invisible": "", "single": "'", "double": '"', "dash": "-"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters that came over as they are, or (``is_changed``) one thing that was rewritten."""

    normal_start: int
    source: TextSpan
    is_changed: bool


class NormalText:
    """A text with white space, quotation marks, dashes, ligatures and invisible characters made alike. Linear.

    Args:
        text: any text.
        keeps_hyphens: what becomes of a hyphen at the end of a line, which may be the word's own (long-term) or the
            typesetter's (obli-gation): True keeps it, False drops it.
    """

    def __init__(self, text: str, *, keeps_hyphens: bool = False) -> None:
        pieces: list[_Piece] = []
        parts: list[str] = []
        length = done = 0
        for match in _CHANGES.finditer(text):
            if match.start() > done:
                pieces.append(_Piece(length, TextSpan(done, match.start()), is_changed=False))
                parts.append(text[done : match.start()])
                length += match.start() - done
            written = _written(match, keeps_hyphens=keeps_hyphens)
            pieces.append(_Piece(length, TextSpan(*match.span()), is_changed=True))
            parts.append(written)
            length += len(written)
            done = match.end()
        pieces.append(_Piece(length, TextSpan(done, len(text)), is_changed=False))
        parts.append(text[done:])
        self.text = "".join(parts)
        self._pieces = pieces
        self._starts = [piece.normal_start for piece in pieces]

    def source(self, span: TextSpan) -> TextSpan:
        """The characters that a non-empty span of the normal text came from."""
        return TextSpan(self._piece(span.start)[0], self._piece(span.end - 1)[1])

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


def _written(match: re.Match[str], *, keeps_hyphens: bool) -> str:
    kind = match.lastgroup or ""
    if kind == "hyphen":
        return "-" if keeps_hyphens else ""
    if kind == "other":
        return unicodedata.normalize("NFKC", match.group())
    return _PLAIN[kind]
