"""Blocks written out of the paragraphs of a Word document, with a count of what is hidden in them."""

from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Cell, DocumentWarning, Style, Visibility
from reviewer.parsing.docx_locator import write_locator
from reviewer.parsing.docx_runs import Hiding, Inline
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


@dataclass(slots=True)
class ParagraphBlock:
    """What the blocks of one paragraph have in common; as in `Block`.

    Attributes:
        in_table: it stands in a cell.
    """

    kind: BlockKind
    number: str | None
    level: int | None
    style: Style
    author: str = ""
    in_table: bool = False
    cell: Cell | None = None

    def block(self, span: TextSpan, visibility: Visibility, locator: str, author: str, *, begun: bool) -> Block:
        """A block of the paragraph. One that goes on with a shown one is a continuation, without a number."""
        return Block(
            span,
            BlockKind.CONTINUATION if begun else self.kind,
            number=None if begun else self.number,
            level=self.level,
            visibility=visibility,
            locator=locator,
            style=self.style,
            author=author or self.author,
            cell=self.cell,
        )


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

    def paragraph(
        self, inline: Inline, block: ParagraphBlock, at: tuple[str, int], end: Visibility, separator: str
    ) -> None:
        """Writes a paragraph, one block for each run of characters with the same readers.

        Args:
            inline: the characters.
            block: what the paragraph is.
            at: the part it stands in, and its index there.
            end: who sees the paragraph's end.
            separator: what parts it from the text before.
        """
        begun = False
        number, is_only = block.number, len(inline.pieces) == 1
        for piece in inline.pieces:
            shown = is_only or piece.visibility in _SHOWN
            block.number = number if shown else None
            span = self._composer.append(piece.text, separator)
            separator = ""
            locator = write_locator(*at, piece.stretches)
            self.blocks.append(block.block(span, piece.visibility, locator, piece.sight.author, begun=begun))
            begun = begun or shown
            if piece.sight.hiding is not None:
                self._count(piece.text, piece.sight.hiding)
        if inline.pieces and inline.pieces[-1].visibility is not end:
            span = self._composer.append("")
            self.blocks.append(block.block(span, end, write_locator(*at), "", begun=True))

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

    def _count(self, text: str, hiding: Hiding) -> None:
        count = sum(not each.isspace() for each in text)
        if count:
            self._hidden[hiding] = self._hidden.get(hiding, 0) + count
            self._hidden_places += 1
