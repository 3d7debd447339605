"""Spending: what a run's models cost, and whether it may be spent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reviewer.domain.errors import PriceUnknown
from reviewer.domain.ids import RunId
from reviewer.domain.model_facts import FactBook, ModelFacts
from reviewer.domain.money import Caps, Price, Spent
from reviewer.engine.cashier import Book, Cashier
from reviewer.engine.purse import Purse
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import Ledger
from reviewer.ports.system import Clock
from reviewer.services.requests import Allowance


@dataclass(frozen=True, slots=True)
class Money:
    """What holds about money now: what is known of models, and what all runs of a day may cost (None: no cap)."""

    facts: FactBook = field(default_factory=FactBook)
    max_cost_day: float | None = None


class Spending:
    """Makes a cashier for each run.

    Args:
        money: gives what holds now; asked at the start of each run.
    """

    def __init__(self, ledger: Ledger, clock: Clock, money: Callable[[], Money]) -> None:
        self._ledger = ledger
        self._clock = clock
        self._money = money

    def facts(self, models: Sequence[ChatModel]) -> tuple[ModelFacts, ...]:
        """What is known of each model, in order. Raises ConfigError where the settings are wrong."""
        book = self._money().facts
        return tuple(book.of(model.name, model.endpoint) for model in models)

    @property
    def currency(self) -> str:
        """Of all prices. Raises ConfigError where the settings are wrong."""
        return self._money().facts.currency

    def check(self, models: Sequence[ChatModel], allowance: Allowance) -> None:
        """Makes sure that a cap on money can be kept.

        Raises:
            PriceUnknown: a model's price is not known, and the user did not say that its calls may count as free.
        """
        unknown = tuple(each.name for each in self.facts(models) if each.price is None)
        if unknown and self._caps(allowance).is_on_money and not allowance.accepts_unknown_price:
            raise PriceUnknown(unknown)

    async def cashier(self, run: RunId, models: Sequence[ChatModel], allowance: Allowance) -> Cashier:
        """The cashier of a run, which knows what it spent before and what was spent today.

        Raises:
            StorageError: the ledger cannot be read.
        """
        caps, today = self._caps(allowance), self._today()
        spent = Spent() if caps.max_cost is None and caps.max_tokens is None else await self._ledger.spent_by(run)
        spent_today = 0.0 if caps.max_cost_day is None else await self._ledger.spent_on(today)
        prices = _dearest(self.facts(models))
        book = Book(self._ledger, run, self._today, counts_free=caps.max_tokens is not None)
        return Cashier(Purse(caps, spent, spent_today, today, self.currency), prices, book)

    def _caps(self, allowance: Allowance) -> Caps:
        return Caps(allowance.max_cost, allowance.max_tokens, self._money().max_cost_day)

    def _today(self) -> str:
        """The date where the user is."""
        return self._clock.now().astimezone().date().isoformat()


def _dearest(facts: Sequence[ModelFacts]) -> dict[str, Price]:
    """The price of each model by its name: the dearest of its places, for nobody knows which of them will answer."""
    found: dict[str, list[Price | None]] = {}
    for each in facts:
        found.setdefault(each.name, []).append(each.price)
    return {
        name: max((each for each in prices if each is not None), key=lambda price: (price.tokens_out, price.tokens_in))
        for name, prices in found.items()
        if None not in prices
    }
