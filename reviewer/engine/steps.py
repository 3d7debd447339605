"""One step: look whether it is stored, else ask, keep the reply, read it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer.domain.answering import answered_by
from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import ProviderError
from reviewer.domain.ids import Json, StepKey
from reviewer.domain.task import Item, StepInputs, Task, vote_seed
from reviewer.domain.usage import Usage
from reviewer.domain.vote import RULE, Judgement
from reviewer.engine.cashier import Bill, Cashier
from reviewer.engine.cover import Cover
from reviewer.engine.desk import Desk
from reviewer.engine.plan import Panel, Rater
from reviewer.engine.pool import Answered, Call, FatalProviderError, Pool
from reviewer.engine.reading import (
    BAD_REPLY,
    PLAINLY,
    Asking,
    ReplyGuard,
    UnusableReplyError,
    check_clean,
    plain_reply,
    texts_of,
)
from reviewer.ports.handling import InvalidReplyError, ModelHandler, RuleHandler
from reviewer.ports.sending import SUBJECT, Subject
from reviewer.ports.storage import StepStore, StoredStep

BYTES_PER_TOKEN = 2
"""Tokens of models in use are longer than that, in English and in Chinese: a reservation is never too small."""

_NOTHING_USED = Usage()


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step says and what it used. ``answered_by``: the model that answered where another was asked."""

    key: StepKey
    judgements: tuple[Judgement, ...]
    usage: Usage
    answered_by: str = ""


class StepRunner:
    """Runs steps against a store. Finished work is never done twice."""

    def __init__(self, store: StepStore, pool: Pool, panel: Panel, cashier: Cashier | None = None) -> None:
        self._store = store
        self._cashier = cashier or Cashier()
        self._pool = pool
        self._seed = panel.seed
        self._guard = ReplyGuard()
        self.desk = Desk(pool)

    async def by_rule(self, uses: str, handler: RuleHandler, task: Task) -> StepResult:
        """The answer of a rule; stored before it is returned."""
        key = self._inputs(uses, handler, task, RULE, "", 0, 0.0).key
        stored = await self._store.get(key)
        if stored and stored.judgements is not None:
            return StepResult(key, stored.judgements, Usage(cached=1))
        async with self.desk:
            judgements = handler.answer(task)
        await self._store.put_judgements(key, judgements)
        return StepResult(key, judgements, Usage())

    async def by_model(
        self,
        uses: str,
        handler: ModelHandler,
        task: Task,
        rater: Rater,
        index: int,
        *,
        temperature: float,
        cover: Cover | None = None,
    ) -> StepResult:
        """One vote of a model. A reply that cannot be read is answered once with what is wrong with it.

        One that was cut off is asked for once with more room. Under a cover the model reads that in place of the task,
        and its reply is read with the document's words put back.

        Raises:
            ProviderError, FatalProviderError: as from the pool.
            UnusableReplyError: clipped, refused, compromised, cut off again, or unreadable twice. The step is
                forgotten, so that the next run asks.
        """
        first = _covered(self._inputs(uses, handler, task, rater.name, rater.endpoint, index, temperature), cover)
        used = _NOTHING_USED
        asked: list[StepKey] = []
        asking: Asking | None = PLAINLY
        while asking:
            key = asking.inputs(first).key
            asked.append(key)
            stored = await self._store.get(key)
            if stored and stored.judgements is not None:
                return StepResult(key, stored.judgements, _settled(used), _other(rater, stored.reply))
            plain = asking.request(_at(temperature, handler.request(task, vote_seed(key))))
            request = plain
            if cover:
                request = cover.request(asking.request(_at(temperature, handler.request(cover.task, vote_seed(key)))))
            try:
                reply, usage = await self._ask(key, stored, rater, request, task.item)
                used = used + usage if used.calls else usage
                text = self.text_of(rater, request, reply)
                judgements = handler.read(task, cover.redaction.restored(text) if cover else text)
                check_clean(plain, texts_of(judgements))
            except (InvalidReplyError, UnusableReplyError, ProviderError) as error:
                failure = asking.failure(error)
                has_room = self._guard.has_more_room(rater.name, request, rater.context_tokens)
                asking = asking.after(error, has_room=has_room)
            else:
                # Not stored: they can be read from the reply again at any time.
                return StepResult(key, judgements, _settled(used), _other(rater, reply))
        if isinstance(failure, UnusableReplyError):
            failure.usage = used
            await self.give_up(asked, failure.code, needs_user=failure.code != BAD_REPLY)
        raise failure

    def text_of(self, rater: Rater, request: ChatRequest, reply: ChatReply) -> str:
        """The text of a reply that may be used, without the prompt's line ids.

        Raises:
            UnusableReplyError: ``prompt_clipped``, ``reply_cut`` or ``refused``.
        """
        return plain_reply(request, self._guard.text_of(rater.name, request, reply, rater.context_tokens))

    async def ask(self, key: StepKey, rater: Rater, request: ChatRequest) -> tuple[ChatReply, Usage]:
        """A stored reply, else a model's; kept before anybody reads it.

        Raises:
            ProviderError, FatalProviderError: as from the pool.
        """
        reply, used = await self._ask(key, await self._store.get(key), rater, request)
        return reply, _settled(used)

    async def _ask(
        self, key: StepKey, stored: StoredStep | None, rater: Rater, request: ChatRequest, item: Item | None = None
    ) -> tuple[ChatReply, Usage]:
        if stored and stored.reply is not None:
            return stored.reply, Usage()
        tokens = most_tokens(request)
        before = SUBJECT.set(_subject(rater, item))
        try:
            async with self._cashier.bill(rater.name, request, tokens) as bill:
                call = Call(
                    request,
                    tokens,
                    _subjects(item),
                    reserve=lambda: self._reserve(key, tokens, bill),
                    keep=lambda reply: self._store.put_reply(key, reply),
                )
                answered = await self._asked(key, rater, call)
                return answered.reply, await bill.pay(answered.reply, answered.retries)
        finally:
            SUBJECT.reset(before)

    async def _asked(self, key: StepKey, rater: Rater, call: Call) -> Answered:
        """The pool's answer; why there is none is kept."""
        try:
            self._guard.admit(rater.name, call.request, rater.context_tokens)
            return await self._pool.call(rater, call)
        except ProviderError as error:
            await self._store.fail(key, error.code, needs_user=not error.decision.retry)
            raise
        except FatalProviderError as error:
            await self._store.fail(key, error.cause.code, needs_user=True)
            raise

    async def _reserve(self, key: StepKey, tokens: int, bill: Bill) -> None:
        await self._store.reserve(key, tokens)
        await bill.enter()

    async def give_up(self, keys: Sequence[StepKey], code: str, *, needs_user: bool) -> None:
        """Forgets replies, so that the next run asks again, and keeps why."""
        for key in keys:
            await self._store.fail(key, code, needs_user=needs_user)

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
            node={
                "temperature": temperature,
                "kind": task.item.kind.value,
                "language": task.item.language,
                **_clauses(uses, task.item),
            },
        )


