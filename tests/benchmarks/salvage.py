"""What a repair gives back of a damaged workspace: 300 corruptions, and lost or wrong journals.

    python tests/benchmarks/salvage.py [--mutations 300] [--seed 1]

A workspace with 400 steps, 4 runs with their events, decisions and documents is damaged: 1 to 64 bytes at a random
place outside the first page, a cut at a random place, a journal that is missing or another workspace's, a first page
that is lost. Then it is opened and read (nothing wrong may come out), repaired, and read again. A row is *untouched*
where none of its bytes in the file were changed. Bar: 0 crashes, 0 wrong results, 99 % of untouched rows back.
"""

import argparse
import asyncio
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[2]))

from reviewer.domain.chat import ChatReply
from reviewer.domain.decision import Decision, DecisionAction, SubjectKind, SubjectRef
from reviewer.domain.errors import StorageError
from reviewer.domain.events import RunStarted, StepDone
from reviewer.domain.ids import DocumentId, RunId, StepKey, sha256_hex
from reviewer.domain.run import Run
from reviewer.domain.usage import Usage
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import EngineId
from reviewer.ports.storage import StoredStep
from reviewer.storage import carving
from reviewer.storage.backups import BackupReason, make_backup
from reviewer.storage.carving import Pages
from reviewer.storage.connection import FILE_NAME
from reviewer.storage.salvage import salvage
from reviewer.storage.workspace import SqliteWorkspace
from tests.fakes.documents import make_document

AT = datetime(2026, 11, 23, tzinfo=UTC)
STEPS, RUNS, DECISIONS, DOCUMENTS = 400, 4, 100, 5
PAGE = 4096


def step(number: int) -> StoredStep:
    """A step; every tenth is too long for one page."""
    key = StepKey(sha256_hex(f"step {number}"))
    return StoredStep(key, ChatReply(key * (200 if number % 10 == 0 else 5), "m"), (Judgement("p", str(number)),))


def run_of(number: int) -> Run:
    """A run."""
    return Run(RunId(f"run-{number:016d}"), "w", EngineId.LLM, ("m",), 1, f"f{number}", (), {}, AT)


def decision(number: int) -> Decision:
    """A note."""
    return Decision(SubjectRef(SubjectKind.FINDING, f"f{number}"), DecisionAction.NOTE, AT, value=f"note {number}")


async def fill(workspace: SqliteWorkspace) -> None:
    """Writes everything."""
    for number in range(STEPS):
        each = step(number)
        assert each.reply is not None
        await workspace.steps.put_reply(each.key, each.reply)
        await workspace.steps.put_judgements(each.key, each.judgements or ())
    for number in range(RUNS):
        run = run_of(number)
        await workspace.runs.begin(run)
        done = [StepDone(DocumentId("d"), None, "h", step(each).key, Usage(calls=1)) for each in range(60)]
        await workspace.runs.append(run.id, [RunStarted(run), *done])
    for number in range(DECISIONS):
        await workspace.decisions.add(decision(number))
    for number in range(DOCUMENTS):
        await workspace.documents.put(make_document(f"document {number} " * 400, f"{number}.txt"), "1")


async def look(workspace: SqliteWorkspace) -> tuple[Counter[str], int]:
    """How many things of each kind are there, and how many of them are wrong."""
    found: Counter[str] = Counter()
    wrong = 0
    for number in range(STEPS):
        got = await workspace.steps.get(step(number).key)
        if got is not None:
            expected = step(number)
            wrong += got not in (expected, replace(expected, judgements=None))
            found["steps"] += 1
    for number in range(RUNS):
        try:
            events = await workspace.runs.events(run_of(number).id)
        except StorageError:
            continue
        found["events"] += len(events)
    for number in range(DECISIONS):
        try:
            kept = await workspace.decisions.about([decision(number).subject])
        except StorageError:
            continue
        wrong += any(each != decision(number) for each in kept)
        found["decisions"] += bool(kept)
    for number in range(DOCUMENTS):
        document = make_document(f"document {number} " * 400, f"{number}.txt")
        kept_document = await workspace.documents.get(document.id)
        wrong += kept_document not in (None, document)
        found["documents"] += kept_document is not None
    return found, wrong


def attempt(folder: Path) -> tuple[Counter[str], int]:
    """Opens a workspace and reads it; nothing where it cannot be opened."""
    try:
        with closing(SqliteWorkspace(folder)) as workspace:
            return asyncio.run(look(workspace))
    except StorageError:
        return Counter(), 0


