"""Figures and tables of papers."""

import pytest

from reviewer.domain.document import BlockKind, Style
from reviewer.domain.section import SectionKind
from reviewer.parsing.floats import find_floats
from reviewer.parsing.paragraphs import Paragraph

TEXT, CAPTION, CELL = BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.TABLE_CELL


def floats(*pieces: tuple[str, BlockKind]) -> list[tuple[int, int, str, str, str]]:
    paragraphs = [Paragraph(0, text, 0, kind, None, None, Style(), None) for text, kind in pieces]
    return [(each.first, each.end, each.kind.value, each.number, each.heading) for each in find_floats(paragraphs)]


def test_figure_is_its_caption() -> None:
    assert floats(("As Figure 1 shows.", TEXT), ("Figure 1: The flow of work. Arrows are steps.", CAPTION)) == [
        (1, 2, "figure", "Figure 1", "The flow of work")
    ]


def test_table_goes_on_to_its_last_cell() -> None:
    pieces = [("Table 2. Results", CAPTION), ("a", CELL), ("1", CELL), ("Text.", TEXT), ("other", CELL)]
    assert floats(*pieces) == [(0, 3, "table", "Table 2", "Results")]


def test_captions_stand_below_their_tables_where_most_do() -> None:
    pieces = [
        ("a", CELL), ("Table 1: One", CAPTION), ("Text.", TEXT), ("b", CELL), ("Table 2: Two", CAPTION), ("c", CELL),
        ("Table 3: Three", CAPTION),
    ]  # fmt: skip
    assert [each[:2] for each in floats(*pieces)] == [(0, 2), (3, 5), (5, 7)]


def test_number_that_had_its_caption_begins_a_sentence() -> None:
    pieces = [
        ("Table 4: Sums", CAPTION),
        ("Table 4. On average, more", CAPTION),
        ("Table 4: Sums (continued)", CAPTION),
    ]
    assert [each[0] for each in floats(*pieces)] == [0, 2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Figure 1. What we did", SectionKind.FIGURE),
        ("Abbildung 3: Ablauf", SectionKind.FIGURE),
        ("Tabelle 2: Ergebnisse", SectionKind.TABLE),
    ],
)
def test_paragraph_with_a_stop_behind_its_number_is_a_caption(text: str, kind: SectionKind) -> None:
    assert [each[2] for each in floats((text, TEXT))] == [kind.value]


@pytest.mark.parametrize("text", ["Figure 1 shows what we did.", "Tables are dull.", "Figure 1. " + "word " * 400])
def test_sentence_is_no_caption(text: str) -> None:
    assert floats((text, TEXT)) == []
