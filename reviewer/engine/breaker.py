"""The circuit breaker: an endpoint that keeps failing is left alone for a while, then tried with one call."""

TRIPS_AT = 5
"""Failures in a row that open the breaker ..."""

TRIPS_WITHIN_S = 60.0
"""... within so many seconds."""

_FIRST_REST_S, _LONGEST_REST_S = 10.0, 60.0
_FIRST_REST_UNREACHED_S = 2.0

GIVES_UP_AFTER_S = 180.0
"""An endpoint that answered nothing for so long is lost to the run, which can be resumed. One that was never reached
at all is lost when the first trial fails: its address is wrong, or it was not started."""


class Breaker:
    """Counts failures in a row. Times are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._failures = 0
        self._first_at = 0.0
        self._rest_s = 0.0
        self._open_until: float | None = None
        self._is_tried = False
        self._was_reached = self._has_failed_trial = False

    def opens_at(self, now: float) -> float | None:
        """When a call may start: ``now`` or before for at once, None where one is being tried."""
        if self._open_until is None:
            return now
        return None if self._is_tried else self._open_until

    def started(self) -> None:
        """A call starts; while the breaker is open it is the one to try with."""
        self._is_tried = self._open_until is not None

    def succeeded(self) -> None:
        """The endpoint answered, be it with a refusal."""
        self._failures, self._rest_s = 0, 0.0
        self._open_until, self._is_tried = None, False
        self._was_reached, self._has_failed_trial = True, False

    def failed(self, now: float, *, was_reached: bool = True) -> None:
        """The endpoint could not answer; ``was_reached`` where there is one at all."""
        self._was_reached = self._was_reached or was_reached
        if self._failures == 0 or (self._open_until is None and now - self._first_at > TRIPS_WITHIN_S):
            self._failures, self._first_at = 0, now
        self._failures += 1
        was_tried, self._is_tried = self._is_tried, False
        self._has_failed_trial = self._has_failed_trial or was_tried
        if was_tried or (self._open_until is None and self._failures >= TRIPS_AT):
            self._rest_s = min(_LONGEST_REST_S, self._rest_s * 2 or self._first_rest_s)
            self._open_until = now + self._rest_s

    def abandoned(self) -> None:
        """A call ended without telling anything, such as one that was stopped."""
        self._is_tried = False

    def is_lost(self, now: float) -> bool:
        """True where the endpoint has answered nothing for longer than a run waits."""
        if self._open_until is None:
            return False
        return now - self._first_at >= GIVES_UP_AFTER_S or (self._has_failed_trial and not self._was_reached)

    @property
    def _first_rest_s(self) -> float:
        return _FIRST_REST_S if self._was_reached else _FIRST_REST_UNREACHED_S
