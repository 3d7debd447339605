"""Tasks that end with their object."""

import asyncio

from PySide6.QtCore import QObject

from reviewer.ui.async_tasks import TaskScope
from tests.ui.conftest import Drive


def test_scope_waits_for_what_it_started(drive: Drive) -> None:
    done: list[str] = []
    scope = TaskScope(lambda error: None, parent := QObject())

    async def work() -> None:
        await asyncio.sleep(0)
        done.append("work")

    async def story() -> None:
        scope.start(work())
        assert not scope.is_idle
        await scope.wait()

    drive(story())

    assert done == ["work"]
    assert scope.is_idle
    assert parent is not None


def test_failed_task_is_reported_and_a_cancelled_one_is_not(drive: Drive) -> None:
    reported: list[BaseException] = []
    scope = TaskScope(reported.append, parent := QObject())

    async def fail() -> None:
        raise ValueError("broken")

    async def story() -> None:
        scope.start(fail())
        waiting = scope.start(asyncio.sleep(60))
        await asyncio.sleep(0)
        scope.cancel()
        await scope.wait()
        assert waiting.cancelled()

    drive(story())

    assert [type(error) for error in reported] == [ValueError]
    assert parent is not None


def test_tasks_are_cancelled_with_their_parent(drive: Drive) -> None:
    parent = QObject()
    scope = TaskScope(lambda error: None, parent)

    async def story() -> None:
        task = scope.start(asyncio.sleep(60))
        await asyncio.sleep(0)
        parent.deleteLater()
        await asyncio.wait([task])
        assert task.cancelled()

    drive(story())
