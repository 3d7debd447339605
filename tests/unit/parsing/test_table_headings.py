from reviewer.domain.anchor import TextSpan
from reviewer.domain.document import Block, BlockKind, Cell
from reviewer.parsing.html_page import read_html
from reviewer.parsing.reading import Reading
from reviewer.parsing.table_headings import CellWords, TableCount, is_head, is_number, with_headings


def _headings(reading: Reading, words: str) -> tuple[list[str], list[str]]:
    block = next(block for block in reading.blocks if block.span.of(reading.text) == words)
    assert block.cell is not None
    return (
        [span.of(reading.text) for span in block.cell.row_headings],
        [span.of(reading.text) for span in block.cell.column_headings],
    )


def _page(table: str) -> Reading:
    return read_html(f"<html><body><table>{table}</table></body></html>".encode(), lambda _page, _pages: None)


def test_cells_of_a_web_page_know_what_stands_over_and_beside_them() -> None:
    reading = _page(
        "<tr><th>Severity<th>Response time</tr><tr><td>Severity 1<td>4 hours</tr><tr><td>Severity 2<td>8 hours</tr>"
    )
    assert _headings(reading, "8 hours") == (["Severity 2"], ["Response time"])
    assert _headings(reading, "Response time") == ([], [])


def test_cells_behind_one_that_reaches_down_stand_in_their_own_columns() -> None:
    reading = _page(
        "<tr><th>Region<th>Year<th>Sum</tr><tr><td rowspan=2>North<td>2023<td>10</tr><tr><td>2024<td>20</tr>"
    )
    assert _headings(reading, "20")[1] == ["Sum"]


def test_a_heading_over_two_columns_heads_both() -> None:
    reading = _page("<tr><th>Model<th colspan=2>Accuracy</tr><tr><td>CNN<td>84<td>87</tr>")
    assert _headings(reading, "87")[1] == ["Accuracy"]


def test_a_list_of_names_and_values_has_no_heading_row() -> None:
    reading = _page("<tr><td>Customer<td>Acme</tr><tr><td>Term<td>12 months</tr>")
    assert _headings(reading, "12 months") == (["Term"], [])


def test_tables_in_cells_are_counted_apart() -> None:
    count = TableCount()
    count.begin_table()
    count.next_row()
    assert count.next_cell() == Cell(1, 1, 1)
    count.begin_table()
    count.next_row()
    assert count.next_cell(2) == Cell(2, 1, 1, 2)
    count.end_table()
    assert count.next_cell() == Cell(1, 1, 2)


def test_outside_of_a_table_there_is_no_cell() -> None:
    assert TableCount().next_cell() is None


def test_long_words_are_no_heading() -> None:
    words = "x" * 300
    blocks = [
        Block(TextSpan(0, 300), BlockKind.TABLE_CELL, cell=Cell(1, 1, 1)),
        Block(TextSpan(301, 302), BlockKind.TABLE_CELL, cell=Cell(1, 1, 2)),
    ]
    found = with_headings(words + "\ny", blocks, {})
    assert found[1].cell == Cell(1, 1, 2)


def _row(*texts: str, bold: bool = False) -> list[CellWords]:
    return [CellWords(column, text, bold) for column, text in enumerate(texts, start=1)]


def test_words_over_figures_and_bold_words_over_others_are_headings() -> None:
    assert is_head(_row("Item", "Fee"), [_row("A", "$5"), _row("B", "$6")])
    assert is_head(_row("Item", "Note", bold=True), [_row("A", "b")])
    assert not is_head(_row("A", "$5"), [_row("B", "$6"), _row("C", "$7")])


def test_amounts_times_and_dashes_are_figures_and_words_are_not() -> None:
    assert all(
        map(is_number, ["4 hours", "$1,000.00", "93.3*", "(1.2)", "—", "90.41 ± 0.06", "28.9M (35.6%)", "[ * ]"])
    )
    assert not any(map(is_number, ["Severity 1", "to be agreed", "", "Q4 report"]))