def _clauses(uses: str, item: Item) -> dict[str, Json]:
    """How the item is cut, where the answer is about its clauses one by one."""
    if uses != "label":
        return {}
    return {"clauses": [[str(each.section), each.span.start - item.span.start, each.lead] for each in item.clauses]}


def _covered(inputs: StepInputs, cover: Cover | None) -> StepInputs:
    """What a step reads; the redaction counts only where it changes what is sent."""
    return replace(inputs, node={**inputs.node, "redaction": cover.fingerprint}) if cover else inputs


def _at(temperature: float, request: ChatRequest) -> ChatRequest:
    return request if request.temperature == temperature else replace(request, temperature=temperature)


def _settled(used: Usage) -> Usage:
    """What a step used; one that needed no call came from the workspace."""
    return used if used.calls else replace(used, cached=1)


def _subjects(item: Item | None) -> tuple[str, ...]:
    """What the user may look at: the section and its document."""
    if item is None:
        return ()
    if item.section and item.document:
        return item.section, item.document
    return tuple(each for each in (item.section, item.document) if each)


def _subject(rater: Rater, item: Item | None) -> Subject:
    return Subject(rater.name, item.document or "", item.section or "") if item else Subject(rater.name)


def most_tokens(request: ChatRequest) -> int:
    """What a call may use at most: a token for every two bytes of UTF-8, and the whole reply."""
    size_bytes = len((request.system + request.user).encode("utf-8", "surrogatepass"))
    return size_bytes // BYTES_PER_TOKEN + request.max_tokens


def _other(rater: Rater, reply: ChatReply | None) -> str:
    """The model that answered where it is not the one asked."""
    return answered_by(rater.name, reply.model) if reply else ""
