"""Tracked changes, each with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.document import Block, BlockKind, Document, Visibility
from reviewer.domain.projection import is_change

_BESIDE_THE_BODY = {Visibility.HEADER, Visibility.FOOTER, Visibility.COMMENT}


@dataclass(frozen=True, slots=True)
class Change:
    """Words that were inserted or deleted.

    Attributes:
        paragraph: of the body, counted from 1 without empty ones; None in a margin.
        number: as printed before the paragraph, or empty.
    """

    block: Block
    paragraph: int | None
    number: str


def changes(document: Document) -> Iterator[Change]:
    """The changes of a document in order. Linear in its blocks."""
    count = 0
    for paragraph in _paragraphs(document.blocks):
        is_body = all(block.visibility not in _BESIDE_THE_BODY for block in paragraph)
        count += is_body
        number = next((block.number for block in paragraph if block.number), "")
        for block in paragraph:
            if is_change(block) and len(block.span):
                yield Change(block, count if is_body else None, number)


def has_changes(document: Document) -> bool:
    """Whether words were inserted or deleted."""
    return any(is_change(block) and len(block.span) for block in document.blocks)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    """Blocks of the same paragraph together: those that touch, and continuations."""
    group: list[Block] = []
    for block in blocks:
        if group and block.kind is not BlockKind.CONTINUATION and block.span.start > group[-1].span.end:
            yield group
            group = []
        group.append(block)
    if group:
        yield group
