"""An estimate held against the run it is of, over a real server: no call and hardly a token more than was said."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reviewer.domain.tokens import estimate_tokens
from tests.model_server.process import ModelServerProcess

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples"


def command(home: Path, server: ModelServerProcess, *words: str) -> dict[str, Any]:
    """A command of the command line, with the server as its model."""
    models = ("--model", "openai/test-model", "--base-url", server.base_url, "--offline")
    where = ("--workspace", str(home / "workspace"), "--json", "-q")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REVIEWER_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "reviewer", *words, *models, *where],
        capture_output=True,
        text=True,
        env=environment,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def tokens_of(body: str) -> int:
    """What a request's messages hold, counted as estimates count."""
    return sum(estimate_tokens(message["content"]) for message in json.loads(body)["messages"])


@pytest.mark.parametrize(
    ("names", "has_open_routes"),
    [(("services-agreement.docx", "mutual-nda.docx"), False), (("paper-en.pdf", "paper-de.pdf"), True)],
)
def test_run_stays_within_its_estimate(tmp_path: Path, names: tuple[str, ...], *, has_open_routes: bool) -> None:
    paths = [str(SAMPLES / name) for name in names]
    with ModelServerProcess() as server:
        said = command(tmp_path, server, "estimate", *paths)
        assert server.requests()["count"] == 0
        half = command(tmp_path, server, "review", paths[0])
        rest = command(tmp_path, server, "estimate", *paths)
        usage = command(tmp_path, server, "review", *paths)["usage"]
        bodies = server.requests(with_bodies=True)["bodies"]
        again = command(tmp_path, server, "estimate", *paths)
    made = len(bodies)
    assert half["usage"]["calls"] + usage["calls"] == made
    # The synthesis of the first document alone is one call that the estimate of both does not hold.
    alone = int(has_open_routes)
    assert made - alone <= said["calls"]
    assert usage["calls"] <= rest["calls"] < said["calls"]
    assert usage["tokens_out"] <= rest["tokens_out_most"]
    assert (again["calls"], again["tokens_in"]) == (0, 0)
    assert (said["cost"], said["cost_most"]) == (0, 0)
    if not has_open_routes:
        assert made == said["calls"]
    sent = sum(map(tokens_of, bodies))
    assert sent <= said["tokens_in_most"]
    # Where a model finds the routes, an estimate counts the dearest one.
    assert 0.85 * sent <= said["tokens_in"] <= (1.5 if has_open_routes else 1.15) * sent
