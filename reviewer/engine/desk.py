"""The desk: work for the processor, one piece at a time and after what keeps the endpoints busy."""

import asyncio
from types import TracebackType

from reviewer.engine.pool import Pool


class Desk:
    """Whoever works things out enters it. Between two pieces of work replies are taken in and questions sent.

    Rules and quote checks take milliseconds and nobody waits for any single one of them, while each question that is
    sent a millisecond later ends a millisecond later.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._one = asyncio.Lock()

    async def __aenter__(self) -> None:
        await self._one.acquire()
        try:
            await self._pool.quiet()
        except BaseException:
            self._one.release()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, error, trace
        try:
            await asyncio.sleep(0)
        finally:
            self._one.release()
