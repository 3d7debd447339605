"""How fast the workspace takes in findings, and how fast a large one opens.

    python tests/benchmarks/workspace_speed.py [--findings 100000] [--documents 1000]

Findings are appended as a run's events, in batches, each batch durable (WAL, synchronous=FULL) before the next begins;
the bar is 20,000 rows a second. Then a workspace with so many documents (each read, cut, run and indexed as a short
contract is) is opened; the bar is 1 s, best of five. What the disk can do is printed beside it: the same rows into a
bare SQLite file in one transaction.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.domain.events import ItemHandled, RunStarted
from reviewer.domain.ids import DocumentId, FindingId, RunId, SectionId
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.run import Run
from reviewer.domain.workflow import EngineId
from reviewer.storage.codec import encode
from reviewer.storage.opening import open_workspace
from tests.fakes.documents import make_document
from tests.fakes.reports import make_finding

AT = datetime(2026, 11, 23, tzinfo=UTC)
BATCH = 1000
ATTEMPTS = 5


def events(count: int) -> list[ItemHandled]:
    """One finding each."""
    plain = make_finding("cap", Outcome.DEVIATES, Severity.HIGH, SectionId("s1"))
    return [
        ItemHandled(DocumentId("doc"), SectionId("s1"), "assess", findings=(replace(plain, id=FindingId(f"find-{n}")),))
        for n in range(count)
    ]


async def write(folder: Path, found: list[ItemHandled]) -> float:
    """Seconds to make all of them durable."""
    run = Run(RunId("run-0123456789abcdef"), "w", EngineId.LLM, ("m",), 1, "f", (), {}, AT)
    workspace = await asyncio.to_thread(open_workspace, folder)
    await workspace.runs.begin(run)
    await workspace.runs.append(run.id, [RunStarted(run)])
    started = time.perf_counter()
    for start in range(0, len(found), BATCH):
        await workspace.runs.append(run.id, found[start : start + BATCH])
    took = time.perf_counter() - started
    await asyncio.to_thread(workspace.close)
    return took


def bare(folder: Path, found: list[ItemHandled]) -> float:
    """Seconds for the same bytes in one transaction of a bare file."""
    rows = [(number, encode(each)) for number, each in enumerate(found)]
    with closing(sqlite3.connect(folder / "bare.db")) as connection:
        connection.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, body BLOB)")
        started = time.perf_counter()
        connection.executemany("INSERT INTO rows VALUES (?, ?)", rows)
        connection.commit()
    return time.perf_counter() - started


async def fill(folder: Path, count: int) -> None:
    """Documents, and a run of each."""
    workspace = await asyncio.to_thread(open_workspace, folder)
    for number in range(count):
        text = "".join(f"{n} Clause {n}\nThe Supplier shall do thing {n} of contract {number}.\n" for n in range(40))
        document = make_document(text, f"contract {number}.txt")
        await workspace.documents.put(document, "1")
        run = Run(RunId(f"run-{number:016d}"), "w", EngineId.BUILTIN, (), 1, f"f{number}", (), {}, AT)
        await workspace.runs.begin(run)
        await workspace.runs.append(run.id, [RunStarted(run), *events(20)])
    await asyncio.to_thread(workspace.close)


def opened(folder: Path) -> float:
    """Seconds until the runs are listed."""
    started = time.perf_counter()
    with closing(open_workspace(folder)) as workspace:
        asyncio.run(workspace.runs.list_runs())
        return time.perf_counter() - started


def main() -> None:
    """Prints rows a second and seconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = events(options.findings)
        took = min(asyncio.run(write(Path(name) / f"w{n}", found)) for n in range(3))
        reference = bare(Path(name), found)
        print(f"{len(found):,} findings: {len(found) / took:,.0f} durable rows a second, in batches of {BATCH}")
        print(
            f"  a bare file in one transaction: {len(found) / reference:,.0f}; ours is {reference / took:.2f} of that"
        )
        asyncio.run(fill(Path(name) / "large", options.documents))
        best = min(opened(Path(name) / "large") for _ in range(ATTEMPTS))
        print(f"{options.documents:,} documents: opened, with the list of runs, in {best:.3f} s (best of {ATTEMPTS})")


if __name__ == "__main__":
    main()
