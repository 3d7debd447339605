"""Pages that are pictures of text, and the words recognised on them."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import msgspec

MAX_EDGE = 4000
"""Pixels of a picture's longer edge."""
MAX_WORDS = 20_000
"""On one page."""


class Picture(msgspec.Struct, frozen=True):
    """A page as grey pixels, one byte each (0 is black), row by row from the top left.

    Attributes:
        dpi: pixels per inch of the page.
    """

    width: int
    height: int
    dpi: int
    pixels: bytes


class Word(msgspec.Struct, frozen=True):
    """A recognised word.

    Attributes:
        text: its characters, without blanks.
        line: which printed line it is on; words of one line follow each other in reading order.
        left, top, right, bottom: in pixels of the picture as it was handed over, from its top left.
        turned: quarter turns clockwise that make it upright.
        confidence: from 0 to 1.
    """

    text: str
    line: int
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    turned: int = 0


Recognize: TypeAlias = Callable[[Iterable[Picture]], Iterator[tuple[Word, ...]]]
"""The words of each picture in order; none where it could not be recognised. Pictures are asked for one by one."""


def is_sound(picture: Picture) -> bool:
    """Whether its pixels are as many as its size says, and not too many."""
    return (
        1 <= picture.width <= MAX_EDGE
        and 1 <= picture.height <= MAX_EDGE
        and picture.dpi >= 1
        and len(picture.pixels) == picture.width * picture.height
    )
