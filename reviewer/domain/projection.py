"""Readings of a document: which characters take part, and the way back to where they stand."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Visibility


class View(StrEnum):
    """A reading of a document.

    *Visible* as a reader sees the body, *original* before tracked changes, *final* after them, *marked* both at once,
    *changes* nothing but what was inserted or deleted.
    """

    VISIBLE = "visible"
    ORIGINAL = "original"
    FINAL = "final"
    MARKED = "marked"
    CHANGES = "changes"


_SHOWN = {Visibility.VISIBLE, Visibility.FIELD, Visibility.NOTE}
_CHANGED = {Visibility.INSERTED, Visibility.DELETED}
_PARTS: dict[View, set[Visibility]] = {
    View.VISIBLE: _SHOWN | {Visibility.INSERTED},
    View.ORIGINAL: _SHOWN | {Visibility.DELETED},
    View.FINAL: _SHOWN | {Visibility.INSERTED},
    View.MARKED: _SHOWN | _CHANGED,
}


def is_change(block: Block) -> bool:
    """True for what was inserted or deleted; words inserted into a note or a margin stay what they are and name who."""
    return block.visibility in _CHANGED or (bool(block.author) and block.visibility is not Visibility.COMMENT)


def is_aside(block: Block) -> bool:
    """True for notes and captions: words of the document, but none of its running text."""
    return block.visibility is Visibility.NOTE or block.kind in (BlockKind.NOTE, BlockKind.CAPTION)


def takes_part(block: Block, view: View) -> bool:
    """Whether a reading holds a block."""
    if view is View.CHANGES:
        return is_change(block)
    if view is View.ORIGINAL and is_change(block):
        return block.visibility is Visibility.DELETED
    return block.visibility in _PARTS[view]


@dataclass(frozen=True, slots=True)
class Projection:
    """Text read through a view, with the map back.

    Attributes:
        text: the characters that take part, in order.
        starts: where each kept run begins in ``text``; ascending.
        origins: where the same run begins in ``Document.text``; ascending. A run has the length up to the next start.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    view: View = View.VISIBLE

    def to_document(self, span: TextSpan) -> TextSpan:
        """The smallest span of ``Document.text`` that holds the characters of a span of this text.

        Raises:
            ValueError: the span reaches beyond this text.
        """
        if span.end > len(self.text):
            raise ValueError(f"span {span} reaches beyond a projection of {len(self.text)} characters")
        if not self.text:
            return TextSpan(0, 0)
        start = self._origin(min(span.start, len(self.text) - 1)) + (1 if span.start == len(self.text) else 0)
        return TextSpan(start, self._origin(span.end - 1) + 1 if len(span) else start)

    def from_document(self, span: TextSpan) -> TextSpan:
        """The span of this text that holds what takes part of a span of ``Document.text``; empty where nothing does."""
        return TextSpan(self._position(span.start), self._position(span.end))

    def _origin(self, position: int) -> int:
        index = bisect_right(self.starts, position) - 1
        return self.origins[index] + position - self.starts[index]

    def _position(self, offset: int) -> int:
        index = bisect_right(self.origins, offset) - 1
        if index < 0:
            return 0
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return min(self.starts[index] + offset - self.origins[index], end)


def project(document: Document, view: View = View.VISIBLE, *, with_asides: bool = True) -> Projection:
    """Reads a document through a view. Linear in the number of blocks and characters.

    Args:
        document: what is read.
        view: the reading.
        with_asides: False leaves out notes and captions, which may stand between two halves of a sentence.
    """
    runs: list[tuple[int, int]] = []
    for index, block in enumerate(document.blocks):
        start = block.span.start if index else 0
        end = document.blocks[index + 1].span.start if index + 1 < len(document.blocks) else len(document.text)
        if not takes_part(block, view) or (is_aside(block) and not with_asides):
            continue
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    if not document.blocks and view is not View.CHANGES:
        runs = [(0, len(document.text))]
    starts, position = [], 0
    for start, end in runs:
        starts.append(position)
        position += end - start
    text = "".join(document.text[start:end] for start, end in runs)
    return Projection(text, tuple(starts), tuple(start for start, _ in runs), view)
