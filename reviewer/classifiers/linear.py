"""The route classifier: a linear model over words and characters, trained in milliseconds from a few examples."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

from reviewer.classifiers.style import style_of
from reviewer.classifiers.views import CountView, StyleView
from reviewer.classifiers.words import grams, stem, stems, words_of

MAX_CHARS = 20_000
"""Of a longer text only the beginning is read."""
_TRIALS = 120
"""Examples that are left out, one after another, to learn how far scores can be trusted."""
_CONTENT_SCALES = (0.0, 2.0, 4.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0)
_STYLE_SCALES = (0.0, 0.05, 0.1, 0.2, 0.35, 0.5)
_USUAL_CONTENT_SCALE = 16.0
_USUAL_STYLE_SPREAD = 0.25
"""What is believed until examples show something else: contents tell as much as they usually do, and style nothing."""
_LEAST_CHANCE = 1e-9
_DOUBT = 2
_SHOWN_WORDS = 4
_TELLING_CHARS = 4
"""Shorter words speak for a class, too, but say little to a reader."""

Trial: TypeAlias = tuple[int, list[float], list[float]]


@dataclass(frozen=True, slots=True)
class Guess:
    """A class and how likely it is, from 0 to 1; ``words``: those of the text that speak for it most."""

    label: str
    probability: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the class it belongs to."""

    text: str
    label: str


class LinearClassifier:
    """Tells which class a text belongs to. Deterministic; knows no language.

    Three views (beginnings of words, characters in a row, style) are each compared with the middle of a class's
    examples; the name and description of a class count as one example more. How much the contents and the style say is
    learnt by leaving out one example after another, by the likelihood of its class; so is what a score is worth as a
    probability. Training takes about a millisecond an example, a text of a sentence less than one.

    Args:
        examples: at least one.
        names: what each class is called and described as; classes come out in this order.
    """

    def __init__(self, examples: Sequence[Example], names: Mapping[str, str]) -> None:
        self.labels = tuple(names)
        place = {label: index for index, label in enumerate(self.labels)}
        self._count = len(examples)
        self._words = [words_of(text[:MAX_CHARS]) for text in (*(each.text for each in examples), *names.values())]
        classes = [*(place[each.label] for each in examples), *range(len(names))]
        self._classes = classes
        self._stems = CountView([stems(each) for each in self._words], classes, len(names))
        self._grams = CountView([grams(each) for each in self._words], classes, len(names))
        styles = [style_of(each.text[:MAX_CHARS]) for each in examples]
        self._style = StyleView(styles, classes[: self._count], len(names))

    def classify(self, text: str) -> tuple[Guess, ...]:
        """All classes, the most likely first; of equals the one that was named first. Empty where no word is known."""
        words = words_of(text[:MAX_CHARS])
        content = self._content(words)
        if not any(content):
            return ()
        content_scale, style_scale = self._scales
        style = self._style.scores(style_of(text[:MAX_CHARS])) if style_scale else [0.0] * len(content)
        found = self._tempered(_probabilities(content, style, content_scale, style_scale))
        order = sorted(range(len(found)), key=lambda index: -found[index])
        first = Guess(self.labels[order[0]], found[order[0]], self._speaking(words, order) if content_scale else ())
        return (first, *(Guess(self.labels[index], found[index]) for index in order[1:]))

    def _tempered(self, probabilities: list[float]) -> list[float]:
        """As if two more examples had been seen, of any class: so few as there are cannot show certainty."""
        count, classes = self._count, len(probabilities)
        return [(each * count + _DOUBT / classes) / (count + _DOUBT) for each in probabilities]

    def _content(self, words: list[str]) -> list[float]:
        both = zip(self._stems.scores(stems(words)), self._grams.scores(grams(words)), strict=True)
        return [(by_stem + by_gram) / 2 for by_stem, by_gram in both]

    def _speaking(self, words: list[str], order: Sequence[int]) -> tuple[str, ...]:
        other = order[1] if len(order) > 1 else -1
        shares = self._stems.shares(stems(words), order[0], other)
        spoken = {stem(word): word for word in reversed(words)}
        telling = [each for each in shares if len(each) >= _TELLING_CHARS or not each.isascii()] or list(shares)
        best = sorted(telling, key=lambda each: (-shares[each], each))[:_SHOWN_WORDS]
        return tuple(spoken[each] for each in best)

    @cached_property
    def _scales(self) -> tuple[float, float]:
        """How much contents and style count: what makes the classes of left-out examples most likely."""
        trials = [self._trial(index) for index in _spread(self._count)]
        content = min(_CONTENT_SCALES, key=lambda scale: _loss(trials, scale, 0.0))
        style = min(_STYLE_SCALES, key=lambda scale: _loss(trials, content, scale))
        return min(_CONTENT_SCALES, key=lambda scale: _loss(trials, scale, style)), style

    def _trial(self, index: int) -> Trial:
        words = self._words[index]
        by_stem = self._stems.scores_without(index, stems(words))
        by_gram = self._grams.scores_without(index, grams(words))
        content = [(one + other) / 2 for one, other in zip(by_stem, by_gram, strict=True)]
        return self._classes[index], content, self._style.scores_without(index)


def _spread(count: int) -> Sequence[int]:
    return range(0, count, max(1, math.ceil(count / _TRIALS)))


def _loss(trials: Sequence[Trial], content: float, style: float) -> float:
    """How unlikely the classes of the trials are, and how unusual the scales."""
    unusual = (content / _USUAL_CONTENT_SCALE - 1) ** 2 + (style / _USUAL_STYLE_SPREAD) ** 2
    chances = (_probabilities(one, other, content, style)[own] for own, one, other in trials)
    return unusual - sum(math.log(max(chance, _LEAST_CHANCE)) for chance in chances)


def _probabilities(content: list[float], style: list[float], content_scale: float, style_scale: float) -> list[float]:
    scores = [content_scale * one + style_scale * other for one, other in zip(content, style, strict=True)]
    highest = max(scores)
    found = [math.exp(score - highest) for score in scores]
    total = sum(found)
    return [each / total for each in found]


@lru_cache(maxsize=16)
def trained(examples: tuple[Example, ...], names: tuple[tuple[str, str], ...]) -> LinearClassifier:
    """The classifier for these examples; trained once for the same ones."""
    return LinearClassifier(examples, dict(names))
