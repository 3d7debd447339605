"""The event log of a run: each event is stored, then published."""

import asyncio
from collections.abc import Callable

from reviewer.domain.events import RunEvent
from reviewer.domain.ids import RunId
from reviewer.ports.storage import RunStore

Listen = Callable[[RunEvent], None]


class EventLog:
    """Stores events in batches, in order, and hands each to the listener once it is on the disk. One event loop."""

    def __init__(self, store: RunStore, run: RunId, listen: Listen) -> None:
        self._store = store
        self._run = run
        self._listen = listen
        self._waiting: list[RunEvent] = []
        self._wake = asyncio.Event()
        self._finishing = False

    def emit(self, event: RunEvent) -> None:
        """Queues an event; never blocks."""
        self._waiting.append(event)
        self._wake.set()

    async def pump(self) -> None:
        """Stores and publishes until `finish` was called and nothing is left.

        Raises:
            StorageError: the workspace cannot be written.
        """
        while not self._finishing or self._waiting:
            await self._wake.wait()
            await self.flush()

    def finish(self) -> None:
        """Lets `pump` end once everything queued is stored."""
        self._finishing = True
        self._wake.set()

    async def flush(self) -> None:
        """Stores and publishes what is queued now."""
        self._wake.clear()
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        await self._store.append(self._run, batch)
        for event in batch:
            self._listen(event)
