"""Words without which an expression cannot match: looking for them first is a hundred times faster than searching.

Most expressions of a playbook match nothing in most clauses. CPython finds a fixed string with a few instructions a
character; the matcher of regular expressions starts anew at each word.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]  # no public name gives the parsed form
from typing import Any

MIN_CHARS = 3
"""Shorter strings are in nearly every text."""
_LEAST_CHARS = 2

_SPLIT_CASE = str.maketrans("\u0130\u0131\u017f\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87", "iisвдосттъѣ")
"""The letters that `re.IGNORECASE` takes for Latin or Cyrillic ones and `str.lower` does not."""


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """A text with the case taken out, in which `needed` words are looked for."""
    return text.lower() if text.isascii() else text.translate(_SPLIT_CASE).lower()


def needed(source: str) -> frozenset[str] | None:
    """Strings of which each match of an expression holds at least one; None where nothing can be said.

    Args:
        source: a regular expression whose case is ignored, as `re.compile` takes it; its flags are not looked at.
    """
    found = _of_sequence(_parser.parse(source, re.IGNORECASE))
    return found if found and min(map(len, found)) >= MIN_CHARS else None


def all_needed(source: str) -> tuple[frozenset[str], ...]:
    """Sets of strings; each match of an expression holds at least one of every set. Shorter strings than in `needed`.

    Args:
        source: as of `needed`.
    """
    return tuple(each for each in _options(_parser.parse(source, re.IGNORECASE)) if min(map(len, each)) >= _LEAST_CHARS)


def _of_sequence(sequence: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The best of what the parts of a sequence need: the one whose shortest string is the longest."""
    return max(_options(sequence), key=lambda each: (min(map(len, each)), -len(each)), default=None)


def _options(sequence: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What each part of a sequence needs."""
    options: list[frozenset[str]] = []
    run = ""
    for kind, value in sequence:
        name = str(kind)
        if name == "LITERAL":
            run += folded(chr(value))
            continue
        options += [frozenset((run,))] if run else []
        run = ""
        inner = _of_part(name, value)
        options += [inner] if inner else []
    options += [frozenset((run,))] if run else []
    return options


def _of_part(name: str, value: Any) -> frozenset[str] | None:
    match name:
        case "SUBPATTERN":
            return _of_sequence(value[-1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if value[0] > 0:
            return _of_sequence(value[-1])
        case "BRANCH":
            branches = [_of_sequence(branch) for branch in value[1]]
            return frozenset().union(*filter(None, branches)) if all(branches) else None
        case "ATOMIC_GROUP":
            return _of_sequence(value)
    return None
