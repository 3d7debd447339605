"""One document of a run: every item routed, handled and voted on, all at once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reviewer.domain.errors import ReviewerError, StorageError
from reviewer.domain.events import DocumentFinished, ItemHandled, ItemRouted, RunEvent, StepDone, StepFailed
from reviewer.domain.finding import Finding, Label, Summary, Translation
from reviewer.domain.task import Context, Item, Route, Task
from reviewer.domain.vote import RULE, Ballot, StepFailure, Verdict, Vote
from reviewer.domain.workflow import HandlerNode
from reviewer.engine import findings, results, routing
from reviewer.engine.citing import check
from reviewer.engine.plan import DocumentPlan, Panel
from reviewer.engine.pool import FatalProviderError
from reviewer.engine.prompt import fence
from reviewer.engine.steps import StepResult, StepRunner
from reviewer.engine.voting import count
from reviewer.ports.handling import ModelHandler, RuleHandler

_log = logging.getLogger(__name__)

Emit = Callable[[RunEvent], None]
Step = Callable[[], Awaitable[StepResult]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What all documents of a run share.

    Attributes:
        secret: the workspace's secret, for prompt fences.
        emit: takes each event in the order things happen.
    """

    steps: StepRunner
    panel: Panel
    secret: bytes
    emit: Emit


