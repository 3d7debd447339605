"""Prints by how many bytes the memory of a process grows at most while it meets every fault.

The faulty servers are in the same process, so what they hold counts as well.
"""

import asyncio
import threading

import psutil

from tests.integration.fault_meeting import meet
from tests.integration.fault_table import ANSWERED, Case, cases

_AT_ONCE = 1
_LOOK_S = 0.002


class _Watch(threading.Thread):
    """Looks at the memory of this process again and again."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process()
        self._stopped = threading.Event()
        self.began_at = self.most = self._process.memory_info().rss

    def run(self) -> None:
        while not self._stopped.wait(_LOOK_S):
            self.most = max(self.most, self._process.memory_info().rss)

    def stop(self) -> None:
        self._stopped.set()
        self.join()


async def _all_met(every: list[Case]) -> None:
    places = asyncio.Semaphore(_AT_ONCE)

    async def met(case: Case) -> None:
        async with places:
            await meet(case)

    async with asyncio.TaskGroup() as group:
        for case in every:
            group.create_task(met(case))


def main() -> None:
    """Meets the harmless ones first, so that all modules are there and all caches warm."""
    every = cases()
    asyncio.run(_all_met([case for case in every if case.end.code == ANSWERED or case.fault == "gzip_bomb"]))
    watch = _Watch()
    watch.start()
    asyncio.run(_all_met(every))
    watch.stop()
    print(watch.most - watch.began_at)


if __name__ == "__main__":
    main()
