"""Putting a recording together from what a workspace holds of a run."""

from collections.abc import Callable, Sequence

from reviewer.domain.chat import ChatReply, ChatRequest
from reviewer.domain.errors import InputError, ProviderError, RetryDecision
from reviewer.domain.ids import StepKey
from reviewer.domain.recording import RecordedCall, Recording, recorded_call
from reviewer.domain.task import vote_seed
from reviewer.domain.vote import Judgement
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import StepStore, StoredStep


class Tape:
    """Stands between a run and its workspace while the run is gone through again; nothing is written or asked.

    As a `StepStore` it keeps stored replies back, so that each question is asked; its models answer with them, and the
    pairs are what is recorded. A question finds its reply by its seed, which follows from the step's key.

    Args:
        steps: the workspace's.
        rater: whose calls are recorded.
    """

    def __init__(self, steps: StepStore, rater: str) -> None:
        self._steps = steps
        self._rater = rater
        self._replies: dict[int, ChatReply] = {}
        self._calls: list[RecordedCall] = []

    def models(self, models: Sequence[ChatModel]) -> tuple[ChatModel, ...]:
        """Stand-ins for the models of the run."""
        return tuple(_StandIn(model, self) for model in models)

    @property
    def recording(self) -> Recording:
        """What was said so far."""
        return Recording(self._rater, tuple(self._calls))

    def answer(self, rater: str, request: ChatRequest) -> ChatReply:
        """The stored reply to a question.

        Raises:
            ProviderError: none is stored.
        """
        reply = self._replies.get(request.seed)
        if reply is None:
            raise ProviderError("not_recorded", "No answer is stored.", decision=RetryDecision(retry=False))
        if rater == self._rater:
            self._calls.append(recorded_call(request, reply))
        return reply

    async def get(self, key: StepKey) -> StoredStep | None:
        """What a rule said; nothing of a model's, which is then asked."""
        stored = await self._steps.get(key)
        if stored is None or stored.reply is None:
            return stored
        self._replies[vote_seed(key)] = stored.reply
        return None

    async def put_reply(self, key: StepKey, reply: ChatReply) -> None:
        """Is stored already."""

    async def put_judgements(self, key: StepKey, judgements: Sequence[Judgement]) -> None:
        """Are stored already."""

    async def reserve(self, key: StepKey, tokens: int) -> None:
        """Nothing is spent."""

    async def fail(self, key: StepKey, code: str, *, needs_user: bool) -> None:
        """What is stored stays."""

    async def settle(self) -> int:
        """Nothing is in flight."""
        return 0


class _StandIn:
    """A model of the recorded run, as far as a run sees it."""

    def __init__(self, model: ChatModel, tape: Tape) -> None:
        self.name = model.name
        self.endpoint = model.endpoint
        self._tape = tape

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        """The stored reply, told at once."""
        reply = self._tape.answer(self.name, request)
        if listen is not None:
            listen(reply.text)
        return reply

    async def list_models(self) -> tuple[str, ...]:
        """Itself."""
        return (self.name,)

    async def aclose(self) -> None:
        """Nothing is open."""


def rater_of(raters: Sequence[str], wanted: str) -> str:
    """The one model whose calls are to be recorded.

    Raises:
        InputError: the run asked none, or several and it is not said which.
    """
    if not raters:
        raise InputError("no_model", "This run asked no model; there is nothing to record.", "Review with --model.")
    if wanted in raters:
        return wanted
    if wanted or len(raters) > 1:
        raise InputError("which_model", f"The run asked {', '.join(raters)}.", "Name one of them with --rater.")
    return raters[0]
