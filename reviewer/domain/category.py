"""Categories of contract clauses: by which signs a clause is known to be of one, and which signs it showed."""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import Clause, sentence_starts
from reviewer.domain.literals import folded
from reviewer.domain.playbook import needed_words, occurrences
from reviewer.domain.section import SectionKind

ENOUGH = 1.0
"""A clause whose signs weigh this much is of the category."""
HEADING, ABOVE = 0.6, 0.4
"""What a heading of the category weighs: the clause's own, and one that the clause stands under."""
_ROUNDING = 1e-9
_INNER_STOP = re.compile(r"\.(?=[\w,)])|(?<=\bInc)\.|(?<=\bLtd)\.|(?<=\bCorp)\.|(?<=\bNo)\.")
_SAID_CHARS = 60


class Sign(StrEnum):
    """How much words of a sentence say about its category."""

    SURE = "sure"
    LIKELY = "likely"
    HINT = "hint"
    AGAINST = "against"

    @property
    def weight(self) -> float:
        """What it adds; *sure* is enough by itself."""
        return _WEIGHTS[self]


_FOR = (Sign.SURE, Sign.LIKELY, Sign.HINT)
_WEIGHTS = {Sign.SURE: 1.0, Sign.LIKELY: 0.6, Sign.HINT: 0.4, Sign.AGAINST: -0.8}


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of clause.

    Attributes:
        name: as published.
        kinds: kinds of sections, each with what it weighs.
        headings: words of headings, matched as whole words.
        heading_weight: what a heading of its own weighs.
        signs: expressions as playbooks have them, searched sentence by sentence; those against it come last.
        near: expressions in which it may also be said: where one occurs, nobody may call it missing without a look.
    """

    name: str
    kinds: Mapping[SectionKind, float]
    headings: tuple[str, ...]
    heading_weight: float
    signs: Mapping[Sign, tuple[str, ...]]
    near: tuple[str, ...] = ()

    def names(self, heading: str) -> bool:
        """True where a heading holds one of its words."""
        return bool(heading and self.headings) and _any_of(self.headings).search(heading) is not None

    @property
    def expressions(self) -> Iterator[tuple[Sign, str]]:
        """Every expression with what it is a sign of."""
        return ((sign, each) for sign, listed in self.signs.items() for each in listed)


@cache
def _any_of(headings: tuple[str, ...]) -> re.Pattern[str]:
    """Any of several headings' words, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, headings))})\b", re.IGNORECASE)


@cache
def _screen(*listed: tuple[str, ...]) -> tuple[str, ...] | None:
    """Words one of which stands in every text that any of the expressions occurs in; None where none must."""
    found = set[str]()
    for expression in (each for expressions in listed for each in expressions):
        words = needed_words(expression)
        if words is None:
            return None
        found |= words
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Match:
    """A category of a clause.

    Attributes:
        score: what its signs weigh together; `ENOUGH` and more for a clause of the category.
        reason: the signs, in one line for the reader.
        words: where words that speak for it stand in the clause's own text, the weightiest first.
    """

    category: str
    score: float
    reason: str
    words: tuple[TextSpan, ...]

    @property
    def confidence(self) -> float:
        """From 0.5 for signs that are just enough, halfway to 1 with each sure sign more. No probability."""
        return round(1 - math.exp2(-self.score), 2)


def match(clause: Clause, categories: Sequence[Category]) -> tuple[Match, ...]:
    """The categories that a clause is of, in their order.

    A clause is of a category when the signs of its heading, of the headings above it, of its kind, and of one sentence
    together weigh enough: of the sentence in which they weigh most, so that a negation elsewhere takes nothing away.
    """
    reading = _Reading(clause)
    found = (_weighed(reading, category) for category in categories)
    return tuple(each for each in found if each.score >= ENOUGH - _ROUNDING)


def speaks(clause: Clause, category: Category) -> Match:
    """How far a clause speaks about a category at all: what speaks against it takes nothing away.

    *There are no third party beneficiaries* speaks about them.
    """
    return _weighed(_Reading(clause), category, without=Sign.AGAINST)


class _Reading:
    """A clause's text with the sentence it goes on with, and without full stops that end no sentence."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.plain = f"{clause.lead} {clause.text}" if clause.lead else clause.text
        self.text = _INNER_STOP.sub("·", self.plain)
        self.start = len(self.plain) - len(clause.text)
        self.body = self.start + clause.body
        self.starts = sentence_starts(self.plain)
        self._folded = folded(self.text)

    def may_speak_of(self, category: Category) -> bool:
        """False where no sign for a category can be in the text; tells most of them apart at little cost."""
        words = _screen(*(category.signs.get(sign, ()) for sign in _FOR))
        return words is None or any(word in self._folded for word in words)

    def is_heading(self, span: TextSpan) -> bool:
        """True for words of the clause's heading: they are weighed as a heading, once."""
        return self.start <= span.start and span.end <= self.body

    def own(self, span: TextSpan) -> TextSpan | None:
        """The part of a span that is of the clause's own text."""
        start, end = max(span.start, self.start), span.end
        return TextSpan(start - self.start, end - self.start) if end > start else None


def _weighed(reading: _Reading, category: Category, without: Sign | None = None) -> Match:
    weight, said = _around(reading.clause, category)
    best, spans = 0.0, list[TextSpan]()
    for score, words in _by_sentence(reading, category, without):
        if score > best:
            best, spans = score, words
    if spans:
        said.append("words " + ", ".join(_quoted(span.of(reading.plain)) for span in spans))
    own = tuple(each for each in map(reading.own, spans) if each)
    return Match(category.name, round(weight + best, 2), "; ".join(said), own)


def _around(clause: Clause, category: Category) -> tuple[float, list[str]]:
    """What kind and headings weigh, and how that is said."""
    weight, said = category.kinds.get(clause.kind, 0.0), list[str]()
    if weight > 0:
        said.append(f"the part is of the kind “{clause.kind}”")
    if category.names(clause.heading):
        return weight + category.heading_weight, [*said, f"heading {_quoted(clause.heading)}"]
    for heading in clause.above:
        if category.names(heading):
            return weight + ABOVE, [*said, f"under the heading {_quoted(heading)}"]
    return weight, said


def _by_sentence(reading: _Reading, category: Category, without: Sign | None) -> list[tuple[float, list[TextSpan]]]:
    """What the signs of each sentence weigh, and where those for the category are, the weightiest first."""
    if not reading.may_speak_of(category):
        return []
    scores: dict[int, float] = defaultdict(float)
    spans: dict[int, list[tuple[float, TextSpan]]] = defaultdict(list)
    for sign, expression in category.expressions:
        if sign is without or (sign is Sign.AGAINST and not scores):
            continue  # where nothing speaks for it, nobody need know what speaks against it
        seen = set[int]()
        for span in occurrences(expression, reading.text):
            sentence = bisect_right(reading.starts, span.start)
            if sentence in seen or reading.is_heading(span):
                continue
            seen.add(sentence)
            scores[sentence] += sign.weight
            if sign is not Sign.AGAINST:
                spans[sentence].append((-sign.weight, span))
    return [(scores[each], [span for _, span in sorted(spans[each])]) for each in sorted(scores)]


def _quoted(words: str) -> str:
    shown = " ".join(words.split())
    return f"“{shown[:_SAID_CHARS].rstrip()}…”" if len(shown) > _SAID_CHARS else f"“{shown}”"
