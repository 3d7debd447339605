"""Runs: started and continued; the stored ones are in `stored_runs.py`, how one is done in `execution.py`."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from reviewer.domain.destination import Destination
from reviewer.domain.errors import ConfigError
from reviewer.domain.estimate import Estimate
from reviewer.domain.ids import RunId, canonical_json, content_id, sha256_hex
from reviewer.domain.matter import Matter, MatterId
from reviewer.domain.recording import Recording
from reviewer.domain.run import Run
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.limits import Limits
from reviewer.engine.plan import DocumentPlan
from reviewer.engine.pool import Pool
from reviewer.engine.rehearsal import NOTHING_ASKED, rehearse
from reviewer.engine.runner import Runner
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import Workspace
from reviewer.ports.system import Clock
from reviewer.services.connections import CONNECTIONS
from reviewer.services.egress import check_egress, destinations, narrowed, unconfirmed
from reviewer.services.estimates import estimate_of
from reviewer.services.event_log import Listen
from reviewer.services.execution import Execution, panel_of
from reviewer.services.indexing import SearchIndexer
from reviewer.services.intake import Intake
from reviewer.services.library import Library, Shelf
from reviewer.services.matters import MatterService
from reviewer.services.planning import Planner
from reviewer.services.plans import plan_of, plans_of
from reviewer.services.recording import Tape, rater_of
from reviewer.services.redactions import redacting_of
from reviewer.services.requests import UNLIMITED, Allowance, RunRequest, of_run
from reviewer.services.spending import Money, Spending
from reviewer.services.stored_runs import RunResult, StoredRuns
from reviewer.services.turns import TurnService

BuildModels = Callable[[RunRequest], tuple[ChatModel, ...]]


class RunService(StoredRuns):
    """Starts runs and gives their reports. Everything that finishes is stored before it is published."""

    def __init__(
        self,
        workspace: Workspace,
        library: Library,
        planner: Planner,
        build_models: BuildModels,
        clock: Clock,
        indexer: SearchIndexer,
        reviewer_name: str = "",
        money: Callable[[], Money] = Money,
    ) -> None:
        super().__init__(workspace, TurnService(workspace, library, clock, reviewer_name))
        self._library = library
        self._planner = planner
        self._build_models = build_models
        self._clock = clock
        self._matters = MatterService(workspace, clock)
        self._intake = Intake(workspace, library, self._turns)
        self._indexer = indexer
        self._spending = Spending(workspace.ledger, clock, money)
        self._execution = Execution(workspace, clock, self._spending)

    async def run(self, request: RunRequest, listen: Listen) -> RunResult:
        """Runs a request to its end; an unfinished run of the same files and settings is continued.

        Args:
            request: files and settings.
            listen: gets each event after it was stored; its first is `RunStarted`.

        Raises:
            InputError: none of the files can be read.
            ConfigError: the workflow or model named is not usable, or the matter keeps the text on this computer.
            NotConfirmedError: somebody has to say first that the text may leave.
            PriceUnknown: there is a cap on money, and a model's price is not known.
            BudgetExceeded: a cap was reached; what is done is kept and the run can be resumed with a higher one.
            ProviderError: no call to an endpoint can succeed; what is done is kept and the run can be resumed.
            asyncio.CancelledError: it was stopped; what is done is kept and the run can be resumed.
        """
        request, matter = await self._in_matter(request)
        async with self._models(request) as models:
            self._spending.check(models, request.allowance)
            check_egress(request, matter, destinations(models))
            shelf = await self._intake.take(request)
            plans = await self._plans(request, shelf)
            run = await self._begin(request, shelf, plans, models)
            async with self._indexer.beside():
                for plan in plans:
                    self._indexer.take(plan.document, plan.sections)
                report = await self._execution.of(run, request, plans, shelf.failed, models, listen)
                documents = {plan.document.id: plan.document for plan in plans}
                turns = await self._turns.report(MatterId(request.matter), report, documents)
                kept = await self._standings(report)
                self._indexer.take_run(run.id, report, kept)
        return RunResult(report, documents, kept, tuple(turns))

    def pause(self) -> None:
        """Asks nothing more for the run under way; what is in flight ends as ever."""
        self._execution.pause()

    def go_on(self) -> None:
        """Goes on with the run that was paused."""
        self._execution.go_on()

    def look_at(self, subjects: Sequence[str]) -> None:
        """Asks about these first, from now on: ids of sections and documents, the one that matters most first."""
        self._execution.look_at(subjects)

    def waiting_s(self) -> float | None:
        """Seconds until the next call of the run under way, where a limit is all that holds it back; else None."""
        return self._execution.waiting_s()

    async def unconfirmed(self, request: RunRequest) -> tuple[Destination, ...]:
        """Where beyond this computer the run's text would go that nobody has said yes to. Contacts nobody.

        Raises:
            ConfigError: a model cannot be named so, or the matter forbids it.
        """
        request, matter = await self._in_matter(request)
        async with self._models(replace(request, is_rehearsal=True)) as models:
            return unconfirmed(request, matter, destinations(models))

    async def estimate(self, request: RunRequest, *, with_bodies: bool = False) -> Estimate:
        """What a run would take. Reads the files and what the workspace holds; contacts nobody, starts nothing.

        Args:
            request: files and settings.
            with_bodies: tell every request as it would be sent, to the byte.

        Raises:
            InputError: none of the files can be read.
            ConfigError: the workflow or model named is not usable.
        """
        request, _ = await self._in_matter(replace(request, is_rehearsal=True))
        async with self._models(request) as models:
            facts = self._spending.facts(models)
            shelf = await self._intake.look(request)
            plans = await self._plans(request, shelf)
            rehearsal, kept = NOTHING_ASKED, self._workspace
            if models:
                wanted = request.votes, request.seed, kept.steps, kept.secret, self._clock
                redacting, adaptive = redacting_of(request, models), request.adaptive
                rehearsal = await rehearse(plans, models, *wanted, adaptive=adaptive, redacting=redacting)
        priced = list(zip(models, facts, strict=True))
        connections = request.max_connections or CONNECTIONS
        money = self._spending.currency
        panel = panel_of(models, request)
        counted = plans, shelf.failed, priced, rehearsal, connections, money
        return estimate_of(*counted, with_bodies=with_bodies, panel=panel)

    async def _in_matter(self, request: RunRequest) -> tuple[RunRequest, Matter | None]:
        """The request with its matter's workflow and playbook where it names none, and where its text may go."""
        matter = await self._matters.get(request.matter) if request.matter else None
        if matter is not None:
            workflow = request.workflow or matter.workflow or None
            redaction = request.redaction.with_list(matter.redact_terms, is_on=matter.redacts)
            playbook = request.playbook or matter.playbook
            request = replace(request, workflow=workflow, playbook=playbook, redaction=redaction)
        await self._planner.learn(self._workspace.decisions)
        if request.workflow:
            self._planner.workflow(request.workflow)
        return narrowed(request, matter), matter

    async def _plans(self, request: RunRequest, shelf: Shelf) -> list[DocumentPlan]:
        corrections = {each.id: await self._library.corrections(each.id) for each in shelf.documents}
        return plans_of(self._planner, shelf.documents, corrections, request)

    async def resume(self, run_id: str, listen: Listen, allowance: Allowance = UNLIMITED) -> RunResult:
        """Goes on with a stored run: what is stored is not asked again.

        Args:
            run_id: the run, or the beginning of its id.
            listen: as for `run`.
            allowance: stands in place of the one that run had, where it says something.

        Raises:
            InputError: there is no such run; else as for `run`.
        """
        return await self.run(await self.resume_request(run_id, allowance), listen)

    async def resume_request(self, run_id: str, allowance: Allowance = UNLIMITED) -> RunRequest:
        """What `resume` runs. Raises InputError: there is no such run."""
        request = of_run(await self._get(run_id))
        return replace(request, allowance=allowance.over(request.allowance))

    async def retry(
        self,
        run_id: str,
        listen: Listen,
        *,
        add_votes: int = 0,
        models: tuple[ModelChoice, ...] = (),
        allowance: Allowance = UNLIMITED,
    ) -> RunResult:
        """Runs a stored run's request once more: what failed is asked again, and nothing that is stored.

        Args:
            run_id: the run, or the beginning of its id.
            listen: as for `run`.
            add_votes: so many votes more of each model than that run took.
            models: ask these instead of that run's.
            allowance: stands in place of the one that run had, where it says something.

        Raises:
            InputError: there is no such run; else as for `run`.
        """
        request = await self.retry_request(run_id, add_votes=add_votes, models=models, allowance=allowance)
        return await self.run(request, listen)

    async def retry_request(
        self,
        run_id: str,
        *,
        add_votes: int = 0,
        models: tuple[ModelChoice, ...] = (),
        allowance: Allowance = UNLIMITED,
    ) -> RunRequest:
        """What `retry` runs. Raises InputError: there is no such run."""
        request = await self.resume_request(run_id, allowance)
        if add_votes:
            request = replace(request, votes=await self._votes(await self._get(run_id)) + add_votes)
        return replace(request, models=models) if models else request

    async def record(self, run_id: str, rater: str = "") -> Recording:
        """What a model was asked in a stored run and what it said, from what is stored. Asks and writes nothing.

        Args:
            run_id: the run, or the beginning of its id.
            rater: the model; may be left out where the run asked one only.

        Raises:
            InputError: there is no such run, or it is not clear which model.
        """
        run = await self._get(run_id)
        request = of_run(run)
        await self._planner.learn(self._workspace.decisions)
        tape = Tape(self._workspace.steps, rater_of(run.models, rater))
        documents = await self._documents(await self._report(run))
        plans = [
            plan_of(self._planner, each, await self._library.corrections(each.id), request)
            for each in documents.values()
        ]
        async with self._models(request) as models:
            # Not the dispatcher of real calls: what is learnt of these answers is nothing about an endpoint.
            pool = Pool(Dispatcher(self._clock), lambda _: Limits(), self._clock)
            panel = panel_of(tape.models(models), request)
            await Runner(tape, pool, panel, self._workspace.secret, lambda _: None).run(plans)
        return tape.recording

    @asynccontextmanager
    async def _models(self, request: RunRequest) -> AsyncIterator[tuple[ChatModel, ...]]:
        models = self._build_models(request)
        try:
            if len({(model.name, model.endpoint) for model in models}) < len(models):
                raise ConfigError("same_model", "A model was named twice.", "Use --votes to ask it more often.")
            yield models
        finally:
            for model in models:
                await model.aclose()

    async def _begin(
        self, request: RunRequest, shelf: Shelf, plans: Sequence[DocumentPlan], models: Sequence[ChatModel]
    ) -> Run:
        fingerprint = sha256_hex(
            canonical_json(
                {
                    **request.identity(),
                    "documents": [document.source.sha256 for document in shelf.documents],
                    "workflows": sorted({plan.workflow.digest for plan in plans}),
                    "endpoints": [model.endpoint for model in models],
                    **self._planner.taught({plan.workflow.id for plan in plans}),
                    "sections": [[section.id, section.level] for plan in plans for section in plan.sections],
                }
            )
        )
        now = self._clock.now()
        unfinished = await self._workspace.runs.find_unfinished(fingerprint)
        run = Run(
            id=unfinished.id if unfinished else RunId(content_id("run", fingerprint, now.isoformat())),
            workflow=request.workflow or "auto",
            engine=request.engine,
            models=tuple(model.name for model in models),
            votes=request.votes,
            fingerprint=fingerprint,
            paths=tuple(str(path.absolute()) for path in request.paths),
            options=request.options(),
            started_at=now,
            matter=request.matter,
        )
        await self._workspace.runs.begin(run)
        return run
