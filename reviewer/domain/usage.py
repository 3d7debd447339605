"""What model calls used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Sums over calls; ``cost`` in the currency of the price list, or None where a price is not known.

    Attributes:
        calls: requests answered by an endpoint.
        cached: steps answered from the workspace without a request.
        retries: further attempts after a failed one.
        tokens_cached: of ``tokens_in``, those that came from the provider's prompt cache.
        saved: what they cost less than others, or None where a price is not known.
    """

    calls: int = 0
    cached: int = 0
    retries: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    tokens_cached: int = 0
    saved: float | None = None

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.calls + other.calls,
            self.cached + other.cached,
            self.retries + other.retries,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            _sum(self.cost, other.cost),
            self.tokens_cached + other.tokens_cached,
            _sum(self.saved, other.saved),
        )


def _sum(one: float | None, other: float | None) -> float | None:
    """What is known of both together."""
    return None if one is None and other is None else (one or 0.0) + (other or 0.0)
