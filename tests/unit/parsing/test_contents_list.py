"""Tables of contents, with leaders, without, and run on in one paragraph."""

import pytest

from reviewer.domain.document import BlockKind, Style
from reviewer.parsing.contents_list import find_contents
from reviewer.parsing.paragraphs import Paragraph

BODY = ["ARTICLE I", "DEFINITIONS", "The words below have these meanings.", "More text of the contract.", "And more."]


def found(*texts: str, style: str = "") -> tuple[int, int]:
    paragraphs = [
        Paragraph(0, text, 0, BlockKind.PARAGRAPH, None, None, Style(name=style if text not in BODY else ""), None)
        for text in (*texts, *BODY)
    ]
    return find_contents(paragraphs)


def test_entries_with_leaders_need_no_title() -> None:
    assert found("AGREEMENT", "1. Terms ........ 1", "2. Fees ........ 2", "3. Law ........ 3") == (1, 4)


def test_entries_under_a_title_need_no_leaders() -> None:
    entries = ["ARTICLE I : DEFINITIONS1", "2.1 Engagement.. 5", "2.2 Cooperation 5", "ARTICLE III : TERM7"]
    assert found("TABLE OF CONTENTS", *entries) == (0, 5)


def test_entries_may_run_on_in_one_paragraph() -> None:
    texts = ["ARTICLE I DEFINITIONS", "Section 1.01 Definitions 2 Section 1.02 Interpretation 8 Section 1.03 Notices 9"]
    assert found("TABLE OF CONTENTS", *texts, "i") == (0, 3)


def test_entries_are_known_by_their_style() -> None:
    assert found("Contents", "Terms", "Fees", "Law", style="toc 1") == (0, 4)


@pytest.mark.parametrize(
    "texts",
    [
        ["Contents", "Clause one of this is about 12", "The next names 3", "And this 1"],
        ["TABLE OF CONTENTS", "The price of each part is 20", "It has no page"],
        ["AGREEMENT", "It ends on day 3", "It costs 4", "It weighs 5"],
    ],
)
def test_text_that_ends_with_figures_is_no_table_of_contents(texts: list[str]) -> None:
    assert found(*texts) == (0, 0)


def test_entries_in_the_paragraph_of_their_title_are_contents() -> None:
    assert found("CONTENTS\n1. Rent 2\n2. Term 3\n3. Law 5") == (0, 1)


def test_entries_without_pages_are_contents_where_they_come_back_as_headings() -> None:
    headings = ["1. RENT", "2. TERM", "3. LAW"]
    text = [piece for heading in headings for piece in (heading, "The words below it.")]
    assert found("CONTENTS", "1. Rent", "2. Term", "3. Law", *text) == (0, 4)
    assert found("CONTENTS\n1. Rent\n2. Term\n3. Law", *text) == (0, 1)
    assert found("CONTENTS\n1. Rent\n2. Trees\n3. Bees", *text) == (0, 0)
