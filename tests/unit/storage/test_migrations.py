"""Migrations: numbered, each whole or not at all."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from reviewer.storage import migrations
from reviewer.storage.migrations import APPLICATION_ID, MIGRATIONS, check, migrate


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


def pragma(connection: sqlite3.Connection, name: str) -> int:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def add_table(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE added (a)")


def fail_half_way(connection: sqlite3.Connection) -> None:
    add_table(connection)
    connection.execute("CREATE TABLE added (a)")


def extend(monkeypatch: pytest.MonkeyPatch, step: Callable[[sqlite3.Connection], None]) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, step))


def test_migrate_numbers_and_marks_a_new_database(connection: sqlite3.Connection) -> None:
    check(connection)
    migrate(connection)
    assert pragma(connection, "user_version") == len(MIGRATIONS)
    assert pragma(connection, "application_id") == APPLICATION_ID
    check(connection)


def test_migrate_again_changes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection)
    before = connection.execute("SELECT value FROM meta").fetchall()
    migrate(connection)
    assert connection.execute("SELECT value FROM meta").fetchall() == before
    assert len(before[0][0]) == 32


def test_migrate_applies_only_what_is_missing(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(connection)
    extend(monkeypatch, add_table)
    migrate(connection)
    assert pragma(connection, "user_version") == len(MIGRATIONS) + 1
    assert connection.execute("SELECT COUNT(*) FROM added").fetchone() == (0,)


def test_migrate_undoes_a_step_that_fails_and_keeps_those_before(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    extend(monkeypatch, fail_half_way)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection)
    assert pragma(connection, "user_version") == len(MIGRATIONS)
    assert not connection.in_transaction
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        connection.execute("SELECT * FROM added")


def test_migrate_leaves_alone_what_another_process_did_meanwhile(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection)
    extend(monkeypatch, fail_half_way)
    # Before each step this process sees an old version; under the lock, the newest.
    seen = iter([each for old in range(len(MIGRATIONS) + 1) for each in (old, len(MIGRATIONS) + 1)])
    monkeypatch.setattr(migrations, "_pragma", lambda _connection, _name: next(seen))
    migrate(connection)
    assert connection.execute("SELECT COUNT(*) FROM meta").fetchone() == (1,)
    assert not connection.in_transaction
