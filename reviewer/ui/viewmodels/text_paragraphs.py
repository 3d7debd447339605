"""The paragraphs a reader sees, put together from blocks: continuations joined, hidden ones left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document
from reviewer.domain.projection import View
from reviewer.ui.viewmodels.text_flow import LineEnds, wrapped_parts
from reviewer.ui.viewmodels.text_map import Piece
from reviewer.ui.viewmodels.text_reading import read_blocks

_LONG_LEAD = 200


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph as it stands in the document.

    Attributes:
        block: its first one.
        text: its characters, line ends included.
        spans: where they stand in ``Document.text``, in order and as long together as the text.
        ends: what its line ends are.
        lead: how many blanks stand before it in its line.
    """

    block: Block
    text: str
    spans: tuple[TextSpan, ...]
    ends: LineEnds
    lead: int = 0

    @property
    def start(self) -> int:
        """Offset of its first character in the document."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Offset behind its last character in the document."""
        return self.spans[-1].end

    def pieces(self, shown: str, dropped: list[TextSpan]) -> Iterator[Piece]:
        """What is shown, with its places.

        Args:
            shown: the text, character for character.
            dropped: stretches of it that are not shown, in order.
        """
        keep_from = 0
        for gap in (*dropped, TextSpan(len(shown), len(shown))):
            yield from self._kept(shown, keep_from, gap.start)
            keep_from = gap.end

    def _kept(self, shown: str, start: int, end: int) -> Iterator[Piece]:
        at = 0
        for span in self.spans:
            first, last = max(start, at), min(end, at + len(span))
            if first < last:
                yield Piece(shown[first:last], span.start + first - at)
            at += len(span)


def source_paragraphs(document: Document, view: View = View.VISIBLE) -> Iterator[SourceParagraph]:
    """All paragraphs with something to see in them when read so (any view but *changes*), in order. Linear."""
    whole = Block(TextSpan(0, len(document.text)))
    first, spans = whole, [] if document.blocks else [whole.span]
    for read in read_blocks(document, view):
        block = read.block
        if spans and block.kind is BlockKind.CONTINUATION:
            spans += [read.joint, block.span]
            continue
        yield from _cut(document, first, spans)
        first, spans = block, [block.span]
    yield from _cut(document, first, spans)


def _cut(document: Document, block: Block, spans: list[TextSpan]) -> Iterator[SourceParagraph]:
    """The paragraph of a block, or of plain text its parts; without white space at the ends."""
    ends = _line_ends(block)
    parts = [spans]
    if ends is LineEnds.WRAPPED and len(spans) == 1:
        parts = [[part] for part in wrapped_parts(document.text, spans[0])]
    for part in parts:
        kept = _trimmed(document.text, part)
        if kept:
            text = "".join(span.of(document.text) for span in kept)
            yield SourceParagraph(block, text, tuple(kept), ends, _lead(document.text, kept[0].start))


def _line_ends(block: Block) -> LineEnds:
    if block.page is not None:
        return LineEnds.PRINTED
    return LineEnds.MEANT if block.locator else LineEnds.WRAPPED


def _trimmed(text: str, spans: list[TextSpan]) -> list[TextSpan]:
    """The same without white space at both ends, and without what is empty."""
    kept = [span for span in spans if len(span)]
    while kept and not kept[0].of(text).strip():
        kept.pop(0)
    while kept and not kept[-1].of(text).strip():
        kept.pop()
    if kept:
        first = kept[0]
        kept[0] = TextSpan(first.end - len(first.of(text).lstrip()), first.end)
        last = kept[-1]
        kept[-1] = TextSpan(last.start, last.start + len(last.of(text).rstrip()))
    return kept


def _lead(text: str, start: int) -> int:
    line = text.rfind("\n", max(0, start - _LONG_LEAD), start) + 1
    before = text[line:start]
    return 0 if before.strip() else len(before.expandtabs(4))
