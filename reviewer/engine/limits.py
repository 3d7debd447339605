"""Limits on how often an endpoint is asked: requests and tokens a minute."""

from collections import deque
from dataclasses import dataclass

WINDOW_S = 60.0
"""Providers count requests and tokens by the minute."""

CATCH_UP_S = 0.01
"""So late a call may be sent without pushing back those after it: timers are a few milliseconds late."""

AHEAD_S = 0.05
"""So early a call gets its place, for what is to be done before it is sent."""

MARGIN = 0.005
"""Share of a rate that is left unused: the provider's clock sees sends closer together than they were."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How an endpoint may be asked.

    Attributes:
        connections: calls in flight to begin with.
        may_grow: more than that when the endpoint keeps up.
        rpm: requests a minute; None for no limit.
        tpm: tokens a minute, questions and replies together; None for no limit.
        weight: of endpoints that serve the same model, how much of the calls each gets.
    """

    connections: int = 20
    may_grow: bool = False
    rpm: int | None = None
    tpm: int | None = None
    weight: float = 1.0


class Booking:
    """A place in the schedule; ``tokens`` is put right when the call's usage is known."""

    __slots__ = ("at", "tokens")

    def __init__(self, at: float, tokens: int) -> None:
        self.at = at
        self.tokens = tokens


class Limiter:
    """Spaces calls evenly (GCRA) and counts what was really sent in sliding windows, of a second and of a minute.

    Times are seconds of a clock that never goes back. The spacing alone would let a late timer be followed by one that
    is on time, and so a window hold one call too many; counting alone would send a minute's calls all at once.
    """

    def __init__(self, rpm: int | None, tpm: int | None) -> None:
        self._interval_s = WINDOW_S / rpm * (1 + MARGIN) if rpm else 0.0
        self._tpm = tpm
        self._next = float("-inf")
        self._booked: deque[Booking] = deque()
        self._in_window = 0
        self._counted = [_Counted(1.0, max(1, rpm // 60)), _Counted(WINDOW_S, rpm)] if rpm else []

    def ready_at(self, now: float, tokens: int) -> float:
        """When a call of so many tokens may be sent; in the past or now for at once."""
        return max(self._next - AHEAD_S, self._token_at(now, tokens))

    def book(self, now: float, tokens: int) -> Booking:
        """Takes the next place; the call is to be sent at its time, or at once where that is past."""
        token_at = self._token_at(now, tokens)
        at = max(self._next, now - CATCH_UP_S, token_at if token_at > now else now - CATCH_UP_S)
        if self._interval_s:
            self._next = at + self._interval_s
        booking = Booking(max(at, now), tokens)
        if self._tpm:
            self._booked.append(booking)
            self._in_window += tokens
        return booking

    def hold_s(self, now: float, booking: Booking) -> float:
        """Seconds to wait still before sending; 0 counts the call as sent now."""
        wait_s = max((each.free_at() - now for each in self._counted), default=0.0)
        wait_s = max(wait_s, booking.at - now)
        if wait_s > 0:
            return wait_s
        booking.at = now
        for each in self._counted:
            each.count(now)
        return 0.0

    def settle(self, booking: Booking, tokens: int) -> None:
        """What a call really used, in place of what was booked for it."""
        if self._tpm and booking.at > float("-inf"):
            self._in_window += tokens - booking.tokens
            booking.tokens = tokens

    def _token_at(self, now: float, tokens: int) -> float:
        """When so many tokens fit into the minute before; a call larger than a whole minute goes alone."""
        if self._tpm is None:
            return now
        while self._booked and self._booked[0].at <= now - WINDOW_S:
            gone = self._booked.popleft()
            self._in_window -= gone.tokens
            gone.at = float("-inf")
        left = self._in_window
        at = now
        for booking in self._booked:
            if left + tokens <= self._tpm:
                break
            left -= booking.tokens
            at = booking.at + WINDOW_S
        return max(at, self._booked[-1].at if self._booked else now)


class _Counted:
    """The last sends of a window, at most so many."""

    def __init__(self, span_s: float, most: int) -> None:
        self._span_s = span_s
        self._sent: deque[float] = deque(maxlen=most)

    def free_at(self) -> float:
        full = len(self._sent) == self._sent.maxlen
        return self._sent[0] + self._span_s if full else float("-inf")

    def count(self, now: float) -> None:
        self._sent.append(now)
