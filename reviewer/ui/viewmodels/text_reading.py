"""Blocks as a reading has them: tracked changes move the ends of paragraphs, and what a paragraph begins with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Visibility
from reviewer.domain.projection import View, is_change, takes_part

_WITH_DELETED = {View.ORIGINAL, View.MARKED}


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block that takes part, with what stands between the one before and what follows that one in the file."""

    block: Block
    joint: TextSpan


def read_blocks(document: Document, view: View) -> Iterator[ReadBlock]:
    """The blocks of a reading that hold characters, in order; a *continuation* goes on with the one before it. Linear.

    Args:
        document: what is read.
        view: any but *changes*.
    """
    joint = TextSpan(0, 0)
    ends: list[Visibility] = []  # of the paragraphs since the last block that took part
    for run in _runs(document.blocks):
        blocks = [block for block, _ in run]
        is_tracked = any(map(is_change, blocks))
        number = next((block.number for block in blocks if block.number), None)
        is_first = True
        for block, following in run:
            if not len(block.span) or not takes_part(block, view):
                continue
            if is_first:
                kind = _kind(blocks[0].kind if is_tracked else block.kind, ends, view)
                yield ReadBlock(replace(block, kind=kind, number=number if is_tracked else block.number), joint)
            else:
                yield ReadBlock(replace(block, kind=BlockKind.CONTINUATION) if is_tracked else block, joint)
            joint, is_first = TextSpan(block.span.end, following), False
        ends = [*(ends if is_first else ()), blocks[-1].visibility]


def _runs(blocks: Sequence[Block]) -> Iterator[list[tuple[Block, int]]]:
    """Blocks that touch, each with where what follows it begins."""
    run: list[tuple[Block, int]] = []
    for index, block in enumerate(blocks):
        end = block.span.end
        following = blocks[index + 1].span.start if index + 1 < len(blocks) else end
        run.append((block, following))
        if following > end:
            yield run
            run = []
    if run:
        yield run


def _kind(kind: BlockKind, ends: Sequence[Visibility], view: View) -> BlockKind:
    """What a paragraph is behind the ends of those before it: deleting an end joins two, inserting one parts them."""
    if kind is BlockKind.CONTINUATION:
        is_parted = Visibility.DELETED in ends and view in _WITH_DELETED
        return BlockKind.PARAGRAPH if is_parted else kind
    is_joined = view is View.ORIGINAL and bool(ends) and set(ends) == {Visibility.INSERTED}
    return BlockKind.CONTINUATION if is_joined else kind
