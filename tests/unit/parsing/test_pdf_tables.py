import math
from collections.abc import Callable, Sequence

import pytest
from fpdf import FPDF

from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Document, Source, Visibility
from reviewer.domain.ids import DocumentId
from reviewer.parsing.pdf import read_pdf
from reviewer.parsing.reading import Aids, Reading

_PROSE = (
    "The supplier shall deliver the goods to the buyer at the place agreed and shall bear the risk until delivery is "
    "complete in every respect that this agreement names, and the buyer shall examine them without undue delay. "
)
_SERVICE = [["Severity", "Response time", "Credit"], ["Severity 1", "4 hours", "10%"], ["Severity 2", "8 hours", "5%"]]


def _read(*draws: Callable[[FPDF], None]) -> Reading:
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(False)
    for draw in draws:
        pdf.add_page()
        pdf.set_font("Helvetica", size=10)
        draw(pdf)
    return read_pdf(bytes(pdf.output()), Aids(lambda _page, _pages: None))


def _cells(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.kind is BlockKind.TABLE_CELL]


def _rows(reading: Reading) -> list[list[str]]:
    rows: dict[tuple[int, int], list[str]] = {}
    for block in _cells(reading):
        assert block.cell is not None
        rows.setdefault((block.cell.table, block.cell.row), []).append(block.span.of(reading.text).replace("\n", " "))
    return list(rows.values())


def _named(reading: Reading, words: str) -> tuple[list[str], list[str]]:
    """The row and column headings of the cell with these words."""
    block = next(block for block in _cells(reading) if block.span.of(reading.text) == words)
    assert block.cell is not None
    return (
        [span.of(reading.text) for span in block.cell.row_headings],
        [span.of(reading.text) for span in block.cell.column_headings],
    )


def _texts(
    pdf: FPDF, rows: Sequence[Sequence[str]], lefts: Sequence[float], top: float = 200, step: float = 16
) -> None:
    for index, row in enumerate(rows):
        for left, text in zip(lefts, row, strict=True):
            if text:
                pdf.text(left, top + step * index, text)


def _rules(pdf: FPDF, *heights: float, ends: tuple[float, float] = (68, 420)) -> None:
    for height in heights:
        pdf.line(ends[0], height, ends[1], height)


def _text(pdf: FPDF, top: float, left: float = 72, width: float = 400) -> None:
    pdf.set_xy(left, top)
    pdf.multi_cell(width, 12, _PROSE, align="L")


def test_a_table_between_rules_is_read_cell_by_cell_with_its_headings() -> None:
    def draw(pdf: FPDF) -> None:
        _text(pdf, 60)
        _texts(pdf, _SERVICE, (72, 200, 330))
        _rules(pdf, 186, 205, 240)
        _text(pdf, 300)

    reading = _read(draw)
    assert _rows(reading) == _SERVICE
    assert _named(reading, "4 hours") == (["Severity 1"], ["Response time"])
    assert _named(reading, "Response time") == ([], [])
    assert "Severity 1\n4 hours\n10%\nSeverity 2" in reading.text
    assert reading.text.index("Severity") > reading.text.index("undue delay")
    assert reading.text.count("undue delay") == 2


def test_cells_have_boxes_of_their_own_and_all_their_characters_are_on_lines() -> None:
    def draw(pdf: FPDF) -> None:
        _texts(pdf, _SERVICE, (72, 200, 330))
        _rules(pdf, 186, 205, 240)

    reading = _read(draw)
    document = Document(DocumentId("d"), Source("a.pdf", "", "", 0), reading.text, reading.blocks, reading.pages)
    start = reading.text.index("8 hours")
    (box,) = document.anchor(TextSpan(start, start + len("8 hours"))).boxes
    assert 198 < box.x0 < 202
    assert 225 < box.y1 < 240
    assert [block.box.x0 for block in _cells(reading)[:3] if block.box] == pytest.approx([72, 200, 330], abs=2)
    covered = {at for line in reading.pages[0].lines for at in range(line.span.start, line.span.end)}
    assert all(at in covered for at, sign in enumerate(reading.text) if not sign.isspace())


