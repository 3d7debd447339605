"""Plain text and Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.document import BlockKind
from reviewer.domain.errors import InputError
from reviewer.parsing.plain import read_markdown, read_plain


def _texts(data: bytes) -> list[str]:
    reading = read_plain(data)
    return [block.span.of(reading.text) for block in reading.blocks]


def test_plain_keeps_every_character_and_makes_line_ends_one() -> None:
    assert read_plain(b"one\r\ntwo\rthree\n\n  four ").text == "one\ntwo\nthree\n\n  four "


def test_plain_takes_lines_between_blank_ones_as_a_block() -> None:
    assert _texts(b"one\ntwo\n \n\n  three\n") == ["one\ntwo", "three"]


def test_plain_takes_each_line_as_a_block_where_lines_are_not_wrapped() -> None:
    long = "word " * 50
    assert _texts(f"Title\n{long}\nNext".encode()) == ["Title", long.strip(), "Next"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_reads_unicode(encoding: str) -> None:
    reading = read_plain("Größe “x”".encode(encoding))
    assert reading.text == "Größe “x”"
    assert reading.warnings == ()


def test_plain_warns_when_the_encoding_is_guessed() -> None:
    reading = read_plain("Größe “x”".encode("cp1252"))
    assert reading.text == "Größe “x”"
    assert [warning.code for warning in reading.warnings] == ["encoding_guessed"]


def test_plain_refuses_white_space() -> None:
    with pytest.raises(InputError, match="empty_file"):
        read_plain(b" \n\t\n")


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\r\t"), min_size=1).filter(str.strip)
)
def test_plain_blocks_are_in_order_and_hold_all_that_is_not_white_space(text: str) -> None:
    reading = read_plain(text.encode("utf-8", "replace"))
    ends = [0, *(block.span.end for block in reading.blocks)]
    assert all(end <= block.span.start for end, block in zip(ends, reading.blocks, strict=False))
    kept = "".join(block.span.of(reading.text) for block in reading.blocks)
    assert "".join(kept.split()) == "".join(reading.text.split())


def test_markdown_marks_headings_with_their_level() -> None:
    reading = read_markdown(b"# Title\nText\ngoes on\n## Part\n\n```\n# no heading\n```\n#hash\n")
    found = [(block.kind, block.level, block.span.of(reading.text)) for block in reading.blocks]
    assert found == [
        (BlockKind.HEADING, 1, "Title"),
        (BlockKind.PARAGRAPH, None, "Text\ngoes on"),
        (BlockKind.HEADING, 2, "Part"),
        (BlockKind.PARAGRAPH, None, "```\n# no heading\n```\n#hash"),
    ]
