"""Blocks written out of the paragraphs of a Word document, with a count of what is hidden in them."""

from dataclasses import replace

from reviewer.domain.document import Block, BlockKind, DocumentWarning, Visibility
from reviewer.parsing.docx_locator import Locator
from reviewer.parsing.docx_runs import Hiding, Inline, Piece
from reviewer.parsing.reading import TextComposer

_SHOWN = {Visibility.VISIBLE, Visibility.INSERTED, Visibility.NOTE}
_HIDING_WORDS = {
    Hiding.HIDDEN: "hidden",
    Hiding.WHITE: "white on white",
    Hiding.INK: "in the colour of the background",
    Hiding.TINY: "tiny",
    Hiding.TAG: "made of tag characters that no font shows",
    Hiding.COVERED: "covered by a merged cell",
}


class BlockWriter:
    """Collects text and blocks."""

    def __init__(self) -> None:
        self._composer = TextComposer()
        self.blocks: list[Block] = []
        self._hidden: dict[Hiding, int] = {}
        self._hidden_places = 0

    @property
    def text(self) -> str:
        """All text so far."""
        return self._composer.text()

    @property
    def has_text(self) -> bool:
        """True once anything is written."""
        return self._composer.length > 0

    def paragraph(self, inline: Inline, block: Block, at: Locator, end: Visibility, separator: str) -> None:
        """Writes a paragraph, one block for each run of characters with the same readers.

        Args:
            inline: the characters.
            block: kind, number, level, style and author of the paragraph.
            at: where the paragraph stands.
            end: who sees the paragraph's end.
            separator: what parts it from the text before.
        """
        begun = False
        for piece in inline.pieces:
            span = self._composer.append(piece.text, separator)
            separator = ""
            shown = piece.visibility in _SHOWN or len(inline.pieces) == 1
            self.blocks.append(
                replace(
                    block,
                    span=span,
                    kind=BlockKind.CONTINUATION if begun else block.kind,
                    number=block.number if shown and not begun else None,
                    visibility=piece.visibility,
                    locator=str(replace(at, stretches=tuple(piece.stretches))),
                    author=piece.sight.author or block.author,
                )
            )
            begun = begun or shown
            self._count(piece)
        if inline.pieces and inline.pieces[-1].visibility is not end:
            end_block = replace(block, kind=BlockKind.CONTINUATION, number=None, visibility=end, locator=str(at))
            self.blocks.append(replace(end_block, span=self._composer.append("")))

    def warnings(self) -> tuple[DocumentWarning, ...]:
        """One that says how much is hidden, in how many places and how, or none."""
        total = sum(self._hidden.values())
        if not total:
            return ()
        kinds = ", ".join(f"{count:,} {_HIDING_WORDS[hiding]}" for hiding, count in self._hidden.items())
        characters = "character" if total == 1 else "characters"
        places = "place" if self._hidden_places == 1 else "places"
        sentence = (
            f"Hidden text: {total:,} {characters} in {self._hidden_places:,} {places} that no reader of the page sees "
            f"({kinds}). They are kept apart and not reviewed."
        )
        return (DocumentWarning("hidden_text", sentence),)

    def _count(self, piece: Piece) -> None:
        count = sum(not each.isspace() for each in piece.text) if piece.sight.hiding is not None else 0
        if piece.sight.hiding is not None and count:
            self._hidden[piece.sight.hiding] = self._hidden.get(piece.sight.hiding, 0) + count
            self._hidden_places += 1
