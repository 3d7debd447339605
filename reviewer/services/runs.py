"""Runs: started, continued, listed, shown."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from reviewer.domain.decision import Standing, SubjectKind, SubjectRef, standings
from reviewer.domain.document import Document
from reviewer.domain.errors import ConfigError, InputError, ProviderError
from reviewer.domain.events import DocumentFailed, RunFinished, RunStarted
from reviewer.domain.ids import DocumentId, FindingId, RunId, canonical_json, content_id, sha256_hex
from reviewer.domain.report import Report, fold_all
from reviewer.domain.run import Run, RunStatus
from reviewer.engine.plan import DocumentPlan, Panel
from reviewer.engine.pool import Pool
from reviewer.engine.runner import Runner
from reviewer.ports.models import ChatModel
from reviewer.ports.storage import Workspace
from reviewer.ports.system import Clock
from reviewer.services.event_log import EventLog, Listen
from reviewer.services.library import Library, Shelf, first_of, open_all
from reviewer.services.planning import Planner
from reviewer.services.requests import RunRequest, of_run

BuildModels = Callable[[RunRequest], tuple[ChatModel, ...]]


@dataclass(frozen=True, slots=True)
class RunResult:
    """A report, the documents it speaks about, and how its findings stand with the people who review them."""

    report: Report
    documents: dict[DocumentId, Document]
    standings: dict[FindingId, Standing] = field(default_factory=dict)


class RunService:
    """Starts runs and gives their reports. Everything that finishes is stored before it is published."""

    def __init__(
        self, workspace: Workspace, library: Library, planner: Planner, build_models: BuildModels, clock: Clock
    ) -> None:
        self._workspace = workspace
        self._library = library
        self._planner = planner
        self._build_models = build_models
        self._clock = clock

    async def run(self, request: RunRequest, listen: Listen) -> RunResult:
        """Runs a request to its end; an unfinished run of the same files and settings is continued.

        Args:
            request: files and settings.
            listen: gets each event after it was stored; its first is `RunStarted`.

        Raises:
            InputError: none of the files can be read.
            ConfigError: the workflow or model named is not usable.
            ProviderError: no call to an endpoint can succeed; what is done is kept and the run can be resumed.
            asyncio.CancelledError: it was stopped; what is done is kept and the run can be resumed.
        """
        if request.workflow:
            self._planner.workflow(request.workflow)
        async with self._models(request) as models:
            shelf = await self._library.read_all(open_all(request.paths))
            if not shelf.documents:
                raise _nothing_readable(shelf.failed)
            corrections = {each.id: await self._library.corrections(each.id) for each in shelf.documents}
            plans = [self._planner.plan(each, request.workflow, corrections[each.id]) for each in shelf.documents]
            run = await self._begin(request, shelf, plans, models)
            report = await self._execute(run, request, plans, shelf.failed, models, listen)
        documents = {plan.document.id: plan.document for plan in plans}
        return RunResult(report, documents, await self._standings(report))

    async def resume(self, run_id: str, listen: Listen) -> RunResult:
        """Goes on with a stored run: what is stored is not asked again.

        Raises:
            InputError: there is no such run; else as for `run`.
        """
        return await self.run(of_run(await self._get(run_id)), listen)

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
        log = EventLog(self._workspace.runs, run.id, listen)
        log.emit(RunStarted(run))
        for failure in failed:
            log.emit(failure)
        panel = Panel(models, request.votes, request.seed)
        pool = Pool(request.max_connections, self._clock, deadline_s=request.timeout_s)
        runner = Runner(self._workspace.steps, pool, panel, self._workspace.secret, log.emit)
        try:
            report = await _while_pumping(log, runner.run(plans))
        except ProviderError as error:
            await self._end(log, RunStatus.FAILED, error)
            raise
        except asyncio.CancelledError:
            # What was finished is stored already; only the run's own state is still to be written.
            await self._end(log, RunStatus.INTERRUPTED)
            raise
        partial = failed or report.failures or any(each.failures for each in report.documents.values())
        await self._end(log, RunStatus.PARTIAL if partial else RunStatus.DONE)
        return fold_all(await self._workspace.runs.events(run.id))

    async def _end(self, log: EventLog, status: RunStatus, error: ProviderError | None = None) -> None:
        why = (error.code, error.user_message, error.hint) if error else ("", "", "")
        log.emit(RunFinished(status, self._clock.now(), *why))
        await log.flush()


async def _while_pumping(log: EventLog, work: Coroutine[None, None, Report]) -> Report:
    """Runs work beside the log's pump; an error of either comes out as itself.

    However the work ends, what it reported until then is stored and published. Where the log cannot be written, the
    work is stopped.
    """
    try:
        async with asyncio.TaskGroup() as group:
            pump = group.create_task(log.pump())
            try:
                return await work
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
