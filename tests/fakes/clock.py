"""Time that never passes by itself: a loop that jumps to its next timer, and a clock that reads it."""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class _JumpingSelector(selectors.DefaultSelector):
    """Where the loop would wait for a timer, its time is there at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout > 0:
            self.now += timeout
            timeout = 0
        return super().select(timeout)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is counted and never waited for. Threads still take what they take."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine to its end in virtual time; fails where it leaves a task behind."""

    async def alone() -> T:
        try:
            return await work
        finally:
            left = asyncio.all_tasks() - {asyncio.current_task()}
            assert not left, f"tasks left behind: {left}"

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(alone())


class FakeClock:
    """The virtual loop's time, and ``later_s`` for what passed between two loops.

    ``slept`` holds every wait in seconds; ``jitter`` gives the same number always.
    """

    def __init__(self, jitter: float = 1.0) -> None:
        self.later_s = 0.0
        self.slept: list[float] = []
        self._jitter = jitter

    def now(self) -> datetime:
        return START + timedelta(seconds=self.later_s + self.monotonic())

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(seconds)

    def jitter(self) -> float:
        return self._jitter
