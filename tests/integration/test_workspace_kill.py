"""The workspace under fire: killed processes, two at once, flipped bits."""

import asyncio
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatReply
from reviewer.domain.errors import StorageError
from reviewer.domain.events import RunStarted, StepDone
from reviewer.domain.ids import DocumentId, RunId, StepKey, sha256_hex
from reviewer.domain.run import Run
from reviewer.domain.usage import Usage
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import EngineId
from reviewer.ports.storage import StoredStep
from reviewer.storage.database import FILE_NAME
from reviewer.storage.workspace import SqliteWorkspace

ROOT = Path(__file__).parents[2]
ROUNDS = 10
WORKERS = 8
RUN = Run(
    RunId("run-0123456789abcdef"),
    "contract-review",
    EngineId.LLM,
    ("m",),
    3,
    "f",
    ("a.pdf",),
    {},
    datetime(2026, 11, 23, tzinfo=UTC),
)

WRITER = """
import asyncio, itertools, sys
from pathlib import Path
from reviewer.domain.chat import ChatReply
from reviewer.domain.errors import StorageError
from reviewer.domain.events import RunStarted, StepDone
from reviewer.domain.ids import DocumentId, sha256_hex
from reviewer.domain.usage import Usage
from reviewer.domain.vote import Judgement
from reviewer.storage.codec import decode
from reviewer.domain.run import Run
from reviewer.storage.workspace import SqliteWorkspace

folder, name, limit, run = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), decode(sys.argv[4].encode(), Run)
workspace = SqliteWorkspace(folder)
numbers = itertools.count()

async def work():
    for number in itertools.takewhile(lambda n: n < limit, numbers):
        key = sha256_hex(f"{name}:{number}")
        await workspace.steps.put_reply(key, ChatReply(key * 20, "m", tokens_in=number))
        await workspace.steps.put_judgements(key, [Judgement("p", str(number))])
        await workspace.runs.append(run.id, [StepDone(DocumentId("d"), None, "h", key, Usage(calls=1))])
        print(number, flush=True)

async def main():
    await workspace.runs.begin(run)
    await workspace.runs.append(run.id, [RunStarted(run)])
    async with asyncio.TaskGroup() as group:
        for _ in range(8):
            group.create_task(work())

try:
    asyncio.run(main())
except* StorageError as group:
    print("refused", {error.code for error in group.exceptions}, flush=True)
workspace.close()
print("closed", flush=True)
"""


def start_writer(folder: Path, name: str, limit: int, run: Run = RUN) -> "subprocess.Popen[str]":
    from reviewer.storage.codec import encode

    arguments = [str(folder), name, str(limit), encode(run).decode()]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def key_of(name: str, number: int) -> StepKey:
    return StepKey(sha256_hex(f"{name}:{number}"))


def expected_step(name: str, number: int) -> StoredStep:
    key = key_of(name, number)
    return StoredStep(key, ChatReply(key * 20, "m", tokens_in=number), (Judgement("p", str(number)),))


async def read_steps(workspace: SqliteWorkspace, name: str, numbers: list[int]) -> list[StoredStep | None]:
    return [await workspace.steps.get(key_of(name, number)) for number in numbers]


def kill_after(writer: "subprocess.Popen[str]", count: int) -> list[int]:
    """Kills a writer after so many acknowledgements; all that it gave, the last ones after the signal included."""
    assert writer.stdout is not None
    with writer:
        acknowledged = [int(writer.stdout.readline()) for _ in range(count)]
        writer.kill()
        rest = writer.stdout.read()
    whole_lines = rest[: rest.rfind("\n") + 1]
    return acknowledged + [int(line) for line in whole_lines.splitlines()]


def integrity(folder: Path) -> str:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def test_acknowledged_steps_outlive_kills(tmp_path: Path) -> None:
    folder, chance = tmp_path / "work space ü", random.Random(2026)
    acknowledged: dict[str, list[int]] = {}
    for round_number in range(ROUNDS):
        name = f"round {round_number}"
        acknowledged[name] = kill_after(start_writer(folder, name, 10**9), chance.randrange(1, 200))
        with closing(SqliteWorkspace(folder)) as workspace:
            for each, numbers in acknowledged.items():
                steps = asyncio.run(read_steps(workspace, each, numbers))
                assert steps == [expected_step(each, number) for number in numbers]
            events = asyncio.run(workspace.runs.events(RUN.id))
            assert events[0] == RunStarted(RUN)
            done = {event.key for event in events if isinstance(event, StepDone)}
            assert done >= {key_of(name, number) for number in acknowledged[name]}
            assert asyncio.run(workspace.runs.find_unfinished("f")) == RUN
    assert integrity(folder) == "ok"
    assert sum(map(len, acknowledged.values())) > ROUNDS


