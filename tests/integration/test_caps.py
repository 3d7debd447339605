"""Caps over a real server and real processes: never passed, whatever ends a run, and nothing is paid for twice."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.model_server.process import ModelServerProcess

ROOT = Path(__file__).parents[2]
MODEL = "openai/test-model"
PRICE_IN, PRICE_OUT = 2.0, 8.0
CONNECTIONS = 8


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """Thirty clauses, and a user who has set the model's price."""
    clauses = [f"{n}. Subject {n}. The Supplier shall deliver item {n} within {n} days." for n in range(1, 31)]
    path = tmp_path / "agreement.txt"
    path.write_text("\n\n".join(["SERVICES AGREEMENT", *clauses]), "utf-8")
    settings = tmp_path / "config" / "settings.toml"
    settings.parent.mkdir()
    fact = f'{{ name = "{MODEL}", price_in = {PRICE_IN}, price_out = {PRICE_OUT} }}'
    settings.write_text(f"[models]\nfacts = [{fact}]\n", "utf-8")
    return path


@pytest.fixture
def server() -> Iterator[ModelServerProcess]:
    with ModelServerProcess("--latency-ms", "60") as started:
        yield started


def start(home: Path, *words: str) -> "subprocess.Popen[str]":
    """A command of the command line."""
    command = [sys.executable, "-m", "reviewer", *words, "--workspace", str(home / "workspace"), "--json", "-q"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REVIEWER_HOME": str(home)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def review(contract: Path, server: ModelServerProcess, *words: str) -> "subprocess.Popen[str]":
    """The review of the contract, with the server as its model."""
    model = ("--model", MODEL, "--base-url", server.base_url, "--max-connections", str(CONNECTIONS), "--offline")
    return start(contract.parent, "review", str(contract), "--workflow", "contract-review", *model, *words)


def ended(process: "subprocess.Popen[str]") -> tuple[int, dict[str, object]]:
    output, _ = process.communicate(timeout=100)
    return process.returncode, json.loads(output)


def booked(home: Path) -> float:
    """What the ledger says was spent; read in a copy, as a killed process leaves more than one file."""
    copy = shutil.copytree(home / "workspace", home / "copy", dirs_exist_ok=True)
    with closing(sqlite3.connect(next(copy.glob("*.db")))) as connection:
        found = float(connection.execute("SELECT SUM(cost) FROM ledger").fetchone()[0])
    shutil.rmtree(copy)
    return found


def spent(server: ModelServerProcess) -> float:
    """What the server's answers cost at most: all that was asked, and a short reply each."""
    bodies = server.requests(with_bodies=True)["bodies"]
    read = sum(sum(len(each["content"]) for each in json.loads(body)["messages"]) // 4 for body in bodies)
    return read * PRICE_IN / 1e6


def test_cap_is_kept_and_the_run_goes_on_under_a_higher_one(contract: Path, server: ModelServerProcess) -> None:
    home = contract.parent
    code, said = ended(review(contract, server, "--max-cost", "0.1"))
    assert (code, said["code"]) == (6, "budget_reached")
    first = server.requests()["count"]
    assert first > CONNECTIONS
    assert spent(server) < booked(home) <= 0.1
    code, said = ended(review(contract, server, "--max-cost", "10"))
    assert code == 0
    asked = server.requests()
    assert asked["count"] == asked["unique"] > first
    usage = said["usage"]
    assert isinstance(usage, dict)
    assert usage["calls"] == asked["count"] - first
    assert booked(home) > 0.1
    assert spent(server) < booked(home) < 2 * spent(server)


def test_killed_run_counts_what_was_in_flight(
    contract: Path, server: ModelServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every call under way when the process died may have been paid for: the cap of the day counts it in full."""
    home = contract.parent
    process = review(contract, server)
    deadline = time.monotonic() + 60
    while server.requests()["count"] < 3 * CONNECTIONS:
        assert time.monotonic() < deadline, "the run never got that far"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert booked(home) >= spent(server) > 0
    monkeypatch.setenv("REVIEWER_MAX_COST_DAY", str(booked(home) + 0.001))
    before = server.requests()["count"]
    code, said = ended(review(contract, server))
    assert (code, said["code"]) == (6, "budget_reached")
    assert "day" in str(said["message"])
    assert server.requests()["count"] == before
