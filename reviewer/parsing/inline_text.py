"""The characters of one paragraph while it is read, for formats in which white space flows (HTML, OpenDocument)."""

import re

from reviewer.domain.document import Visibility
from reviewer.parsing.block_writer import Piece

_WHITE = re.compile(r"[ \t\r\n\f]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ")


def clean(text: str) -> str:
    """Text without control characters (spaces) and halves of characters (U+FFFD), which no message can carry."""
    return _SURROGATES.sub("\ufffd", text.translate(_CONTROLS))


class InlineText:
    """Collects characters and who sees them. Linear in the number of characters."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[Piece] = []
        self._parts: list[str] = []
        self._visibility = Visibility.VISIBLE
        self._space_is_swallowed = True
        self._ends_in_flowing_space = False

    def flow(self, text: str, visibility: Visibility) -> None:
        """Adds text in which any white space is one space, and none at the paragraph's start."""
        text = _WHITE.sub(" ", text)
        if self._space_is_swallowed:
            text = text.removeprefix(" ")
        if text:
            self._put(clean(text), visibility)
            self._space_is_swallowed = self._ends_in_flowing_space = text.endswith(" ")

    def keep(self, text: str, visibility: Visibility) -> None:
        """Adds text as it is; a line end swallows the flowing space after it."""
        if text:
            self._put(clean(text.replace("\r\n", "\n").replace("\r", "\n")), visibility)
            self._space_is_swallowed = text.endswith("\n")
            self._ends_in_flowing_space = False

    def take(self) -> list[Piece]:
        """What was collected, without flowing space at its end. Begins the next paragraph."""
        self._close()
        pieces = self._pieces
        if pieces and self._ends_in_flowing_space:
            pieces[-1].text = pieces[-1].text.removesuffix(" ")
        self._begin()
        return [piece for piece in pieces if piece.text]

    def _put(self, text: str, visibility: Visibility) -> None:
        if visibility is not self._visibility:
            self._close()
            self._visibility = visibility
        self._parts.append(text)

    def _close(self) -> None:
        if self._parts:
            self._pieces.append(Piece("".join(self._parts), self._visibility))
            self._parts = []
