"""Handling: one handler's answer about one item, by a rule, by the votes of models, or by another workflow."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, TypeVar

from reviewer.domain.anchor import TextSpan
from reviewer.domain.events import DocumentRedacted, RunEvent, StepDone, StepFailed
from reviewer.domain.finding import Finding
from reviewer.domain.ids import SectionId
from reviewer.domain.redaction import Redaction
from reviewer.domain.task import Context, Item, Route, Task
from reviewer.domain.vote import RULE, Ballot, StepFailure, Verdict, Vote
from reviewer.domain.workflow import HandlerNode, Workflow
from reviewer.engine import findings, results, routing
from reviewer.engine.answers import answer, unanswered
from reviewer.engine.boundary import attempt, attempt_at_once
from reviewer.engine.citing import check
from reviewer.engine.cover import Cover, cover_of
from reviewer.engine.judging import best_of
from reviewer.engine.parts import entries_of, entry_task, of_part, question_task
from reviewer.engine.plan import DocumentPlan, HandlerPair, Panel, Rater, Team
from reviewer.engine.polling import Ask, ballot_of, poll
from reviewer.engine.prompt import fence
from reviewer.engine.results import ItemResults
from reviewer.engine.steps import StepResult, StepRunner
from reviewer.engine.surroundings import Surroundings
from reviewer.engine.together import together
from reviewer.engine.voting import count
from reviewer.ports.handling import ModelHandler, RuleHandler

AGGREGATE = "aggregate"
"""Stands where the votes of others are brought together."""
JUDGE = "judge"

T = TypeVar("T")
Emit = Callable[[RunEvent], None]
Results = Coroutine[Any, Any, ItemResults]
Step = Callable[[], Awaitable[StepResult]]
FindRoute = Callable[[Item, Context, Workflow, Team], Awaitable[Route]]


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


class Handling:
    """What handlers say about the items of one document.

    Args:
        plan: the document's.
        bench: what the run has.
        find_route: sends an item on its way in a nested workflow.

    Attributes:
        found: findings at their places, in the order they came.
        placed: verdicts on positions, for the document's end, in the order they came.
        assessed: how many items were assessed; ``unassessed``: how many should have been, and were not.
    """

    def __init__(self, plan: DocumentPlan, bench: Bench, find_route: FindRoute) -> None:
        self._plan = plan
        self._bench = bench
        self._find_route = find_route
        self.found: list[Finding] = []
        self.placed: list[findings.PlacedVerdict] = []
        self.assessed = 0
        self.unassessed = 0
        self._redaction: Redaction | None = None
        self._covers: dict[Task, Cover | None] = {}
        self._around: dict[tuple[str, TextSpan], str] = {}

    async def redact(self) -> None:
        """Makes the document's placeholders where any rater gets them, and says how much is replaced."""
        redacting, plan = self._bench.panel.redacting, self._plan
        if not redacting.raters:
            return
        async with self._bench.steps.desk:
            hidden = (each.text for kinds in plan.unseen.values() for each in kinds)
            others = (plan.document.title, plan.document.source.name, *hidden)
            self._redaction = Redaction(redacting.rules, plan.projection.text, others)
        raters = tuple(sorted(redacting.raters))
        self._bench.emit(DocumentRedacted(plan.document.id, raters, self._redaction.counts))

    def cover(self, task: Task, rater: Rater) -> Cover | None:
        """What a rater is told in place of a task; None where it may read the task itself."""
        redaction = self._redaction
        if redaction is None or rater.name not in self._bench.panel.redacting.raters:
            return None
        if task not in self._covers:  # the same for all votes
            self._covers[task] = self._covered(task, redaction)
        return self._covers[task]

    def _covered(self, task: Task, redaction: Redaction) -> Cover | None:
        has_surroundings = bool(task.context.surroundings)
        told = redaction.of_text(self._plan.told.get(task.item.name, ""))
        around = told or self._surroundings.of(task.item, redaction.of_span)
        return cover_of(task, redaction, around if has_surroundings else "")

    def results(self, node: HandlerNode, pair: HandlerPair, task: Task) -> Results:
        """All that comes of a task; nothing where its votes failed, which is told in events.

        Raises:
            FatalProviderError, StorageError, BudgetExceeded: the run cannot go on.
        """
        if node.uses == "assess" and not self._has_playbook(node):
            return _nothing()
        if pair.nested:
            return self._nested(*pair.nested, task)
        if pair.asked:
            return self._asked(pair, task)
        if pair.each:
            return self._made(node, pair, pair.each, task)
        return self._answered(node, pair, task)

    async def _made(
        self, node: HandlerNode, pair: HandlerPair, each: tuple[HandlerNode, HandlerPair], task: Task
    ) -> ItemResults:
        """A list, and what is made of its entries."""
        found = await self._answered(node, pair, task)
        return found + await self._each(*each, pair.expected, task, found)

    async def _answered(self, node: HandlerNode, pair: HandlerPair, task: Task) -> ItemResults:
        saved = 0
        if pair.model and self._bench.panel.raters:
            ballot, saved = await self._ask_models(node, task, pair)
        elif pair.rule:
            ballot = await self._ask_rule(node, task, pair.rule)
        else:
            return _without_model(node, task)
        shown = await self._shown(node, ballot, pair) if ballot.votes else None
        if node.uses == "assess":
            self._note_assessed(is_whole=shown is not None and len(ballot.votes) >= ballot.task.quorum)
        found = shown or ItemResults()
        return replace(found, saved=saved) if saved else found

    async def _nested(self, workflow: Workflow, team: Team, task: Task) -> ItemResults:
        """The item as another workflow cuts and handles it; its handlers are named after ours."""
        pieces = self._plan.pieces(task.item, workflow)
        made = await together([partial(self._piece, workflow, team, self._task_of(task, each)) for each in pieces])
        return sum(made, start=ItemResults())

    def _task_of(self, task: Task, piece: Item) -> Task:
        if piece is task.item:
            return task
        mark = fence(self._bench.secret, self._plan.document.id, piece.section)
        return replace(task, item=piece, context=replace(task.context, fence=mark))

    async def _piece(self, workflow: Workflow, team: Team, task: Task) -> ItemResults:
        route = await self._find_route(task.item, task.context, workflow, team)
        found = ItemResults()
        for node in routing.nodes(route, workflow, team):
            name = f"{task.handler}/{node.id}"
            inner = Task(name, task.item, task.context, node.votes, node.quorum)
            found += await self.results(node, team.handlers[node.id], inner)
        return found

    async def _asked(self, pair: HandlerPair, task: Task) -> ItemResults:
        """An answer to each question."""
        parts = [(*each, question_task(task, each[0], each[0].questions[0])) for each in pair.asked]
        return await self._parts(parts, [node.questions[0] for node, _, _ in parts])

    async def _each(
        self, node: HandlerNode, pair: HandlerPair, expected: int, task: Task, made: ItemResults
    ) -> ItemResults:
        """What a handler makes of each entry of a list."""
        entries = entries_of(made.answers, expected)
        return await self._parts([(node, pair, entry_task(task, node, entry)) for entry in entries], entries)

    async def _parts(
        self, parts: Sequence[tuple[HandlerNode, HandlerPair, Task]], titles: Sequence[str]
    ) -> ItemResults:
        """All parts at once; what comes of them in their order."""
        async with asyncio.TaskGroup() as group:
            waiting = [group.create_task(self.results(*part)) for part in parts]
        found = ItemResults()
        for number, (each, (node, _, task), title) in enumerate(zip(waiting, parts, titles, strict=True), 1):
            found += of_part(each.result(), task, node.uses, title, number)
        return found

    def _has_playbook(self, node: HandlerNode) -> bool:
        return self._plan.playbook is not None and self._plan.playbook.id in node.playbooks

    def _note_assessed(self, *, is_whole: bool) -> None:
        """Counts the parts that were assessed: without a quorum even silence shows nothing."""
        if is_whole:
            self.assessed += 1
        else:
            self.unassessed += 1

    async def _ask_rule(self, node: HandlerNode, task: Task, handler: RuleHandler) -> Ballot:
        vote = await self._vote(task, RULE, 0, partial(self._bench.steps.by_rule, node.uses, handler, task))
        return ballot_of(replace(task, votes=1, quorum=1), [vote])

    def _ask_models(self, node: HandlerNode, task: Task, pair: HandlerPair) -> Coroutine[Any, Any, tuple[Ballot, int]]:
        """As many votes of models as are needed, and how many were not."""
        task = self._with_unseen(node, self._with_surroundings(node, task))

        wordings = pair.wordings

        def ask_for(ask: Ask) -> Coroutine[Any, Any, Vote | StepFailure]:
            step = partial(self._step, node, wordings[ask.index % len(wordings)], task, ask)
            return self._vote(task, ask.rater.name, ask.index, step)

        return poll(node, self._bench.panel, task, ask_for)

    def _step(self, node: HandlerNode, handler: ModelHandler, task: Task, ask: Ask) -> Awaitable[StepResult]:
        temperature = node.temperature_of(ask.index)
        cover = self.cover(task, ask.rater)
        return self._bench.steps.by_model(
            node.uses, handler, task, ask.rater, ask.index, temperature=temperature, cover=cover
        )

    def _with_surroundings(self, node: HandlerNode, task: Task) -> Task:
        """What a translator is told besides the text would only end up in the translation."""
        if node.uses == "translate" or task.item.section is None:
            return task
        around = self._plan.told.get(task.item.name) or self._told_around(task.item)
        return replace(task, context=task.context.amid(around)) if around else task

    def _told_around(self, item: Item) -> str:
        """The same for all handlers that read a part."""
        place = (item.text, item.span)
        if place not in self._around:
            self._around[place] = self._surroundings.of(item)
        return self._around[place]

    def _with_unseen(self, node: HandlerNode, task: Task) -> Task:
        """As for the surroundings: nothing for a translator, who would translate it."""
        unseen = self._plan.unseen.get(task.item.name, ())
        if node.uses == "translate" or not unseen:
            return task
        return replace(task, context=replace(task.context, unseen=unseen))

    @cached_property
    def _surroundings(self) -> Surroundings:
        plan = self._plan
        return Surroundings(plan.projection, plan.sections, plan.workflow.split.context_tokens)

    def _vote(self, task: Task, rater: str, index: int, step: Step) -> Coroutine[Any, Any, Vote | StepFailure]:
        async def voted() -> Vote:
            result = self.done(task, rater, await step())
            async with self._bench.steps.desk:
                judgements = tuple(check(self._plan, task.item, each) for each in result.judgements)
            return Vote(rater, index, judgements, result.answered_by)

        return self.attempt(task, rater, index, voted)

    def done(self, task: Task, rater: str, done: StepResult) -> StepResult:
        """What a step gave; it is told that it is done."""
        document, section = self._plan.document.id, task.item.section
        self._bench.emit(StepDone(document, section, task.handler, done.key, done.usage, rater, done.answered_by))
        return done

    def attempt(
        self, task: Task, rater: str, index: int, work: Callable[[], Awaitable[T]]
    ) -> Coroutine[Any, Any, T | StepFailure]:
        """What work gives, or its failure; which is told."""
        return attempt(work, task.handler, rater, index, partial(self.emit_failed, task.item.section, task.handler))

    def attempt_at_once(self, task: Task, rater: str, work: Callable[[], T]) -> T | StepFailure:
        """The same of work that waits for nothing."""
        return attempt_at_once(work, task.handler, rater, partial(self.emit_failed, task.item.section, task.handler))

    def emit_failed(self, section: SectionId | None, handler: str, failure: StepFailure) -> None:
        """Tells of a failure."""
        document, why = self._plan.document.id, failure
        self._bench.emit(StepFailed(document, section, handler, why.rater, why.code, why.message, why.usage))

    async def _shown(self, node: HandlerNode, ballot: Ballot, pair: HandlerPair) -> ItemResults | None:
        best, why = await best_of(ballot, node.policy, pair.judge, partial(self._compare, ballot.task))
        shown = partial(self._of_ballot, node, ballot, best, why)
        found = self.attempt_at_once(ballot.task, AGGREGATE, shown)
        return None if isinstance(found, StepFailure) else found

    async def _compare(self, task: Task, comparison: ModelHandler) -> StepResult | StepFailure:
        """The strongest model compares."""
        rater, task = self._bench.panel.raters[-1], replace(task, handler=f"{task.handler}/{JUDGE}")
        cover = self.cover(task, rater)
        ask = partial(self._bench.steps.by_model, JUDGE, comparison, task, rater, 0, temperature=0.0, cover=cover)

        async def compared() -> StepResult:
            return self.done(task, rater.name, await ask())

        return await self.attempt(task, rater.name, 0, compared)

    def _of_ballot(self, node: HandlerNode, ballot: Ballot, best: Vote | None, why: str) -> ItemResults:
        task, item = ballot.task, ballot.task.item
        match node.uses:
            case "label":
                return ItemResults(labels=results.labels(item, count(ballot, node.policy, node.weights)))
            case "assess":
                return ItemResults(findings=self._place(item, count(ballot, node.policy, node.weights)))
            case "translate":
                return ItemResults(translations=results.translation(task, best))
            case "summarize":
                return ItemResults(summaries=results.summary(item, best))
            case _:
                return ItemResults(answers=(answer(node, ballot, task.handler, best, why),))

    def _place(self, item: Item, verdicts: Sequence[Verdict]) -> tuple[Finding, ...]:
        """Keeps the verdicts for the document's end; the decisive ones are findings at once."""
        placed = [findings.PlacedVerdict(item, verdict) for verdict in verdicts]
        found = findings.decisive_findings(self._plan, placed)
        self.placed.extend(placed)
        self.found.extend(found)
        return found


async def _nothing() -> ItemResults:
    return ItemResults()


def _without_model(node: HandlerNode, task: Task) -> ItemResults:
    """The honest state of what no model was there to make."""
    if node.uses == "translate":
        return ItemResults(translations=results.untranslated(task, RULE))
    return ItemResults(answers=(unanswered(node, task, task.handler),))
