import asyncio
from collections.abc import Sequence

import pytest

from reviewer.domain.errors import StorageError
from reviewer.domain.events import DocumentFailed, RunEvent
from reviewer.domain.ids import RunId
from reviewer.services.event_log import EventLog
from tests.fakes.clock import run
from tests.fakes.workspace import MemoryRuns

RUN = RunId("run-1")


def event(name: str) -> DocumentFailed:
    return DocumentFailed(name, "broken", "It is broken.", "")


class SlowRuns(MemoryRuns):
    """Takes a second to store a batch."""

    async def append(self, run: RunId, events: Sequence[RunEvent]) -> None:
        await asyncio.sleep(1.0)
        await super().append(run, events)


def new_store() -> SlowRuns:
    store = SlowRuns([])
    store.logged[RUN] = []
    return store


def test_event_is_stored_before_it_is_published() -> None:
    store = new_store()

    async def work() -> None:
        log = EventLog(store, RUN, lambda published: store.journal.append(("published", "")))
        log.emit(event("a"))
        log.emit(event("b"))
        assert store.journal == []
        await log.flush()

    run(work())
    assert [what for what, _ in store.journal] == ["event", "event", "published", "published"]


def test_nothing_is_lost_when_events_come_while_others_are_stored() -> None:
    store, heard = new_store(), list[RunEvent]()
    sent = [event(str(number)) for number in range(20)]

    async def work() -> None:
        log = EventLog(store, RUN, heard.append)
        async with asyncio.TaskGroup() as group:
            group.create_task(log.pump())
            for each in sent:
                log.emit(each)
                await asyncio.sleep(0.3)
            log.finish()

    run(work())
    assert heard == sent == store.logged[RUN]


def test_nothing_is_lost_when_it_finishes_at_once() -> None:
    store, heard = new_store(), list[RunEvent]()

    async def work() -> None:
        log = EventLog(store, RUN, heard.append)
        async with asyncio.TaskGroup() as group:
            group.create_task(log.pump())
            await asyncio.sleep(0)
            log.emit(event("last"))
            log.finish()

    run(work())
    assert heard == [event("last")]


def test_pump_ends_when_there_was_nothing() -> None:
    async def work() -> None:
        log = EventLog(new_store(), RUN, heard.append)
        log.finish()
        await log.pump()
        await log.flush()

    heard: list[RunEvent] = []
    run(work())
    assert heard == []


def test_event_is_not_published_when_it_cannot_be_stored() -> None:
    store, heard = new_store(), list[RunEvent]()
    store.is_full = True

    async def work() -> None:
        log = EventLog(store, RUN, heard.append)
        log.emit(event("a"))
        await log.flush()

    with pytest.raises(StorageError):
        run(work())
    assert heard == []
