"""The pool: every call of a run, each with its place at an endpoint, its retries and its deadline."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import ProviderError, RetryDecision, StorageError
from reviewer.engine.breaker import GIVES_UP_AFTER_S
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.gate import DOWN, LIMITED, UNREACHABLE, Gate, Pass
from reviewer.engine.limits import Limits
from reviewer.engine.plan import Rater
from reviewer.engine.retry import RetryPolicy
from reviewer.ports.models import ChatModel
from reviewer.ports.system import Clock

Reserve = Callable[[], Awaitable[None]]
Keep = Callable[[ChatReply], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply and how many further attempts it took."""

    reply: ChatReply
    retries: int


@dataclass(frozen=True, slots=True)
class Call:
    """What is to be asked.

    Attributes:
        tokens: what it may use at most, for limits by the minute.
        subjects: what it is about, such as a section and its document; what the user looks at goes first.
        reserve: awaited once there is a place, before the first attempt opens a socket.
        keep: awaited with the reply, when the place is free again.
    """

    request: ChatRequest
    tokens: int = 0
    subjects: tuple[str, ...] = ()
    reserve: Reserve | None = None
    keep: Keep | None = None


class FatalProviderError(Exception):
    """No call of this run can succeed; ``cause`` says why."""

    def __init__(self, cause: ProviderError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class Pool:
    """The calls of one run. One event loop; to be closed.

    Args:
        dispatcher: shared with other runs.
        limits_of: how the endpoint of a model may be asked.
        deadline_s: one attempt may take so long in all.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        limits_of: Callable[[ChatModel], Limits],
        clock: Clock,
        policy: RetryPolicy | None = None,
        deadline_s: float = 600.0,
    ) -> None:
        self._dispatcher = dispatcher
        self._limits_of = limits_of
        self._clock = clock
        self._policy = policy or RetryPolicy()
        self._deadline_s = deadline_s
        self._share = dispatcher.open_share()
        self._raters: dict[Rater, _Endpoints] = {}

    def close(self) -> None:
        """The run has ended."""
        self._dispatcher.close_share(self._share)

    def pause(self) -> None:
        """Starts no further attempt; those in flight end as ever."""
        self._share.is_paused = True

    def go_on(self) -> None:
        """After a pause."""
        self._share.is_paused = False
        self._dispatcher.dispatch()

    def look_at(self, subjects: Collection[str]) -> None:
        """Calls about these go first from now on, the first of them before the others."""
        self._share.looked_at = tuple(subjects)

    def waiting_until(self) -> float | None:
        """When the next call may start, in seconds of the clock, where all wait for a time; None for other reasons."""
        return None if self._share.in_flight else self._dispatcher.waiting_until(self._share)

    async def quiet(self) -> None:
        """Waits a little while calls are about to be sent, so that other work does not hold up the endpoints."""
        await self._dispatcher.quiet()

    async def call(self, rater: Rater, call: Call) -> Answered:
        """Asks a model at one of its endpoints; gives its place back while waiting before another attempt.

        Raises:
            ProviderError: every attempt failed, or the failure cannot be retried.
            FatalProviderError: the failure speaks for every other call too (rejected key, unreachable endpoint).
        """
        try:
            return await self._answered(rater, call)
        except (StorageError, asyncio.CancelledError):
            self.pause()  # not one more call starts when the disk is full, nor when a call is cancelled, as runs are
            raise

    async def _answered(self, rater: Rater, call: Call) -> Answered:
        endpoints = self._endpoints(rater)
        tried: set[Gate] = set()
        began_at, attempt = 0.0, 1
        while True:
            gates = endpoints.left(tried)
            granted = await self._dispatcher.admit(self._share, gates, call.tokens, call.subjects)
            try:
                if attempt == 1:
                    if call.reserve is not None:
                        await call.reserve()
                    began_at = self._clock.monotonic()
                reply = await self._ask(endpoints.models[granted.gate], call.request, granted)
                break
            except ProviderError as error:
                failure = error
            finally:
                self._dispatcher.release(self._share, granted)
            tried.add(granted.gate)
            if not endpoints.stand_in(tried, granted.gate, failure):
                tried.clear()
                await self._rest(failure, attempt, self._clock.monotonic() - began_at)
            attempt += 1
        await self._keep(call, reply)
        return Answered(reply, attempt - 1)

    def _endpoints(self, rater: Rater) -> "_Endpoints":
        if rater not in self._raters:
            gates = [self._dispatcher.gate(model.endpoint, self._limits_of(model)) for model in rater.models]
            self._raters[rater] = _Endpoints(dict(zip(gates, rater.models, strict=True)))
        return self._raters[rater]

    async def _rest(self, failure: ProviderError, attempt: int, elapsed_s: float) -> None:
        """Waits before another attempt, or raises where there is none."""
        wait_s = self._policy.delay(failure.decision, attempt, elapsed_s, self._clock.jitter())
        if wait_s is None:
            if failure.decision.fatal:
                raise FatalProviderError(failure) from failure
            raise failure
        await self._clock.sleep(wait_s)

    async def _ask(self, model: ChatModel, request: ChatRequest, granted: Pass) -> ChatReply:
        gate, clock = granted.gate, self._clock
        try:
            while (hold_s := gate.hold_s(clock.monotonic(), granted.booking)) > 0:
                self._dispatcher.sent(granted)
                await clock.sleep(hold_s)
            # The first step of asking sends the request: what is called soon comes after it.
            asyncio.get_running_loop().call_soon(self._dispatcher.sent, granted)
            reply = await self._attempt(model, request)
        except ProviderError as error:
            gate.failed(clock.monotonic(), error)
            if gate.breaker.is_lost(clock.monotonic()):
                raise _lost(error) from error
            raise
        except BaseException:
            gate.abandoned()
            raise
        used = reply.tokens_in + reply.tokens_out
        gate.answered(clock.monotonic(), granted.booking, used, was_full=self._dispatcher.is_full(gate))
        return reply

    async def _attempt(self, model: ChatModel, request: ChatRequest) -> ChatReply:
        try:
            async with asyncio.timeout(self._deadline_s):
                return await model.complete(request)
        except TimeoutError as error:
            raise ProviderError(
                "timeout",
                f"The model did not answer within {self._deadline_s:g} seconds.",
                "Allow more time with --timeout, or choose a faster model.",
                decision=RetryDecision(retry=True),
            ) from error

    async def _keep(self, call: Call, reply: ChatReply) -> None:
        if call.keep is None:
            return
        self._share.unkept += 1
        try:
            await call.keep(reply)
        except StorageError:
            self.pause()  # before the next call gets this one's place
            raise
        finally:
            self._dispatcher.kept(self._share)


class _Endpoints:
    """The endpoints that serve a rater, and those among them that this run has given up."""

    def __init__(self, models: dict[Gate, ChatModel]) -> None:
        self.models = models
        self._lost: set[Gate] = set()

    def left(self, tried: set[Gate]) -> tuple[Gate, ...]:
        """Whom to ask: those not tried since the last rest, else all that are left."""
        return self._untried(tried) or self._untried(set())

    def stand_in(self, tried: set[Gate], gate: Gate, failure: ProviderError) -> bool:
        """Whether another endpoint takes over at once. One that can answer nothing is given up while others are left.

        The last one is never given up: what it says is what the run ends with.
        """
        if failure.decision.fatal and not failure.decision.retry and self._lost | {gate} != self.models.keys():
            self._lost.add(gate)
            return True
        return (failure.code in DOWN or failure.code == LIMITED) and bool(self._untried(tried))

    def _untried(self, tried: set[Gate]) -> tuple[Gate, ...]:
        return tuple(each for each in self.models if each not in tried and each not in self._lost)


def _lost(error: ProviderError) -> ProviderError:
    """An endpoint that cannot be reached, or has answered nothing for minutes."""
    decision = RetryDecision(retry=False, fatal=True)
    if error.code == UNREACHABLE:
        return ProviderError(error.code, error.user_message, error.hint, decision=decision)
    return ProviderError(
        error.code,
        f"{error.user_message} Nothing came for {round(GIVES_UP_AFTER_S / 60)} minutes.",
        "What is done is kept: resume the run later, or name another endpoint of the model.",
        decision=decision,
    )