def test_a_closed_grid_has_a_row_for_each_of_its_bands() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_xy(72, 100)
        with pdf.table(col_widths=(1, 2, 1), width=360, line_height=13, first_row_as_headings=True) as table:
            for row in (
                ["Fee", "What it is for", "Amount"],
                ["Setup", "All that must be done before the service can be used by the customer at all", "$1,000"],
                ["Support", "Questions by telephone and by letter", "$20"],
            ):
                cells = table.row()
                for text in row:
                    cells.cell(text)

    reading = _read(draw)
    rows = _rows(reading)
    assert [len(row) for row in rows] == [3, 3, 3]
    assert rows[1][1].startswith("All that must")
    assert rows[1][1].endswith("at all")
    assert _named(reading, "$1,000") == (["Setup"], ["Amount"])


def test_a_cell_of_several_lines_is_one_cell_without_rules_between_the_rows() -> None:
    def draw(pdf: FPDF) -> None:
        rows = [
            ["Day", "What is taught"],
            ["First", "All that must be known before the work with the"],
            ["", "instruments can begin"],
            ["Second", "How results are written"],
        ]
        _texts(pdf, rows, (72, 200), step=12)
        _rules(pdf, 190, 203, 240)

    assert _rows(_read(draw)) == [
        ["Day", "What is taught"],
        ["First", "All that must be known before the work with the instruments can begin"],
        ["Second", "How results are written"],
    ]


def test_a_heading_over_two_columns_heads_both() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(212, 186, "Accuracy")
        _texts(pdf, [["Model", "small", "large"], ["CNN", "84.5", "87.2"], ["MLP", "91.5", "92.5"]], (72, 200, 250))
        _rules(pdf, 172, 205, 240, ends=(68, 300))

    assert _named(_read(draw), "87.2") == (["CNN"], ["Accuracy", "large"])


def test_amounts_in_columns_are_a_table_without_rules() -> None:
    def draw(pdf: FPDF) -> None:
        _text(pdf, 60)
        _texts(pdf, [[f"Item {index}", "EUR 10.00", f"{index} days"] for index in range(1, 6)], (72, 220, 360))

    assert _rows(_read(draw))[2] == ["Item 3", "EUR 10.00", "3 days"]


def _two_columns(pdf: FPDF) -> None:
    for left in (60, 320):
        for part in range(4):
            _text(pdf, 60 + 130 * part, left, 220)
    _rules(pdf, 50, 600, ends=(56, 545))


def _numbered_list(pdf: FPDF) -> None:
    for index in range(8):
        _texts(
            pdf, [[f"({index + 1})", "the supplier shall deliver the goods to the buyer"]], (72, 110), 100 + 20 * index
        )
    _rules(pdf, 80, 280)


def _contents(pdf: FPDF) -> None:
    rows = [[f"{index}.", f"The {word} of the parties", str(3 * index)] for index, word in enumerate("abcdefg", 1)]
    _texts(pdf, rows, (72, 110, 400))


def _signatures(pdf: FPDF) -> None:
    _text(pdf, 60)
    _texts(
        pdf,
        [["Supplier Ltd", "Buyer Ltd"], ["By: ____", "By: ____"], ["Name:", "Name:"], ["Date:", "Date:"]],
        (72, 300),
    )
    _rules(pdf, 180, 260)


def _equations(pdf: FPDF) -> None:
    _text(pdf, 60)
    _texts(pdf, [["g = f(x, y) + h", "(1)"], ["h = k(x) - m", "(2)"]], (150, 400))
    _text(pdf, 260)


def _authors(pdf: FPDF) -> None:
    _texts(
        pdf,
        [
            ["Ada Lovelace", "Carl Gauss", "Emmy Noether"],
            ["London", "Gottingen", "Erlangen"],
            ["a@b.c", "c@d.e", "e@f.g"],
        ],
        (72, 220, 360),
        100,
        12,
    )


@pytest.mark.parametrize("draw", [_two_columns, _numbered_list, _contents, _signatures, _equations, _authors])
def test_what_stands_side_by_side_is_not_always_a_table(draw: Callable[[FPDF], None]) -> None:
    reading = _read(draw)
    assert reading.text
    assert not _cells(reading)


