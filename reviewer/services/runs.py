"""Runs: started, continued, listed, shown."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from reviewer.domain.decision import Standing, SubjectKind, SubjectRef, standings
from reviewer.domain.destination import Destination
from reviewer.domain.document import Document, SourceFile
from reviewer.domain.errors import BudgetExceeded, ConfigError, InputError, ProviderError, ReviewerError
from reviewer.domain.estimate import Estimate
from reviewer.domain.events import DocumentFailed, RunFinished, RunStarted
from reviewer.domain.ids import DocumentId, FindingId, RunId, canonical_json, content_id, sha256_hex
from reviewer.domain.matter import Matter, MatterId
from reviewer.domain.recording import Recording
from reviewer.domain.report import Report, fold_all
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.run_diff import RunDiff, diff_runs
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.limits import Limits
from reviewer.engine.plan import DocumentPlan, Panel
from reviewer.engine.pool import Pool
from reviewer.engine.rehearsal import NOTHING_ASKED, rehearse
from reviewer.engine.runner import Runner
from reviewer.ports.models import ChatModel
from reviewer.ports.sending import witnessed_by
from reviewer.ports.storage import Workspace
from reviewer.ports.system import Clock
from reviewer.services.connections import CONNECTIONS, limits_of
from reviewer.services.egress import check_egress, destinations, narrowed, unconfirmed
from reviewer.services.estimates import estimate_of
from reviewer.services.event_log import EventLog, Listen
from reviewer.services.indexing import SearchIndexer
from reviewer.services.library import Library, Shelf, first_of, list_files, open_all
from reviewer.services.matters import MatterService
from reviewer.services.planning import Planner
from reviewer.services.plans import plans_of
from reviewer.services.recording import Tape, rater_of
from reviewer.services.redactions import redacting_of
from reviewer.services.requests import UNLIMITED, Allowance, RunRequest, of_run
from reviewer.services.sent import RunWitness
from reviewer.services.spending import Money, Spending
from reviewer.services.turns import FileState, ReviewedFile, TurnReport, TurnService

BuildModels = Callable[[RunRequest], tuple[ChatModel, ...]]


@dataclass(frozen=True, slots=True)
class RunResult:
    """A report, the documents it speaks about, and how its findings stand with the people who review them.

    Attributes:
        turns: what new versions took over from the ones before; only from the run that first saw them.
    """

    report: Report
    documents: dict[DocumentId, Document]
    standings: dict[FindingId, Standing] = field(default_factory=dict)
    turns: tuple[TurnReport, ...] = ()


class RunService:
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
        self._workspace = workspace
        self._library = library
        self._planner = planner
        self._build_models = build_models
        self._clock = clock
        self._matters = MatterService(workspace, clock)
        self._turns = TurnService(workspace, library, clock, reviewer_name)
        self._indexer = indexer
        self._dispatcher = Dispatcher(clock)
        self._pool: Pool | None = None
        self._spending = Spending(workspace.ledger, clock, money)

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
            shelf = await self._read(request)
            plans = await self._plans(request, shelf)
            run = await self._begin(request, shelf, plans, models)
            async with self._indexer.beside():
                for plan in plans:
                    self._indexer.take(plan.document, plan.sections)
                report = await self._execute(run, request, plans, shelf.failed, models, listen)
                documents = {plan.document.id: plan.document for plan in plans}
                turns = await self._turns.report(MatterId(request.matter), report, documents)
                kept = await self._standings(report)
                self._indexer.take_run(run.id, report, kept)
        return RunResult(report, documents, kept, tuple(turns))

    def pause(self) -> None:
        """Asks nothing more for the run under way; what is in flight ends as ever."""
        if self._pool is not None:
            self._pool.pause()

    def go_on(self) -> None:
        """Goes on with the run that was paused."""
        if self._pool is not None:
            self._pool.go_on()

    def look_at(self, subjects: Sequence[str]) -> None:
        """Asks about these first, from now on: ids of sections and documents, the one that matters most first."""
        if self._pool is not None:
            self._pool.look_at(subjects)

    def waiting_s(self) -> float | None:
        """Seconds until the next call of the run under way, where a limit is all that holds it back; else None."""
        until = self._pool.waiting_until() if self._pool is not None else None
        return None if until is None else max(0.0, until - self._clock.monotonic())

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
            opened, _ = await asyncio.to_thread(open_all, request.paths)
            shelf = await self._library.read_all(opened)
            if not shelf.documents:
                raise _nothing_readable(shelf.failed)
            plans = await self._plans(request, shelf)
            rehearsal, kept = NOTHING_ASKED, self._workspace
            if models:
                wanted = request.votes, request.seed, kept.steps, kept.secret, self._clock
                redacting, adaptive = redacting_of(request, models), request.adaptive
                rehearsal = await rehearse(plans, models, *wanted, adaptive=adaptive, redacting=redacting)
        priced = list(zip(models, facts, strict=True))
        connections = request.max_connections or CONNECTIONS
        money = self._spending.currency
        return estimate_of(plans, shelf.failed, priced, rehearsal, connections, money, with_bodies=with_bodies)

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

    async def _read(self, request: RunRequest) -> Shelf:
        """Reads the files, keeps their bytes, and enters them in the matter or as a new version."""
        opened, places = await asyncio.to_thread(open_all, request.paths)
        shelf = await self._library.read_all(opened)
        if not shelf.documents:
            raise _nothing_readable(shelf.failed)
        if request.version_of and len(shelf.documents) > 1:
            raise ConfigError("one_version", "Only one file can be a new version of a document.", "Name one file.")
        bytes_of = {sha256_hex(each.data): each.data for each in opened if isinstance(each, SourceFile)}
        for document in shelf.documents:
            sha256 = document.source.sha256
            await asyncio.to_thread(self._workspace.originals.put, sha256, bytes_of[sha256])
            if request.matter or request.version_of:
                earlier = DocumentId(request.version_of) if request.version_of else None
                await self._turns.record(MatterId(request.matter), document, places[sha256], earlier)
        return shelf

    async def file_states(self, run_id: str) -> dict[DocumentId, FileState]:
        """How the files of a stored run stand on the disk to what was reviewed.

        Raises:
            InputError: there is no such run.
        """
        run = await self._get(run_id)
        report = fold_all(await self._workspace.runs.events(run.id))
        documents = await self._documents(report)
        listed = await asyncio.to_thread(list_files, [Path(each) for each in run.paths])
        by_name = {each.name: each for each in listed if isinstance(each, Path)}
        files = [
            ReviewedFile(by_name[each.source.name], each.source.sha256, each.id)
            for each in documents.values()
            if each.source.name in by_name
        ]
        return await self._turns.file_states(files)

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

    async def diff(self, run_id: str, other_id: str) -> RunDiff:
        """What differs between the findings of two stored runs.

        Raises:
            InputError: there is no such run.
        """
        runs = [await self._get(each) for each in (run_id, other_id)]
        before, after = [fold_all(await self._workspace.runs.events(each.id)) for each in runs]
        return diff_runs(before, after)

    async def _votes(self, run: Run) -> int:
        """How many votes a run took of each model at most."""
        if run.votes is not None:
            return run.votes
        report = fold_all(await self._workspace.runs.events(run.id))
        findings = (each for document in report.documents.values() for each in document.findings)
        return max((vote.index + 1 for finding in findings for vote in finding.votes), default=1)

    async def delete(self, run_id: str) -> Run:
        """Deletes a run, and all that no other run needs, from the backups too.

        Raises:
            InputError: there is no such run.
            StorageError: it cannot be deleted.
        """
        run = await self._get(run_id)
        await self._workspace.delete([run.id])
        return run

    async def list_runs(self) -> tuple[Run, ...]:
        """All runs, newest first."""
        return await self._workspace.runs.list_runs()

    async def show(self, run_id: str) -> RunResult:
        """The report of a stored run: its events, folded again.

        Raises:
            InputError: there is no such run.
        """
        run = await self._get(run_id)
        report = fold_all(await self._workspace.runs.events(run.id))
        return RunResult(report, await self._documents(report), await self._standings(report))

    async def replay(self, run_id: str, listen: Listen) -> dict[DocumentId, Document]:
        """Tells the events of a stored run again, and gives the documents it speaks about.

        Raises:
            InputError: there is no such run.
        """
        run = await self._get(run_id)
        events = await self._workspace.runs.events(run.id)
        for event in events:
            listen(event)
        return await self._documents(fold_all(events))

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
        documents = await self._documents(fold_all(await self._workspace.runs.events(run.id)))
        plans = [
            self._planner.plan(each, request.workflow, await self._library.corrections(each.id), request.playbook)
            for each in documents.values()
        ]
        async with self._models(request) as models:
            # Not the dispatcher of real calls: what is learnt of these answers is nothing about an endpoint.
            pool = Pool(Dispatcher(self._clock), lambda _: Limits(), self._clock)
            panel = _panel(tape.models(models), request)
            await Runner(tape, pool, panel, self._workspace.secret, lambda _: None).run(plans)
        return tape.recording

    async def _documents(self, report: Report) -> dict[DocumentId, Document]:
        kept = {each: await self._workspace.documents.get(each) for each in report.documents}
        return {each: document for each, document in kept.items() if document is not None}

    async def _standings(self, report: Report) -> dict[FindingId, Standing]:
        found = [each.id for document in report.documents.values() for each in document.findings]
        subjects = [SubjectRef(SubjectKind.FINDING, each) for each in found]
        return standings(await self._workspace.decisions.about(subjects))

    async def _get(self, run_id: str) -> Run:
        run = await self._workspace.runs.get(RunId(run_id))
        if run is None:
            raise InputError("no_such_run", f"There is no run {run_id}.", "See: reviewer runs list")
        return run

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

    async def _execute(
        self,
        run: Run,
        request: RunRequest,
        plans: Sequence[DocumentPlan],
        failed: Sequence[DocumentFailed],
        models: tuple[ChatModel, ...],
        listen: Listen,
    ) -> Report:
        unknown_calls = await self._workspace.steps.settle()
        log = EventLog(self._workspace.runs, run.id, listen)
        log.emit(RunStarted(run, unknown_calls))
        for failure in failed:
            log.emit(failure)
        limits = limits_of(request, models)
        pool = self._pool = Pool(self._dispatcher, limits, self._clock, deadline_s=request.timeout_s)
        cashier = await self._spending.cashier(run.id, models, request.allowance)
        panel = _panel(cashier.watch(models), request)
        runner = Runner(self._workspace.steps, pool, panel, self._workspace.secret, log.emit, cashier)
        try:
            with closing(pool), witnessed_by(RunWitness(self._workspace.sent, run.id, self._clock)):
                await _while_pumping(log, runner.run(plans))
        except (ProviderError, BudgetExceeded) as error:
            await self._end(log, RunStatus.FAILED, error)
            raise
        except asyncio.CancelledError:
            # What was finished is stored already; only the run's own state is still to be written.
            await self._end(log, RunStatus.INTERRUPTED)
            raise
        await self._end(log, RunStatus.PARTIAL if failed or runner.has_failures else RunStatus.DONE)
        return fold_all(await self._workspace.runs.events(run.id))

    async def _end(self, log: EventLog, status: RunStatus, error: ReviewerError | None = None) -> None:
        why = (error.code, error.user_message, error.hint) if error else ("", "", "")
        log.emit(RunFinished(status, self._clock.now(), *why))
        await log.flush()


def _panel(models: Sequence[ChatModel], request: RunRequest) -> Panel:
    return Panel.of(models, request.votes, request.seed, request.adaptive, redacting_of(request, models))


async def _while_pumping(log: EventLog, work: Coroutine[None, None, None]) -> None:
    """Runs work beside the log's pump; an error of either comes out as itself.

    However the work ends, what it reported until then is stored and published. Where the log cannot be written, the
    work is stopped.
    """
    try:
        async with asyncio.TaskGroup() as group:
            pump = group.create_task(log.pump())
            try:
                await work
            finally:
                log.finish()
                await pump
    except ExceptionGroup as error:
        raise first_of(error) from None


def _nothing_readable(failed: Sequence[DocumentFailed]) -> InputError:
    if len(failed) == 1:
        only = failed[0]
        message = only.message if only.name in only.message else f"{only.name}: {only.message}"
        return InputError(only.code, message, only.hint)
    if not failed:
        return InputError("no_input", "There is no document to review here.", "Name a PDF, DOCX or text file.")
    names = ", ".join(f"{each.name} ({each.code})" for each in failed)
    return InputError("no_input", f"None of the {len(failed)} files can be read: {names}.", failed[0].hint)
