"""A rehearsal: the run that would be, with models that only note what they are asked. Contacts nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.events import ItemHandled, RunEvent, StepDone
from reviewer.domain.ids import StepKey
from reviewer.domain.policy import Adaptive
from reviewer.domain.report import DocumentReport
from reviewer.domain.task import Item, Route
from reviewer.domain.tokens import estimate_tokens
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import RouteNode, RouterNode, Workflow
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.limits import Limits
from reviewer.engine.plan import ALL_AS_IT_IS, DocumentPlan, Panel, Redacting
from reviewer.engine.pool import Pool
from reviewer.engine.routing import needs_model
from reviewer.engine.runner import Runner
from reviewer.engine.steps import most_tokens
from reviewer.ports.handling import ModelSynthesizer, Router
from reviewer.ports.models import ChatModel
from reviewer.ports.sending import SUBJECT, NotSentError, Subject
from reviewer.ports.storage import StepStore
from reviewer.ports.system import Clock

SYNTHESIS = "synthesis"
"""Name of the schema of the second pass, whose request holds summaries that nobody has written yet."""
_ANY = "any"
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class RehearsedCall:
    """A call that would be made.

    Attributes:
        model, endpoint: who would be asked.
        schema: name of the reply's schema.
        tokens_in: about what the request holds; ``most_in`` what it holds at most.
        most_out: what the reply may have at most.
        subject: what it is about.
        body: as it would be sent, to the byte; None where that cannot be told before.
        size_bytes: of the body, or else of the question's text.
    """

    model: str
    endpoint: str
    schema: str
    tokens_in: int
    most_in: int
    most_out: int
    subject: Subject
    body: bytes | None
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a run would ask.

    Attributes:
        calls: each once; a reply that cannot be read would be asked for once more.
        stored: steps that the workspace holds already.
        unwritten: summaries that would be written, for the second pass to read.
    """

    calls: tuple[RehearsedCall, ...]
    stored: int
    unwritten: int


NOTHING_ASKED = Rehearsal((), 0, 0)


async def rehearse(
    plans: Sequence[DocumentPlan],
    models: Sequence[ChatModel],
    votes: int | None,
    seed: int,
    store: StepStore,
    secret: bytes,
    clock: Clock,
    estimate: Callable[[str], int] = estimate_tokens,
    adaptive: Adaptive | None = None,
    redacting: Redacting = ALL_AS_IT_IS,
) -> Rehearsal:
    """Goes through plans as a run does. Where only a model would find an item's route, the item goes to every handler.

    Args:
        plans: as for a run.
        models: those that would be asked; they are not.
        votes: as for a run.
        seed: as for a run.
        store: read, never written.
        secret: the workspace's, for prompt fences.
        clock: for the pool.
        estimate: about how many tokens a text has.
        adaptive: as for a run. Nobody agrees here: votes that a run may not need are counted.
        redacting: as for a run.

    Raises:
        StorageError: the workspace cannot be read.
    """
    calls: list[RehearsedCall] = []
    unwritten: list[ItemHandled] = []
    stored: list[StepDone] = []
    summaries = {
        (plan.document.id, node.id)
        for plan in plans
        for node in plan.workflow.handlers
        if node.uses == "summarize" and plan.workflow.synthesis
    }

    def take(event: RunEvent) -> None:
        if isinstance(event, ItemHandled) and not event.summaries and (event.document, event.handler) in summaries:
            unwritten.append(event)
        if isinstance(event, StepDone) and event.usage.cached:
            stored.append(event)

    panel = Panel.of([_Noting(model, calls, estimate) for model in models], votes, seed, adaptive, redacting)
    pool = Pool(Dispatcher(clock), lambda _: Limits(_AT_ONCE), clock)
    runner = Runner(ReadOnlySteps(store), pool, panel, secret, take)
    await runner.run([_rehearsed(plan, unwritten) for plan in plans])
    return Rehearsal(tuple(calls), len(stored), len(unwritten))


