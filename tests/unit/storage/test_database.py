"""The database: group commit, isolation of failures, opening and closing."""

import asyncio
import os
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from reviewer.domain.errors import StorageError
from reviewer.storage.database import FILE_NAME, Database
from reviewer.storage.journal import MARK_NAME
from reviewer.storage.lanes import Haste
from reviewer.storage.migrations import MIGRATIONS


def insert(name: str, connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, b"x" * 100))


def insert_large(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO meta (name, value) VALUES ('large', zeroblob(5000000))")


def names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM meta WHERE name != 'secret'")}


async def outcomes(database: Database, *jobs: object) -> list[object]:
    """The results or errors of jobs that are handed in at the same moment."""

    async def one(job: object) -> object:
        try:
            return await database.write(job)
        except StorageError as error:
            return error

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(job)) for job in jobs]
    return [task.result() for task in tasks]


def hold_writer(database: Database) -> threading.Event:
    """Keeps the writer busy until the event is set, so that what comes next waits together."""
    gate = threading.Event()
    database._writer._queue.put(_GateRequest(gate))
    return gate


class _GateRequest:
    """A request nobody waits for."""

    def __init__(self, gate: threading.Event) -> None:
        self.error = None
        self.result = None
        self.future = self
        self.haste = Haste.NOW
        self.job = lambda _connection: gate.wait(10)

    def get_loop(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        loop.close()
        return loop


def test_writes_that_wait_together_share_commits(database: Database) -> None:
    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(300):
                group.create_task(database.write(partial(insert, str(number))))

    asyncio.run(main())
    assert database.commit_count <= 10
    assert len(asyncio.run(database.read(names))) == 300


def test_write_alone_is_committed_by_itself(database: Database) -> None:
    async def main() -> None:
        for number in range(3):
            await database.write(partial(insert, str(number)))

    asyncio.run(main())
    assert database.commit_count == 3


def test_writes_are_made_in_the_order_they_came_in(database: Database) -> None:
    asyncio.run(outcomes(database, *[partial(insert, f"{number:03}") for number in range(50)]))
    stored = asyncio.run(database.read(lambda c: [n for (n,) in c.execute("SELECT name FROM meta ORDER BY rowid")]))
    assert stored[1:] == [f"{number:03}" for number in range(50)]


def test_notes_overtake_what_gathers_and_do_not_wait_for_the_disk(database: Database) -> None:
    done: list[str] = []

    async def write(name: str, haste: Haste) -> None:
        await database.write(partial(insert, name), haste)
        done.append(name)

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(write("soon", Haste.SOON))
            group.create_task(write("note", Haste.NOTE))

    asyncio.run(main())
    assert done == ["note", "soon"]
    assert database.commit_count == 2
    assert asyncio.run(database.read(names)) == {"note", "soon"}


def test_urgent_write_takes_along_what_gathers_in_its_order(database: Database) -> None:
    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            for name, haste in (("a", Haste.SOON), ("b", Haste.SOON), ("c", Haste.NOW)):
                group.create_task(database.write(partial(insert, name), haste))

    gate = hold_writer(database)
    gate.set()
    before = database.commit_count
    asyncio.run(main())
    assert database.commit_count - before <= 2
    stored = asyncio.run(database.read(lambda c: [n for (n,) in c.execute("SELECT name FROM meta ORDER BY rowid")]))
    assert stored[-3:] == ["a", "b", "c"]


def test_what_gathers_is_committed_when_the_database_is_closed(directory: Path) -> None:
    database = Database(directory)

    async def main() -> None:
        writing = asyncio.create_task(database.write(partial(insert, "a"), Haste.SOON))
        await asyncio.sleep(0)
        database.close()
        await writing

    asyncio.run(main())
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection:
        assert names(connection) == {"a"}


def test_failed_write_fails_only_its_caller(database: Database) -> None:
    def half_done(connection: sqlite3.Connection) -> None:
        insert("undone", connection)
        insert("secret", connection)  # is there already

    def refuse(connection: sqlite3.Connection) -> None:
        insert("undone too", connection)
        raise StorageError("run_unknown", "No such run.")

    async def main() -> list[object]:
        gate = hold_writer(database)
        asyncio.get_running_loop().call_soon(gate.set)
        return await outcomes(database, partial(insert, "a"), half_done, refuse, partial(insert, "b"))

    first, second, third, fourth = asyncio.run(main())
    assert (first, fourth) == (None, None)
    assert isinstance(second, StorageError)
    assert second.code == "workspace_damaged"
    assert isinstance(second.__cause__, sqlite3.IntegrityError)
    assert isinstance(third, StorageError)
    assert third.code == "run_unknown"
    assert asyncio.run(database.read(names)) == {"a", "b"}


def test_full_disk_fails_the_batch_and_later_writes_succeed(database: Database) -> None:
    def limit(pages: int, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    asyncio.run(database.write(partial(limit, 30)))
    error, *_ = asyncio.run(outcomes(database, insert_large))
    assert isinstance(error, StorageError)
    assert error.code == "disk_full"
    assert error.hint
    asyncio.run(database.write(partial(limit, 100_000)))
    asyncio.run(database.write(insert_large))
    assert asyncio.run(database.read(names)) == {"large"}


def test_everybody_is_told_when_sqlite_gives_up_the_transaction(database: Database) -> None:
    def give_up(connection: sqlite3.Connection) -> None:
        # What SQLite does by itself when a disk fails in the middle of a transaction.
        connection.execute("ROLLBACK")
        connection.execute("SELECT * FROM nothing")

    async def main() -> list[object]:
        gate = hold_writer(database)
        asyncio.get_running_loop().call_soon(gate.set)
        return await outcomes(database, partial(insert, "a"), give_up, partial(insert, "b"))

    assert all(isinstance(outcome, StorageError) for outcome in asyncio.run(main()))
    assert asyncio.run(database.read(names)) == set()


def test_everybody_is_told_when_the_commit_fails(database: Database) -> None:
    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA defer_foreign_keys=ON")
        connection.execute("INSERT INTO events (run, seq, kind, body) VALUES ('none', 0, 'RunStarted', x'00')")

    async def main() -> list[object]:
        gate = hold_writer(database)
        asyncio.get_running_loop().call_soon(gate.set)
        return await outcomes(database, partial(insert, "a"), orphan)

    assert all(isinstance(outcome, StorageError) for outcome in asyncio.run(main()))
    asyncio.run(database.write(partial(insert, "b")))
    assert asyncio.run(database.read(names)) == {"b"}


def test_write_says_who_is_in_the_way_when_another_process_holds_the_lock(database: Database, directory: Path) -> None:
    asyncio.run(database.write(lambda connection: connection.execute("PRAGMA busy_timeout=20")))
    with closing(sqlite3.connect(directory / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as caught:
            asyncio.run(database.write(partial(insert, "a")))
        assert caught.value.code == "workspace_locked"
        other.execute("ROLLBACK")
    asyncio.run(database.write(partial(insert, "a")))


def test_read_sees_what_was_awaited(database: Database) -> None:
    async def main() -> None:
        for number in range(20):
            await database.write(partial(insert, str(number)))
            assert str(number) in await database.read(names)

    asyncio.run(main())


def test_read_cannot_write(database: Database) -> None:
    with pytest.raises(StorageError) as caught:
        asyncio.run(database.read(partial(insert, "a")))
    assert caught.value.code == "workspace_unwritable"


def test_read_passes_on_errors_of_ours(database: Database) -> None:
    def job(_connection: sqlite3.Connection) -> None:
        raise StorageError("workspace_damaged", "Damaged.")

    with pytest.raises(StorageError, match="workspace_damaged"):
        asyncio.run(database.read(job))


def test_loop_goes_on_while_the_database_works(database: Database) -> None:
    gate = threading.Event()

    async def main() -> bool:
        asyncio.get_running_loop().call_later(0.01, gate.set)
        return await database.read(lambda _connection: gate.wait(10))

    assert asyncio.run(main())


def test_two_loops_write_at_once(database: Database) -> None:
    async def main(prefix: str) -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(50):
                group.create_task(database.write(partial(insert, f"{prefix}{number}")))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(asyncio.run, main("a")), pool.submit(asyncio.run, main("b"))]:
            done.result(10)
    assert len(asyncio.run(database.read(names))) == 100


def test_cancelled_write_is_made_all_the_same(database: Database) -> None:
    async def main() -> None:
        gate = hold_writer(database)
        task = asyncio.create_task(database.write(partial(insert, "a")))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        gate.set()
        await database.write(partial(insert, "b"))

    asyncio.run(main())
    assert asyncio.run(database.read(names)) == {"a", "b"}


def test_close_commits_what_waits_and_may_be_called_again(directory: Path) -> None:
    database = Database(directory)

    async def main() -> None:
        gate = hold_writer(database)
        task = asyncio.create_task(database.write(partial(insert, "a")))
        await asyncio.sleep(0)
        gate.set()
        database.close()
        await task

    asyncio.run(main())
    database.close()
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection:
        assert names(connection) == {"a"}
    assert sorted(path.name for path in directory.iterdir()) == [FILE_NAME, MARK_NAME]


def test_closed_database_refuses_work(directory: Path) -> None:
    database = Database(directory)
    database.close()
    for ask in (database.read, database.write):
        with pytest.raises(StorageError) as caught:
            asyncio.run(ask(names))
        assert caught.value.code == "workspace_closed"


def test_defect_in_a_job_leaves_nobody_waiting(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[type[BaseException] | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda hooked: reported.append(hooked.exc_type))
    database = Database(directory)

    def defect(_connection: sqlite3.Connection) -> None:
        raise ZeroDivisionError

    async def main() -> list[object]:
        gate = hold_writer(database)
        asyncio.get_running_loop().call_soon(gate.set)
        return await outcomes(database, partial(insert, "a"), defect, *[partial(insert, str(n)) for n in range(600)])

    codes = {outcome.code for outcome in asyncio.run(main()) if isinstance(outcome, StorageError)}
    database.close()
    assert codes == {"workspace_closed"}
    assert reported == [ZeroDivisionError]


def test_folder_and_file_are_private(database: Database, directory: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no permission bits")
    asyncio.run(database.write(partial(insert, "a")))
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()} == {0o600}


def test_pragmas_are_set_on_both_connections(database: Database) -> None:
    def pragmas(connection: sqlite3.Connection) -> dict[str, object]:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "cell_size_check")
        return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}

    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "cell_size_check": 1,
    }
    assert asyncio.run(database.read(pragmas)) == asyncio.run(database.write(pragmas)) == expected


def test_many_openings_of_a_new_folder_at_once_agree(directory: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        databases = list(pool.map(Database, [directory] * 8))
    assert len({database.secret for database in databases}) == 1
    for database in databases:
        database.close()


@pytest.mark.parametrize(
    "content", [b"not a database, but a text of some length. " * 50, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_file_that_is_no_database_is_refused_and_left_alone(directory: Path, content: bytes) -> None:
    directory.mkdir()
    (directory / FILE_NAME).write_bytes(content)
    with pytest.raises(StorageError) as caught:
        Database(directory)
    assert caught.value.code == "workspace_damaged"
    assert (directory / FILE_NAME).read_bytes() == content


@pytest.mark.parametrize("statement", ["CREATE TABLE theirs (a)", "PRAGMA user_version=3", "PRAGMA application_id=7"])
def test_database_of_another_program_is_refused_and_left_alone(directory: Path, statement: str) -> None:
    directory.mkdir()
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection:
        connection.execute(statement)
    before = (directory / FILE_NAME).read_bytes()
    with pytest.raises(StorageError) as caught:
        Database(directory)
    assert caught.value.code == "workspace_damaged"
    assert (directory / FILE_NAME).read_bytes() == before


def test_newer_database_is_refused_and_left_alone(directory: Path) -> None:
    Database(directory).close()
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    before = (directory / FILE_NAME).read_bytes()
    with pytest.raises(StorageError) as caught:
        Database(directory)
    assert caught.value.code == "workspace_newer"
    assert "newer" in caught.value.user_message
    assert (directory / FILE_NAME).read_bytes() == before


def test_file_in_place_of_the_folder_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    for directory in (tmp_path / "taken", tmp_path / "taken" / "below"):
        with pytest.raises(StorageError) as caught:
            Database(directory)
        assert caught.value.code == "workspace_unwritable"


def test_folder_in_place_of_the_file_is_unwritable(directory: Path) -> None:
    (directory / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StorageError) as caught:
        Database(directory)
    assert caught.value.code == "workspace_unwritable"


def test_read_only_folder_is_unwritable(directory: Path) -> None:
    directory.mkdir(mode=0o500)
    if os.access(directory, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(StorageError) as caught:
        Database(directory)
    assert caught.value.code == "workspace_unwritable"


def test_workspace_without_its_secret_is_damaged(directory: Path) -> None:
    Database(directory).close()
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection, connection:
        connection.execute("DELETE FROM meta")
    with pytest.raises(StorageError) as caught:
        Database(directory)
    assert caught.value.code == "workspace_damaged"


def test_opening_gives_up_when_the_file_stays_locked(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.storage.connection.BUSY_TIMEOUT_MS", 30)
    monkeypatch.setattr("reviewer.storage.connection.PRAGMAS", ("busy_timeout=5",))
    directory.mkdir()
    with closing(sqlite3.connect(directory / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as caught:
            Database(directory)
    assert caught.value.code == "workspace_locked"


def test_wiped_pages_are_damage(directory: Path) -> None:
    database = Database(directory)
    asyncio.run(database.write(insert_large))
    database.close()
    path = directory / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 12] = bytes(4096 * 10)
    path.write_bytes(content)

    def read_all(connection: sqlite3.Connection) -> None:
        for table in ("steps", "runs", "events", "documents", "meta"):
            connection.execute(f"SELECT * FROM {table}").fetchall()

    with pytest.raises(StorageError) as caught, closing(Database(directory)) as damaged:
        asyncio.run(damaged.read(read_all))
    assert caught.value.code == "workspace_damaged"
