"""Offsets to positions and back."""

import pytest

from reviewer.domain.anchor import TextSpan
from reviewer.ui.viewmodels.text_map import Piece, make_map

PIECES = [Piece("1.\t"), Piece("a😀b", 10), Piece("\n"), Piece("cd", 20), Piece("ef", 24)]


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (TextSpan(10, 11), [(3, 4)]),
        (TextSpan(11, 12), [(4, 6)]),
        (TextSpan(12, 13), [(6, 7)]),
        (TextSpan(11, 21), [(4, 7), (8, 9)]),
        (TextSpan(20, 26), [(8, 12)]),
        (TextSpan(0, 100), [(3, 7), (8, 12)]),
        (TextSpan(13, 20), []),
        (TextSpan(22, 24), []),
        (TextSpan(11, 11), []),
    ],
)
def test_map_shows_a_span_in_utf16_units(span: TextSpan, shown: list[tuple[int, int]]) -> None:
    assert [(each.start, each.end) for each in make_map(PIECES).shown(span)] == shown


@pytest.mark.parametrize(
    ("position", "offset", "near"),
    [(0, None, 10), (2, None, 10), (3, 10, 10), (4, 11, 11), (5, 11, 11), (7, None, 12), (8, 20, 20), (10, 24, 24)],
)
def test_map_names_the_character_at_a_position(position: int, offset: int | None, near: int) -> None:
    made = make_map(PIECES)

    assert made.offset(position) == offset
    assert made.offset_near(position) == near


def test_map_of_nothing_shows_nothing() -> None:
    made = make_map([])

    assert made.shown(TextSpan(0, 9)) == ()
    assert made.offset(0) is None
    assert made.offset_near(3) == 0
