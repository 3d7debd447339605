"""What is a running foot or a page number, and what only looks like one."""

from reviewer.parsing.pdf_furniture import PageRows, find_furniture
from reviewer.parsing.pdf_rows import Row


def row(text: str, y: float) -> Row:
    return Row(text, (0.0, 100.0), 0.0, y, 100.0, y + 10.0, 10.0, 0.0, 0.0)


def test_rest_of_an_identifier_at_the_top_of_a_page_is_no_page_number() -> None:
    tops = ["201425339", "12", "13"]
    pages = [PageRows([row(top, 20.0), row("Words of the text go on here.", 300.0)], 800.0) for top in tops]
    found = find_furniture(pages)
    assert [[each.text for each in top] for top, _ in found] == [[], ["12"], ["13"]]
