"""The engine's thread: an event loop of its own, on which all services live."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar

from reviewer.domain.errors import ReviewerError
from reviewer.services.container import Services

T = TypeVar("T")
Work = Callable[[Services], Coroutine[Any, Any, T]]


class Backend:
    """Runs the services on their own thread and loop, so that neither their work nor their waits reach the window.

    Args:
        open_services: opens the workspace; called on the engine's thread, so that it may block and import what it needs.
    """

    def __init__(self, open_services: Callable[[], AbstractContextManager[Services]]) -> None:
        self._open_services = open_services
        self._loop: asyncio.AbstractEventLoop | None = None
        self._services: Future[Services] = Future()
        self._closing = asyncio.Event()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reviewer-engine")

    def start(self) -> None:
        """Starts the thread. Returns once its loop is there; the workspace opens meanwhile."""
        self._thread.start()
        self._started.wait()

    async def call(self, work: Work[T]) -> T:
        """Does something with the services, on their loop. To be awaited on the window's loop, which it never blocks.

        Cancelling cancels the work.

        Raises:
            ReviewerError: the work failed, or the workspace could not be opened.
        """
        if self._loop is None:
            raise RuntimeError("the backend was not started")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._do(work), self._loop))

    def stop(self) -> None:
        """Cancels what runs, closes the workspace and ends the thread. Blocks until then. Idempotent."""
        if self._loop is None or not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    async def _do(self, work: Work[T]) -> T:
        return await work(await asyncio.wrap_future(self._services))

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            self._started.set()
            runner.run(self._serve())

    async def _serve(self) -> None:
        with ExitStack() as stack:
            try:
                self._services.set_result(stack.enter_context(self._open_services()))
            except ReviewerError as error:
                self._services.set_exception(error)
            await self._closing.wait()
            await _end_others()


async def _end_others() -> None:
    """Cancels all other work and waits for it: it must be gone before the workspace is closed."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        await asyncio.wait(others)
