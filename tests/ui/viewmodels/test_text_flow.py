"""Line ends, hyphens and marks."""

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.ui.viewmodels.text_flow import LINE_BREAK, Flow, LineEnds, one_line, wrapped_parts

LONG = "x" * 50


def flowed(text: str, ends: LineEnds, of: str | None = None, *, is_markdown: bool = False) -> str:
    made = Flow(text if of is None else of, is_markdown=is_markdown).flow(text, ends)
    assert len(made.text) == len(text)
    kept, start = "", 0
    for gap in (*made.dropped, TextSpan(len(text), len(text))):
        assert gap.start >= start
        kept += made.text[start : gap.start]
        start = gap.end
    return kept


@pytest.mark.parametrize(
    ("text", "of", "shown"),
    [
        ("two\nlines", "", "two lines"),
        ("the imple-\nmentation", "", "the implementation"),
        ("the well-\nknown", "a well known and well kept secret", "the well-known"),
        ("self-\ncontained", "a self-contained part", "self-contained"),
        ("Anglo-\nSaxon", "", "Anglo-Saxon"),
        ("soft\u00ad\nware", "", "software"),
        ("pages 3-\n4", "", "pages 3- 4"),
        ("日本\n語", "", "日本語"),
    ],
)
def test_flow_joins_printed_lines(text: str, of: str, shown: str) -> None:
    assert flowed(text, LineEnds.PRINTED, of) == shown


def test_flow_keeps_line_ends_that_are_meant() -> None:
    assert flowed("one\ntwo", LineEnds.MEANT) == f"one{LINE_BREAK}two"


def test_flow_joins_full_lines_of_plain_text_only() -> None:
    assert flowed(f"{LONG}\nshort\nlast", LineEnds.WRAPPED) == f"{LONG} short{LINE_BREAK}last"


def test_flow_shows_one_space_for_many_in_plain_text() -> None:
    assert flowed("1.   Name    of", LineEnds.WRAPPED) == "1. Name of"


def test_flow_hides_the_marks_of_markdown_there_only() -> None:
    text = 'The **Term** of <span class="x">this</span> 2 < 3\\.'

    assert flowed(text, LineEnds.WRAPPED, is_markdown=True) == "The Term of this 2 < 3."
    assert flowed(text, LineEnds.WRAPPED) == text


def test_flow_replaces_what_qt_would_read_as_its_own() -> None:
    assert flowed("a\rb\u2029c\ufdd0d\ufffce\ud800", LineEnds.MEANT) == f"a b{LINE_BREAK}c\ufffdd\ufffde\ufffd"


def test_number_is_one_line_of_harmless_characters() -> None:
    assert one_line(" 1\t.\n2\u2029") == "1 . 2"


def test_plain_text_is_cut_where_lines_begin_like_items() -> None:
    text = "Fees:\n  (a) one\n      more\n  (b) two\n- three"

    parts = [span.of(text) for span in wrapped_parts(text, TextSpan(0, len(text)))]

    assert parts == ["Fees:", "  (a) one\n      more", "  (b) two", "- three"]
