"""Retrying: the one place that decides whether and when a failed call is tried again."""

from dataclasses import dataclass

from reviewer.domain.errors import RetryDecision


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Caps on attempts and on time; both hold.

    Attributes:
        max_attempts: calls in total, the first included.
        total_s: seconds from the first attempt after which no new attempt starts.
        base_s, max_s: exponential back-off, doubled each time; of it, half to all is waited, at random.
        max_wait_s: a longer wait asked for by the server is not honoured; the call fails instead.
    """

    max_attempts: int = 4
    total_s: float = 180.0
    base_s: float = 0.5
    max_s: float = 20.0
    max_wait_s: float = 120.0

    def delay(self, decision: RetryDecision, attempt: int, elapsed_s: float, jitter: float) -> float | None:
        """Seconds to wait before the next attempt, or None to give up.

        Args:
            decision: what the failed attempt's error says.
            attempt: number of the failed attempt, from 1.
            elapsed_s: seconds since the first attempt started.
            jitter: a random number from 0 to 1.
        """
        if not decision.retry or attempt >= self.max_attempts:
            return None
        if decision.after_s is not None:
            wait = decision.after_s
            if wait > self.max_wait_s:
                return None
        else:
            ceiling = min(self.max_s, self.base_s * 2.0 ** (attempt - 1))
            wait = ceiling * (0.5 + jitter / 2)
        return None if elapsed_s + wait > self.total_s else wait
