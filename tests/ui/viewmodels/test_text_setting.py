"""Documents, set: the map holds for every character, and the roles are what a reader would say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Page, Style, Visibility
from reviewer.domain.ids import SectionId
from reviewer.domain.projection import project
from reviewer.domain.section import Section, SectionKind, SplitAs
from reviewer.parsing.splitter import TreeSplitter
from reviewer.ui.viewmodels.text_setting import EMPTY, Role, SetParagraph, TextSetting, set_text, units
from tests.fakes.documents import make_document
from tests.fakes.reading import SAMPLES, read_document

ALPHABET = "abAB1.() -\n\t\r\u00ad\u00a0\u2029\ufdd0é語😀𝔄א"
HYPHENS = "-\u00ad\u2010"
SHARED = (
    "contracts/common-paper-csa-with-sla.docx",
    "contracts/RA001-Tracked-Revisions-01.docx",
    "contracts/RP051-Arabic.docx",
    "contracts/cuad-003.txt",
    "papers/2020.acl-main.447.pdf",
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Blocks of all kinds and readers, of a paged file, of a Word file or of plain text."""
    page, locator = draw(st.sampled_from([(1, "page1"), (None, "p"), (None, "")]))
    text, blocks = "", []
    for _ in range(draw(st.integers(0, 6))):
        words = draw(st.text(ALPHABET, max_size=12))
        blocks.append(
            Block(
                TextSpan(len(text), len(text) + len(words)),
                draw(st.sampled_from(BlockKind)),
                page if page is None else draw(st.integers(1, 2)),
                number=draw(st.sampled_from([None, None, "1.", "(😀)\n"])),
                visibility=draw(st.sampled_from([Visibility.VISIBLE, *Visibility])),
                locator=locator,
                style=Style(12.0, bold=draw(st.booleans()), indent=draw(st.sampled_from([0.0, 36.0]))),
            )
        )
        text += words + draw(st.sampled_from(["", "\n", "\n\n"]))
    return make_document(text, blocks=tuple(blocks), pages=(Page(1, 1, 1), Page(2, 1, 1)) if page else ())


def assert_positions_come_back(setting: TextSetting) -> None:
    for index, character in enumerate(setting.text):
        position = setting.map.position(index)
        offset = setting.map.offset(position)
        if offset is not None:
            assert setting.map.shown(TextSpan(offset, offset + 1)) == (TextSpan(position, position + units(character)),)


def assert_characters_are_shown(document: Document, setting: TextSetting) -> None:
    """Every visible one that is no white space, as itself; no other. Hyphens at line ends may go."""
    projection = project(document)
    for block in document.blocks:
        is_visible = len(projection.from_document(block.span)) > 0
        for offset in range(block.span.start, block.span.end):
            character, shown = document.text[offset], setting.map.shown(TextSpan(offset, offset + 1))
            if not is_visible:
                assert shown == ()
            elif character not in HYPHENS and character != "\ufdd0" and not character.isspace():
                assert setting.shown_text(TextSpan(offset, offset + 1)) == character
                assert setting.map.offset(shown[0].start) == offset


def assert_paragraphs_tile(setting: TextSetting) -> None:
    assert "\n".join(paragraph.text for paragraph in setting.paragraphs) == setting.text
    for paragraph in setting.paragraphs:
        index = setting.map.code_point(paragraph.start)
        assert setting.text[index : index + len(paragraph.text)] == paragraph.text
        assert paragraph.text.startswith(f"{paragraph.number}\t" if paragraph.number else "")


@given(documents())
def test_setting_maps_every_visible_character_there_and_back(document: Document) -> None:
    setting = set_text(document, ())

    assert_positions_come_back(setting)
    assert_characters_are_shown(document, setting)
    assert_paragraphs_tile(setting)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_setting_maps_the_samples_there_and_back(path: Path) -> None:
    document = read_document(path)
    setting = set_text(document, TreeSplitter().split(document, SplitAs.AUTO))

    assert_positions_come_back(setting)
    assert_characters_are_shown(document, setting)
    assert_paragraphs_tile(setting)


@pytest.mark.data
@pytest.mark.parametrize("name", SHARED)
def test_setting_maps_real_documents_there_and_back(shared_data: Path, name: str) -> None:
    document = read_document(shared_data / name)
    setting = set_text(document, TreeSplitter().split(document, SplitAs.AUTO))

    assert_positions_come_back(setting)
    assert_characters_are_shown(document, setting)
    assert_paragraphs_tile(setting)


def by_text(setting: TextSetting, beginning: str) -> SetParagraph:
    return next(paragraph for paragraph in setting.paragraphs if paragraph.text.startswith(beginning))


