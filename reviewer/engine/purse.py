"""The purse: what a run may still spend. Pure bookkeeping, without a clock, a loop or a disk."""

from dataclasses import dataclass

from reviewer.domain.errors import BudgetExceeded
from reviewer.domain.money import Caps, Spent, money

_SLACK = 1e-9
"""Below any price of a token: sums of fractions must not miss a cap by a rounding."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """The most that a call may use, kept for it until it is settled."""

    tokens: int
    cost: float


class Purse:
    """Keeps a run within its caps: what was spent, and what is reserved for calls in flight.

    Args:
        caps: what may be spent at most.
        spent: by this run before, over all its continuations.
        spent_today: by all runs on ``day``.
        day: any name of the day.
        currency: for messages.
    """

    def __init__(
        self, caps: Caps, spent: Spent, spent_today: float = 0.0, day: str = "", currency: str = "USD"
    ) -> None:
        self._caps = caps
        self._tokens, self._cost, self._today = spent.tokens, spent.cost, spent_today
        self._day = day
        self._currency = currency
        self._reserved_tokens, self._reserved_cost, self._in_flight = 0, 0.0, 0

    @property
    def spent(self) -> Spent:
        """By this run until now, without what is reserved."""
        return Spent(self._tokens, self._cost)

    def reserve(self, tokens: int, cost: float, day: str) -> Reservation | None:
        """Room for a call; None where there is none until a call in flight is settled.

        Args:
            tokens: the most that the call may read and write together.
            cost: of those.
            day: today; another one than before starts that day's account anew.

        Raises:
            BudgetExceeded: ``budget_reached``: nothing is in flight any more, and there is no room.
        """
        if day != self._day:
            self._day, self._today = day, 0.0
        reached = self._reached(tokens, cost)
        if reached is not None and self._in_flight:
            return None
        if reached is not None:
            raise reached
        self._in_flight += 1
        self._reserved_tokens += tokens
        self._reserved_cost += cost
        return Reservation(tokens, cost)

    def settle(self, reservation: Reservation, tokens: int, cost: float) -> None:
        """Gives a reservation back and books what the call used. To be called once for each."""
        self._in_flight -= 1
        self._reserved_tokens -= reservation.tokens
        self._reserved_cost = self._reserved_cost - reservation.cost if self._in_flight else 0.0
        self._tokens += tokens
        self._cost += cost
        self._today += cost

    def release(self, reservation: Reservation) -> None:
        """Gives back a reservation of which nothing was used."""
        self.settle(reservation, 0, 0.0)

    def _reached(self, tokens: int, cost: float) -> BudgetExceeded | None:
        """The cap that a call would pass, as the error that says so."""
        caps = self._caps
        tokens += self._reserved_tokens + self._tokens
        cost += self._reserved_cost - _SLACK
        if caps.max_cost is not None and cost + self._cost > caps.max_cost:
            return self._error("cost", money(self._cost, self._currency), money(caps.max_cost, self._currency))
        if caps.max_cost_day is not None and cost + self._today > caps.max_cost_day:
            return self._error("day", money(self._today, self._currency), money(caps.max_cost_day, self._currency))
        if caps.max_tokens is not None and tokens > caps.max_tokens:
            return self._error("tokens", f"{self._tokens:,} tokens", f"{caps.max_tokens:,}")
        return None

    def _error(self, which: str, spent: str, cap: str) -> BudgetExceeded:
        whose = "This day's runs have" if which == "day" else "The run has"
        return BudgetExceeded(
            "budget_reached",
            f"{whose} spent {spent}, and the next call might pass the cap of {cap}; what is done is kept.",
            f"To go on, {_HIGHER[which]}.",
        )


_HIGHER = {
    "cost": "allow more: --max-cost X, or the setting models.max_cost",
    "tokens": "allow more: --max-tokens N, or the setting models.max_tokens",
    "day": "wait until tomorrow, or raise the setting models.max_cost_day",
}
