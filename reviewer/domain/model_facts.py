"""What is known of a model: how much it reads, what it costs, whether it is on this computer, and who says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from reviewer.domain.destination import Destination
from reviewer.domain.money import FREE, Price

T = TypeVar("T")

_RELEASE = re.compile(r"(?:[-@]\d{8}|-\d{4}-\d{2}-\d{2}|[-:]latest)?")
"""What may follow a known name: a dated release of the same model."""


class Origin(StrEnum):
    """Where a figure comes from: the user's settings, the bundled list, or the model being on this computer."""

    SETTINGS = "settings"
    LIST = "list"
    LOCAL = "this computer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What the user says of a model, ``PROVIDER/NAME``; None where they say nothing. Prices are per million tokens."""

    name: str
    context: int | None = None
    price_in: float | None = None
    price_out: float | None = None
    price_cached: float | None = None
    tokens_per_s: float | None = None

    @property
    def price(self) -> Price | None:
        """Their price, where they gave both halves of it."""
        if self.price_in is None or self.price_out is None:
            return None
        return Price(self.price_in, self.price_out, self.price_cached)


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A row of the bundled list.

    Attributes:
        name: ``PROVIDER/NAME``, which dated releases of the model begin with.
        host: the provider's own; elsewhere the same model may have another price.
        source: the page that says so.
        date: when it did, such as ``2026-10-10``.
    """

    name: str
    host: str
    context: int | None
    price: Price
    source: str
    date: str

    def is_of(self, name: str) -> bool:
        """Whether a model is this one, or a dated release of it."""
        return name.startswith(self.name) and _RELEASE.fullmatch(name[len(self.name) :]) is not None


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What is known of one model at one place.

    Attributes:
        context: tokens it takes at most, the reply included; None where that is not known.
        price: None where it is not known.
        tokens_per_s: how fast it writes, where that was measured or set.
        source: the page behind figures of the list, with its date.
    """

    name: str
    is_local: bool
    context: int | None = None
    context_from: Origin = Origin.UNKNOWN
    price: Price | None = None
    price_from: Origin = Origin.UNKNOWN
    tokens_per_s: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class FactBook:
    """All that is known of models: what the user says wins over this computer's being free, and that over the list.

    Attributes:
        currency: of every price.
    """

    known: tuple[KnownModel, ...] = ()
    own: tuple[OwnFacts, ...] = ()
    currency: str = "USD"

    def of(self, name: str, address: str | None) -> ModelFacts:
        """The facts of a model.

        Args:
            name: ``PROVIDER/NAME``.
            address: of its endpoint; None or empty for the provider's own.
        """
        is_local = is_on_this_computer(name, address)
        own = next((each for each in self.own if each.name == name), OwnFacts(name))
        known = self._known(name)
        # The same model at another place may cost something else; how much it reads stays the same.
        is_listed = known is not None and _host(address) in ("", known.host)
        context, context_from = _first((own.context, Origin.SETTINGS), (known.context if known else None, Origin.LIST))
        listed = known.price if known and is_listed else None
        price, price_from = _first(
            (own.price, Origin.SETTINGS), (FREE if is_local else None, Origin.LOCAL), (listed, Origin.LIST)
        )
        is_cited = known is not None and Origin.LIST in (context_from, price_from)
        source = f"{known.source} ({known.date})" if known and is_cited else ""
        return ModelFacts(name, is_local, context, context_from, price, price_from, own.tokens_per_s, source)

    def _known(self, name: str) -> KnownModel | None:
        fitting = (each for each in self.known if each.is_of(name))
        return max(fitting, key=lambda each: len(each.name), default=None)


def is_on_this_computer(name: str, address: str | None) -> bool:
    """Whether a model answers without its text leaving this computer: a file, or an endpoint on loopback."""
    provider = name.partition("/")[0]
    if provider == "llama_cpp" or not address:
        return provider in ("llama_cpp", "ollama")  # Ollama's own address is on loopback
    return Destination("http", _host(address), 0).is_here


def _host(address: str | None) -> str:
    address = (address or "").strip()
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def _first(*said: tuple[T | None, Origin]) -> tuple[T | None, Origin]:
    return next(((value, origin) for value, origin in said if value is not None), (None, Origin.UNKNOWN))


def with_own(own: Iterable[OwnFacts], facts: OwnFacts) -> tuple[OwnFacts, ...]:
    """The user's facts with those of one model put in place of what they said before."""
    return (*(each for each in own if each.name != facts.name), facts)
