"""How long the model server takes, and how often it lets itself be asked. Seeded: the same order of requests meets the
same latencies and refusals.
"""

import math
import random
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Latency:
    """Seconds from a request's last byte to the reply's first.

    Attributes:
        median_s: the median; all of them where ``sigma`` is 0.
        sigma: of the lognormal distribution: 0.5 puts one request in twenty beyond 2.3 times the median, and none
            beyond ten times.
    """

    median_s: float = 0.0
    sigma: float = 0.0

    def draw(self, chance: random.Random) -> float:
        """One of them."""
        if not self.sigma:
            return self.median_s
        return self.median_s * min(10.0, chance.lognormvariate(0.0, self.sigma))


@dataclass(frozen=True)
class Limit:
    """When a request is refused with 429, at once and without an answer.

    Attributes:
        share: of the requests, at random, from 0 to 1.
        retry_after: what the header says for these; empty for none.
        rate: so many requests are let in within any window of ``window_s`` seconds, 0 for no such limit; who comes
            too early is told when to come again, in whole seconds and in milliseconds.
    """

    share: float = 0.0
    retry_after: str = ""
    rate: int = 0
    window_s: float = 60.0


class Pace:
    """Draws latencies and keeps a limit. Times are seconds of a clock that never goes back."""

    def __init__(self, latency: Latency, limit: Limit, seed: int = 0) -> None:
        self.latency = latency
        self.limit = limit
        self.refused = 0
        self._chance = random.Random(seed)
        self._let_in: deque[float] = deque(maxlen=max(1, limit.rate))

    def latency_s(self) -> float:
        """Of the next request."""
        return self.latency.draw(self._chance)

    def refusal(self, now: float) -> str | None:
        """Header lines of the 429 that meets a request at this time, or None where it is let in."""
        headers = self._refusal(now)
        self.refused += headers is not None
        return headers

    def _refusal(self, now: float) -> str | None:
        limit, let_in = self.limit, self._let_in
        if limit.share and self._chance.random() < limit.share:
            return f"Retry-After: {limit.retry_after}\r\n" if limit.retry_after else ""
        if not limit.rate:
            return None
        if len(let_in) == limit.rate and (wait_s := let_in[0] + limit.window_s - now) > 0:
            return f"Retry-After: {math.ceil(wait_s)}\r\nRetry-After-Ms: {math.ceil(wait_s * 1000)}\r\n"
        let_in.append(now)
        return None
