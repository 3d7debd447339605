"""The engine's thread."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reviewer.domain.errors import InputError, StorageError
from reviewer.services.container import Services
from reviewer.ui.backend import Backend, JobStoppedError
from reviewer.ui.turns import Turns
from tests.fakes.services import Desk

Journal = list[str]

pytestmark = pytest.mark.usefixtures("qapp")


def backend_of(journal: Journal) -> Backend:
    @contextmanager
    def opened() -> Iterator[Services]:
        journal.append(f"opened on {threading.current_thread().name}")
        yield Desk().services()
        journal.append("closed")

    return Backend(opened, Turns(), lambda: Desk().care)


@pytest.fixture
def journal() -> Journal:
    return []


@pytest.fixture
def backend(journal: Journal) -> Iterator[Backend]:
    made = backend_of(journal)
    made.start()
    yield made
    made.stop()


def test_call_runs_on_the_engines_thread(backend: Backend, journal: Journal) -> None:
    async def where(services: Services) -> str:
        await services.runs.list_runs()
        return threading.current_thread().name

    assert asyncio.run(backend.call(where)) == "reviewer-engine"
    assert journal == ["opened on reviewer-engine"]


def test_error_of_the_work_reaches_the_caller(backend: Backend) -> None:
    async def fail(services: Services) -> None:
        raise InputError("no_such_file", "There is no file.")

    with pytest.raises(InputError):
        asyncio.run(backend.call(fail))


def test_stopped_job_ends_after_it_has_tidied_up(backend: Backend, journal: Journal) -> None:
    started = threading.Event()

    async def wait(services: Services) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            await services.runs.list_runs()
            journal.append("tidied")

    async def story() -> None:
        job = backend.begin(wait)
        await asyncio.to_thread(started.wait)
        job.stop()
        with pytest.raises(JobStoppedError):
            await job.result()

    asyncio.run(story())

    assert journal[-1] == "tidied"


def test_job_stopped_before_it_began_does_nothing(backend: Backend, journal: Journal) -> None:
    async def work(services: Services) -> None:
        await asyncio.Event().wait()

    async def story() -> None:
        job = backend.begin(work)
        job.stop()
        with pytest.raises(JobStoppedError):
            await job.result()

    asyncio.run(story())


def test_stop_ends_what_runs_before_the_workspace_is_closed(journal: Journal) -> None:
    backend = backend_of(journal)
    backend.start()
    started = threading.Event()

    async def wait(services: Services) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            journal.append("ended")

    backend.begin(wait)
    started.wait()
    backend.stop()
    backend.stop()

    assert journal[-2:] == ["ended", "closed"]


def test_workspace_that_cannot_be_opened_fails_every_call() -> None:
    @contextmanager
    def broken() -> Iterator[Services]:
        raise StorageError("workspace_damaged", "The workspace cannot be read.")
        yield  # type: ignore[unreachable]  # what makes it a generator

    async def nothing(services: Services) -> None: ...

    backend = Backend(broken, Turns(), lambda: Desk().care)
    backend.start()
    for _ in range(2):
        with pytest.raises(StorageError):
            asyncio.run(backend.call(nothing))
    backend.stop()
