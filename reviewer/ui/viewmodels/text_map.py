"""Where the characters of a document stand in a text that is shown, and back."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan

_LAST_OF_PLANE_0 = "\uffff"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters to show: those of the document from ``origin`` on, one for one, or (None) characters of our own."""

    text: str
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class TextMap:
    """The two-way map. Positions are UTF-16 units, as Qt counts them; offsets are code points, as documents do.

    Attributes:
        starts: where each run of the document's characters begins in the shown text, in code points; ascending.
        origins: where the same run begins in the document; ascending.
        lengths: code points of each run.
        astral: shown code points that take two UTF-16 units; ascending.
        astral_units: the UTF-16 positions of the same.
    """

    starts: tuple[int, ...]
    origins: tuple[int, ...]
    lengths: tuple[int, ...]
    astral: tuple[int, ...]
    astral_units: tuple[int, ...]

    def shown(self, span: TextSpan) -> tuple[TextSpan, ...]:
        """The stretches of UTF-16 positions that show characters of a span of the document; neighbours are joined.

        Empty where nothing of the span is shown. Logarithmic, and linear in the stretches.
        """
        found: list[TextSpan] = []
        for index in range(max(0, bisect_right(self.origins, span.start) - 1), bisect_left(self.origins, span.end)):
            shift = self.starts[index] - self.origins[index]
            start = max(span.start, self.origins[index]) + shift
            end = min(span.end, self.origins[index] + self.lengths[index]) + shift
            if start >= end:
                continue
            if found and found[-1].end == start:
                start = found.pop().start
            found.append(TextSpan(start, end))
        return tuple(TextSpan(self.position(each.start), self.position(each.end)) for each in found)

    def offset(self, position: int) -> int | None:
        """The document's character at a UTF-16 position, or None where what is shown there is our own."""
        index, place = self._run(position)
        if index < 0 or place >= self.lengths[index]:
            return None
        return self.origins[index] + place

    def offset_near(self, position: int) -> int:
        """The document's character at a UTF-16 position, else the last one shown before it, else the first one."""
        index, place = self._run(position)
        if index < 0:
            return self.origins[0] if self.origins else 0
        return self.origins[index] + min(place, self.lengths[index] - 1)

    def position(self, code_point: int) -> int:
        """The UTF-16 position of a code point of the shown text."""
        return code_point + bisect_left(self.astral, code_point)

    def code_point(self, position: int) -> int:
        """The code point of the shown text at a UTF-16 position; both halves of a pair are the same one."""
        return position - bisect_left(self.astral_units, position)

    def _run(self, position: int) -> tuple[int, int]:
        code_point = self.code_point(position)
        index = bisect_right(self.starts, code_point) - 1
        return index, code_point - self.starts[index] if index >= 0 else 0


def make_map(pieces: Iterable[Piece]) -> TextMap:
    """The map of pieces shown one after another. Those of the document must be in its order, and not be empty."""
    starts, origins, lengths, astral = [], [], [], []
    code_points = 0
    for piece in pieces:
        if piece.origin is not None:
            starts.append(code_points)
            origins.append(piece.origin)
            lengths.append(len(piece.text))
        if not piece.text.isascii() and max(piece.text) > _LAST_OF_PLANE_0:
            astral += [code_points + index for index, each in enumerate(piece.text) if each > _LAST_OF_PLANE_0]
        code_points += len(piece.text)
    units = tuple(code_point + index for index, code_point in enumerate(astral))
    return TextMap(tuple(starts), tuple(origins), tuple(lengths), tuple(astral), units)
