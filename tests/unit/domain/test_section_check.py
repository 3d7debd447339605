"""Warnings about how a document was cut."""

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Source
from reviewer.domain.ids import DocumentId, SectionId
from reviewer.domain.section import Section, SectionKind
from reviewer.domain.section_check import layout_warnings, section_warnings


def row(*numbers: str, each: int = 100, kind: SectionKind = SectionKind.CLAUSE, heading: str = "") -> list[Section]:
    found = []
    for index, number in enumerate(numbers):
        span = TextSpan(index * each, (index + 1) * each)
        found.append(Section(SectionId(f"s{index}"), kind, number, heading, 1, None, span, span))
    return found


def codes(sections: list[Section]) -> list[str]:
    return [warning.code for warning in section_warnings(sections)]


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3"),
        ("(a)", "(b)"),
        ("Article 9", "Article 10"),
        ("1.1", "1.2", "1"),
        ("1.0", "2.0"),
        ("9999", "10000"),
    ],
)
def test_numbers_in_order_are_no_reason_to_warn(numbers: tuple[str, ...]) -> None:
    assert codes(row(*numbers)) == []


def test_numbers_that_do_not_count_on_are_named() -> None:
    (warning,) = section_warnings(row("1", "2", "4", "3", "9", "7", "Section 8"))
    assert warning.code == "numbers_out_of_order"
    assert "4 follows 2; 3 follows 4; 9 follows 3, and 1 more." in warning.message


def test_rows_of_other_kinds_and_other_parents_are_apart() -> None:
    clauses, schedules = row("1", "2"), row("7", kind=SectionKind.SCHEDULE)
    assert codes([*clauses, *schedules]) == []
    assert codes(row("1", "5", kind=SectionKind.REFERENCE)) == []


def test_long_text_without_sections_is_told() -> None:
    assert codes(row("", each=6000)) == ["no_sections"]
    assert codes(row("", each=4000)) == []
    assert codes([]) == []


def test_section_that_holds_most_of_a_long_document_is_told() -> None:
    small, large = row("1", "2", heading="Fees")
    large = Section(large.id, large.kind, "2", "Rest", 1, None, TextSpan(100, 40_000), TextSpan(100, 40_000))
    (warning,) = section_warnings([small, large])
    assert (warning.code, warning.message.split(" holds")[0]) == ("long_section", "2 Rest")
    nameless = Section(large.id, SectionKind.PREAMBLE, "", "", 1, None, large.span, large.own)
    assert [each.message.split(" holds")[0] for each in section_warnings([nameless, small, small])] == [
        "The part preamble"
    ]


@pytest.mark.parametrize(("cells", "text", "codes"), [(900, 100, ["text_in_tables"]), (400, 600, []), (300, 10, [])])
def test_text_that_mostly_stands_in_tables_is_told(cells: int, text: int, codes: list[str]) -> None:
    blocks = (
        Block(TextSpan(0, cells), BlockKind.TABLE_CELL),
        Block(TextSpan(cells, cells + text), BlockKind.PARAGRAPH),
    )
    document = Document(DocumentId("d"), Source("a", "b", "0", 1), "x" * (cells + text), blocks)
    assert [warning.code for warning in layout_warnings(document)] == codes
