"""How long a stop takes with hundreds of calls in flight, and whether anything is left behind.

    python tests/benchmarks/pool_stop.py [--connections 256] [--latency-ms 2000] [--runs 5]

A run is cancelled when all its places are taken and a round of replies is stored. Measured is the time until the run
has ended: every call cancelled, its end stored, connections closed. Then no task may be left, and what was answered
before must be in the workspace, so that the continued run does not ask for it again.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.bootstrap import open_services
from reviewer.domain.events import RunEvent, StepDone
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.requests import RunRequest
from tests.benchmarks.run_wall import contract
from tests.model_server.process import ModelServerProcess


async def stop_once(base_url: str, folder: Path, options: argparse.Namespace) -> tuple[float, int, int]:
    """Seconds from the stop to the end, tasks left behind, and finished steps that were asked for again."""
    path = folder / "contract.txt"
    path.write_text(contract(options.connections), "utf-8")
    request = RunRequest(
        (path,),
        workflow="contract-review",
        models=(ModelChoice("openai/test-model", base_url),),
        max_connections=options.connections,
        offline=True,
    )
    done: set[str] = set()
    first_round = asyncio.Event()

    def listen(event: RunEvent) -> None:
        if isinstance(event, StepDone) and event.usage.calls:
            done.add(event.key)
            if len(done) >= options.connections:
                first_round.set()

    with open_services(folder / "workspace") as services:
        running = asyncio.create_task(services.runs.run(request, listen))
        await first_round.wait()
        await asyncio.sleep(options.latency_ms / 4000)
        began = time.perf_counter()
        running.cancel()
        await asyncio.wait([running])
        took = time.perf_counter() - began
        left = len(asyncio.all_tasks()) - 1
        again: set[str] = set()

        def watch(event: RunEvent) -> None:
            if isinstance(event, StepDone) and event.usage.calls:
                again.add(event.key)

        await services.runs.run(request, watch)
    return took, left, len(again & done)


def main() -> None:
    """Prints each stop and the best."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connections", type=int, default=256)
    parser.add_argument("--latency-ms", type=float, default=2000.0)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    times = []
    for _ in range(options.runs):
        with (
            ModelServerProcess("--latency-ms", str(options.latency_ms)) as server,
            tempfile.TemporaryDirectory() as folder,
        ):
            took, left, again = asyncio.run(stop_once(server.base_url, Path(folder), options))
        times.append(took)
        print(f"stopped in {1000 * took:.0f} ms  tasks left {left}  finished steps asked again {again}", flush=True)
    print(f"best {1000 * min(times):.0f} ms  median {1000 * sorted(times)[len(times) // 2]:.0f} ms")


if __name__ == "__main__":
    main()
