"""Retrying: the one place that decides whether and when a failed call is tried again."""

from dataclasses import dataclass

from reviewer.domain.errors import RetryDecision


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Keeps to the patience that each failure comes with, and to what the server asks for.

    Attributes:
        longest_wait_s: a longer wait asked for by the server is not honoured; the call fails instead.
    """

    longest_wait_s: float = 600.0

    def delay(self, decision: RetryDecision, attempt: int, elapsed_s: float, jitter: float) -> float | None:
        """Seconds to wait before the next attempt, or None to give up.

        Args:
            decision: what the failed attempt's error says. Earlier attempts may have failed otherwise; they count.
            attempt: number of the failed attempt, from 1.
            elapsed_s: seconds since the first attempt started.
            jitter: a random number from 0 to 1.
        """
        patience = decision.patience
        if not decision.retry or attempt >= patience.attempts:
            return None
        if decision.after_s is not None:
            wait_s = decision.after_s
            if wait_s > self.longest_wait_s:
                return None
        else:
            ceiling_s = min(patience.longest_wait_s, patience.first_wait_s * 2.0 ** (attempt - 1))
            wait_s = ceiling_s * (1 - patience.random_share * (1 - jitter))
        return None if elapsed_s + wait_s > patience.within_s else wait_s
