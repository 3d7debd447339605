import pytest

from reviewer.domain.anchor import Box, TextSpan
from reviewer.domain.document import Block, Document, Line, Page, Source
from reviewer.domain.ids import DocumentId

TEXT = "First line\nsecond line\nthird"
SOURCE = Source("a.pdf", "application/pdf", "0" * 64, 1)


def edges(start: float, count: int, width: float = 10.0) -> tuple[float, ...]:
    return tuple(start + width * index for index in range(count + 1))


def two_pages(*, page_of_third: int | None = 2) -> Document:
    lines = (
        Line(TextSpan(0, 10), Box(50, 100, 150, 112), edges(50, 10)),
        Line(TextSpan(11, 22), Box(50, 114, 160, 126), edges(50, 11)),
    )
    pages = (Page(1, 600, 800, "i", lines), Page(2, 600, 800, "ii", (Line(TextSpan(23, 28), Box(50, 90, 100, 102)),)))
    blocks = (Block(TextSpan(0, 22), page=1), Block(TextSpan(23, 28), page=page_of_third))
    return Document(DocumentId("d"), SOURCE, TEXT, blocks, pages)


def test_document_title_is_the_claimed_one_or_empty() -> None:
    assert Document(DocumentId("d"), SOURCE, "", (), metadata={"title": "T"}).title == "T"
    assert Document(DocumentId("d"), SOURCE, "", ()).title == ""


def test_anchor_has_a_box_a_line_cut_at_the_characters_edges() -> None:
    anchor = two_pages().anchor(TextSpan(6, 17))
    assert anchor.page == 1
    assert anchor.boxes == (Box(110, 100, 150, 112), Box(50, 114, 110, 126))
    assert anchor.quote.exact == "line\nsecond"
    assert (anchor.quote.prefix, anchor.quote.suffix) == ("First ", " line\nthird")


def test_anchor_has_the_lines_box_when_no_edges_are_known() -> None:
    assert two_pages().anchor(TextSpan(24, 26)).boxes == (Box(50, 90, 100, 102),)


def test_anchor_across_pages_has_the_boxes_of_the_first_page() -> None:
    anchor = two_pages().anchor(TextSpan(18, 28))
    assert anchor.page == 1
    assert anchor.boxes == (Box(120, 114, 160, 126),)


def test_anchor_box_is_upright_when_the_line_runs_from_right_to_left() -> None:
    line = Line(TextSpan(0, 3), Box(10, 0, 40, 10), (40.0, 30.0, 20.0, 10.0))
    page = Page(1, 100, 100, lines=(line,))
    document = Document(DocumentId("d"), SOURCE, "אבג", (Block(TextSpan(0, 3), page=1),), (page,))
    assert document.anchor(TextSpan(1, 3)).boxes == (Box(10, 0, 30, 10),)


def test_anchor_of_an_empty_span_has_no_boxes() -> None:
    assert two_pages().anchor(TextSpan(4, 4)).boxes == ()


@pytest.mark.parametrize("page", [None, 3])
def test_anchor_has_no_page_when_the_block_has_none_that_exists(page: int | None) -> None:
    anchor = two_pages(page_of_third=page).anchor(TextSpan(23, 28))
    assert anchor.page is None
    assert anchor.boxes == ()


def test_anchor_has_no_page_before_the_first_block() -> None:
    document = Document(DocumentId("d"), SOURCE, "x text", (Block(TextSpan(2, 6), page=1),), (Page(1, 1, 1),))
    assert document.anchor(TextSpan(0, 1)).page is None
    assert document.anchor(TextSpan(3, 4)).page == 1


def test_anchor_keeps_at_most_32_characters_of_context() -> None:
    document = Document(DocumentId("d"), SOURCE, "a" * 50 + "word" + "b" * 50, ())
    quote = document.anchor(TextSpan(50, 54)).quote
    assert (quote.prefix, quote.exact, quote.suffix) == ("a" * 32, "word", "b" * 32)
