"""One step: look whether it is stored, else ask, keep the reply, read it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ReviewerError
from reviewer.domain.ids import StepKey
from reviewer.domain.task import StepInputs, Task, vote_seed
from reviewer.domain.usage import Usage
from reviewer.domain.vote import RULE, Judgement
from reviewer.engine.plan import Panel
from reviewer.engine.pool import Pool
from reviewer.ports.handling import InvalidReplyError, ModelHandler, RuleHandler
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import StepStore, StoredStep

MAX_ASKED = 2
"""How often a model is asked for one vote: a second time with what was wrong with its first reply."""


class UnusableReplyError(ReviewerError):
    """A model answered, twice where that may help, and the answer cannot be used; ``usage`` was paid for it."""

    usage = Usage()


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step says and what it used."""

    key: StepKey
    judgements: tuple[Judgement, ...]
    usage: Usage


class StepRunner:
    """Runs steps against a store. Finished work is never done twice."""

    def __init__(self, store: StepStore, pool: Pool, panel: Panel) -> None:
        self._store = store
        self._pool = pool
        self._seed = panel.seed
        # Rules are worked out one at a time with a turn of the loop after each, so that replies need not wait for all.
        self._one_rule = asyncio.Lock()

    async def by_rule(self, uses: str, handler: RuleHandler, task: Task) -> StepResult:
        """The answer of a rule; stored before it is returned."""
        key = self._inputs(uses, handler, task, RULE, "", 0, 0.0).key
        stored = await self._store.get(key)
        if stored and stored.judgements is not None:
            return StepResult(key, stored.judgements, Usage(cached=1))
        async with self._one_rule:
            judgements = handler.answer(task)
            await asyncio.sleep(0)
        await self._store.put_judgements(key, judgements)
        return StepResult(key, judgements, Usage())

    async def by_model(
        self, uses: str, handler: ModelHandler, task: Task, model: ChatModel, index: int, *, temperature: float
    ) -> StepResult:
        """One vote of a model. A reply that cannot be read is answered once with what is wrong with it.

        Raises:
            ProviderError, FatalProviderError: as from the pool.
            UnusableReplyError: refused, cut off, or unreadable twice. The step is forgotten, so that the next run asks.
        """
        inputs = self._inputs(uses, handler, task, model.name, model.endpoint, index, temperature)
        used = Usage()
        asked: list[StepKey] = []
        complaint = ""
        while len(asked) < MAX_ASKED:
            if complaint:
                inputs = replace(inputs, node={**inputs.node, "complaint": complaint})
            key = inputs.key
            asked.append(key)
            stored = await self._store.get(key)
            if stored and stored.judgements is not None:
                return StepResult(key, stored.judgements, _settled(used))
            request = _with(handler.request(task, vote_seed(key)), complaint)
            reply, usage = await self._ask(key, stored, model, request)
            used += usage
            try:
                judgements = handler.read(task, whole_text(reply))
            except InvalidReplyError as error:
                complaint = error.user_message
                continue
            except UnusableReplyError as error:
                error.usage = used
                await self.forget(asked)
                raise
            await self._store.put_judgements(key, judgements)
            return StepResult(key, judgements, _settled(used))
        await self.forget(asked)
        failure = UnusableReplyError(
            "bad_reply", f"The model's reply could not be read: {complaint}", "Run again, or choose another model."
        )
        failure.usage = used
        raise failure

    async def ask(self, key: StepKey, model: ChatModel, request: ChatRequest) -> tuple[ChatReply, Usage]:
        """A stored reply, else a model's; kept before anybody reads it.

        Raises:
            ProviderError, FatalProviderError: as from the pool.
        """
        reply, used = await self._ask(key, await self._store.get(key), model, request)
        return reply, _settled(used)

    async def _ask(
        self, key: StepKey, stored: StoredStep | None, model: ChatModel, request: ChatRequest
    ) -> tuple[ChatReply, Usage]:
        if stored and stored.reply is not None:
            return stored.reply, Usage()
        answered = await self._pool.call(model, request)
        reply = answered.reply
        await self._store.put_reply(key, reply)
        return reply, Usage(calls=1, retries=answered.retries, tokens_in=reply.tokens_in, tokens_out=reply.tokens_out)

    async def forget(self, keys: Sequence[StepKey]) -> None:
        """Drops steps, so that the next run asks again."""
        for key in keys:
            await self._store.drop(key)

    def _inputs(
        self,
        uses: str,
        handler: RuleHandler | ModelHandler,
        task: Task,
        rater: str,
        endpoint: str,
        index: int,
        temperature: float,
    ) -> StepInputs:
        return StepInputs(
            uses=uses,
            version=handler.version,
            fingerprint=handler.fingerprint,
            text=task.item.text,
            path=task.item.path,
            context=task.context,
            rater=rater,
            endpoint=endpoint,
            index=index,
            seed=self._seed,
            node={"temperature": temperature, "kind": task.item.kind.value, "language": task.item.language},
        )


def _settled(used: Usage) -> Usage:
    """What a step used; one that needed no call came from the workspace."""
    return used if used.calls else replace(used, cached=1)


def _with(request: ChatRequest, complaint: str) -> ChatRequest:
    if not complaint:
        return request
    note = f"Your last reply could not be used: {complaint}\nReply again, with JSON of the schema and nothing else."
    return replace(request, user=f"{request.user}\n\n{note}")


def whole_text(reply: ChatReply) -> str:
    """The reply's text.

    Raises:
        UnusableReplyError: it was cut off or declined.
    """
    if reply.finish is FinishReason.LENGTH:
        raise UnusableReplyError(
            "reply_cut", "The model's reply was cut off.", "Choose a model that may answer at more length."
        )
    if reply.finish is FinishReason.REFUSED:
        raise UnusableReplyError("refused", "The model declined to answer.", "Ask another model for this part.")
    return reply.text
