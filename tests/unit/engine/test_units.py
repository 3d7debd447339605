"""Units besides sections: paragraphs, pages, lines that fit an expression, windows of words, headings to a level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Visibility
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.domain.workflow import SplitNode, SplitUnit
from reviewer.engine.items import make_items
from reviewer.engine.units import cut_units
from tests.fakes.documents import CLAUSES, make_document, make_sections


def units(
    document: Document, unit: SplitUnit, sections: tuple[Section, ...] | None = None, **split: object
) -> tuple[Section, ...]:
    node = SplitNode(SplitAs.CONTRACT, unit, **split)
    sections = make_sections([document.text]) if sections is None else sections
    return cut_units(document, project(document), sections, node)


def texts(document: Document, found: tuple[Section, ...]) -> list[str]:
    return [each.own.of(document.text) for each in found]


@pytest.mark.parametrize("unit", [SplitUnit.SECTION, SplitUnit.DOCUMENT])
def test_sections_stay_as_the_splitter_cut_them(unit: SplitUnit) -> None:
    document, sections = make_document(), make_sections(CLAUSES)
    assert units(document, unit, sections) == sections


def test_paragraphs_have_the_number_and_heading_of_their_section() -> None:
    document = make_document()
    found = units(document, SplitUnit.PARAGRAPH, make_sections(CLAUSES))
    assert texts(document, found)[:2] == ["1 Fees\n", "The Customer shall pay within 30 days.\n"]
    assert [(each.number, each.heading) for each in found[2:4]] == [("2", "Liability")] * 2
    assert len({each.id for each in found}) == 6


def test_continuations_and_hidden_blocks_begin_no_paragraph() -> None:
    blocks = (
        Block(TextSpan(0, 5)),
        Block(TextSpan(6, 10), BlockKind.CONTINUATION),
        Block(TextSpan(11, 15), visibility=Visibility.HIDDEN),
        Block(TextSpan(16, 20)),
    )
    document = make_document("first more hide last", blocks=blocks)
    assert [each.own for each in units(document, SplitUnit.PARAGRAPH)] == [TextSpan(0, 11), TextSpan(16, 20)]


def test_pages_are_units_and_their_number_is_the_heading() -> None:
    blocks = (Block(TextSpan(0, 3), page=1), Block(TextSpan(4, 7), page=1), Block(TextSpan(8, 13), page=3))
    document = make_document("one two three", blocks=blocks)
    found = units(document, SplitUnit.PAGE)
    assert [(each.heading, each.own.of(document.text)) for each in found] == [
        ("Page 1", "one two "),
        ("Page 3", "three"),
    ]


def test_without_pages_the_sections_stay() -> None:
    document, sections = make_document(), make_sections(CLAUSES)
    assert units(document, SplitUnit.PAGE, sections) == sections


def test_lines_that_fit_an_expression_begin_units() -> None:
    document = make_document("Preface\nQ: What?\nA: That.\nQ: When?\nA: Now.\n")
    found = units(document, SplitUnit.PATTERN, pattern="^Q:")
    assert [each.heading for each in found] == ["Q: What?", "Q: When?"]
    assert texts(document, found) == ["Preface\nQ: What?\nA: That.\n", "Q: When?\nA: Now.\n"]


def test_windows_hold_so_many_words() -> None:
    document = make_document("one two, three four five six seven")
    found = units(document, SplitUnit.WINDOW, tokens=3)
    assert texts(document, found) == ["one two, three ", "four five six ", "seven"]
    assert [each.heading for each in found] == ["Part 1", "Part 2", "Part 3"]


def test_signs_of_scripts_without_blanks_count_as_words() -> None:
    document = make_document("第一条定义 abc")
    assert texts(document, units(document, SplitUnit.WINDOW, tokens=4)) == ["第一条定", "义 abc"]


def test_headings_to_a_level_are_units_each_with_its_own_text() -> None:
    top, cap = SectionId("top"), SectionId("cap")
    sections = (
        Section(top, SectionKind.CLAUSE, "9", "Liability", 1, None, TextSpan(0, 30), TextSpan(0, 10)),
        Section(cap, SectionKind.CLAUSE, "9.1", "Cap", 2, top, TextSpan(10, 30), TextSpan(10, 20)),
        Section(SectionId("a"), SectionKind.CLAUSE, "(a)", "", 3, cap, TextSpan(20, 30), TextSpan(20, 30)),
    )
    document = make_document("x" * 30)
    found = units(document, SplitUnit.HEADING, sections, level=2)
    assert [(each.id, each.own) for each in found] == [(top, TextSpan(0, 10)), (cap, TextSpan(10, 30))]
    node = SplitNode(SplitAs.CONTRACT, SplitUnit.HEADING, level=2)
    items = make_items(document, project(document), found, node, lambda _: ("", 0.0))
    assert [(item.section, item.path) for item in items] == [("top", "9 Liability"), ("cap", "9 Liability > 9.1 Cap")]


_UNITS = [SplitUnit.PARAGRAPH, SplitUnit.PATTERN, SplitUnit.WINDOW, SplitUnit.HEADING]


@given(
    st.text(alphabet="ab1 .\n第", min_size=1, max_size=200).filter(str.strip),
    st.sampled_from(_UNITS),
    st.integers(1, 5),
)
def test_units_tile_what_is_visible(text: str, unit: SplitUnit, tokens: int) -> None:
    document = make_document(text)
    projection = project(document)
    found = cut_units(
        document, projection, make_sections([text]), SplitNode(SplitAs.AUTO, unit, pattern="a", tokens=tokens)
    )
    spans = [projection.from_document(each.own) for each in found]
    assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])]
    assert spans[-1].end == len(projection.text)
