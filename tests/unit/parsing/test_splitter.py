"""The splitter as a whole: whatever the document, its sections are a tree that tiles what a reader sees."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Source, Style, Visibility
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SplitAs
from reviewer.parsing.splitter import TreeSplitter

PIECES = st.sampled_from(
    [
        "1. Definitions", "1.1 The Supplier shall deliver.", "(a) first; and", "(i) roman", "(h) letter",
        "2. Payment. The fee.",
        "ARTICLE IV", "Section 2.3 Taxes. Each party", "§ 5 Haftung", "Schedule 2", "EXHIBIT B PRICES", "Annex",
        '"Product" means a thing.', "WHEREAS, the parties", "IN WITNESS WHEREOF", "By: ____", "TABLE OF CONTENTS",
        "1. Payment ........ 3", "Abstract", "References", "[1] Doe, J. (2001). A title.", "Introduction", "12",
        "\u00a0", "a" * 300,
        "Doe, J. and Roe, R. (1999). On things. Journal of Things.\nPoe, E. (2000). More.",
        "第三条 费用", "1.\n2.\n3.", "#", "**9. X.** y",
    ]
)  # fmt: skip
TEXTS = st.one_of(PIECES, st.text(max_size=30))
STYLES = st.builds(Style, size=st.sampled_from([0.0, 10.0, 16.0]), bold=st.booleans())
BLOCKS = st.tuples(
    TEXTS,
    st.sampled_from(BlockKind),
    st.sampled_from(Visibility),
    st.sampled_from([None, "1.", "1.1", "(a)", "(i)", "•", "Article IV", "3.1(a)"]),
    st.sampled_from([None, 1, 2]),
    STYLES,
)


def make_document(pieces: list[tuple[str, BlockKind, Visibility, str | None, int | None, Style]]) -> Document:
    """A document of blocks parted by blank lines."""
    text, blocks = "", []
    for piece, kind, visibility, number, level, style in pieces:
        text += "\n\n" if text else ""
        span = TextSpan(len(text), len(text) + len(piece))
        blocks.append(Block(span, kind, number=number, level=level, visibility=visibility, style=style))
        text += piece
    return plain(text, tuple(blocks))


def plain(text: str, blocks: tuple[Block, ...] = ()) -> Document:
    """A document without a file."""
    return Document(DocumentId("doc-1"), Source("a.txt", "text/plain", "0", len(text)), text, blocks)


def paragraphs(*texts: str) -> Document:
    """A document of visible paragraphs."""
    return make_document([(text, BlockKind.PARAGRAPH, Visibility.VISIBLE, None, None, Style()) for text in texts])


def assert_is_cut(document: Document, sections: tuple[Section, ...]) -> None:
    """The promises of `Section` hold."""
    projection = project(document)
    assert bool(sections) == bool(projection.text)
    by_id = {section.id: section for section in sections}
    assert len(by_id) == len(sections)
    position = 0
    for section in sections:
        own = projection.from_document(section.own)
        assert own.start == position < own.end
        position = own.end
        assert section.span.start == section.own.start
        assert section.span.contains(section.own)
        parent = by_id[section.parent] if section.parent else None
        assert section.level == (parent.level + 1 if parent else 1)
        assert parent is None or parent.span.contains(section.span)
    assert position == len(projection.text)
    for one, other in pairwise(sections):
        assert not one.span.overlaps(other.span) or one.span.contains(other.span)


@given(st.lists(BLOCKS, max_size=25), st.sampled_from(SplitAs))
def test_sections_tile_the_visible_text(pieces, split_as):
    document = make_document(pieces)
    assert_is_cut(document, TreeSplitter().split(document, split_as))


@given(st.lists(TEXTS, max_size=20), st.sampled_from(SplitAs))
def test_sections_tile_a_text_without_blocks(texts, split_as):
    document = plain("\n".join(texts))
    assert_is_cut(document, TreeSplitter().split(document, split_as))


@pytest.mark.parametrize("split_as", [SplitAs.CONTRACT, SplitAs.PAPER])
@pytest.mark.parametrize(
    "document",
    [
        plain(" "),
        paragraphs("word " * 20_000),
        paragraphs("\n".join(f"{index}. Item number {index}" for index in range(10_000))),
        paragraphs(*(f"{index}. Item" for index in range(10_000))),
    ],
    ids=["a space", "one paragraph", "lines of one block", "blocks"],
)
def test_sections_tile_an_unusual_document(document, split_as):
    sections = TreeSplitter().split(document, split_as)
    assert_is_cut(document, sections)


def test_split_gives_the_same_ids_again():
    document = paragraphs("1. One. Text of it.", "2. Two. Text of it.")
    assert TreeSplitter().split(document, SplitAs.AUTO) == TreeSplitter().split(document, SplitAs.AUTO)


@pytest.mark.parametrize("split_as", [SplitAs.CONTRACT, SplitAs.PAPER])
@pytest.mark.parametrize(
    "unit", ["\n", " ", "\u00a0", "\t", "12\n\n", "(", "A ", "ABC ", '"a', "Doe, J.\n", "x....3\n", "<a "]
)
def test_split_ends_whatever_is_repeated(unit, split_as):
    texts = ("1. Payment. " + unit * (60_000 // len(unit)), unit * (60_000 // len(unit)) + "\n\n1. Payment. Text.")
    for text in texts:
        document = plain(text, (Block(TextSpan(0, len(text))),))
        assert_is_cut(document, TreeSplitter().split(document, split_as))


def test_split_cuts_a_long_contract_whole():
    clause = "The Supplier shall deliver the goods in accordance with the specification set out in this clause. " * 5
    texts = [f"{article}.{number} Heading. {clause}" for article in range(1, 41) for number in range(1, 31)]
    document = paragraphs("SUPPLY AGREEMENT", *texts)
    sections = TreeSplitter().split(document, SplitAs.CONTRACT)
    assert [section.number for section in sections][-1] == "40.30"
    assert len(sections) >= len(texts)
