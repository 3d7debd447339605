"""How close a whole run comes to the ideal: 200 clauses x 3 votes against a loopback endpoint.

    python tests/benchmarks/run_wall.py [--sections 200] [--votes 3] [--connections 64] [--latency-ms 200] [--runs 5]

Everything a run does is in it: prompts, step keys, requests, quote checks, votes, every step and event on the disk.
Ideal = ceil(calls / connections) * latency. The clock runs from the run's first stored event to its last; reading and
cutting the document come before and are printed apart. Every run starts from an empty workspace.
"""

import argparse
import asyncio
import math
import resource
import sys
import tempfile
import time
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.bootstrap import open_services
from reviewer.domain.events import RunEvent, RunFinished, RunStarted
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.requests import RunRequest
from tests.model_server.process import ModelServerProcess

CLAUSE = (
    "{number}. Subject {number}. The Supplier shall deliver item {number} within {days} days of the order and shall "
    "not assign this obligation without the prior written consent of the Customer. Either party may terminate this "
    "order by giving {notice} days' notice in writing if the other party commits a material breach of this Agreement."
)


def contract(sections: int) -> str:
    """A services agreement of so many clauses, all different."""
    clauses = [CLAUSE.format(number=n, days=n % 60 + 1, notice=n % 90 + 10) for n in range(1, sections + 1)]
    return "\n\n".join(["SERVICES AGREEMENT", *clauses]) + "\n"


def run_once(base_url: str, options: argparse.Namespace) -> tuple[float, float, float, int]:
    """Wall of the run, wall of everything, CPU of this process (all in seconds), and calls made."""
    moments: dict[type, float] = {}

    def listen(event: RunEvent) -> None:
        if isinstance(event, RunStarted | RunFinished):
            moments[type(event)] = time.perf_counter()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contract.txt"
        path.write_text(contract(options.sections), "utf-8")
        request = RunRequest(
            (path,),
            workflow="contract-review",
            models=(ModelChoice("openai/test-model", base_url),),
            votes=options.votes,
            max_connections=options.connections,
            offline=True,
        )
        started, cpu = time.perf_counter(), _cpu_s()
        with open_services(Path(folder) / "workspace") as services:
            result = asyncio.run(services.runs.run(request, listen))
        total = time.perf_counter() - started
    return moments[RunFinished] - moments[RunStarted], total, _cpu_s() - cpu, result.report.usage.calls


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Prints each run and the best."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sections", type=int, default=200)
    parser.add_argument("--votes", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--latency-ms", type=float, default=200.0)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    ratios = []
    for _ in range(options.runs):
        with ModelServerProcess("--latency-ms", str(options.latency_ms)) as server:
            wall, total, cpu, calls = run_once(server.base_url, options)
        ideal = math.ceil(calls / options.connections) * options.latency_ms / 1000
        ratios.append(wall / ideal)
        print(
            f"calls {calls}  ideal {ideal:.2f} s  run {wall:.2f} s  ratio {wall / ideal:.3f}"
            f"  CPU {1000 * cpu / calls:.2f} ms a call  with reading {total:.2f} s",
            flush=True,
        )
    print(f"best {min(ratios):.3f}  median {sorted(ratios)[len(ratios) // 2]:.3f}")


if __name__ == "__main__":
    main()
