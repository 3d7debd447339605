"""A canary key and a canary sentence go through every fault and every export, and are nowhere they should not be."""

import asyncio
import io
import logging
import os
import re
import sqlite3
import sys
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication

from reviewer.bootstrap import open_services
from reviewer.domain.anchor import TextSpan
from reviewer.domain.chat import ChatRequest
from reviewer.domain.secret import Secret
from reviewer.domain.sent import SentStatus
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.providers.llama_cpp import LlamaCppModel
from reviewer.services.container import Services
from reviewer.services.crash import crash_line
from reviewer.services.logs import guard_logs
from reviewer.services.requests import RunRequest
from reviewer.storage import secrets
from reviewer.storage.workspace import SqliteWorkspace
from reviewer.ui.crash import CrashHandler
from tests.fakes.authority import Authority
from tests.fakes.proxy import LoopbackProxy
from tests.fakes.services import write_all
from tests.fakes.tiny_gguf import write_tiny_gguf
from tests.integration import fault_meeting
from tests.integration.canary import KEY, MARK, SENTENCE, leaks, leaks_below
from tests.integration.fault_table import Case, cases
from tests.model_server.catalogue import fault_named
from tests.model_server.protocols import OPENAI
from tests.model_server.server import ModelServer

_FEWEST_FAULTS = 40
_ROOT = Path(__file__).parents[2]
_TEXT = f"SERVICES AGREEMENT\n\n1. Fees\n{SENTENCE}.\n\n2. Liability\nThe Supplier is liable without limit.\n"
_DOCUMENTS = (
    "*.db",
    "*.db-wal",
    "*.sqlite*",
    "*.reviewer",
    "*.jsonl",
    "report.*",
    "*.html",
    "originals/*",
    "originals/*/*",
)
"""Where the words of documents belong: database and backups, the matter's file, recording, reports, originals."""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the root logger's handler lets through, at the most talkative level."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    guard_logs()
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def _each_fault_once() -> list[Case]:
    """Every fault of the table, the kinds of servers and replies in turn."""
    by_fault: dict[str, list[Case]] = {}
    for case in cases():
        by_fault.setdefault(case.fault, []).append(case)
    return [found[index % len(found)] for index, found in enumerate(by_fault.values())]


def test_no_fault_shows_the_key_or_words_of_the_document(
    log: io.StringIO, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fault_meeting, "KEY", KEY)
    item = replace(fault_meeting._TASK.item, text=_TEXT, span=TextSpan(0, len(_TEXT)))
    task = replace(fault_meeting._TASK, item=item)
    told: list[str] = []
    failed = 0
    with closing(SqliteWorkspace(tmp_path / "workspace")) as workspace:
        for case in _each_fault_once():
            met = asyncio.run(fault_meeting.meet(case, workspace, task))
            if met.error is not None:
                failed += 1
                told += [repr(met.error), met.error.user_message, met.error.hint, crash_line(met.error, "now")]
                told += traceback.format_exception(met.error)
                logging.getLogger("reviewer.test").error("%s", case, exc_info=met.error)
                logging.getLogger("asyncio").error("%r", met.error, exc_info=met.error)
    assert failed >= _FEWEST_FAULTS
    assert log.getvalue().count("Error at ") >= _FEWEST_FAULTS
    for name, text in (("errors", "\n".join(told)), ("log", log.getvalue()), ("terminal", "".join(capfd.readouterr()))):
        assert leaks(MARK, text.encode(), name) == []
        assert leaks(SENTENCE, text.encode(), name) == []
    assert leaks_below(tmp_path, MARK) == []


async def _reviewer(home: Path, *words: str | Path) -> tuple[str, list[bytes]]:
    """Runs the program as a user does; all it printed, and the environments of the processes it started."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("REVIEWER")},
        "OPENAI_API_KEY": KEY,
        "SOME_OTHER_TOKEN": KEY,
        "REVIEWER_HOME": str(home),
        "PYTHONPATH": str(_ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "reviewer",
        *map(str, words),
        cwd=home,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    seen: dict[int, bytes] = {}
    reading = asyncio.create_task(process.communicate())
    while not reading.done():
        _look(process.pid, seen)
        await asyncio.wait([reading], timeout=0.1)
    printed, _ = reading.result()
    return printed.decode(), list(seen.values())


def _look(pid: int, seen: dict[int, bytes]) -> None:
    """Notes environments and arguments of a process's children."""
    try:
        children = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return
    for child in children:
        try:
            seen[child.pid] = repr((child.environ(), child.cmdline())).encode()
        except (psutil.Error, OSError):
            continue


