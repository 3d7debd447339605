"""Hit rates: how often people agreed with findings like one, learnt from what they decided.

A logistic model over four signs, fitted around a prior that is bundled with the program (the most likely coefficients
under a normal prior; Newton's method). The prior alone is a guess, and no figure is given before there are decisions.
Sources: J. Platt, Probabilistic outputs for support vector machines (1999); G. Brier, Monthly Weather Review 78 (1950);
M. Naeini et al., Obtaining well calibrated probabilities (AAAI 2015), for the calibration error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.finding import Finding
from reviewer.domain.vote import VerdictStatus

FEWEST = 20
"""Below so many decisions no figure is given."""
BINS = 10
FOLDS = 5
_STEPS, _NEAR = 40, 1e-9
_FULL = 0.999
_LARGEST = 30.0
_BASE, _STRENGTH = (0.8, 0.35, 0.35, 0.1, 0.1, 0.6), (0.05, 5.0, 5.0, 12.0, 5.0, 1.0)
"""The bundled prior, a guess: log-odds for an ordinary finding and for each sign, and how firmly each is held. Chosen
on five simulated reviewers, who differ in what they go by; nothing here was learnt from people."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a finding before anybody decides about it.

    Attributes:
        agreement: of its votes, 0 to 1; 1 where a rule answered, 0 without a decided result.
        backed: share of its citations that are evidence; a half where it cites nothing.
        route: how sure it was where its part goes, 0 to 1.
        by_rule: a rule answered, and no model.
    """

    agreement: float
    backed: float
    route: float
    by_rule: bool

    @property
    def kind(self) -> "Kind":
        """What it is like."""
        return Kind(self.by_rule, self.agreement >= _FULL, self.backed >= _FULL)


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """Findings that are alike: by a rule or by votes, all votes alike or not, every quote in the document or not."""

    by_rule: bool
    unanimous: bool
    backed: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A finding that somebody decided about; ``hit`` where they agreed."""

    signs: Signs
    hit: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """How well hit rates foretell decisions that they were not learnt from.

    Attributes:
        brier: mean squared distance from what was decided; 0 is perfect, 0.25 is a coin.
        error: expected calibration error, 0 to 1: mean distance between what was foretold and what came, over ten bins.
    """

    brier: float
    error: float


def signs_of(finding: Finding, route: float) -> Signs:
    """The signs of a finding whose part was routed with this confidence."""
    by_rule = finding.support is None
    agreement = 1.0 if finding.agreement is None else finding.agreement
    decided = finding.status is VerdictStatus.DECIDED
    cited = finding.citations
    backed = sum(each.is_evidence for each in cited) / len(cited) if cited else 0.5
    return Signs(agreement if decided else 0.0, backed, route, by_rule)


def hit_of(standing: Standing) -> bool | None:
    """Whether a person agreed. None where they did not decide, or dismissed it though it is right.

    Only *wrong* counts against a check: what is trivial, or not our position, was found rightly.
    """
    if standing.status is Status.AGREED:
        return True
    return False if standing.reason is DismissReason.WRONG else None


class HitRates:
    """Hit rates learnt from decisions. Linear in their number.

    Args:
        cases: all decisions that count.
    """

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = tuple(cases)
        self._weights = _fitted(self._cases)

    @property
    def is_shown(self) -> bool:
        """True where there are decisions enough for a figure."""
        return len(self._cases) >= FEWEST

    @property
    def count(self) -> int:
        """How many decisions it was learnt from."""
        return len(self._cases)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that somebody decided about, in a fixed order."""
        return tuple(sorted({case.signs.kind for case in self._cases}))

    def rate(self, signs: Signs) -> float | None:
        """The share of findings like this that people agree with, 0 to 1; None before there are decisions enough."""
        return _odds(self._weights, _features(signs)) if self.is_shown else None

    def alike(self, kind: Kind) -> tuple[int, int]:
        """How many findings of a kind were decided about, and how many of them people agreed with."""
        found = [case.hit for case in self._cases if case.signs.kind == kind]
        return len(found), sum(found)

    def tried(self) -> Tried | None:
        """Each fifth of the decisions foretold from the others; None before there are decisions enough."""
        if not self.is_shown:
            return None
        foretold = []
        for fold in range(FOLDS):
            weights = _fitted([case for index, case in enumerate(self._cases) if index % FOLDS != fold])
            foretold += [(_odds(weights, _features(case.signs)), case.hit) for case in self._cases[fold::FOLDS]]
        return Tried(brier(foretold), calibration_error(foretold))


def brier(foretold: Sequence[tuple[float, float]]) -> float:
    """The Brier score of rates and what came of each; at least one."""
    return sum((rate - hit) ** 2 for rate, hit in foretold) / len(foretold)


def calibration_error(foretold: Sequence[tuple[float, float]]) -> float:
    """The expected calibration error over ten bins of equal width; at least one."""
    bins: dict[int, list[float]] = {}
    for rate, hit in foretold:
        bins.setdefault(min(BINS - 1, int(rate * BINS)), []).append(rate - hit)
    return sum(abs(sum(each)) for each in bins.values()) / len(foretold)


def _features(signs: Signs) -> tuple[float, ...]:
    """One, the signs around what is ordinary, and whether votes and quotes are both all that they can be."""
    kind = signs.kind
    around = (2 * each - 1.5 for each in (signs.agreement, signs.backed, signs.route))
    return 1.0, *around, float(signs.by_rule), float(kind.unanimous and kind.backed) - 0.5


def _odds(weights: Sequence[float], features: Sequence[float]) -> float:
    total = sum(weight * value for weight, value in zip(weights, features, strict=True))
    return 1 / (1 + exp(-max(-_LARGEST, min(_LARGEST, total))))


def _fitted(cases: Sequence[Case]) -> list[float]:
    """The most likely coefficients after these decisions, by Newton's method."""
    rows = [(_features(case.signs), float(case.hit)) for case in cases]
    size, weights = len(_BASE), list(_BASE)
    longest, left = 1.0, _STEPS
    while longest > _NEAR and left:
        slope = [hold * (base - now) for hold, base, now in zip(_STRENGTH, _BASE, weights, strict=True)]
        curve = [[_STRENGTH[row] if row == column else 0.0 for column in range(size)] for row in range(size)]
        for features, hit in rows:
            rate = _odds(weights, features)
            for row in range(size):
                slope[row] += (hit - rate) * features[row]
                for column in range(size):
                    curve[row][column] += rate * (1 - rate) * features[row] * features[column]
        step = _solved(curve, slope)
        longest = max(map(abs, step))
        shortened = 1 / max(1.0, longest)  # far from the end a whole step may lead further away
        weights = [now + shortened * change for now, change in zip(weights, step, strict=True)]
        left -= 1
    return weights


def _solved(matrix: list[list[float]], values: list[float]) -> list[float]:
    """The solution of linear equations whose matrix is symmetric and positive: elimination without pivots."""
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for place, pivot in enumerate(rows):
        for row in rows[place + 1 :]:
            share = row[place] / pivot[place]
            row[:] = [one - share * other for one, other in zip(row, pivot, strict=True)]
    found = [0.0] * len(rows)
    for place in reversed(range(len(rows))):
        rest = sum(rows[place][column] * found[column] for column in range(place + 1, len(rows)))
        found[place] = (rows[place][-1] - rest) / rows[place][place]
    return found
