import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Source, Style, Visibility
from reviewer.domain.ids import DocumentId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.parsing.plain import read_plain
from reviewer.parsing.splitter import TreeSplitter

_PIECES = st.one_of(
    st.sampled_from(
        [
            "SERVICES AGREEMENT",
            "This Agreement is made between A Ltd and B Ltd.",
            "The parties agree as follows:",
            "1. Term. This Agreement begins today.",
            "1.1 The fees are due. 1.2 Interest is due.",
            "(a) one;   (b) two;   (c) three",
            "ARTICLE II",
            "Section 2.01 Fees.",
            "Schedule 1",
            "TABLE OF CONTENTS",
            "Payment ........ 4",
            "IN WITNESS WHEREOF the parties sign. By: ______",
            "“Affiliate” means a company.",
            "Abstract",
            "1 Introduction",
            "References",
            "[1] Smith, J. 2020. A title. A journal.\n[2] Doe, J. 2021.",
            "Keywords: law; review",
            "2.\t",
            "   ",
            "\n",
        ]
    ),
    st.text(max_size=40),
)
_BLOCKS = st.lists(
    st.tuples(
        _PIECES,
        st.sampled_from(list(BlockKind)),
        st.sampled_from(list(Visibility)),
        st.sampled_from([None, "1.", "1.1.", "(a)", "•", "", "Article I"]),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([Style(), Style(10.0), Style(12.0, bold=True), Style(18.0)]),
        st.sampled_from(["", " ", "\n", "\n\n"]),
    ),
    max_size=25,
)


def from_text(text: str) -> Document:
    reading = read_plain(text.encode())
    return Document(DocumentId("doc-1"), Source("a.txt", "text/plain", "0", 1), reading.text, reading.blocks)


def from_blocks(pieces: list[tuple[str, BlockKind, Visibility, str | None, int | None, Style, str]]) -> Document:
    text, blocks = "", []
    for piece, kind, visibility, number, level, style, separator in pieces:
        span = TextSpan(len(text), len(text) + len(piece))
        blocks.append(Block(span, kind, None, None, number, level, visibility, style=style))
        text += piece + separator
    return Document(DocumentId("doc-1"), Source("a.docx", "x", "0", 1), text, tuple(blocks))


def assert_sound(document: Document, sections: tuple[Section, ...]) -> None:
    projection = project(document)
    assert bool(sections) == bool(projection.text)
    owned = [projection.from_document(section.own) for section in sections]
    assert all(before.end == after.start for before, after in pairwise(owned))
    if owned:
        assert (owned[0].start, owned[-1].end) == (0, len(projection.text))
    by_id = {section.id: section for section in sections}
    assert len(by_id) == len(sections)
    for section in sections:
        assert section.span.contains(section.own)
        if section.parent is None:
            assert section.level == 1
        else:
            assert by_id[section.parent].span.contains(section.span)
            assert section.level == by_id[section.parent].level + 1


@settings(max_examples=150, deadline=None)
@given(_BLOCKS, st.sampled_from([SplitAs.CONTRACT, SplitAs.PAPER, SplitAs.AUTO]))
def test_sections_of_any_document_are_a_tree_that_tiles_what_is_visible(
    pieces: list[tuple[str, BlockKind, Visibility, str | None, int | None, Style, str]], split_as: SplitAs
) -> None:
    document = from_blocks(pieces)
    assert_sound(document, TreeSplitter().split(document, split_as))


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=20), st.sampled_from([SplitAs.CONTRACT, SplitAs.PAPER]))
def test_sections_of_any_text_without_blocks_tile_it(lines: list[str], split_as: SplitAs) -> None:
    document = Document(DocumentId("doc-1"), Source("a.txt", "text/plain", "0", 1), "\n".join(lines), ())
    assert_sound(document, TreeSplitter().split(document, split_as))


def test_one_giant_paragraph_is_still_covered() -> None:
    document = from_text("the parties and section 5 and (a) and so on, " * 20_000)
    assert_sound(document, TreeSplitter().split(document, SplitAs.AUTO))


def test_ten_thousand_one_line_items_are_covered() -> None:
    lines = (f"{number}. The supplier delivers item {number}." for number in range(1, 10_001))
    document = from_text("\n\n".join(lines))
    sections = TreeSplitter().split(document, SplitAs.CONTRACT)
    assert_sound(document, sections)
    assert [section.number for section in sections] == [str(number) for number in range(1, 1000)]


def test_hidden_text_is_in_no_heading() -> None:
    pieces = [
        ("1. Fees", BlockKind.PARAGRAPH, Visibility.VISIBLE, None, None, Style(), "\n\n"),
        ("2. Secret", BlockKind.PARAGRAPH, Visibility.HIDDEN, None, None, Style(), "\n\n"),
        ("2. Term", BlockKind.PARAGRAPH, Visibility.VISIBLE, None, None, Style(), ""),
    ]
    document = from_blocks(pieces)
    assert [section.heading for section in TreeSplitter().split(document, SplitAs.CONTRACT)] == ["Fees", "Term"]


def test_ids_stay_when_the_document_is_split_again() -> None:
    document = from_text("1. Fees\n\n2. Term")
    first, second = (TreeSplitter().split(document, SplitAs.CONTRACT) for _ in range(2))
    assert first == second


def test_auto_splits_a_paper_as_a_paper() -> None:
    document = from_text("A Study\n\nAbstract\n\nWe show a thing.\n\nIntroduction\n\nSmith et al. did.\n\nReferences\n\n[1] X")
    kinds = {section.kind for section in TreeSplitter().split(document, SplitAs.AUTO)}
    assert {SectionKind.ABSTRACT, SectionKind.SECTION, SectionKind.REFERENCES} <= kinds


def _seconds(pages: int) -> float:
    paragraphs = [
        f"{clause}.{item} Payment. The Customer shall pay the fees within thirty days; Section 5 shall apply. " * 3
        for clause in range(1, pages + 1)
        for item in range(1, 6)
    ]
    document = from_text("\n\n".join(paragraphs))
    begun = time.process_time()
    TreeSplitter().split(document, SplitAs.CONTRACT)
    return time.process_time() - begun


def test_cost_grows_linearly_with_the_document() -> None:
    _seconds(5)
    assert _seconds(160) < 16 * max(_seconds(40), 0.01)
