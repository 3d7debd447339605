import re

from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.line_ids import (
    apart_from_marks,
    count_lines,
    fence_line,
    fence_of,
    line_tag,
    prompt_marks,
    unmarked,
    with_line_ids,
    without_line_ids,
)

FENCE, OTHER = "ab" * 16, "cd" * 16


def test_tag_follows_from_the_fence() -> None:
    assert line_tag(FENCE) == line_tag(FENCE) != line_tag(OTHER)
    assert len(line_tag(FENCE)) == 7
    assert line_tag("") == ""


def test_each_line_gets_an_id_of_its_own() -> None:
    tag = line_tag(FENCE)
    assert with_line_ids("a\nb", FENCE, 9) == f"{tag}9|a\n{tag}10|b"
    assert with_line_ids("a\nb", "") == "a\nb"
    assert count_lines("a\r\nb\u2028c") == 3


@given(st.text(alphabet="ab \n|1", max_size=40))
def test_ids_can_be_taken_out_again(text: str) -> None:
    assert without_line_ids(with_line_ids(text, FENCE), FENCE) == text


def test_marks_of_a_message_are_told_from_its_words() -> None:
    message = f"{fence_line(FENCE)}\n{with_line_ids('a 1|', FENCE)}"
    pieces = apart_from_marks(message, FENCE)
    assert pieces == ["=== ", FENCE, " ===\n", f"{line_tag(FENCE)}1|", "a 1|"]
    assert apart_from_marks("a", "") == ["a"]


def test_ids_of_another_fence_stay() -> None:
    marked = with_line_ids("a", OTHER)
    assert without_line_ids(marked, FENCE) == marked
    assert without_line_ids(marked, "") == marked


def test_fence_is_found_in_a_message() -> None:
    assert fence_of(f"Part: 1\n{fence_line(FENCE)}\nx") == FENCE
    assert fence_of("no fence") == ""


def test_messages_about_the_same_text_are_alike_without_their_marks() -> None:
    first, second = (
        f"{fence_line(fence)}\n{with_line_ids('a', fence)}\n{fence_line(fence)}" for fence in (FENCE, OTHER)
    )
    assert unmarked(first, FENCE) == unmarked(second, OTHER) == "=== ===\na\n=== ==="
    assert unmarked("plain", "") == "plain"


def test_no_reply_may_hold_fence_or_tag() -> None:
    assert prompt_marks(FENCE) == (FENCE, line_tag(FENCE))
    assert prompt_marks("") == ()


@given(st.text(alphabet="7|1x", max_size=40).map(lambda text: text.replace("7", line_tag(FENCE))))
def test_ids_are_taken_out_as_an_expression_would(text: str) -> None:
    assert without_line_ids(text, FENCE) == re.sub(rf"{line_tag(FENCE)}\d+\|", "", text)
