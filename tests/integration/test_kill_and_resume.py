"""A run that is killed goes on with the same command, and asks nothing twice that was stored."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.model_server.process import ModelServerProcess

CONNECTIONS = 8
SECTIONS = 30
ROOT = Path(__file__).parents[2]


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A services agreement of thirty clauses, all different."""
    clauses = [
        f"{n}. Subject {n}. The Supplier shall deliver item {n} within {n} days and shall not assign this duty."
        for n in range(1, SECTIONS + 1)
    ]
    path = tmp_path / "agreement.txt"
    path.write_text("\n\n".join(["SERVICES AGREEMENT", *clauses]), "utf-8")
    return path


def start(contract: Path, base_url: str) -> subprocess.Popen[str]:
    """The command, as a user would type it."""
    command = [
        *(sys.executable, "-m", "reviewer", "review", str(contract), "--json", "-q"),
        *("--workflow", "contract-review", "--model", "openai/test-model", "--base-url", base_url, "--offline"),
        *("--max-connections", str(CONNECTIONS), "--workspace", str(contract.parent / "workspace")),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def wait_for_requests(server: ModelServerProcess, count: int) -> None:
    """Polls the server until it has seen so many requests."""
    deadline = time.monotonic() + 60
    while server.requests()["count"] < count:
        assert time.monotonic() < deadline, "the run never got that far"
        time.sleep(0.02)


def test_killed_run_is_continued_without_asking_again(contract: Path) -> None:
    with ModelServerProcess("--latency-ms", "100") as server:
        first = start(contract, server.base_url)
        wait_for_requests(server, 4 * CONNECTIONS)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        before = server.requests()["sha256"]
        second = start(contract, server.base_url)
        output, errors = second.communicate(timeout=100)
        after = server.requests()["sha256"]
    report = json.loads(output)
    assert second.returncode == 0, errors
    assert report["run"]["status"] == "done"
    asked_again = set(before) & set(after[len(before) :])
    # Only what was in flight, or answered and not yet on the disk, when the process died may be asked again.
    assert len(asked_again) <= 2 * CONNECTIONS
    assert len(set(before)) - len(asked_again) >= CONNECTIONS
    assert report["usage"]["cached"] > 0


def test_finished_run_asks_nothing_when_it_is_run_again(contract: Path) -> None:
    with ModelServerProcess() as server:
        runs = []
        for _ in range(2):
            process = start(contract, server.base_url)
            output, errors = process.communicate(timeout=100)
            assert process.returncode == 0, errors
            runs.append(json.loads(output))
        count = server.requests()["count"]
    assert count == runs[0]["usage"]["calls"]
    assert runs[1]["usage"]["calls"] == 0
    assert [each["findings"] for each in runs[0]["documents"]] == [each["findings"] for each in runs[1]["documents"]]
