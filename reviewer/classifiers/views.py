"""What a classifier looks at: words, characters or style, each against the middle of every class's examples."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from reviewer.classifiers.style import Style

_TINY = 1e-9
_LEAST_VARIANCE = 0.1
"""Of the whole: measures that happen to agree in a few examples of each class must not decide alone."""


class CountView:
    """Counts of features (words, characters in a row) against the middle of each class; cosine.

    A feature weighs the more the fewer classes have it. Scores from 0 to 1 are linear in the weighed counts of a text.

    Args:
        documents: counts of each example.
        classes: the class of each, from 0.
        size: number of classes.
    """

    def __init__(self, documents: Sequence[Counter[str]], classes: Sequence[int], size: int) -> None:
        self._classes = classes
        self._weights = _weights(documents, classes, size)
        self._spread = Counter(feature for document in documents for feature in document)
        self._vectors = [self._weighed(document) for document in documents]
        self._norms, self._postings = self._middles(size)
        # Adding a whole row takes half the time of adding its values one by one.
        self._rows = {
            feature: _row(postings, size) for feature, postings in self._postings.items() if 2 * len(postings) > size
        }

    def _middles(self, size: int) -> tuple[list[float], dict[str, list[tuple[int, float]]]]:
        sums: list[defaultdict[str, float]] = [defaultdict(float) for _ in range(size)]
        for vector, each in zip(self._vectors, self._classes, strict=True):
            total = sums[each]
            for feature, value in vector.items():
                total[feature] += value
        norms = [math.sqrt(sum(value * value for value in total.values())) for total in sums]
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, total in enumerate(sums):
            for feature, value in total.items():
                postings[feature].append((index, value / norms[index]))
        return norms, dict(postings)

    def _weighed(self, counts: Counter[str], least: int = 1) -> dict[str, float]:
        """The features known from that many examples, to length 1."""
        weights, spread = self._weights, self._spread
        raw = {
            feature: (1 + math.log(count)) * weights[feature]
            for feature, count in counts.items()
            if spread.get(feature, 0) >= least
        }
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {feature: value / length for feature, value in raw.items()}

    def scores(self, counts: Counter[str]) -> list[float]:
        """How near a text is to each class, from 0 to 1."""
        return self._dots(self._weighed(counts))

    def _dots(self, vector: dict[str, float]) -> list[float]:
        found = [0.0] * len(self._norms)
        for feature, value in vector.items():
            row = self._rows.get(feature)
            if row is not None:
                found = [score + value * weight for score, weight in zip(found, row, strict=True)]
                continue
            for index, weight in self._postings[feature]:
                found[index] += value * weight
        return found

    def scores_without(self, example: int, counts: Counter[str]) -> list[float]:
        """The scores of an example as if its class had been learnt without it; ``counts``: its own."""
        own, full = self._classes[example], self._vectors[example]
        known = self._weighed(counts, least=2)
        found = self._dots(known)
        norm = self._norms[own]
        squares = sum(value * value for value in full.values())
        left = math.sqrt(max(0.0, norm * norm - 2 * norm * self._dots(full)[own] + squares))
        shared = sum(value * full[feature] for feature, value in known.items())
        found[own] = (found[own] * norm - shared) / left if left > _TINY else 0.0
        return found

    def shares(self, counts: Counter[str], index: int, other: int) -> dict[str, float]:
        """What each feature of a text says for one class rather than another; those that say nothing left out."""
        found: dict[str, float] = {}
        for feature, value in self._weighed(counts).items():
            weights = dict(self._postings[feature])
            share = value * (weights.get(index, 0.0) - weights.get(other, 0.0))
            if share > 0:
                found[feature] = share
        return found


def _row(postings: Sequence[tuple[int, float]], size: int) -> list[float]:
    row = [0.0] * size
    for index, weight in postings:
        row[index] = weight
    return row


def _weights(documents: Sequence[Counter[str]], classes: Sequence[int], size: int) -> dict[str, float]:
    having: defaultdict[str, set[int]] = defaultdict(set)
    for document, each in zip(documents, classes, strict=True):
        for feature in document:
            having[feature].add(each)
    return {feature: math.log1p(size / len(which)) for feature, which in having.items()}


class StyleView:
    """Measures of style against the mean of each class, in units of their spread within classes.

    Args:
        styles: measures of each example.
        classes: the class of each, from 0.
        size: number of classes.
    """

    def __init__(self, styles: Sequence[Style], classes: Sequence[int], size: int) -> None:
        self._styles = styles
        self._classes = classes
        self._counts = Counter(classes)
        self._whole = _mean(styles)
        self._means = [
            _mean([style for style, each in zip(styles, classes, strict=True) if each == index]) or self._whole
            for index in range(size)
        ]
        self._variances = self._pooled()

    def _pooled(self) -> list[float]:
        free = max(1, len(self._styles) - len(self._counts))
        found = []
        for measure, middle in enumerate(self._whole):
            whole = sum((style[measure] - middle) ** 2 for style in self._styles) / len(self._styles)
            within = sum(
                (style[measure] - self._means[each][measure]) ** 2
                for style, each in zip(self._styles, self._classes, strict=True)
            )
            found.append(within / free + _LEAST_VARIANCE * whole + _TINY)
        return found

    def scores(self, style: Style) -> list[float]:
        """How near a text is to each class: 0 for as near as can be, else negative."""
        return [self._score(style, mean) for mean in self._means]

    def scores_without(self, example: int) -> list[float]:
        """The scores of an example as if the mean of its class had been learnt without it."""
        style, own = self._styles[example], self._classes[example]
        found = self.scores(style)
        rest = self._counts[own] - 1
        mean = [
            (middle * (rest + 1) - value) / rest if rest else whole
            for middle, value, whole in zip(self._means[own], style, self._whole, strict=True)
        ]
        found[own] = self._score(style, mean)
        return found

    def _score(self, style: Style, mean: Sequence[float]) -> float:
        parts = zip(style, mean, self._variances, strict=True)
        return -sum((value - middle) ** 2 / variance for value, middle, variance in parts)


def _mean(styles: Sequence[Style]) -> Style:
    return tuple(sum(values) / len(styles) for values in zip(*styles, strict=True))
