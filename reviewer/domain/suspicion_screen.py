"""Whether a concept of suspicion can be in a stretch at all, told by words it cannot do without.

Each expression of `reviewer.domain.suspicion_words` is a hundred ways to say one thing. It matches where one of them
does; and each of them needs a word (`reviewer.domain.literals`), which the stretch mostly does not hold. Only where it
does is that way searched for, and the whole expression only where one way was found: the same results, ten times as
fast.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reviewer.domain.anchor import TextSpan
from reviewer.domain.literals import all_needed, folded
from reviewer.domain.suspicion_words import EXPRESSIONS

_PIECE = 3
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:[-a-z]*:|<?[=!]))?|[)|]|[^\\\[()|]+", re.DOTALL)
_QUANTIFIER = ("*", "+", "?", "{")
_PLAIN_GROUP = re.compile(r"\(\?(?:-?i)?:\Z")


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of an expression: where it begins and ends, what opens it, its alternatives."""

    start: int
    end: int
    opening: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """A way to say a concept: sets of words, of each of which it needs one, and the expression that finds it."""

    concept: str
    needs: tuple[frozenset[str], ...]
    expression: str


@cache
def concept(name: str) -> re.Pattern[str]:
    """The expression of a concept, its case ignored."""
    return re.compile(EXPRESSIONS[name], re.IGNORECASE)


class Screen:
    """Tells of each concept whether a stretch of a text holds it; exact.

    Args:
        plain: an undisguised text.
        stretch: of it.
    """

    def __init__(self, plain: str, stretch: TextSpan) -> None:
        self._plain, self._stretch = plain, stretch
        self._folded = folded(stretch.of(plain))
        pieces = {self._folded[at : at + _PIECE] for at in range(len(self._folded) - _PIECE + 1)}
        short, by_piece = _words()
        present = {word for word in short if word in self._folded}
        for piece in by_piece.keys() & pieces:
            for word in by_piece[piece]:
                if word in self._folded:
                    present.add(word)
        self._told: dict[str, bool] = {}
        self._found: dict[str, set[_Way]] = {}
        for word in (*present, ""):
            for way in _by_word().get(word, ()):
                if not any(present.isdisjoint(words) for words in way.needs):
                    self._found.setdefault(way.concept, set()).add(way)

    def holds_all(self, names: Sequence[str]) -> bool:
        """Whether all concepts of these names are there; those that are told soonest are looked for first."""
        found = self._found
        if not all(name in found for name in names):
            return False
        return all(map(self._holds, sorted(names, key=lambda name: len(found[name]))))

    def _holds(self, name: str) -> bool:
        if name not in self._told:
            start, end = self._stretch.start, self._stretch.end
            self._told[name] = any(
                _compiled(way.expression).search(self._plain, start, end) for way in self._found[name]
            )
        return self._told[name]


@cache
def _by_word() -> dict[str, tuple[_Way, ...]]:
    """Each way under each word of the set it needs that is told from afar best; under none where it needs none."""
    found: dict[str, list[_Way]] = {}
    for name in EXPRESSIONS:
        for way in _ways(name):
            for word in max(way.needs, key=lambda words: min(map(len, words)), default=("",)):
                found.setdefault(word, []).append(way)
    return {word: tuple(several) for word, several in found.items()}


@cache
def _words() -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """All words that ways need: the short ones, and the others by how they begin."""
    every = {word for name in EXPRESSIONS for way in _ways(name) for words in way.needs for word in words}
    by_piece: dict[str, list[str]] = {}
    for word in sorted(each for each in every if len(each) >= _PIECE):
        by_piece.setdefault(word[:_PIECE], []).append(word)
    short = tuple(sorted(each for each in every if len(each) < _PIECE))
    return short, {piece: tuple(words) for piece, words in by_piece.items()}


@cache
def _ways(name: str) -> tuple[_Way, ...]:
    """The ways to say a concept; those that need the same words are one."""
    found: dict[tuple[frozenset[str], ...], list[str]] = {}
    for way in ways(EXPRESSIONS[name]):
        found.setdefault(all_needed(way), []).append(way)
    return tuple(_Way(name, needs, "|".join(several)) for needs, several in found.items())


@cache
def _compiled(way: str) -> re.Pattern[str]:
    return re.compile(way, re.IGNORECASE)


def ways(expression: str) -> Iterator[str]:
    """Expressions one of which matches wherever the given one does, and which match nowhere else.

    They are its alternatives, and where one is mostly a group of alternatives, it with each of these alone.

    Args:
        expression: without conditions and references to groups.
    """
    for alternative in _alternatives(expression):
        group = max(_groups(alternative), key=lambda each: len(each.alternatives), default=None)
        if group is None or len(group.alternatives) == 1:
            yield alternative
            continue
        before, after = alternative[: group.start], alternative[group.end :]
        for inner in group.alternatives:
            yield f"{before}{group.opening}{inner}){after}"


def _alternatives(expression: str) -> tuple[str, ...]:
    found, depth, last = [], 0, 0
    for token in _TOKEN.finditer(expression):
        depth += (token[0][0] == "(") - (token[0] == ")")
        if token[0] == "|" and depth == 0:
            found.append(expression[last : token.start()])
            last = token.end()
    return (*found, expression[last:])


def _groups(alternative: str) -> Iterator[_Group]:
    """The outermost groups that stand once, and only hold together what is in them."""
    depth, start, opening = 0, 0, ""
    for token in _TOKEN.finditer(alternative):
        if token[0][0] == "(":
            if depth == 0:
                start, opening = token.start(), token[0]
            depth += 1
        elif token[0] == ")":
            depth -= 1
            is_once = not alternative.startswith(_QUANTIFIER, token.end())
            if depth == 0 and is_once and _PLAIN_GROUP.match(opening):
                inner = alternative[start + len(opening) : token.start()]
                yield _Group(start, token.end(), opening, _alternatives(inner))
