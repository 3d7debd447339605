"""A run under way: asked, paused, and stored event by event until it ends."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import closing

from reviewer.domain.errors import BudgetExceeded, ProviderError, ReviewerError
from reviewer.domain.events import DocumentFailed, RunFinished, RunStarted
from reviewer.domain.report import Report, fold_all
from reviewer.domain.run import Run, RunStatus
from reviewer.engine.dispatcher import Dispatcher
from reviewer.engine.plan import DocumentPlan, Panel
from reviewer.engine.pool import Pool
from reviewer.engine.runner import Runner
from reviewer.ports.models import ChatModel
from reviewer.ports.sending import witnessed_by
from reviewer.ports.storage import Workspace
from reviewer.ports.system import Clock
from reviewer.services.connections import limits_of
from reviewer.services.event_log import EventLog, Listen
from reviewer.services.library import first_of
from reviewer.services.redactions import redacting_of
from reviewer.services.requests import RunRequest
from reviewer.services.sent import RunWitness
from reviewer.services.spending import Spending
from reviewer.services.versions import versions


class Execution:
    """Does runs, and steers the one that began last."""

    def __init__(self, workspace: Workspace, clock: Clock, spending: Spending) -> None:
        self._workspace = workspace
        self._clock = clock
        self._spending = spending
        self._dispatcher = Dispatcher(clock)
        self._pool: Pool | None = None

    async def of(
        self,
        run: Run,
        request: RunRequest,
        plans: Sequence[DocumentPlan],
        failed: Sequence[DocumentFailed],
        models: tuple[ChatModel, ...],
        listen: Listen,
    ) -> Report:
        """Does a run, and gives its report once every event of it is stored and published.

        Raises:
            ProviderError, BudgetExceeded, asyncio.CancelledError: as `RunService.run`; the run's end is stored before.
        """
        unknown_calls = await self._workspace.steps.settle()
        log = EventLog(self._workspace.runs, run.id, listen)
        log.emit(RunStarted(run, unknown_calls, versions()))
        for failure in failed:
            log.emit(failure)
        limits = limits_of(request, models)
        pool = self._pool = Pool(self._dispatcher, limits, self._clock, deadline_s=request.timeout_s)
        cashier = await self._spending.cashier(run.id, models, request.allowance)
        panel = panel_of(cashier.watch(models), request)
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

    async def _end(self, log: EventLog, status: RunStatus, error: ReviewerError | None = None) -> None:
        why = (error.code, error.user_message, error.hint) if error else ("", "", "")
        log.emit(RunFinished(status, self._clock.now(), *why))
        await log.flush()


def panel_of(models: Sequence[ChatModel], request: RunRequest) -> Panel:
    """Who is asked in a run, how often, and with which placeholders."""
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