def test_setting_says_what_the_paragraphs_of_a_contract_are() -> None:
    document = read_document(SAMPLES / "services-agreement.docx")

    setting = set_text(document, TreeSplitter().split(document, SplitAs.AUTO))

    assert by_text(setting, "Services Agreement").role is Role.TITLE
    assert by_text(setting, "Background").role is Role.HEADING
    heading = by_text(setting, "1.\tDefinitions")
    assert (heading.role, heading.number, heading.level) == (Role.HEADING, "1.", 1)
    item = by_text(setting, "(a)\tgive the Supplier")
    assert item.role is Role.LIST_ITEM
    assert item.indent > by_text(setting, "3.1\t").indent
    definition = by_text(setting, "“Charges” means")
    assert definition.text[: definition.lead_chars] == "“Charges"


def test_setting_joins_lines_and_marks_pages_of_a_paper() -> None:
    document = read_document(SAMPLES / "paper-en.pdf")

    setting = set_text(document, (), lambda number: f"- {number} -")

    assert by_text(setting, "A services agreement of thirty").text.startswith(
        "A services agreement of thirty pages is seldom read from the first line"
    )
    marks = [paragraph for paragraph in setting.paragraphs if paragraph.role is Role.PAGE]
    assert [mark.text for mark in marks] == ["- 2 -"]
    assert setting.map.offset(marks[0].start) is None


def test_setting_joins_a_continuation_behind_furniture() -> None:
    text = "The sup-\nPage 1\n\nplier pays."
    blocks = (
        Block(TextSpan(0, 8), page=1),
        Block(TextSpan(9, 15), page=1, visibility=Visibility.FOOTER),
        Block(TextSpan(17, 28), BlockKind.CONTINUATION, page=2),
    )

    setting = set_text(make_document(text, blocks=blocks), ())

    assert [paragraph.text for paragraph in setting.paragraphs] == ["The supplier pays."]
    assert setting.shown_text(TextSpan(4, 22)) == "supplier"


def test_setting_joins_tracked_pieces_without_a_gap() -> None:
    text = "We mayshall pay."
    blocks = (
        Block(TextSpan(0, 3), number="1.1", locator="p1"),
        Block(TextSpan(3, 6), BlockKind.CONTINUATION, visibility=Visibility.DELETED, locator="p1"),
        Block(TextSpan(6, 16), BlockKind.CONTINUATION, visibility=Visibility.INSERTED, locator="p1"),
    )

    setting = set_text(make_document(text, blocks=blocks), ())

    assert setting.text == "1.1\tWe shall pay."
    assert setting.shown_text(TextSpan(0, 16)) == "We shall pay."


def test_setting_hangs_numbers_that_stand_in_the_text() -> None:
    setting = set_text(make_document("(a)   first\n\n2.1 second\n\n30 days"), ())

    assert [(paragraph.number, paragraph.text) for paragraph in setting.paragraphs] == [
        ("(a)", "(a)\tfirst"),
        ("2.1", "2.1\tsecond"),
        ("", "30 days"),
    ]


def test_setting_finds_headings_where_the_sections_say() -> None:
    text = "Article IV Term\nThis runs.\nFees. The fees are due.\nFigure 1: Sales"
    spans = [TextSpan(0, 27), TextSpan(27, 51), TextSpan(51, len(text))]
    names = [("Article IV", "Term"), ("", "Fees"), ("", "Figure 1: Sales")]
    kinds = [SectionKind.CLAUSE, SectionKind.CLAUSE, SectionKind.FIGURE]
    sections = [
        Section(SectionId(str(index)), kind, number, heading, 2, None, span, span)
        for index, (kind, (number, heading), span) in enumerate(zip(kinds, names, spans, strict=True))
    ]

    lines = set_text(make_document(f"Nothing\n{text}"), _moved(sections, 8)).paragraphs[1:]

    assert [line.role for line in lines] == [Role.HEADING, Role.PARAGRAPH, Role.PARAGRAPH, Role.CAPTION]
    assert lines[0].number == "Article IV"
    assert lines[2].text[: lines[2].lead_chars] == "Fees."


def _moved(sections: list[Section], by: int) -> list[Section]:
    spans = [TextSpan(each.span.start + by, each.span.end + by) for each in sections]
    return [
        Section(each.id, each.kind, each.number, each.heading, each.level, None, span, span)
        for each, span in zip(sections, spans, strict=True)
    ]


def test_setting_rules_a_table_over_its_bold_cells() -> None:
    words = ("Fee", "100", "Term", "1 year")
    text = "\n".join(words)
    document = make_document(text)
    blocks = tuple(
        Block(block.span, BlockKind.TABLE_CELL, style=Style(bold=index % 2 == 0), locator="p")
        for index, block in enumerate(document.blocks)
    )

    cells = set_text(make_document(text, blocks=blocks), ()).paragraphs

    assert [cell.is_ruled for cell in cells] == [True, False, True, False]
    assert [cell.is_last_cell for cell in cells] == [False, False, False, True]


def test_setting_of_a_text_without_blocks_shows_its_lines() -> None:
    setting = set_text(make_document("One line.\n\nAnother.", blocks=()), ())

    assert setting.shown_text(TextSpan(0, 9)) == "One line."


def test_setting_of_nothing_is_empty() -> None:
    assert set_text(make_document(""), ()) == EMPTY
