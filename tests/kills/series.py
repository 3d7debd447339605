"""Kills in series: a review is killed again and again, and then allowed to end."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.storage.connection import FILE_NAME
from reviewer.storage.seals import damaged_rows
from tests.kills.victim import WINDOWS
from tests.model_server.process import ModelServerProcess

CONNECTIONS = 8
CLAUSES = 40
VICTIM = Path(__file__).with_name("victim.py")


@dataclass(slots=True)
class Toll:
    """What a series cost.

    Attributes:
        kills: how many processes died as intended; a window that a run never came by is none.
        corrupt: databases that were not whole after a kill.
        lost: finished steps that were gone after a later kill.
        paid_again: requests that the endpoint answered more than once.
        allowance: what may be paid again: the calls in flight at each kill.
        unfinished: reviews that could not be brought to an end.
        windows: kills by window.
    """

    kills: int = 0
    corrupt: int = 0
    lost: int = 0
    paid_again: int = 0
    allowance: int = 0
    unfinished: int = 0
    windows: Counter[str] = field(default_factory=Counter)


def write_contract(path: Path, clauses: int = CLAUSES) -> None:
    """A services agreement of clauses that all differ."""
    written = [
        f"{n}. Subject {n}. The Supplier shall deliver item {n} within {n} days and shall not assign this duty."
        for n in range(1, clauses + 1)
    ]
    path.write_text("\n\n".join(["SERVICES AGREEMENT", *written]), "utf-8")


def run_series(folder: Path, kills: int, chance: random.Random, toll: Toll) -> None:
    """Kills one review so many times, at named windows and at random moments in turn, and lets it end."""
    contract, workspace = folder / "agreement.txt", folder / "work space ü"
    write_contract(contract)
    windows = chance.sample(sorted(WINDOWS), len(WINDOWS))
    done: set[str] = set()
    with ModelServerProcess("--latency-ms", "60") as server:
        for index in range(kills):
            window = windows[(index // 2) % len(windows)] if index % 2 == 0 else "none"
            if _kill(contract, workspace, server.base_url, window, chance):
                toll.kills += 1
                toll.allowance += CONNECTIONS
                toll.windows[window] += 1
            done = _look(workspace, done, toll)
        with _start(contract, workspace, server.base_url, "none", 0) as end:
            output, _ = end.communicate()
        asked = Counter(server.requests()["sha256"])
        toll.paid_again += sum(count - 1 for count in asked.values())
        if end.returncode != 0 or json.loads(output)["run"]["status"] != "done":
            toll.unfinished += 1
        _look(workspace, done, toll)
    shutil.rmtree(folder)


def _start(contract: Path, workspace: Path, base_url: str, window: str, count: int) -> "subprocess.Popen[str]":
    arguments = [
        *("review", str(contract), "--json", "-q", "--workflow", "contract-review", "--offline"),
        *("--model", "openai/test-model", "--base-url", base_url, "--max-connections", str(CONNECTIONS)),
        *("--workspace", str(workspace), "-o", str(contract.parent / "report")),
    ]
    command = [sys.executable, str(VICTIM), window, str(count), "--", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _kill(contract: Path, workspace: Path, base_url: str, window: str, chance: random.Random) -> bool:
    """Lets a review die; False where it came to its end before."""
    with _start(contract, workspace, base_url, window, chance.randint(1, 4)) as process:
        if window == "none":
            time.sleep(chance.uniform(0.8, 2.2))
            process.kill()
        process.communicate()
    return process.returncode == -signal.SIGKILL


def _look(workspace: Path, before: set[str], toll: Toll) -> set[str]:
    """Checks a workspace after a kill: on a copy, as looking plays the journal in."""
    if not (workspace / FILE_NAME).exists():
        return before
    copy = workspace.parent / "copy"
    shutil.copytree(workspace, copy)
    try:
        with closing(sqlite3.connect(copy / FILE_NAME)) as connection:
            is_whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            toll.corrupt += not is_whole or any(damaged_rows(connection))
            has_steps = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'steps'").fetchone()
            rows = connection.execute("SELECT key FROM steps WHERE reply IS NOT NULL") if has_steps else []
            done = {key for (key,) in rows}
    finally:
        shutil.rmtree(copy)
    toll.lost += len(before - done)
    return done | before