class DocumentRun:
    """Runs one document's plan; used once."""

    def __init__(self, plan: DocumentPlan, bench: Bench) -> None:
        self._plan = plan
        self._bench = bench
        self._placed: list[findings.PlacedVerdict] = []
        self._failed_items: list[Item] = []

    async def run(self) -> None:
        """Handles every item. The failure of an item is its own and becomes an event.

        Raises:
            FatalProviderError, StorageError: the run cannot go on.
        """
        async with asyncio.TaskGroup() as group:
            for item in self._plan.items:
                group.create_task(self._item(item))
        order = {item.name: index for index, item in enumerate(self._plan.items)}
        self._placed.sort(key=lambda placed: order[placed.item.name])
        whole = findings.document_findings(self._plan, self._placed, self._failed_items)
        self._bench.emit(DocumentFinished(self._plan.document.id, whole))

    async def _item(self, item: Item) -> None:
        plan = self._plan
        context = Context(
            document_title=plan.document.title or plan.document.source.name,
            playbook=plan.playbook.id if plan.playbook else "",
            target_language=plan.workflow.router.target_language,
            fence=fence(self._bench.secret, plan.document.id, item.section),
        )
        route = await self._route(item, context)
        self._bench.emit(ItemRouted(plan.document.id, routing.routed(item, route, plan.workflow)))
        nodes = [plan.workflow.handler(handler_id) for handler_id in plan.workflow.route(route.route).handlers]
        # What asks a model starts first: rules are then worked out while the answers are on their way.
        nodes.sort(key=lambda node: plan.team.handlers[node.id].model is None)
        async with asyncio.TaskGroup() as group:
            for node in nodes:
                group.create_task(self._handle(node, Task(node.id, item, context, node.votes, node.quorum)))

    async def _route(self, item: Item, context: Context) -> Route:
        workflow, team = self._plan.workflow, self._plan.team
        route = team.classifier.route(item, workflow.router, workflow.routes)
        if not self._bench.panel.models or team.router is None or not routing.needs_model(route, workflow):
            return route
        model, task = self._bench.panel.models[0], Task(routing.ROUTE, item, context)
        step = await self._attempt(
            task, model.name, 0, partial(routing.ask, self._bench.steps, team.router, task, model)
        )
        return route if isinstance(step, StepFailure) else routing.of_step(step) or route

    async def _handle(self, node: HandlerNode, task: Task) -> None:
        pair = self._plan.team.handlers[node.id]
        if pair.model and self._bench.panel.models:
            ballot = await self._ask_models(node, task, pair.model)
        elif pair.rule:
            ballot = await self._ask_rule(node, task, pair.rule)
        else:
            self._emit_handled(task, translations=results.untranslated(task, RULE))
            return
        if ballot.votes:
            self._show(node, ballot)
        else:
            self._failed_items.append(task.item)

    async def _ask_rule(self, node: HandlerNode, task: Task, handler: RuleHandler) -> Ballot:
        vote = await self._vote(task, RULE, 0, partial(self._bench.steps.by_rule, node.uses, handler, task))
        return _ballot(replace(task, votes=1, quorum=1), [vote])

    async def _ask_models(self, node: HandlerNode, task: Task, handler: ModelHandler) -> Ballot:
        """Each model as often as wanted, all at once."""
        panel = self._bench.panel
        step = partial(self._bench.steps.by_model, node.uses, handler, task, temperature=node.temperature)
        async with asyncio.TaskGroup() as group:
            votes = [
                group.create_task(self._vote(task, model.name, index, partial(step, model, index)))
                for model in panel.models
                for index in range(panel.votes or node.votes)
            ]
        asked = replace(task, votes=len(votes), quorum=min(node.quorum, len(votes)))
        return _ballot(asked, [vote.result() for vote in votes])

    async def _vote(self, task: Task, rater: str, index: int, step: Step) -> Vote | StepFailure:
        result = await self._attempt(task, rater, index, step)
        if isinstance(result, StepFailure):
            return result
        checked = tuple(check(self._plan, task.item, judgement) for judgement in result.judgements)
        return Vote(rater, index, checked)

    async def _attempt(self, task: Task, rater: str, index: int, step: Step) -> StepResult | StepFailure:
        """The step boundary: whatever fails in one step is data, but for what stops every other step too."""
        document, section = self._plan.document.id, task.item.section
        try:
            result = await step()
        except (FatalProviderError, StorageError):
            raise
        except ReviewerError as error:
            failure = StepFailure(rater, index, error.code, error.user_message)
        except Exception as error:  # noqa: BLE001
            # The type and the place only: an exception's text may hold the document's.
            _log.error("a step of %s failed: %s", task.handler, type(error).__name__)
            failure = StepFailure(rater, index, "internal_error", "A check failed unexpectedly; the others went on.")
        else:
            self._bench.emit(StepDone(document, section, task.handler, result.key, result.usage))
            return result
        self._bench.emit(StepFailed(document, section, task.handler, rater, failure.code, failure.message))
        return failure

    def _show(self, node: HandlerNode, ballot: Ballot) -> None:
        task, item = ballot.task, ballot.task.item
        match node.uses:
            case "label":
                self._emit_handled(task, labels=results.labels(item, count(ballot)))
            case "assess":
                self._emit_handled(task, found=self._place(item, count(ballot)))
            case "translate":
                self._emit_handled(task, translations=results.translation(task, ballot))
            case _:
                self._emit_handled(task, summaries=results.summary(item, ballot))

    def _place(self, item: Item, verdicts: Sequence[Verdict]) -> tuple[Finding, ...]:
        """Keeps the verdicts for the document's end; the decisive ones are findings at once."""
        placed = [findings.PlacedVerdict(item, verdict) for verdict in verdicts]
        self._placed.extend(placed)
        playbook = self._plan.playbook
        if playbook is None:
            return ()
        return tuple(
            findings.finding_at(self._plan, playbook.position(each.verdict.criterion), each)
            for each in placed
            if findings.is_decisive(each.verdict)
        )

    def _emit_handled(
        self,
        task: Task,
        *,
        labels: tuple[Label, ...] = (),
        found: tuple[Finding, ...] = (),
        summaries: tuple[Summary, ...] = (),
        translations: tuple[Translation, ...] = (),
    ) -> None:
        document, section = self._plan.document.id, task.item.section
        self._bench.emit(ItemHandled(document, section, task.handler, labels, found, summaries, translations))


def _ballot(task: Task, answers: Sequence[Vote | StepFailure]) -> Ballot:
    return Ballot(
        task,
        tuple(answer for answer in answers if isinstance(answer, Vote)),
        tuple(answer for answer in answers if isinstance(answer, StepFailure)),
    )
