"""Paragraphs written out as blocks: the end of every reader that knows who sees which characters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer.domain.document import Block, BlockKind, Visibility
from reviewer.parsing.reading import TextComposer

BETWEEN_PARAGRAPHS = "\n\n"
BETWEEN_CELLS = "\n"
_SHOWN = {Visibility.VISIBLE, Visibility.INSERTED, Visibility.NOTE}


@dataclass(slots=True)
class Piece:
    """Characters next to each other that the same readers see."""

    text: str
    visibility: Visibility


class BlockWriter:
    """Collects text and blocks."""

    def __init__(self) -> None:
        self._composer = TextComposer()
        self.blocks: list[Block] = []
        self._was_in_table = False

    @property
    def text(self) -> str:
        """All text so far."""
        return self._composer.text()

    def paragraph(self, pieces: Sequence[Piece], block: Block, end: Visibility, separator: str) -> None:
        """Writes a paragraph, one block for each run of characters with the same readers.

        Args:
            pieces: the characters.
            block: kind, number, level, locator and style of the paragraph.
            end: who sees the paragraph's end.
            separator: what parts it from the text before.
        """
        begun = False
        for piece in pieces:
            span = self._composer.append(piece.text, separator)
            separator = ""
            shown = piece.visibility in _SHOWN or len(pieces) == 1
            kind = BlockKind.CONTINUATION if begun else block.kind
            number = block.number if shown and not begun else None
            begun = begun or shown
            self.blocks.append(replace(block, span=span, kind=kind, number=number, visibility=piece.visibility))
        if pieces and pieces[-1].visibility is not end:
            span = self._composer.append("")
            self.blocks.append(replace(block, span=span, kind=BlockKind.CONTINUATION, number=None, visibility=end))

    def add(self, pieces: Sequence[Piece], block: Block, end: Visibility, *, in_table: bool = False) -> None:
        """Writes a paragraph parted from the one before it as is usual; one that holds no characters is left out.

        Args:
            pieces: the characters.
            block: as for `paragraph`.
            end: as for `paragraph`.
            in_table: it stands in a cell; between two such there is a line end only.
        """
        if not any(piece.text.strip() for piece in pieces):
            return
        separator = BETWEEN_CELLS if self._was_in_table and in_table else BETWEEN_PARAGRAPHS
        self._was_in_table = in_table
        self.paragraph(pieces, block, end, separator)
