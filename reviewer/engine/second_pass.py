"""A second pass: one question to a model over what handlers found, and not over text."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from reviewer.domain.answering import answered_by
from reviewer.domain.chat import ChatRequest
from reviewer.domain.events import StepDone, StepFailed
from reviewer.domain.ids import DocumentId
from reviewer.domain.line_ids import unmarked
from reviewer.domain.redaction import Redaction
from reviewer.domain.task import Context, StepInputs, vote_seed
from reviewer.domain.vote import StepFailure
from reviewer.engine.boundary import attempt
from reviewer.engine.handling import Bench
from reviewer.engine.plan import Rater
from reviewer.engine.prompt import fence
from reviewer.engine.reading import UnusableReplyError, check_clean
from reviewer.ports.handling import InvalidReplyError

T = TypeVar("T")


class Asker(Protocol):
    """What asks: its version, and the hash of its prompt."""

    version: str
    fingerprint: str


async def tried(
    work: Callable[[], Awaitable[T]], uses: str, rater: str, bench: Bench, document: DocumentId | None = None
) -> T | None:
    """What a second pass gives; None where it failed, which is told.

    Raises:
        FatalProviderError, StorageError, BudgetExceeded: the run cannot go on.
    """
    made = await attempt(work, uses, rater)
    if isinstance(made, StepFailure):
        bench.emit(StepFailed(document, None, uses, rater, made.code, made.message, made.usage))
        return None
    return made


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """What a second pass asks.

    Attributes:
        uses: what it is, for its key and its events.
        asker: whose version and prompt it is.
        request: the question with a seed, behind a fence.
        read: what a reply's text says.
        texts: all that a model wrote in it.
    """

    uses: str
    asker: Asker
    request: Callable[[int, str], ChatRequest]
    read: Callable[[str], T]
    texts: Callable[[T], Iterable[str]]


async def ask_once(question: Question[T], rater: Rater, bench: Bench, document: DocumentId | None = None) -> T:
    """One step whose question is made of results. A rater that must not read everything is asked with placeholders.

    Args:
        question: what is asked.
        rater: who is asked.
        bench: what the run has.
        document: the document it is about; None for all.

    Raises:
        ProviderError, FatalProviderError: as from the pool.
        UnusableReplyError: the reply cannot be used; the step is forgotten.
    """
    mark = fence(bench.secret, document, None)
    plain = question.request(0, mark)
    redaction = _redaction(plain, mark, rater, bench)
    key = StepInputs(
        uses=question.uses,
        version=question.asker.version,
        fingerprint=question.asker.fingerprint,
        text=unmarked(_covered(plain, mark, redaction).user, mark),
        path="",
        context=Context(),
        rater=rater.name,
        endpoint=rater.endpoint,
        seed=bench.panel.seed,
    ).key
    request = _covered(question.request(vote_seed(key), mark), mark, redaction)
    reply, usage = await bench.steps.ask(key, rater, request)
    try:
        text = bench.steps.text_of(rater, request, reply)
        made = question.read(redaction.restored(text) if redaction else text)
        check_clean(plain, question.texts(made))
    except (InvalidReplyError, UnusableReplyError) as error:
        await bench.steps.give_up([key], "bad_reply", needs_user=False)
        unusable = UnusableReplyError(error.code, error.user_message, error.hint)
        unusable.usage = usage
        raise unusable from error
    other = answered_by(rater.name, reply.model)
    bench.emit(StepDone(document, None, question.uses, key, usage, rater.name, other))
    return made


def _redaction(plain: ChatRequest, mark: str, rater: Rater, bench: Bench) -> Redaction | None:
    """The placeholders of this question alone: what it is made of may come from several documents."""
    redacting = bench.panel.redacting
    return Redaction(redacting.rules, unmarked(plain.user, mark)) if rater.name in redacting.raters else None


def _covered(request: ChatRequest, mark: str, redaction: Redaction | None) -> ChatRequest:
    return replace(request, user=redaction.of_message(request.user, mark)) if redaction else request
