"""The cashier: makes every call of a run wait for room in the purse, enters it in the ledger, and settles it."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType, TracebackType
from typing import Any, Self

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import BudgetExceeded, ProviderError
from reviewer.domain.money import NO_CAPS, Entry, Price, Spent
from reviewer.domain.usage import Usage
from reviewer.engine.pool import FatalProviderError
from reviewer.engine.purse import Purse, Reservation
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import Ledger

UNPAID = frozenset(
    {
        "address_refused",
        "bad_address",
        "bad_request",
        "connect_failed",
        "key_rejected",
        "model_not_found",
        "no_credit",
        "not_a_model",
        "not_allowed",
        "offline_refused",
        "rate_limited",
        "proxy_refused",
        "redirected",
        "server_error",
        "tls_failed",
        "too_long",
        "unreachable",
    }
)
"""Codes of failures that no provider charges for: nothing was answered. Any other may have been paid."""

NO_PRICES: Mapping[str, Price] = MappingProxyType({})

_Waiting = tuple[asyncio.Future[Reservation], int, float]


@dataclass(frozen=True, slots=True)
class Book:
    """Where a run's calls are entered.

    Attributes:
        run: its id.
        today: gives the date where the user is.
        counts_free: enter calls that cost nothing, too, for a cap on tokens.
    """

    ledger: Ledger
    run: str
    today: Callable[[], str]
    counts_free: bool = False


class Cashier:
    """Keeps one run within its caps. One event loop.

    A call that finds no room waits until others are settled, and only where none is in flight the run has reached its
    cap. From then on no call is let in, however small: the run ends, and would break it off after it was paid for.

    Args:
        purse: of the run; None for one without caps.
        prices: by the names of models; one that is not there has no price that is known.
        book: where calls that cost, or may cost, are entered; None enters none.
    """

    def __init__(
        self, purse: Purse | None = None, prices: Mapping[str, Price] = NO_PRICES, book: Book | None = None
    ) -> None:
        self._purse = purse or Purse(NO_CAPS, Spent())
        self._prices = prices
        self._book = book
        self._waiting: deque[_Waiting] = deque()
        self._reached: BudgetExceeded | None = None
        self._open: dict[int, Bill] = {}

    def watch(self, models: Sequence[ChatModel]) -> tuple[ChatModel, ...]:
        """The models, so that attempts whose replies are lost count, those too that are followed by another."""
        return tuple(_Watched(model, self._note_lost) for model in models)

    def bill(self, model: str, request: ChatRequest, tokens: int) -> "Bill":
        """The bill of a call to a model that uses at most so many tokens; to be entered as a context.

        A request belongs to one bill at a time.
        """
        return Bill(self, model, self._prices.get(model), request, tokens)

    def open(self, request: ChatRequest, bill: "Bill") -> None:
        """From now on, what is lost of a request is put on its bill."""
        self._open[id(request)] = bill

    def close(self, request: ChatRequest) -> None:
        """Nothing is asked with a request any more."""
        self._open.pop(id(request), None)

    def _note_lost(self, request: ChatRequest) -> None:
        if (bill := self._open.get(id(request))) is not None:
            bill.lost += 1

    async def reserve(self, tokens: int, cost: float) -> Reservation:
        """Room in the purse; waits for it in turn.

        Raises:
            BudgetExceeded: there is none, and none will be.
        """
        room = None if self._waiting else self._room(tokens, cost)
        if room is not None:
            return room
        waiting: asyncio.Future[Reservation] = asyncio.get_running_loop().create_future()
        self._waiting.append((waiting, tokens, cost))
        return await waiting

    def settle(self, reservation: Reservation, tokens: int, cost: float) -> None:
        """Books what a call used, and lets those in whom there is room for now."""
        self._purse.settle(reservation, tokens, cost)
        while self._waiting:
            waiting, more_tokens, more_cost = self._waiting[0]
            if not waiting.done():  # else it was cancelled
                try:
                    room = self._room(more_tokens, more_cost)
                except BudgetExceeded as error:
                    waiting.set_exception(error)
                else:
                    if room is None:
                        return
                    waiting.set_result(room)
            self._waiting.popleft()

    def _room(self, tokens: int, cost: float) -> Reservation | None:
        if self._reached is None:
            try:
                return self._purse.reserve(tokens, cost, self._today())
            except BudgetExceeded as error:
                self._reached = error
        raise self._reached

    async def enter(self, model: str, tokens: int, cost: float | None) -> int | None:
        """Enters a call in the ledger; gives its number, or None for a call that need not be entered.

        Raises:
            StorageError: it cannot be written; the call must not be made.
        """
        book = self._book
        if book is None or (cost == 0.0 and not book.counts_free):
            return None
        return await book.ledger.enter(Entry(book.run, book.today(), model, tokens, cost or 0.0))

    async def correct(self, number: int | None, tokens: int, cost: float) -> None:
        """Puts what a call used into its row of the ledger, where it has one. Raises StorageError."""
        if self._book is not None and number is not None:
            await self._book.ledger.settle(number, tokens, cost)

    def _today(self) -> str:
        return self._book.today() if self._book is not None else ""


class Bill:
    """One call's: `enter` before the socket opens, `pay` once the reply is kept.

    An attempt that was refused costs nothing. Of one whose reply was lost nobody knows: it counts with all that was
    reserved, each time.

    Attributes:
        lost: attempts whose replies were lost, so far.
    """

    def __init__(self, cashier: Cashier, model: str, price: Price | None, request: ChatRequest, tokens: int) -> None:
        self.lost = 0
        self._cashier = cashier
        self._model = model
        self._price = price
        self._request = request
        self._tokens = tokens
        self._most = None if price is None else price.of(tokens - request.max_tokens, request.max_tokens)
        self._reservation: Reservation
        self._number: int | None = None
        self._is_entered = self._is_settled = False

    async def __aenter__(self) -> Self:
        """Waits for room. Raises BudgetExceeded."""
        self._reservation = await self._cashier.reserve(self._tokens, self._most or 0.0)
        self._cashier.open(self._request, self)
        return self

    async def enter(self) -> None:
        """Enters the call in the ledger. Raises StorageError."""
        self._number = await self._cashier.enter(self._model, self._tokens, self._most)
        self._is_entered = True

    async def pay(self, reply: ChatReply, retries: int) -> Usage:
        """Settles the bill with what the reply says it used; where it says nothing, with all that was reserved.

        Raises:
            StorageError: the ledger cannot be written; what was reserved stands there.
        """
        used, cost, saved = reply.tokens_in + reply.tokens_out, None, None
        if self._price is not None:
            cost = self._price.of(reply.tokens_in, reply.tokens_out, reply.tokens_cached)
            saved = self._price.saved(reply.tokens_cached)
        if not used:
            used, cost = self._tokens, self._most
        booked = used + self.lost * self._tokens, (cost or 0.0) + self.lost * (self._most or 0.0)
        await self._cashier.correct(self._number, *booked)
        self._settle(*booked)
        return Usage(
            calls=1,
            retries=retries,
            tokens_in=reply.tokens_in,
            tokens_out=reply.tokens_out,
            cost=cost,
            tokens_cached=reply.tokens_cached,
            saved=saved,
        )

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cashier.close(self._request)
        if self._is_settled:
            return
        # A call that is cancelled before it is sent again, or that fails at the disk, may not have been watched.
        lost = max(self.lost, int(self._is_entered and not _is_unpaid(error)))
        booked = lost * self._tokens, lost * (self._most or 0.0)
        self._settle(*booked)
        if lost != 1:  # else the ledger holds that already
            await self._cashier.correct(self._number, *booked)

    def _settle(self, tokens: int, cost: float) -> None:
        self._cashier.settle(self._reservation, tokens, cost)
        self._is_settled = True


class _Watched:
    """A model that tells of attempts whose replies were lost."""

    def __init__(self, model: ChatModel, lost: Callable[[ChatRequest], None]) -> None:
        self.name = model.name
        self.endpoint = model.endpoint
        self.list_models, self.aclose = model.list_models, model.aclose
        self._model = model
        self._lost = lost

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    async def complete(self, request: ChatRequest, *more: Any, **named: Any) -> ChatReply:
        try:
            return await self._model.complete(request, *more, **named)
        except BaseException as error:
            if not _is_unpaid(error):
                self._lost(request)
            raise


def _is_unpaid(error: BaseException | None) -> bool:
    cause = error.cause if isinstance(error, FatalProviderError) else error
    return isinstance(cause, ProviderError) and cause.code in UNPAID
