"""One document of a run: every item routed, handled and voted on, all at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from reviewer.domain.events import DocumentFinished, ItemHandled, ItemRouted, RunEvent, StepDone, StepFailed
from reviewer.domain.finding import Finding, Label, Summary, Translation
from reviewer.domain.ids import SectionId
from reviewer.domain.task import Context, Item, Route, Task
from reviewer.domain.vote import RULE, Ballot, StepFailure, Verdict, Vote
from reviewer.domain.workflow import Aggregation, HandlerNode
from reviewer.engine import findings, results, routing
from reviewer.engine.boundary import attempt
from reviewer.engine.citing import check
from reviewer.engine.plan import DocumentPlan, Panel, Rater
from reviewer.engine.prompt import fence
from reviewer.engine.steps import StepResult, StepRunner
from reviewer.engine.surroundings import Surroundings
from reviewer.engine.voting import count
from reviewer.ports.handling import ModelHandler, RuleHandler

AGGREGATE = "aggregate"
"""Stands where the votes of others are brought together."""

T = TypeVar("T")
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
        self._assessed = 0
        self._unassessed = 0

    async def run(self) -> None:
        """Handles every item. The failure of an item is its own and becomes an event.

        Raises:
            FatalProviderError, StorageError, BudgetExceeded: the run cannot go on.
        """
        async with asyncio.TaskGroup() as group:
            for item in self._plan.items:
                group.create_task(self._item(item))
        order = {item.name: index for index, item in enumerate(self._plan.items)}
        self._placed.sort(key=lambda placed: (order[placed.item.name], placed.verdict.criterion))
        whole = await attempt(self._whole, AGGREGATE, RULE)
        if isinstance(whole, StepFailure):
            self._emit_failed(None, AGGREGATE, whole)
            whole = ()
        self._bench.emit(DocumentFinished(self._plan.document.id, whole))

    async def _whole(self) -> tuple[Finding, ...]:
        if self._plan.workflow.aggregate is Aggregation.COLLECT:
            return ()
        return findings.document_findings(self._plan, self._placed, self._assessed, self._unassessed)

    async def _item(self, item: Item) -> None:
        plan = self._plan
        context = Context(
            document_title=plan.document.title or plan.document.source.name,
            playbook=plan.playbook.id if plan.playbook else "",
            target_language=plan.workflow.router.target_language,
            fence=fence(self._bench.secret, plan.document.id, item.section),
        )
        routed = routing.routed(item, await self._route(item, context), plan.workflow)
        self._bench.emit(ItemRouted(plan.document.id, routed))
        nodes = [plan.workflow.handler(handler_id) for handler_id in routed.handlers]
        # What asks a model starts first: rules are then worked out while the answers are on their way.
        nodes.sort(key=lambda node: plan.team.handlers[node.id].model is None)
        async with asyncio.TaskGroup() as group:
            for node in nodes:
                group.create_task(self._handle(node, Task(node.id, item, context, node.votes, node.quorum)))

    async def _route(self, item: Item, context: Context) -> Route:
        workflow, team = self._plan.workflow, self._plan.team
        task = Task(routing.ROUTE, item, context)

        async def without_model() -> Route:
            return routing.without_model(team.classifier, item, workflow)

        found = await self._attempt(task, RULE, 0, without_model)
        route = routing.fallen_back(workflow) if isinstance(found, StepFailure) else found
        raters = self._bench.panel.raters
        if not raters or team.router is None or not routing.needs_model(route, workflow):
            return route
        said = await self._route_by_model(team.router, task, raters[0])
        if len(raters) > 1 and routing.needs_stronger(said, workflow):
            said = await self._route_by_model(team.router, task, raters[-1]) or said
        return routing.surer(route, said, workflow)

    async def _route_by_model(self, router: ModelHandler, task: Task, rater: Rater) -> Route | None:
        """The route that a model names; None where it failed, which was told."""

        async def named() -> Route:
            ask = partial(routing.ask, self._bench.steps, router, task, rater)
            return routing.of_step(await self._done(task, rater.name, ask), self._plan.workflow)

        said = await self._attempt(task, rater.name, 0, named)
        return None if isinstance(said, StepFailure) else said

    async def _handle(self, node: HandlerNode, task: Task) -> None:
        if node.uses == "assess" and not self._has_playbook(node):
            self._emit_handled(task)
            return
        pair = self._plan.team.handlers[node.id]
        if pair.model and self._bench.panel.raters:
            ballot = await self._ask_models(node, task, pair.model)
        elif pair.rule:
            ballot = await self._ask_rule(node, task, pair.rule)
        else:
            self._emit_handled(task, translations=results.untranslated(task, RULE))
            return
        is_shown = bool(ballot.votes) and await self._is_shown(node, ballot)
        if not is_shown:
            self._emit_handled(task)
        if node.uses == "assess":
            self._note_assessed(is_whole=is_shown and len(ballot.votes) >= ballot.task.quorum)

    def _has_playbook(self, node: HandlerNode) -> bool:
        return self._plan.playbook is not None and self._plan.playbook.id in node.playbooks

    def _note_assessed(self, *, is_whole: bool) -> None:
        """Counts the parts that were assessed: without a quorum even silence shows nothing."""
        if is_whole:
            self._assessed += 1
        else:
            self._unassessed += 1

    async def _ask_rule(self, node: HandlerNode, task: Task, handler: RuleHandler) -> Ballot:
        vote = await self._vote(task, RULE, 0, partial(self._bench.steps.by_rule, node.uses, handler, task))
        return _ballot(replace(task, votes=1, quorum=1), [vote])

    async def _ask_models(self, node: HandlerNode, task: Task, handler: ModelHandler) -> Ballot:
        """Each model as often as wanted, all at once."""
        panel = self._bench.panel
        task = self._with_surroundings(node, task)
        step = partial(self._bench.steps.by_model, node.uses, handler, task, temperature=node.temperature)
        async with asyncio.TaskGroup() as group:
            votes = [
                group.create_task(self._vote(task, rater.name, index, partial(step, rater, index)))
                for rater in panel.raters
                for index in range(panel.votes or node.votes)
            ]
        asked = replace(task, votes=len(votes), quorum=min(node.quorum, len(votes)))
        return _ballot(asked, [vote.result() for vote in votes])

    def _with_surroundings(self, node: HandlerNode, task: Task) -> Task:
        """What a translator is told besides the text would only end up in the translation."""
        if node.uses == "translate" or task.item.section is None:
            return task
        return replace(task, context=replace(task.context, surroundings=self._surroundings.of(task.item)))

    @cached_property
    def _surroundings(self) -> Surroundings:
        plan = self._plan
        return Surroundings(plan.projection, plan.sections, plan.workflow.split.context_tokens)

    async def _vote(self, task: Task, rater: str, index: int, step: Step) -> Vote | StepFailure:
        async def voted() -> Vote:
            result = await self._done(task, rater, step)
            async with self._bench.steps.desk:
                judgements = tuple(check(self._plan, task.item, each) for each in result.judgements)
            return Vote(rater, index, judgements, result.answered_by)

        return await self._attempt(task, rater, index, voted)

    async def _done(self, task: Task, rater: str, step: Step) -> StepResult:
        done = await step()
        document, section = self._plan.document.id, task.item.section
        self._bench.emit(StepDone(document, section, task.handler, done.key, done.usage, rater, done.answered_by))
        return done

    async def _attempt(self, task: Task, rater: str, index: int, work: Callable[[], Awaitable[T]]) -> T | StepFailure:
        result = await attempt(work, task.handler, rater, index)
        if isinstance(result, StepFailure):
            self._emit_failed(task.item.section, task.handler, result)
        return result

    async def _is_shown(self, node: HandlerNode, ballot: Ballot) -> bool:
        async def shown() -> None:
            self._show(node, ballot)

        return await self._attempt(ballot.task, AGGREGATE, 0, shown) is None

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
        found = findings.decisive_findings(self._plan, placed)
        self._placed.extend(placed)
        return found

    def _emit_failed(self, section: SectionId | None, handler: str, failure: StepFailure) -> None:
        document, why = self._plan.document.id, failure
        self._bench.emit(StepFailed(document, section, handler, why.rater, why.code, why.message, why.usage))

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