def damage(database: bytes, chance: random.Random) -> tuple[bytes, tuple[int, int]]:
    """A damaged copy, and the range of bytes that was changed."""
    data = bytearray(database)
    if chance.random() < 0.15:
        end = chance.randrange(PAGE, len(data))
        return bytes(data[:end]), (end, len(data))
    length = chance.randint(1, 64)
    start = chance.randrange(PAGE, len(data) - length)
    data[start : start + length] = chance.randbytes(length)
    return bytes(data), (start, start + length)


def row_extents(database: bytes) -> Iterator[list[tuple[int, int]]]:
    """The ranges of bytes that hold a row: in its leaf, and in the pages that it goes on in."""
    pages = Pages(database)
    for number in pages:
        page = pages[number]
        start = 100 if number == 1 else 0
        for place in carving._cells(page, start) if page[start] == carving._LEAF else []:
            length, at = carving._varint(page, place)
            _, at = carving._varint(page, at)
            local = carving._local_bytes(length, len(page))
            base = (number - 1) * PAGE
            parts = [(base + place, base + at + local + 4 * (local < length))]
            further, rest = int.from_bytes(page[at + local : at + local + 4], "big"), length - local
            while rest > 0:
                begin = (further - 1) * PAGE
                parts.append((begin, begin + 4 + min(rest, PAGE - 4)))
                rest -= PAGE - 4
                further = int.from_bytes(database[begin : begin + 4], "big")
            yield parts


def main() -> None:
    """Prints what was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mutations", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        with closing(SqliteWorkspace(place / "whole")) as workspace:
            asyncio.run(fill(workspace))
            whole, _ = asyncio.run(look(workspace))
            shutil.copytree(place / "whole", place / "running")
        database = (place / "whole" / FILE_NAME).read_bytes()
        extents = [*row_extents(database)]
        wrong = lost = untouched = 0
        for _ in range(options.mutations):
            data, (start, end) = damage(database, chance)
            folder = place / "damaged"
            folder.mkdir()
            (folder / FILE_NAME).write_bytes(data)
            _, wrong_before = attempt(folder)
            salvage(folder, AT)
            found, wrong_after = attempt(folder)
            wrong += wrong_before + wrong_after
            hit = sum(any(start < last and end > first for first, last in row) for row in extents)
            untouched += sum(whole.values()) - hit
            lost += max(0, sum(whole.values()) - hit - sum(found.values()))
            shutil.rmtree(folder)
        print(f"{options.mutations} corruptions of {len(database):,} bytes, {sum(whole.values())} rows: {wrong} wrong")
        print(f"  back: {100 * (1 - lost / untouched):.2f} % of the untouched rows")
        journals(place, whole)


def journals(place: Path, whole: Counter[str]) -> None:
    """A missing journal, another workspace's, and a lost first page."""
    with closing(SqliteWorkspace(place / "other")) as workspace:
        asyncio.run(workspace.decisions.add(decision(0)))
        other = (place / "other" / f"{FILE_NAME}-wal").read_bytes()
    for name, change in (("missing journal", None), ("another's journal", other)):
        folder = place / name.replace("'", "")
        shutil.copytree(place / "running", folder)
        journal = folder / f"{FILE_NAME}-wal"
        journal.unlink(missing_ok=True)
        (folder / f"{FILE_NAME}-shm").unlink(missing_ok=True)
        if change is not None:
            journal.write_bytes(change)
        before, wrong_before = attempt(folder)
        salvage(folder, AT)
        after, wrong = attempt(folder)
        rows = f"{sum(before.values())} rows read, {sum(after.values())} after repair"
        print(f"{name}: {rows}, {wrong + wrong_before} wrong")
    folder = place / "whole"
    make_backup(folder, BackupReason.DAILY, AT)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray((folder / FILE_NAME).read_bytes())
    data[:PAGE] = bytes(PAGE)
    (folder / FILE_NAME).write_bytes(data)
    before, _ = attempt(folder)
    told = salvage(folder, AT)
    after, wrong = attempt(folder)
    rows = f"{sum(before.values())} rows before, whole after: {after == whole}"
    print(f"lost first page: {rows}, backup used: {bool(told.backup)}, {wrong} wrong")


if __name__ == "__main__":
    main()