@pytest.mark.timeout(300)
def test_no_run_or_export_shows_the_key_or_leaves_words_where_they_do_not_belong(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    contract = home / "contract.html"  # read in a worker process
    paragraphs = "".join(f"<p>{each}</p>" for each in _TEXT.split("\n") if each)
    contract.write_text(f"<html><body>{paragraphs}</body></html>", "utf-8")

    async def scenario() -> tuple[str, list[bytes]]:
        async with (
            ModelServer(latency_s=0.2) as server,
            ModelServer(fault=fault_named("key_rejected", OPENAI)) as refusing,
        ):
            model = ("--model", "openai/m", "--base-url")
            await _reviewer(home, "matters", "new", "Canary")
            review = ("review", contract, "-vv", "--matter", "Canary", "-o", home / "out")
            printed, workers = await _reviewer(home, *review, *model, server.base_url)
            (run,) = set(re.findall("run-[0-9a-f]{16}", printed))
            for words in (
                ("review", contract, "-vv", *model, refusing.base_url, "--seed", "7"),
                ("runs", "retry", run, "--add-votes", "1", "-vv"),
                ("runs", "record", run, "-o", home / "rec.jsonl"),
                ("matters", "pack", "Canary", "-o", home / "canary.reviewer", "--with-originals"),
            ):
                printed += (await _reviewer(home, *words))[0]
        return printed, workers

    printed, workers = asyncio.run(scenario())

    assert "key_rejected" in printed
    made = ("out/report.json", "out/report.md", "rec.jsonl", "canary.reviewer")
    assert all((home / each).is_file() for each in made)
    assert workers
    assert [leaks(MARK, each, "worker") for each in workers] == [[]] * len(workers)
    assert leaks(MARK, printed.encode(), "terminal") == []
    assert leaks_below(home, MARK) == []
    assert leaks_below(home, SENTENCE, _DOCUMENTS) == []
    assert leaks_below(home, SENTENCE)  # the search finds what is there
    log = "".join(line for line in printed.splitlines(keepends=True) if line.startswith(("DEBUG", "INFO", "WARNING")))
    assert log
    assert leaks(SENTENCE, log.encode(), "log") == []


def test_crash_file_of_the_window_holds_neither(qapp: QApplication, log: io.StringIO, tmp_path: Path) -> None:
    del qapp
    handler = CrashHandler(tmp_path / "logs" / "crash.log")

    def fail(words: str) -> None:
        raise ValueError(f"{words} {KEY}")

    try:
        fail(SENTENCE)
    except ValueError as error:
        handler.report(error)
    kept = (tmp_path / "logs" / "crash.log").read_text("utf-8")
    assert "ValueError at test_canary.py" in kept
    assert [leaks_below(tmp_path, wanted) for wanted in (MARK, SENTENCE)] == [[], []]
    assert [leaks(wanted, log.getvalue().encode(), "log") for wanted in (MARK, SENTENCE)] == [[], []]


def test_worker_of_a_model_file_does_not_get_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xllamacpp", reason="llama.cpp is not installed: pip install 'reviewer[local-llm]'")
    monkeypatch.setattr(secrets, "_taken", {})
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("SOME_OTHER_TOKEN", KEY)
    secrets.take_secrets(os.environ)  # as the process does when it begins

    async def scenario() -> bytes:
        model = LlamaCppModel(write_tiny_gguf(tmp_path / "tiny.gguf"))
        try:
            await model.complete(ChatRequest("Read.", SENTENCE, {"type": "object"}, "test", 1, max_tokens=8))
            assert model.worker_pid is not None
            worker = psutil.Process(model.worker_pid)
            return repr((worker.environ(), worker.cmdline())).encode()
        finally:
            await model.aclose()

    seen = asyncio.run(scenario())
    assert [leaks(wanted, seen, "worker") for wanted in (MARK, SENTENCE)] == [[], []]


def test_log_of_what_was_sent_holds_the_words_and_not_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    (contract,) = write_all(tmp_path, contract=_TEXT)
    authority = Authority(tmp_path)

    async def scenario(services: Services) -> bytes:
        async with (
            ModelServer(tls=authority.serving("model.test"), key=KEY) as server,
            LoopbackProxy(server.port) as proxy,
        ):
            choice = ModelChoice("openai/m", "https://model.test/v1")
            request = RunRequest((contract,), "contract-review", (choice,), votes=1, ca_file=authority.pem)
            result = await services.runs.run(replace(request, proxy=f"http://127.0.0.1:{proxy.port}"), lambda _: None)
            run = result.report.run
            assert run is not None
            sent = await services.sent.of_run(run.id)
            assert {each.status for each in sent} == {SentStatus.ANSWERED}
            told = [f"{each!r} {await services.sent.text(each)}" for each in sent]
            return "\n".join(told).encode()

    with open_services(tmp_path / "w") as services:
        told = asyncio.run(scenario(services))
    assert leaks(SENTENCE, told, "sent") == ["sent"]
    assert leaks(MARK, told, "sent") == []
    assert leaks_below(tmp_path / "w", MARK) == []


def _plant_file(folder: Path) -> None:
    (folder / ".hidden.log").write_text(f"token={KEY}", "utf-8")


def _plant_row(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "w.db")) as database:
        database.execute("CREATE TABLE t (body BLOB)")
        database.execute("INSERT INTO t VALUES (?)", (b"x" * 4000 + KEY.encode() + b"y" * 4000,))
        database.commit()


def _plant_member(folder: Path) -> None:
    with zipfile.ZipFile(folder / "m.reviewer", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.jsonl", f'{{"key": "{KEY}"}}')


@pytest.mark.parametrize("plant", [_plant_file, _plant_row, _plant_member], ids=["file", "row", "member of a ZIP"])
def test_a_planted_key_is_found(tmp_path: Path, plant) -> None:
    plant(tmp_path)
    assert leaks_below(tmp_path, MARK) != []


def test_a_log_without_the_filter_would_show_both(log: io.StringIO) -> None:
    del log
    stream, logger = io.StringIO(), logging.getLogger("reviewer.planted")
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    try:
        logger.error("sent with %s", Secret(KEY).reveal(), exc_info=ValueError(SENTENCE))
    finally:
        logger.removeHandler(handler)
    assert leaks(MARK, stream.getvalue().encode(), "log") == ["log"]
    assert leaks(SENTENCE, stream.getvalue().encode(), "log") == ["log"]
