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

_SPLIT_CASE = str.maketrans({"\u0131": "i", "\u017f": "s"})
"""The two letters that `re.IGNORECASE` takes for others and `str.lower` does not."""


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """A text with the case taken out, in which `needed` words are looked for."""
    return text.lower().translate(_SPLIT_CASE)


def needed(source: str) -> frozenset[str] | None:
    """Strings of which each match of an expression holds at least one; None where nothing can be said.

    Args:
        source: a regular expression whose case is ignored, as `re.compile` takes it; its flags are not looked at.
    """
    found = _of_sequence(_parser.parse(source, re.IGNORECASE))
    return found if found and min(map(len, found)) >= MIN_CHARS else None


def _of_sequence(sequence: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The best of what the parts of a sequence need: the one whose shortest string is the longest."""
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
    return max(options, key=lambda each: (min(map(len, each)), -len(each)), default=None)


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
