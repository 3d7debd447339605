"""The pool: at most so many calls at once, each with its retries and its deadline."""

import asyncio
from dataclasses import dataclass

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.engine.retry import RetryPolicy
from reviewer.ports.models import ChatModel
from reviewer.ports.system import Clock


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply and how many further attempts it took."""

    reply: ChatReply
    retries: int


class FatalProviderError(Exception):
    """No call of this run can succeed; ``cause`` says why."""

    def __init__(self, cause: ProviderError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class Pool:
    """Slots shared by all calls of a run. One event loop.

    Args:
        max_connections: calls in flight at most.
        deadline_s: one attempt may take so long in all.
    """

    def __init__(
        self, max_connections: int, clock: Clock, policy: RetryPolicy | None = None, deadline_s: float = 600.0
    ) -> None:
        self._slots = asyncio.Semaphore(max_connections)
        self._clock = clock
        self._policy = policy or RetryPolicy()
        self._deadline_s = deadline_s

    async def call(self, model: ChatModel, request: ChatRequest) -> Answered:
        """Asks a model; waits for a slot, and gives it back while waiting before another attempt.

        Raises:
            ProviderError: every attempt failed, or the failure cannot be retried.
            FatalProviderError: the failure speaks for every other call too (rejected key, unreachable endpoint).
        """
        started: float | None = None
        attempt = 1
        while True:
            async with self._slots:
                started = self._clock.monotonic() if started is None else started
                try:
                    return Answered(await self._attempt(model, request), attempt - 1)
                except ProviderError as error:
                    failure = error
            elapsed_s = self._clock.monotonic() - started
            wait_s = self._policy.delay(failure.decision, attempt, elapsed_s, self._clock.jitter())
            if wait_s is None:
                if failure.decision.fatal:
                    raise FatalProviderError(failure) from failure
                raise failure
            await self._clock.sleep(wait_s)
            attempt += 1

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
