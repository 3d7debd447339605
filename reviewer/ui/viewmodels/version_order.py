"""Which of two files is the earlier version: a guess from names and dates, for a person to swap."""

import re
from itertools import zip_longest

_NUMBER = re.compile(r"\d+")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-._ ])(\d{1,2})\2(\d{4})(?!\d)")
_EARLIER = frozenset({"old", "original", "previous", "earlier", "sent", "draft", "alt", "ancien"})
_LATER = frozenset({"new", "revised", "returned", "received", "later", "signed", "final", "neu", "nouveau"})


def is_earlier(name: str, modified_s: float, other: str, other_modified_s: float) -> bool:
    """Whether the first file is the earlier one; where nothing tells, it is.

    Args:
        name: of the first file, without what is behind its last dot.
        modified_s: when it was changed last, in seconds since 1970; 0 where that is not known.
        other: name of the second file.
        other_modified_s: when that was changed last.
    """
    by_name = _by_numbers(name, other) or _by_words(name, other) or _by_length(name, other)
    if by_name:
        return by_name < 0
    return not (modified_s and other_modified_s and modified_s > other_modified_s)


def _by_numbers(name: str, other: str) -> int:
    """Of names that differ in numbers only: -1 where the first has the smaller one, 1 where the second has; else 0."""
    one, two = (_DAY_FIRST.sub(r"\4\2\3\2\1", each.casefold()) for each in (name, other))
    if _NUMBER.sub("#", one) != _NUMBER.sub("#", two):
        return 0
    pairs = zip_longest(map(int, _NUMBER.findall(one)), map(int, _NUMBER.findall(two)), fillvalue=0)
    return next((-1 if a < b else 1 for a, b in pairs if a != b), 0)


def _by_words(name: str, other: str) -> int:
    """By words that say which one it is, where only one of the names has them."""
    one, two = (set(re.findall(r"[^\W\d_]+", each.casefold())) for each in (name, other))
    age = [bool(_LATER & (words - rest)) - bool(_EARLIER & (words - rest)) for words, rest in ((one, two), (two, one))]
    return (age[0] > age[1]) - (age[0] < age[1])


def _by_length(name: str, other: str) -> int:
    """A version is often called like the one before with something behind it."""
    if name == other:
        return 0
    return other.casefold().startswith(name.casefold()) * -1 or int(name.casefold().startswith(other.casefold()))
