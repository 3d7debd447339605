"""Forty kills, at named windows and at random: nothing finished is lost, and little is paid for twice."""

import random
from pathlib import Path

import pytest

from tests.kills.series import Toll, run_series

KILLS = 10
ATTEMPTS = 14


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(4))
def test_review_survives_kills(tmp_path: Path, seed: int) -> None:
    chance, toll = random.Random(seed), Toll()
    while toll.kills < KILLS:
        folder = tmp_path / "series"
        folder.mkdir()
        run_series(folder, ATTEMPTS, chance, toll)
    assert toll.corrupt == 0
    assert toll.lost == 0
    assert toll.unfinished == 0
    assert toll.paid_again <= toll.allowance
    assert len(toll.windows) > 1