def test_killed_process_leaves_at_most_what_was_in_flight_unacknowledged(tmp_path: Path) -> None:
    numbers = kill_after(start_writer(tmp_path / "w", "a", 10**9), 100)
    with closing(sqlite3.connect(tmp_path / "w" / FILE_NAME)) as connection:
        (stored,) = connection.execute("SELECT COUNT(*) FROM steps WHERE reply IS NOT NULL").fetchone()
    assert len(numbers) <= stored <= len(numbers) + WORKERS


def test_two_processes_write_different_runs_into_one_workspace(tmp_path: Path) -> None:
    runs = {name: replace(RUN, id=RunId(f"run-{name}"), fingerprint=name) for name in ("first", "second")}
    writers = [start_writer(tmp_path / "w", name, 60, run) for name, run in runs.items()]
    outputs = [writer.communicate(timeout=60)[0].splitlines() for writer in writers]
    assert [lines[-1] for lines in outputs] == ["closed", "closed"]
    assert [len(lines) for lines in outputs] == [61, 61]
    with closing(SqliteWorkspace(tmp_path / "w")) as workspace:
        for name, run in runs.items():
            steps = asyncio.run(read_steps(workspace, name, list(range(60))))
            assert steps == [expected_step(name, number) for number in range(60)]
            assert len(asyncio.run(workspace.runs.events(run.id))) == 61
    assert integrity(tmp_path / "w") == "ok"


def test_two_processes_on_the_same_run_leave_the_events_of_one(tmp_path: Path) -> None:
    writers = [start_writer(tmp_path / "w", name, 200) for name in ("a", "b")]
    outputs = [writer.communicate(timeout=60)[0].splitlines() for writer in writers]
    assert [lines[-1] for lines in outputs] == ["closed", "closed"]
    with closing(SqliteWorkspace(tmp_path / "w")) as workspace:
        events = asyncio.run(workspace.runs.events(RUN.id))
        assert events[0] == RunStarted(RUN)
        keys = [event.key for event in events if isinstance(event, StepDone)]
        assert len(keys) == len(events) - 1 == 200
        assert {name for name in ("a", "b") if key_of(name, 0) in keys} in ({"a"}, {"b"})
        for name, lines in zip(("a", "b"), outputs, strict=True):
            numbers = [int(line) for line in lines if line.isdigit()]
            steps = asyncio.run(read_steps(workspace, name, numbers))
            assert steps == [expected_step(name, number) for number in numbers]
    assert integrity(tmp_path / "w") == "ok"


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a closed workspace with 60 steps and 61 events."""
    folder = tmp_path_factory.mktemp("intact")

    async def fill(workspace: SqliteWorkspace) -> None:
        await workspace.runs.begin(RUN)
        await workspace.runs.append(RUN.id, [RunStarted(RUN)])
        for number in range(60):
            step = expected_step("a", number)
            assert step.reply is not None
            await workspace.steps.put_reply(step.key, step.reply)
            await workspace.steps.put_judgements(step.key, step.judgements or ())
            done = StepDone(DocumentId("d"), None, "h", step.key, Usage(calls=1))
            await workspace.runs.append(RUN.id, [done])

    with closing(SqliteWorkspace(folder)) as workspace:
        asyncio.run(fill(workspace))
    return (folder / FILE_NAME).read_bytes()


def damaged_copies(content: bytes) -> list[bytes]:
    """Single flipped bits, wiped pages and cuts, the same ones in every run."""
    chance = random.Random(5)
    copies = []
    for _ in range(80):
        copy = bytearray(content)
        bit = chance.randrange(len(copy) * 8)
        copy[bit // 8] ^= 1 << bit % 8
        copies.append(bytes(copy))
    for _ in range(20):
        page = chance.randrange(len(content) // 4096) * 4096
        copies.append(content[:page] + bytes(4096) + content[page + 4096 :])
        copies.append(content[: chance.randrange(len(content))])
    return copies


def test_damaged_file_gives_right_values_or_a_clear_error(tmp_path: Path, intact: bytes) -> None:
    expected = [expected_step("a", number) for number in range(60)]
    partly = [(step, replace(step, judgements=None), None) for step in expected]
    events = (RunStarted(RUN), *[StepDone(DocumentId("d"), None, "h", step.key, Usage(calls=1)) for step in expected])

    async def look(workspace: SqliteWorkspace) -> None:
        steps = await read_steps(workspace, "a", list(range(60)))
        assert all(step in allowed for step, allowed in zip(steps, partly, strict=True))
        assert await workspace.runs.list_runs() in ((), (RUN,))
        # None where the run itself was lost with its row and its events.
        assert await workspace.runs.events(RUN.id) in ((), events)

    codes = []
    for number, copy in enumerate(damaged_copies(intact)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / FILE_NAME).write_bytes(copy)
        try:
            with closing(SqliteWorkspace(folder)) as workspace:
                asyncio.run(look(workspace))
        except StorageError as error:
            codes.append(error.code)
    assert set(codes) == {"workspace_damaged"}
