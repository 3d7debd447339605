from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.providers.lines import EventStream, LineCutter


def lines_of(*pieces: bytes, longest: int = 100) -> tuple[list[bytes], bytes]:
    cutter = LineCutter(longest)
    return [line for piece in pieces for line in cutter.cut(piece)], cutter.rest()


@pytest.mark.parametrize(
    ("pieces", "lines", "rest"),
    [
        ((b"a\nb\n",), [b"a", b"b"], b""),
        ((b"a\r\nb\r\n",), [b"a", b"b"], b""),
        ((b"a\rb\rc",), [b"a", b"b"], b"c"),
        ((b"a\r", b"\nb\n"), [b"a", b"b"], b""),
        ((b"a\r", b"b\n"), [b"a", b"b"], b""),
        ((b"a", b"b", b"\nc"), [b"ab"], b"c"),
        ((b"\n\r\n\n",), [b"", b"", b""], b""),
        ((b"a\r",), [], b"a"),
        ((), [], b""),
        ((b"a\xe2\x80\xa8b\x0b\x0cc\x85\n",), [b"a\xe2\x80\xa8b\x0b\x0cc\x85"], b""),
    ],
)
def test_lines_end_with_lf_cr_or_both(pieces: tuple[bytes, ...], lines: list[bytes], rest: bytes) -> None:
    assert lines_of(*pieces) == (lines, rest)


@given(st.text("ab\r\n"), st.lists(st.integers(0, 40)))
def test_where_pieces_are_cut_makes_no_difference(text: str, cuts: list[int]) -> None:
    data = text.encode()
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    pieces = [data[begin:end] for begin, end in pairwise(places)]

    lines, rest = lines_of(*pieces)

    expected = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    assert [*lines, rest] == (expected[:-1] if data.endswith(b"\r") else expected)


@pytest.mark.parametrize("pieces", [(b"x" * 11,), (b"x" * 6, b"x" * 5), (b"x" * 11 + b"\n",), (b"x" * 9, b"xx\n")])
def test_a_line_that_is_too_long_is_refused(pieces: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="too long"):
        lines_of(*pieces, longest=10)


def test_a_line_of_the_longest_length_is_taken() -> None:
    assert lines_of(b"x" * 9 + b"\n", b"x" * 10, longest=10) == ([b"x" * 9], b"x" * 10)


@pytest.mark.parametrize(
    ("lines", "events"),
    [
        ([b"data: a", b"", b"data:b", b""], [b"a", b"b"]),
        ([b"data: {", b"data:  1}", b""], [b"{\n 1}"]),
        ([b": keep-alive", b"", b"event: ping", b"id: 3", b"retry: 10", b"", b"data: a", b""], [b"a"]),
        ([b"\xef\xbb\xbfdata: a", b""], [b"a"]),
        ([b"data", b"data: a", b""], [b"\na"]),
        ([b"data: never ended"], []),
    ],
)
def test_events_are_put_together_from_lines(lines: list[bytes], events: list[bytes]) -> None:
    told: list[bytes] = []

    def tell(data: bytes) -> bool:
        told.append(data)
        return False

    stream = EventStream(tell)

    assert not sum(stream.hear(line) for line in lines)
    assert told == events


def test_the_last_event_is_said_to_be_the_last() -> None:
    stream = EventStream(lambda data: data == b"[DONE]")

    assert [stream.hear(line) for line in (b"data: 1", b"", b"data: [DONE]", b"")] == [False, False, False, True]
