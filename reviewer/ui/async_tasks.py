"""Tasks of the window's own loop: each belongs to an object and ends with it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject


class TaskScope(QObject):
    """Starts coroutines on the running loop, and cancels those that still run when its parent goes.

    The window's loop is for what a widget awaits: answers of the backend, dialogs. No work is done on it.

    Args:
        report: told of an exception that a task ended with; a cancelled task reports nothing.
    """

    def __init__(self, report: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self._report = report
        self._tasks: set[asyncio.Task[None]] = set()
        parent.destroyed.connect(self.cancel)

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Starts a coroutine; its task is kept until it ends. For slots and other code on the window's loop."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._take_result)
        return task

    def cancel(self) -> None:
        """Cancels everything that runs."""
        for task in list(self._tasks):
            task.cancel()

    @property
    def is_idle(self) -> bool:
        """True when nothing runs."""
        return not self._tasks

    async def wait(self) -> None:
        """Waits until nothing runs."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    def _take_result(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._report(error)
