"""Where the words of a text stand: counted and cut anywhere, without reading the text anew."""

import re
from array import array
from bisect import bisect_left

from reviewer.domain.anchor import TextSpan
from reviewer.engine.units import TOKEN


class Words:
    """The words of one text. Reading it is linear; each question takes a search among their beginnings.

    A word that a span cuts in two counts as one in it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("L", map(re.Match.start, TOKEN.finditer(text)))

    def count(self, span: TextSpan) -> int:
        """How many words a span holds."""
        return len(self._in(span))

    def first(self, count: int, span: TextSpan) -> tuple[TextSpan, bool]:
        """The first so many words of a span, and whether more follow; all of the span where none do."""
        found = self._in(span)
        if len(found) <= count:
            return span, False
        return TextSpan(span.start, self._end(found[count - 1])), True

    def last(self, count: int, span: TextSpan) -> TextSpan | None:
        """The last so many words of a span with what stands behind them; None where it has no word."""
        found = self._in(span)[-count:]
        return TextSpan(max(span.start, self._starts[found[0]]), span.end) if found else None

    def _in(self, span: TextSpan) -> range:
        """The words of a span, by number."""
        first, behind = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if first and span.start < span.end and self._end(first - 1) > span.start:
            first -= 1
        return range(first, behind)

    def _end(self, index: int) -> int:
        """Where a word ends."""
        return TOKEN.match(self._text, self._starts[index]).end()  # type: ignore[union-attr]  # a word begins there
