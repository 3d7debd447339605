"""A gate: all that decides whether an endpoint may be asked now. One for each endpoint, shared by all runs."""

from dataclasses import dataclass

from reviewer.domain.errors import ProviderError
from reviewer.engine.breaker import Breaker
from reviewer.engine.concurrency import Concurrency
from reviewer.engine.limits import Booking, Limiter, Limits

LIMITED = "rate_limited"
UNREACHABLE = "unreachable"
DOWN = frozenset({UNREACHABLE, "server_error", "timeout", "connection_lost"})
"""Codes of failures that are the endpoint's own and no matter of the one call."""


@dataclass(slots=True)
class Pass:
    """A call's leave to be sent, at its booked time; ``is_sent`` when it is on its way."""

    gate: "Gate"
    booking: Booking
    is_sent: bool = False


class Gate:
    """Counts the calls in flight and keeps the endpoint's state. Pure: the time is handed in, in seconds."""

    def __init__(self, limits: Limits) -> None:
        self.in_flight = 0
        self.breaker = Breaker()
        self.configure(limits)

    def configure(self, limits: Limits) -> None:
        """Other limits from now on. What was learnt about the endpoint stays where they are the same."""
        if getattr(self, "limits", None) == limits:
            return
        self.limits = limits
        self.concurrency = Concurrency(limits.connections, may_grow=limits.may_grow)
        self._limiter = Limiter(limits.rpm, limits.tpm) if limits.rpm or limits.tpm else None

    def opens_at(self, now: float, tokens: int) -> float | None:
        """When another call may start: ``now`` or before for at once, None when one in flight has ended."""
        if self.in_flight >= self.concurrency.limit:
            return None
        at = self.breaker.opens_at(now)
        if at is None or self._limiter is None:
            return at
        return max(at, self._limiter.ready_at(now, tokens))

    def start(self, now: float, tokens: int) -> Pass:
        """Lets a call in."""
        self.in_flight += 1
        self.breaker.started()
        return Pass(self, self._limiter.book(now, tokens) if self._limiter else Booking(now, tokens))

    def hold_s(self, now: float, booking: Booking) -> float:
        """Seconds to wait still before sending; 0 counts the call as sent now."""
        return self._limiter.hold_s(now, booking) if self._limiter else 0.0

    def answered(self, now: float, booking: Booking, tokens: int, *, was_full: bool) -> None:
        """A call was answered and used so many tokens."""
        self.breaker.succeeded()
        self.concurrency.answered(now, was_full=was_full)
        if self._limiter is not None and tokens:
            self._limiter.settle(booking, tokens)

    def failed(self, now: float, error: ProviderError) -> None:
        """A call failed."""
        if error.code in DOWN:
            self.breaker.failed(now, was_reached=error.code != UNREACHABLE)
            self.concurrency.troubled(now)
            return
        self.breaker.succeeded()  # it answers, after all
        if error.code == LIMITED:
            self.concurrency.refused(now)

    def abandoned(self) -> None:
        """A call was stopped."""
        self.breaker.abandoned()

    def leave(self) -> None:
        """A call has ended."""
        self.in_flight -= 1
