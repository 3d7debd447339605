"""What model calls used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Sums over calls; ``cost`` in the currency of the price list, or None where a price is not known.

    Attributes:
        calls: requests answered by an endpoint.
        cached: steps answered from the workspace without a request.
        retries: further attempts after a failed one.
    """

    calls: int = 0
    cached: int = 0
    retries: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None

    def __add__(self, other: "Usage") -> "Usage":
        cost = None if self.cost is None and other.cost is None else (self.cost or 0.0) + (other.cost or 0.0)
        return Usage(
            self.calls + other.calls,
            self.cached + other.cached,
            self.retries + other.retries,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            cost,
        )
