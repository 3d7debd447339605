"""Money and limits: what tokens cost, and what a run may spend."""

from dataclasses import dataclass

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """What a model's tokens cost, per million, all in the currency of the price list.

    Attributes:
        tokens_cached: of what is read from the provider's prompt cache; None where that is not known: the full price.
    """

    tokens_in: float
    tokens_out: float
    tokens_cached: float | None = None

    def of(self, tokens_in: int, tokens_out: int, tokens_cached: int = 0) -> float:
        """The cost of a call; ``tokens_cached`` are those among ``tokens_in`` that came from the prompt cache."""
        full = (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / MILLION
        return full - self.saved(min(tokens_cached, tokens_in))

    def saved(self, tokens_cached: int) -> float:
        """What so many tokens cost less because they came from the prompt cache."""
        cheaper = self.tokens_in if self.tokens_cached is None else self.tokens_cached
        return tokens_cached * (self.tokens_in - cheaper) / MILLION


FREE = Price(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Caps:
    """What may be spent at most; None for no cap.

    Attributes:
        max_cost: by a run, over all its continuations.
        max_tokens: by a run, read and written together.
        max_cost_day: on one day, over all runs of the workspace.
    """

    max_cost: float | None = None
    max_tokens: int | None = None
    max_cost_day: float | None = None

    @property
    def is_on_money(self) -> bool:
        """Whether a price must be known to keep within them."""
        return self.max_cost is not None or self.max_cost_day is not None


NO_CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used so far: tokens read and written, and their cost."""

    tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A call as it is entered in the ledger before its socket opens, with the most it may use.

    Attributes:
        run: id of the run.
        day: the date where the user is, such as ``2026-11-24``.
        model: its name.
    """

    run: str
    day: str
    model: str
    tokens: int
    cost: float


def money(amount: float, currency: str = "USD") -> str:
    """An amount as people read it: cents, and more digits for what is less than a cent."""
    digits = 2 if amount >= 0.095 or amount == 0 else 4  # noqa: PLR2004 - two figures that mean something
    return f"{amount:,.{digits}f} {currency}"