def _rehearsed(plan: DocumentPlan, unwritten: Sequence[ItemHandled]) -> DocumentPlan:
    """A plan without rules, but for routing; what they would find costs nothing. Lists have all entries they may."""
    most = {node.id: max((each.max_items for each in node.fields), default=0) for node in plan.workflow.handlers}
    synthesizer = plan.team.model_synthesizer
    team = replace(
        plan.team,
        handlers={
            name: replace(pair, rule=None, expected=most.get(name, 0)) for name, pair in plan.team.handlers.items()
        },
        classifier=_Undecided(plan.team.classifier, plan.workflow),
        rule_synthesizer=None,
        model_synthesizer=_Expecting(synthesizer, unwritten) if synthesizer else None,
    )
    nodes = tuple(dict.fromkeys(handler for route in plan.workflow.routes for handler in route.handlers))
    every = replace(plan.workflow.routes[0], id=_ANY, handlers=nodes)
    return replace(plan, team=team, workflow=replace(plan.workflow, routes=(*plan.workflow.routes, every)))


class _Undecided:
    """The rules' route where they are sure of it, else a route to every handler."""

    def __init__(self, rules: Router, workflow: Workflow) -> None:
        self._rules = rules
        self._workflow = workflow

    def route(self, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route:
        found = self._rules.route(item, router, routes[:-1])  # the last one is the route to everywhere
        return replace(found, route=_ANY) if needs_model(found, self._workflow) else found


class _Expecting:
    """A synthesizer whose question is another one than any that is stored where summaries are still to be written."""

    def __init__(self, synthesizer: ModelSynthesizer, unwritten: Sequence[ItemHandled]) -> None:
        self.version = synthesizer.version
        self.fingerprint = synthesizer.fingerprint
        self.read = synthesizer.read
        self._synthesizer = synthesizer
        self._unwritten = unwritten

    def request(self, documents: Sequence[DocumentReport], seed: int, fence: str) -> ChatRequest:
        request = self._synthesizer.request(documents, seed, fence)
        more = f"\nand {len(self._unwritten)} more" if self._unwritten else ""
        return replace(request, user=request.user + more)


class _Noting:
    """Stands in for a model: notes each request, as the model would send it if it can tell, and declines."""

    def __init__(self, model: ChatModel, calls: list[RehearsedCall], estimate: Callable[[str], int]) -> None:
        self.name = model.name
        self.endpoint = model.endpoint
        self.list_models, self.aclose = model.list_models, model.aclose
        self._model = model
        self._calls = calls
        self._estimate = estimate
        self._systems: dict[str, int] = {}

    async def complete(self, request: ChatRequest, *_: Any, **__: Any) -> ChatReply:
        if request.system not in self._systems:
            self._systems[request.system] = self._estimate(request.system)
        tokens_in = self._systems[request.system] + self._estimate(request.user)
        most_in = most_tokens(request) - request.max_tokens
        body = await _as_sent(self._model, request)
        size_bytes = (
            len((request.system + request.user).encode("utf-8", "surrogatepass")) if body is None else len(body)
        )
        tokens = tokens_in, most_in, request.max_tokens
        about = SUBJECT.get(), body, size_bytes
        self._calls.append(RehearsedCall(self.name, self.endpoint, request.schema_name, *tokens, *about))
        return ChatReply("", self.name, FinishReason.REFUSED)


async def _as_sent(model: ChatModel, request: ChatRequest) -> bytes | None:
    """What a model built for a rehearsal would send first; any other is not asked."""
    if getattr(model, "cannot_send", False) is not True:
        return None
    try:
        await model.complete(request)
    except NotSentError as stopped:
        return stopped.body
    return None


class ReadOnlySteps:
    """A step store of which nothing is changed; implements `reviewer.ports.storage.StepStore`."""

    def __init__(self, store: StepStore) -> None:
        self.get = store.get

    async def put_reply(self, key: StepKey, reply: ChatReply) -> None:
        """Nothing."""

    async def put_judgements(self, key: StepKey, judgements: Sequence[Judgement]) -> None:
        """Nothing."""

    async def reserve(self, key: StepKey, tokens: int) -> None:
        """Nothing."""

    async def fail(self, key: StepKey, code: str, *, needs_user: bool) -> None:
        """Nothing."""

    async def settle(self) -> int:
        """Nothing is in flight."""
        return 0
