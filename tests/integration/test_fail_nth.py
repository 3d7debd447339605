"""Every operation of a small review fails once, for each of them: the error has a name, and the next run completes."""

import asyncio
import builtins
import errno
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from reviewer.domain.chat import ChatRequest
from reviewer.domain.errors import ProviderError, RetryDecision, ReviewerError, StorageError
from reviewer.domain.run import RunStatus
from reviewer.services.care import CareService
from reviewer.services.requests import ModelChoice, RunRequest
from reviewer.services.stored_runs import RunResult
from reviewer.storage.keeper import FolderKeeper
from reviewer.storage.opening import open_workspace
from tests.fakes.clock import START
from tests.fakes.documents import CLAUSES
from tests.fakes.handlers import assessed, reply_of
from tests.fakes.models import ScriptedModel
from tests.fakes.services import Desk, write_all

GOOD = reply_of(assessed("preferred", "Liability"))
PATIENCE_S = 20.0
FILE_CALLS = ("mkdir", "replace", "unlink", "chmod", "fsync", "open")
ALL = 100_000


class Fault:
    """Counts operations and fails one of them, or that one and all after it."""

    def __init__(self, at: int = ALL, *, is_lasting: bool = False) -> None:
        self.count = 0
        self._at = at
        self._is_lasting = is_lasting

    def is_due(self) -> bool:
        """One more operation; whether it fails."""
        self.count += 1
        return self.count == self._at or (self._is_lasting and self.count > self._at)


class RealClock:
    """No waiting, and a time that stands still."""

    def now(self) -> Any:
        return START

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)

    def jitter(self) -> float:
        return 0.0


async def review(folder: Path, path: Path, model: ScriptedModel) -> RunResult:
    """A whole review over a real workspace, its backup included."""
    workspace = await asyncio.to_thread(open_workspace, folder)
    try:
        desk = Desk(model, workspace=workspace)  # type: ignore[arg-type]  # a real one
        desk.runs._clock = desk.runs._execution._clock = RealClock()
        result = await desk.runs.run(
            RunRequest((path,), max_connections=AT_ONCE, models=(ModelChoice("openai/scripted"),)), desk.heard.append
        )
        with suppress(StorageError):
            await CareService(FolderKeeper(folder), RealClock()).back_up_daily()
        return result
    finally:
        await asyncio.to_thread(workspace.close)


def attempt(folder: Path, path: Path, model: ScriptedModel | None = None) -> str:
    """How a review ends: its status, or the code of its error. Anything else, a hang too, fails the test."""

    async def work() -> RunResult:
        return await asyncio.wait_for(
            review(folder, path, model or ScriptedModel(GOOD, delay=lambda _: 0.0)), PATIENCE_S
        )

    try:
        report = asyncio.run(work()).report
    except ReviewerError as error:
        return error.code
    assert report.run is not None
    return report.run.status


