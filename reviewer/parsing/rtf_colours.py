"""The colours of a rich text file, and whether what is written in one can be seen."""

from collections.abc import Sequence

from reviewer.parsing.docx_colours import AUTO, WHITE, is_readable

_PARTS = {"red": 0, "green": 1, "blue": 2}
_MOST = 255
_MOST_COLOURS = 4096


class RtfColours:
    """The table of colours that the file names by their places in it. The first one is the reader's choice."""

    def __init__(self) -> None:
        self._colours: list[str] = []
        self._parts: list[int] | None = None

    def mix(self, word: str, value: int) -> None:
        """One part of the next colour; other words are passed over."""
        if word in _PARTS:
            self._parts = self._parts or [0, 0, 0]
            self._parts[_PARTS[word]] = max(0, min(value, _MOST))

    def end(self, count: int) -> None:
        """So many colours are complete."""
        for _ in range(min(count, _MOST_COLOURS - len(self._colours))):
            self._colours.append(AUTO if self._parts is None else "".join(f"{part:02X}" for part in self._parts))
            self._parts = None

    def is_readable(self, ink: int, grounds: Sequence[int | None]) -> bool:
        """Whether characters in a colour are seen.

        Args:
            ink: place of their colour in the table.
            grounds: what they stand on, nearest first: 0 where it has no colour, None where that is not known.
        """
        for ground in grounds:
            if ground != 0:
                return is_readable(self._colour(ink), None if ground is None else self._colour(ground))
        return is_readable(self._colour(ink), WHITE)

    def _colour(self, place: int) -> str:
        return self._colours[place] if 0 <= place < len(self._colours) else AUTO
