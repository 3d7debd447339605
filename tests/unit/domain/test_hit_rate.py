import random
from collections.abc import Callable
from dataclasses import replace
from math import exp
from statistics import mean

import pytest

from reviewer.domain.citation import Citation, QuoteStatus
from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.domain.hit_rate import (
    FEWEST,
    Case,
    HitRates,
    Kind,
    Signs,
    brier,
    calibration_error,
    hit_of,
    signs_of,
)
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.vote import VerdictStatus
from tests.fakes.reports import TERM, cited, make_finding

STRONG = Signs(1.0, 1.0, 1.0, by_rule=False)
WEAK = Signs(0.33, 0.0, 0.4, by_rule=False)
VOTED = make_finding("cap", Outcome.DEVIATES, Severity.HIGH, TERM, voted=True)


def logistic(value: float) -> float:
    return 1 / (1 + exp(-value))


REVIEWERS: dict[str, Callable[[Signs], float]] = {
    "goes by the signs": lambda each: logistic(0.5 + 1.5 * (each.agreement - 0.5) + 1.2 * (each.backed - 0.5)),
    "is harsh": lambda each: logistic(-1.2 + 0.5 * each.agreement),
    "is contrary": lambda each: logistic(1 - 2 * (each.agreement - 0.3) - each.backed),
    "wants everything": lambda each: 0.9 if each.kind.backed and each.kind.unanimous else 0.35,
    "goes by nothing": lambda each: 0.7,
}


def drawn(chance: random.Random) -> Signs:
    by_rule = chance.random() < 0.3
    agreement = 1.0 if by_rule else chance.choice([0.33, 0.5, 0.6, 1.0, 1.0])
    return Signs(agreement, chance.choice([0, 0.5, 1, 1, 1]), chance.uniform(0.3, 1), by_rule)


def learnt(reviewer: Callable[[Signs], float], seed: int, count: int) -> tuple[HitRates, random.Random]:
    chance = random.Random(seed)
    shown = [drawn(chance) for _ in range(count)]
    return HitRates([Case(each, chance.random() < reviewer(each)) for each in shown]), chance


@pytest.mark.parametrize("name", REVIEWERS)
def test_rates_after_200_decisions_of_a_simulated_reviewer_are_calibrated(name: str) -> None:
    reviewer, errors = REVIEWERS[name], []
    for seed in range(1000, 1020):
        rates, chance = learnt(reviewer, seed, 200)
        shown = [drawn(chance) for _ in range(1000)]
        errors.append(calibration_error([(rates.rate(each) or 0.0, reviewer(each)) for each in shown]))
    assert mean(errors) <= 0.05


def test_no_figure_is_given_before_there_are_twenty_decisions() -> None:
    few = HitRates([Case(STRONG, hit=True)] * (FEWEST - 1))
    assert (few.is_shown, few.rate(STRONG), few.tried()) == (False, None, None)
    enough = HitRates([Case(STRONG, hit=True)] * FEWEST)
    assert enough.is_shown
    assert enough.rate(STRONG) is not None
    assert HitRates([]).rate(STRONG) is None


def test_rate_follows_what_people_decided_against_the_prior() -> None:
    contrary = [Case(STRONG, hit=False)] * 60 + [Case(WEAK, hit=True)] * 60
    rates = HitRates(contrary)
    strong, weak = rates.rate(STRONG), rates.rate(WEAK)
    assert strong is not None
    assert weak is not None
    assert strong < 0.4
    assert weak > 0.6


def test_alike_counts_decisions_about_the_same_kind() -> None:
    cases = [Case(STRONG, hit=True)] * 33 + [Case(STRONG, hit=False)] * 7 + [Case(WEAK, hit=True)]
    rates = HitRates(cases)
    assert rates.alike(STRONG.kind) == (40, 33)
    assert rates.alike(Kind(by_rule=True, unanimous=True, backed=True)) == (0, 0)
    assert rates.kinds == (WEAK.kind, STRONG.kind)
    assert rates.count == 41


def test_trial_foretells_each_fifth_from_the_others() -> None:
    rates, _ = learnt(REVIEWERS["goes by the signs"], 7, 200)
    tried = rates.tried()
    assert tried is not None
    assert 0.1 < tried.brier < 0.25
    assert 0 <= tried.error < 0.15


def test_scores_are_those_of_their_definitions() -> None:
    foretold = [(1.0, True), (0.5, False), (0.5, True), (0.0, False)]
    assert brier(foretold) == 0.125
    assert calibration_error(foretold) == 0.0
    assert calibration_error([(1.0, False), (0.05, False)]) == pytest.approx(0.525)


@pytest.mark.parametrize(
    ("standing", "hit"),
    [
        (Standing(Status.AGREED), True),
        (Standing(Status.DISMISSED, DismissReason.WRONG), False),
        (Standing(Status.DISMISSED, DismissReason.TRIVIAL), None),
        (Standing(Status.DISMISSED, DismissReason.NOT_OUR_POSITION), None),
        (Standing(), None),
    ],
)
def test_only_wrong_counts_against_a_check(standing: Standing, hit: bool | None) -> None:
    assert hit_of(standing) is hit


def test_signs_are_those_of_the_finding() -> None:
    assert signs_of(VOTED, 0.8) == Signs(1.0, 1.0, 0.8, by_rule=False)
    made_up = replace(VOTED, citations=(Citation("made up", QuoteStatus.UNVERIFIED), cited("within 30 days")))
    assert signs_of(replace(made_up, agreement=0.5), 0.8).kind == Kind(by_rule=False, unanimous=False, backed=False)
    assert signs_of(replace(VOTED, status=VerdictStatus.TIED), 0.8).agreement == 0.0
    ruled = make_finding("law", Outcome.MISSING, Severity.LOW, None)
    assert signs_of(ruled, 1.0) == Signs(1.0, 0.5, 1.0, by_rule=True)
