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

    def first(self, count: int, span: TextSpan) -> tuple[TextSpan, int]:
        """The first so many words of a span, and how many it has; all of the span where it has no more."""
        found = self._in(span)
        if len(found) <= count:
            return span, len(found)
        return TextSpan(span.start, self._end(found[count - 1])), len(found)

    def last(self, count: int, span: TextSpan) -> tuple[TextSpan, int]:
        """The last so many words of a span with what stands behind them, and how many it has."""
        found = self._in(span)
        if not found:
            return TextSpan(span.end, span.end), 0
        return TextSpan(max(span.start, self._starts[found[-count:][0]]), span.end), len(found)

    def _in(self, span: TextSpan) -> range:
        """The words of a span, by number."""
        first, behind = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if first and span.start < span.end and self._end(first - 1) > span.start:
            first -= 1
        return range(first, behind)

    def _end(self, index: int) -> int:
        """Where a word ends."""
        return TOKEN.match(self._text, self._starts[index]).end()  # type: ignore[union-attr]  # a word begins there