@contextmanager
def failing_database(fault: Fault, code: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Statements fail as on a bad or a full disk."""

    class Failing(sqlite3.Connection):
        def execute(self, *args: Any) -> sqlite3.Cursor:
            _fail(fault, code)
            return super().execute(*args)

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            _fail(fault, code)
            return super().executemany(*args)

    real = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *args, **kwargs: real(*args, factory=Failing, **kwargs))
        yield


def _fail(fault: Fault, code: int) -> None:
    if fault.is_due():
        error = sqlite3.OperationalError("injected")
        error.sqlite_errorcode = code
        raise error


@contextmanager
def failing_files(fault: Fault, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """System calls about files below a folder fail as on a disk that was pulled out."""

    def wrapped(call: Callable[..., Any]) -> Callable[..., Any]:
        def attempt_call(*args: Any, **kwargs: Any) -> Any:
            is_below = not isinstance(args[0], str | os.PathLike) or str(args[0]).startswith(str(root))
            if is_below and fault.is_due():
                raise OSError(errno.EIO, "injected")
            return call(*args, **kwargs)

        return attempt_call

    with monkeypatch.context() as patch:
        for name in FILE_CALLS:
            patch.setattr(os, name, wrapped(getattr(os, name)))
        patch.setattr(builtins, "open", wrapped(builtins.open))
        yield


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (path,) = write_all(tmp_path, contract="".join(CLAUSES))
    return path


AT_ONCE = 20
CODES = {"workspace_unwritable", "workspace_damaged", "workspace_locked", "disk_full", "unreadable", "no_input"}


@pytest.mark.parametrize(("code", "is_lasting"), [(sqlite3.SQLITE_IOERR, False), (sqlite3.SQLITE_FULL, True)])
def test_every_statement_may_fail(
    tmp_path: Path, contract: Path, monkeypatch: pytest.MonkeyPatch, code: int, *, is_lasting: bool
) -> None:
    count = Fault()
    with failing_database(count, code, monkeypatch):
        assert attempt(tmp_path / "counted", contract) == RunStatus.DONE
    assert count.count > 40
    for number in range(1, count.count + 1):
        folder = tmp_path / f"w{number}"
        with failing_database(Fault(number, is_lasting=is_lasting), code, monkeypatch):
            ended = attempt(folder, contract)
        assert ended in {*CODES, RunStatus.DONE, RunStatus.PARTIAL}, number
        assert attempt(folder, contract) == RunStatus.DONE, number


@pytest.mark.parametrize("is_lasting", [False, True])
def test_every_file_operation_may_fail(
    tmp_path: Path, contract: Path, monkeypatch: pytest.MonkeyPatch, *, is_lasting: bool
) -> None:
    count = Fault()
    with failing_files(count, tmp_path, monkeypatch):
        assert attempt(tmp_path / "counted", contract) == RunStatus.DONE
    assert count.count > 10
    for number in range(1, count.count + 1):
        folder = tmp_path / f"w{number}"
        with failing_files(Fault(number, is_lasting=is_lasting), tmp_path, monkeypatch):
            ended = attempt(folder, contract)
        assert ended in {*CODES, RunStatus.DONE, RunStatus.PARTIAL}, number
        assert attempt(folder, contract) == RunStatus.DONE, number


@pytest.mark.parametrize("is_fatal", [False, True])
def test_every_call_of_a_model_may_fail(tmp_path: Path, contract: Path, *, is_fatal: bool) -> None:
    counted = ScriptedModel(GOOD, delay=lambda _: 0.0)
    assert attempt(tmp_path / "counted", contract, counted) == RunStatus.DONE
    for number in range(1, len(counted.requests) + 1):
        fault = Fault(number)

        def answer(_request: ChatRequest, fault: Fault = fault) -> str | Exception:
            decision = RetryDecision(retry=False, fatal=is_fatal)
            return ProviderError("refused_key", "No.", decision=decision) if fault.is_due() else GOOD

        folder = tmp_path / f"w{number}"
        ended = attempt(folder, contract, ScriptedModel(answer, delay=lambda _: 0.0))
        assert ended == ("refused_key" if is_fatal else RunStatus.PARTIAL)
        again = ScriptedModel(GOOD, delay=lambda _: 0.0)
        assert attempt(folder, contract, again) == RunStatus.DONE
        assert len(again.requests) < len(counted.requests) or len(counted.requests) == 1


@pytest.mark.skipif("not hasattr(__import__('os'), 'geteuid') or __import__('os').geteuid() != 0")
@pytest.mark.parametrize("size", ["400k", "800k"])
def test_full_disk_stops_before_more_is_paid_for(tmp_path: Path, size: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount") or ""
    command = [mount, "-t", "tmpfs", "-o", f"size={size}", "none", str(disk)]
    if not mount or subprocess.run(command, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        clause = "Liability {0}\nThe Supplier is liable without limit, case {0}. " + "x " * 2000
        text = "".join(f"{n} {clause.format(n)}\n" for n in range(1, 60))
        (path,) = write_all(tmp_path, long=text)
        model = ScriptedModel(GOOD, delay=lambda _: 0.0)
        assert attempt(disk / "w", path, model) == "disk_full"
        asked = len(model.requests)
        subprocess.run([mount, "-o", "remount,size=60m", str(disk)], check=True)
        again = ScriptedModel(GOOD, delay=lambda _: 0.0)
        assert attempt(disk / "w", path, again) == RunStatus.DONE
        with closing(open_workspace(disk / "w")) as workspace:
            kept = "SELECT COUNT(*) FROM steps WHERE reply IS NOT NULL"
            (stored,) = asyncio.run(workspace._database.read(lambda connection: connection.execute(kept).fetchone()))
        assert stored >= len(again.requests)
        # Lost at most: the calls in flight, and as many replies on their way to the disk.
        assert len(again.requests) + asked <= stored + 2 * AT_ONCE
    finally:
        subprocess.run(["umount", str(disk)], check=False)
