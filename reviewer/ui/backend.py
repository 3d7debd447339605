"""The engine's thread: an event loop of its own, on which all services live."""

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from contextvars import Context
from typing import TYPE_CHECKING, Any, Generic, TypeVar, TypeVarTuple, Unpack

from reviewer.domain.errors import ReviewerError
from reviewer.ui.turns import Turns

if TYPE_CHECKING:
    # What the services are made of is imported on the engine's thread, while the window is up already.
    from reviewer.services.care import CareService
    from reviewer.services.container import Services

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")
Work = Callable[["Services"], Coroutine[Any, Any, T]]


if sys.platform == "win32":
    _Loop = asyncio.ProactorEventLoop
else:
    _Loop = asyncio.SelectorEventLoop


class _EngineLoop(_Loop):
    """A loop that waits for its turn before each piece of work."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        super().__init__()

    def call_soon(
        self, callback: Callable[[Unpack[Arguments]], object], *args: *Arguments, context: Context | None = None
    ) -> asyncio.Handle:
        """As every loop's; asyncio itself takes this way for each step of a task."""
        return super().call_soon(self._in_turn, callback, args, context=context)

    def _in_turn(self, callback: Callable[[Unpack[Arguments]], object], args: tuple[*Arguments]) -> None:
        self._turns.wait()
        callback(*args)


class JobStoppedError(Exception):
    """A job was stopped, and has ended."""


class Job(Generic[T]):
    """Work on the engine's loop that can be stopped from the window."""

    def __init__(self, loop: asyncio.AbstractEventLoop, services: "Future[Services]", work: Work[T]) -> None:
        self._loop = loop
        self._services = services
        self._task: asyncio.Task[T] | None = None
        self._is_stopping = False
        self._future = asyncio.run_coroutine_threadsafe(self._do(work), loop)

    def stop(self) -> None:
        """Cancels the work; `result` raises once it has tidied up and ended. Returns at once; for any thread."""
        self._loop.call_soon_threadsafe(self._cancel)

    async def result(self) -> T:
        """What came of it. To be awaited on the window's loop; cancelling the wait cancels the work.

        Raises:
            JobStoppedError: it was stopped.
            ReviewerError: it failed, or the workspace could not be opened.
        """
        return await asyncio.wrap_future(self._future)

    async def _do(self, work: Work[T]) -> T:
        self._task = asyncio.current_task()
        if self._is_stopping:
            raise JobStoppedError
        try:
            return await work(await asyncio.wrap_future(self._services))
        except asyncio.CancelledError:
            if self._is_stopping:
                raise JobStoppedError from None
            raise

    def _cancel(self) -> None:
        self._is_stopping = True
        if self._task is not None:
            self._task.cancel()


class Backend:
    """Runs the services on their own thread and loop, so that neither their work nor their waits reach the window.

    Args:
        open_services: opens the workspace; called on the engine's thread, so that it may block and import at leisure.
        turns: when the engine's thread gives way to the window.
        open_care: looks after the workspace while it is closed; called on the engine's thread.
    """

    def __init__(
        self,
        open_services: "Callable[[], AbstractContextManager[Services]]",
        turns: Turns,
        open_care: "Callable[[], CareService]",
    ) -> None:
        self._open_services = open_services
        self._open_care = open_care
        self.turns = turns
        self._loop: asyncio.AbstractEventLoop | None = None
        self._services: Future[Services] = Future()
        self._ending = asyncio.Event()
        self._errand: _Errand | None = None
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reviewer-engine")

    def start(self) -> None:
        """Starts the thread. Returns once its loop is there; the workspace opens meanwhile."""
        self._thread.start()
        self._started.wait()

    def begin(self, work: Work[T]) -> "Job[T]":
        """Starts something with the services, on their loop. Returns at once; for any thread."""
        if self._loop is None:
            raise RuntimeError("the backend was not started")
        return Job(self._loop, self._services, work)

    async def call(self, work: Work[T]) -> T:
        """Does something with the services, on their loop. To be awaited on the window's loop, which it never blocks.

        Raises:
            ReviewerError: the work failed, or the workspace could not be opened.
        """
        return await self.begin(work).result()

    async def reopen(self, errand: "Callable[[CareService], Coroutine[Any, Any, T]]") -> T:
        """Closes the workspace, does an errand that needs it closed, and opens it again. On the window's loop.

        What else runs is cancelled.

        Raises:
            ReviewerError: the errand failed, or the workspace cannot be opened; it is tried again in both cases.
        """
        if self._loop is None:
            raise RuntimeError("the backend was not started")
        self._errand = _Errand(lambda: errand(self._open_care()))
        done = self._errand.done
        self._loop.call_soon_threadsafe(self._ending.set)
        result: T = await asyncio.wrap_future(done)
        return result

    def stop(self) -> None:
        """Cancels what runs, closes the workspace and ends the thread. Blocks until then. Idempotent."""
        if self._loop is None or not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._ending.set)
        self.turns.rest()
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: _EngineLoop(self.turns)) as runner:
            self._loop = runner.get_loop()
            self._started.set()
            runner.run(self._serve())

    async def _serve(self) -> None:
        while True:
            with ExitStack() as stack:
                try:
                    self._services.set_result(stack.enter_context(self._open_services()))
                except ReviewerError as error:
                    self._services.set_exception(error)
                await self._ending.wait()
                await _end_others()
            errand, self._errand = self._errand, None
            if errand is None:
                return
            self._ending.clear()
            self._services = Future()
            await errand.run()


class _Errand:
    """Something that is done while the workspace is closed."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self.done: Future[Any] = Future()
        self._work = work

    async def run(self) -> None:
        try:
            self.done.set_result(await self._work())
        except ReviewerError as error:
            self.done.set_exception(error)


async def _end_others() -> None:
    """Cancels all other work and waits for it: it must be gone before the workspace is closed."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        await asyncio.wait(others)
