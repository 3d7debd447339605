"""The runner: plans in, events out. Documents, sections and votes all at once; results independent of arrival."""

import asyncio
from collections.abc import Sequence

from reviewer.domain.events import RunEvent, StepFailed
from reviewer.domain.report import fold_all, sorted_for_reading
from reviewer.engine.cashier import Cashier
from reviewer.engine.document_run import DocumentRun
from reviewer.engine.handling import Bench, Emit
from reviewer.engine.plan import DocumentPlan, Panel
from reviewer.engine.pool import FatalProviderError, Pool
from reviewer.engine.steps import StepRunner
from reviewer.engine.synthesis import synthesize
from reviewer.ports.storage import StepStore


class Runner:
    """Runs document plans. One event loop; used once.

    Args:
        secret: the workspace's secret, for prompt fences.
        emit: takes each event, on the loop, in the order things happen.
        cashier: keeps the run within its caps; None for a run without any.

    Attributes:
        has_failures: whether any step failed so far.
    """

    def __init__(
        self, store: StepStore, pool: Pool, panel: Panel, secret: bytes, emit: Emit, cashier: Cashier | None = None
    ) -> None:
        self._emit = emit
        self._bench = Bench(StepRunner(store, pool, panel, cashier), panel, secret, self._take)
        self._events: list[RunEvent] = []
        self.has_failures = False

    async def run(self, plans: Sequence[DocumentPlan]) -> None:
        """Routes and handles every item, then brings the documents of each workflow together.

        Cancelling stops the calls in flight; what is stored stays stored.

        Raises:
            ProviderError: an endpoint that no call can succeed at.
            BudgetExceeded: a cap was reached; no call was in flight any more.
            StorageError: the workspace cannot be written.
        """
        for plan in plans:
            self._take(plan.added())
        try:
            async with asyncio.TaskGroup() as group:
                for plan in plans:
                    group.create_task(DocumentRun(plan, self._bench).run())
            await self._synthesize(plans)
        except (ExceptionGroup, FatalProviderError) as error:
            raise _cause(error) from None

    async def _synthesize(self, plans: Sequence[DocumentPlan]) -> None:
        teams = {plan.workflow.id: plan.team for plan in plans if plan.workflow.synthesis}
        # Only now, and only where it is needed: folding each event as it comes takes time from the calls.
        documents = fold_all(self._events).documents if teams else {}
        for workflow, team in teams.items():
            ids = [plan.document.id for plan in plans if plan.workflow.id == workflow]
            await synthesize([sorted_for_reading(documents[each]) for each in ids], team, self._bench)

    def _take(self, event: RunEvent) -> None:
        self.has_failures = self.has_failures or isinstance(event, StepFailed)
        self._events.append(event)
        self._emit(event)


def _cause(error: Exception) -> Exception:
    """The first error of a group of groups; what made an endpoint useless rather than that it is."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error.cause if isinstance(error, FatalProviderError) else error