def test_a_footnote_is_a_note_and_stands_before_the_paragraph_that_goes_on_overleaf() -> None:
    def first(pdf: FPDF) -> None:
        _text(pdf, 60)
        _text(pdf, 640)
        pdf.text(72, 700, "and where the goods are sent back the supplier shall bear what it costs to")
        pdf.line(72, 718, 180, 718)
        pdf.set_font("Helvetica", size=7)
        pdf.text(72, 730, "1")
        pdf.text(76, 732, "Delivery is meant as in the general terms.")

    def second(pdf: FPDF) -> None:
        pdf.text(72, 72, "carry them, whatever the reason was.")
        _text(pdf, 100)

    reading = _read(first, second)
    (note,) = [block for block in reading.blocks if block.kind is BlockKind.NOTE]
    assert note.visibility is Visibility.NOTE
    assert note.page == 1
    assert note.span.of(reading.text).endswith("Delivery is meant as in the general terms.")
    assert "costs to\ncarry them" in reading.text


def test_a_footnote_is_a_note_over_a_licence_and_where_most_of_the_document_is_small_type() -> None:
    left, right = (
        "words of the left column that fill all of its width",
        "words of the right column that fill all of it too",
    )

    def first(pdf: FPDF) -> None:
        for index in range(24):
            pdf.text(56, 180 + 12 * index, left)
            pdf.text(300, 186 + 12 * index, right)
        pdf.set_font("Helvetica", size=7)
        pdf.text(56, 480, "* Correspondence: ann@example.org")
        pdf.text(
            120, 520, "This article is free for all to read under the terms of its licence, which is named at its end."
        )

    def references(pdf: FPDF) -> None:
        pdf.set_font("Helvetica", size=7)
        for index in range(70):
            pdf.text(
                72, 60 + 10 * index, "Author A, Author B: A title of some length. Journal 2010, 12:34-56, and so on."
            )

    reading = _read(first, references)
    notes = [block.span.of(reading.text) for block in reading.blocks if block.kind is BlockKind.NOTE]
    assert notes == ["* Correspondence: ann@example.org"]


def test_small_type_without_a_mark_and_axes_of_charts_are_no_notes() -> None:
    def draw(pdf: FPDF) -> None:
        _text(pdf, 60)
        _text(pdf, 120)
        pdf.set_font("Helvetica", size=7)
        pdf.text(72, 700, "All rights in these words are reserved.")
        _texts(pdf, [["1", "2", "3"]], (72, 200, 330), 730)

    assert all(block.kind is not BlockKind.NOTE for block in _read(draw).blocks)


@pytest.mark.parametrize(
    "words",
    [
        "Table 2. Fees",
        "Figure 3: Flow of goods",
        "Fig. 1 | Flow",
        "Tabelle 4: Preise",
        "Tableau 2 - Prix",
        "Tabla 1. Precios",
    ],
)
def test_captions_are_known_by_their_first_words(words: str) -> None:
    def draw(pdf: FPDF) -> None:
        _text(pdf, 60)
        pdf.text(72, 200, words.replace(" - ", " : "))
        _text(pdf, 240)

    assert [block.kind for block in _read(draw).blocks].count(BlockKind.CAPTION) == 1


def test_a_sentence_that_speaks_of_a_figure_is_no_caption() -> None:
    def draw(pdf: FPDF) -> None:
        _text(pdf, 60)
        pdf.text(72, 200, "Figure 1 shows how the goods are sent.")

    assert all(block.kind is not BlockKind.CAPTION for block in _read(draw).blocks)


def test_all_numbers_of_a_table_are_finite_and_its_spans_are_in_the_text() -> None:
    def draw(pdf: FPDF) -> None:
        _texts(pdf, _SERVICE, (72, 200, 330))
        _rules(pdf, 186, 205, 240)

    reading = _read(draw)
    for block in _cells(reading):
        assert block.cell is not None
        assert block.box is not None
        assert all(map(math.isfinite, (block.box.x0, block.box.y0, block.box.x1, block.box.y1)))
        assert all(span.end <= len(reading.text) for span in (*block.cell.row_headings, *block.cell.column_headings))
