"""Clock and randomness."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time and waiting, so that tests need not wait."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary start; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits without blocking the loop."""
        ...

    def jitter(self) -> float:
        """A random number from 0 to 1."""
        ...
