"""The splitter as a whole: whatever the document, its sections are a tree that tiles what a reader sees."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Source, Style, Visibility
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind, SplitAs
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
    began = process_time()
    sections = TreeSplitter().split(document, split_as)
    assert process_time() - began < 20
    assert_is_cut(document, sections)


def test_split_gives_the_same_ids_again():
    document = paragraphs("1. One. Text of it.", "2. Two. Text of it.")
    assert TreeSplitter().split(document, SplitAs.AUTO) == TreeSplitter().split(document, SplitAs.AUTO)


def test_items_of_a_long_list_are_all_found():
    document = paragraphs(*(f"{number}. The supplier delivers item {number}." for number in range(1, 1000)))
    sections = TreeSplitter().split(document, SplitAs.CONTRACT)
    assert [section.number for section in sections] == [str(number) for number in range(1, 1000)]


def test_hidden_text_is_in_no_heading():
    document = make_document(
        [
            ("1. Fees", BlockKind.PARAGRAPH, Visibility.VISIBLE, None, None, Style()),
            ("2. Secret", BlockKind.PARAGRAPH, Visibility.HIDDEN, None, None, Style()),
            ("2. Term", BlockKind.PARAGRAPH, Visibility.VISIBLE, None, None, Style()),
        ]
    )
    assert [section.heading for section in TreeSplitter().split(document, SplitAs.CONTRACT)] == ["Fees", "Term"]


def test_auto_cuts_a_paper_as_a_paper():
    document = paragraphs(
        "A Study", "Abstract", "We show it.", "Introduction", "Smith et al. did.", "References", "[1] X"
    )
    kinds = {section.kind for section in TreeSplitter().split(document, SplitAs.AUTO)}
    assert {SectionKind.ABSTRACT, SectionKind.SECTION, SectionKind.REFERENCES} <= kinds


def split_seconds(pages: int) -> float:
    text = "Payment. The Customer shall pay the fees within thirty days; Section 5 shall apply. " * 3
    numbers = [f"{clause}.{item}" for clause in range(1, pages + 1) for item in range(1, 6)]
    document = paragraphs(*(f"{number} {text}" for number in numbers))
    began = process_time()
    TreeSplitter().split(document, SplitAs.CONTRACT)
    return process_time() - began


def test_cost_grows_linearly_with_the_document():
    split_seconds(5)
    assert split_seconds(160) < 16 * max(split_seconds(40), 0.01)
