"""One document of a run: every item routed, handled and voted on, all at once."""

import asyncio
from dataclasses import replace
from functools import partial

from reviewer.domain.check import Check
from reviewer.domain.events import DocumentChecked, DocumentFinished, DocumentRead, ItemHandled, ItemRouted
from reviewer.domain.finding import Finding
from reviewer.domain.particular import Obligation, Particular
from reviewer.domain.report import DocumentReport, sorted_for_reading
from reviewer.domain.task import Context, Item, Route, Task
from reviewer.domain.vote import RULE, StepFailure
from reviewer.domain.workflow import Aggregation, HandlerNode, Workflow
from reviewer.engine import findings, routing
from reviewer.engine.boundary import attempt
from reviewer.engine.handling import AGGREGATE, Bench, Handling
from reviewer.engine.interacting import interact
from reviewer.engine.plan import DocumentPlan, Rater, Team, header
from reviewer.engine.prompt import fence
from reviewer.engine.together import together
from reviewer.ports.handling import ModelHandler

CHECKS = "checks"
PARTICULARS = "particulars"


class DocumentRun:
    """Runs one document's plan; used once."""

    def __init__(self, plan: DocumentPlan, bench: Bench) -> None:
        self._plan = plan
        self._bench = bench
        self._handling = Handling(plan, bench, self._route)

    async def run(self) -> None:
        """Handles every item. The failure of an item is its own and becomes an event.

        Raises:
            FatalProviderError, StorageError, BudgetExceeded: the run cannot go on.
        """
        await self._handling.redact()
        async with asyncio.TaskGroup() as group:
            for item in self._plan.items:
                group.create_task(self._item(item))
        self._handling.placed.sort(key=lambda placed: (placed.item.span, placed.verdict.criterion))
        whole = await attempt(self._whole, AGGREGATE, RULE)
        if isinstance(whole, StepFailure):
            self._handling.emit_failed(None, AGGREGATE, whole)
            whole = ()
        await self._check()
        await self._read()
        self._bench.emit(DocumentFinished(self._plan.document.id, whole))
        await interact(self._report(whole), self._plan.team, self._bench)

    async def _check(self) -> None:
        """Holds the whole document against the rules of the linter, where its workflow asks for that."""
        plan, node = self._plan, self._plan.workflow.checks
        checker = plan.team.checker
        if checker is None or node is None:
            return

        async def checked() -> tuple[Check, ...]:
            async with self._bench.steps.desk:
                return checker.check(plan.document, plan.sections, node.off)

        found = await attempt(checked, CHECKS, RULE)
        if isinstance(found, StepFailure):
            self._handling.emit_failed(None, CHECKS, found)
        else:
            self._bench.emit(DocumentChecked(plan.document.id, found))

    async def _read(self) -> None:
        """Reads names, days, sums and duties, where its workflow asks for that."""
        plan, node = self._plan, self._plan.workflow.particulars
        reader = plan.team.reader
        if reader is None or node is None:
            return

        async def read() -> tuple[tuple[Particular, ...], tuple[Obligation, ...]]:
            async with self._bench.steps.desk:
                found: tuple[tuple[Particular, ...], tuple[Obligation, ...]] = reader.read(plan.document, plan.sections)
            return found

        found = await attempt(read, PARTICULARS, RULE)
        if isinstance(found, StepFailure):
            self._handling.emit_failed(None, PARTICULARS, found)
        else:
            particulars, obligations = found
            kept = tuple(each for each in particulars if each.column not in node.off)
            self._bench.emit(DocumentRead(plan.document.id, kept, obligations))

    def _report(self, whole: tuple[Finding, ...]) -> DocumentReport:
        """The findings so far, in the order of reading."""
        plan = self._plan
        playbook = plan.playbook.id if plan.playbook else ""
        report = DocumentReport(header(plan.document), plan.workflow.id, playbook, plan.sections, len(plan.items))
        return sorted_for_reading(replace(report, findings=(*self._handling.found, *whole)))

    async def _whole(self) -> tuple[Finding, ...]:
        if self._plan.workflow.aggregate is not Aggregation.POSITIONS:
            return ()
        done = self._handling
        return findings.document_findings(self._plan, done.placed, done.assessed, done.unassessed)

    async def _item(self, item: Item) -> None:
        plan = self._plan
        context = Context(
            document_title=plan.document.title or plan.document.source.name,
            playbook=plan.playbook.id if plan.playbook else "",
            target_language=plan.workflow.router.target_language,
            fence=fence(self._bench.secret, plan.document.id, item.section),
        )
        route = await self._route(item, context, plan.workflow, plan.team)
        self._bench.emit(ItemRouted(plan.document.id, routing.routed(item, route, plan.workflow)))
        nodes = routing.nodes(route, plan.workflow, plan.team)
        await together(
            [partial(self._handle, node, Task(node.id, item, context, node.votes, node.quorum)) for node in nodes]
        )

    async def _route(self, item: Item, context: Context, workflow: Workflow, team: Team) -> Route:
        task = Task(routing.ROUTE, item, context)
        by_rules = partial(routing.without_model, team.classifier, item, workflow)
        found = self._handling.attempt_at_once(task, RULE, by_rules)
        route = routing.fallen_back(workflow) if isinstance(found, StepFailure) else found
        raters = self._bench.panel.raters
        if not raters or team.router is None or not routing.needs_model(route, workflow):
            return route
        ask = partial(self._route_by_model, team.router, task, workflow)
        said = await ask(raters[0])
        if len(raters) > 1 and routing.needs_stronger(said, workflow):
            said = await ask(raters[-1]) or said
        return routing.surer(route, said, workflow)

    async def _route_by_model(self, router: ModelHandler, task: Task, workflow: Workflow, rater: Rater) -> Route | None:
        """The route that a model names; None where it failed, which was told."""

        async def named() -> Route:
            ask = partial(routing.ask, self._bench.steps, router, task, rater, self._handling.cover(task, rater))
            return routing.of_step(self._handling.done(task, rater.name, await ask()), workflow)

        said = await self._handling.attempt(task, rater.name, 0, named)
        return None if isinstance(said, StepFailure) else said

    async def _handle(self, node: HandlerNode, task: Task) -> None:
        found = await self._handling.results(node, self._plan.team.handlers[node.id], task)
        self._bench.emit(
            ItemHandled(
                self._plan.document.id,
                task.item.section,
                task.handler,
                found.labels,
                found.findings,
                found.summaries,
                found.translations,
                found.answers,
                found.saved,
            )
        )
