"""The paragraphs a reader sees, with what the source says about each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Cell, Document, Style
from reviewer.domain.projection import Projection

_LINES = re.compile(r"[^\n]+")
_DECORATION = re.compile(r"[\s\u00a0#>*_]*(?:<[a-z]+(?: [^<>]{0,200})?>[\s*_]*)*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the visible projection.

    Attributes:
        start: offset of its first character in the projection's text.
        text: its characters, line breaks included.
        lead: how many characters of markup or space stand before the first word (``**``, ``##``).
        number: the list number that is not in the text, or None.
        cell: its place in a table, where the source tells it.
        end: offset behind its last character.
        words: its text as one line: markup gone from its edges, spaces single.
    """

    start: int
    text: str
    lead: int
    kind: BlockKind
    number: str | None
    level: int | None
    style: Style
    page: int | None
    cell: Cell | None = None
    end: int = field(init=False)
    words: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "end", self.start + len(self.text))
        object.__setattr__(self, "words", flat(self.text))  # asked for again and again

    @property
    def is_heading(self) -> bool:
        """The source itself says it is a heading."""
        return self.kind is BlockKind.HEADING


def flat(text: str) -> str:
    """One line with single spaces, without Markdown's marks at its edges."""
    bare = re.sub(r"</?[a-z]+(?: [^<>]{0,200})?>", "", text) if "<" in text else text
    return " ".join(bare.replace("**", "").replace("__", " ").split()).strip("#*_ ")


def read_paragraphs(document: Document, projection: Projection) -> list[Paragraph]:
    """All paragraphs with text in them, in order. Linear."""
    spans: list[tuple[int, int]] = []
    firsts: list[Block] = []
    text = projection.text
    for block in document.blocks:
        span = projection.from_document(block.span)
        if span.start >= span.end or not text[span.start : span.end].strip():
            continue
        if block.kind is BlockKind.CONTINUATION and spans:
            spans[-1] = (spans[-1][0], span.end)
            continue
        spans.append((_before_marks(text, span.start, spans[-1][1] if spans else 0), span.end))
        firsts.append(block)
    found = [_paragraph(text, TextSpan(*span), block) for span, block in zip(spans, firsts, strict=True)]
    return found or list(_lines(text))


def _before_marks(text: str, start: int, floor: int) -> int:
    """The place of the ``#`` that the reader left outside of a Markdown heading, or the place itself."""
    before = start
    while before > floor and text[before - 1] in " \t#":
        before -= 1
    return before if "#" in text[before:start] else start


def _lines(text: str) -> Iterator[Paragraph]:
    for line in _LINES.finditer(text):
        if line[0].strip():
            span = TextSpan(line.start(), line.end())
            yield _paragraph(text, span, Block(span))


def _paragraph(text: str, span: TextSpan, block: Block) -> Paragraph:
    piece = text[span.start : span.end]
    found = _DECORATION.match(piece)
    lead = found.end() if found else 0
    return Paragraph(
        span.start, piece, lead, block.kind, block.number, block.level, block.style, block.page, block.cell
    )
