"""The database's shape, as numbered steps that are never changed once released."""

import os
import sqlite3
from collections.abc import Callable

from reviewer.domain.errors import StorageError
from reviewer.storage.failures import storage_error

APPLICATION_ID = 0x52565752
"""``RVWR``: marks a file as ours in SQLite's header."""

SECRET_BYTES = 32


_TABLES_001 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);

CREATE TABLE steps (key TEXT PRIMARY KEY, reply BLOB, judgements BLOB);

CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL,
    started_us INTEGER NOT NULL,
    owner BLOB NOT NULL,
    event_count INTEGER NOT NULL DEFAULT 0,
    body BLOB NOT NULL
);
CREATE INDEX runs_by_fingerprint ON runs (fingerprint);

CREATE TABLE events (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (run, seq)
);

CREATE TABLE documents (
    id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    parser_version TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id, parser_version)
);
CREATE INDEX documents_by_bytes ON documents (sha256, parser_version)
"""


def m001_initial(connection: sqlite3.Connection) -> None:
    """Steps, runs with their events, documents, and the workspace's own settings.

    Every ``body`` is sealed (`reviewer.storage.codec`): a checksum, then JSON.
    """
    for statement in _TABLES_001.split(";"):
        connection.execute(statement)
    connection.execute("INSERT INTO meta (name, value) VALUES ('secret', ?)", (os.urandom(SECRET_BYTES),))


def m002_decisions(connection: sqlite3.Connection) -> None:
    """What people decided about findings: a journal."""
    connection.execute(
        "CREATE TABLE decisions ("
        "seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL, body BLOB NOT NULL)"
    )
    connection.execute("CREATE INDEX decisions_by_subject ON decisions (kind, subject)")


def m003_step_states(connection: sqlite3.Connection) -> None:
    """Where each step stands, the tokens reserved for it, and why it failed (`reviewer.domain.step`)."""
    for column in (
        "state TEXT NOT NULL DEFAULT 'done'",
        "tokens INTEGER NOT NULL DEFAULT 0",
        "code TEXT NOT NULL DEFAULT ''",
    ):
        connection.execute(f"ALTER TABLE steps ADD COLUMN {column}")
    connection.execute("CREATE INDEX steps_in_flight ON steps (state) WHERE state = 'inflight'")


def m004_matters(connection: sqlite3.Connection) -> None:
    """Matters, and the versions of their documents."""
    connection.execute("CREATE TABLE matters (id TEXT PRIMARY KEY, body BLOB NOT NULL)")
    connection.execute(
        "CREATE TABLE turns (matter TEXT NOT NULL, document TEXT NOT NULL, body BLOB NOT NULL,"
        " PRIMARY KEY (matter, document))"
    )
    connection.execute("CREATE INDEX turns_by_document ON turns (document)")


_TABLES_SEARCH = """
CREATE TABLE search_documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, title TEXT NOT NULL, cut TEXT NOT NULL
);
CREATE TABLE search_runs (id TEXT PRIMARY KEY);

CREATE TABLE search_rows (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES search_documents (number),
    run TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    section TEXT,
    finding TEXT,
    places TEXT NOT NULL,
    section_kind TEXT NOT NULL,
    severity TEXT NOT NULL
);
CREATE INDEX search_rows_by_document ON search_rows (document, kind);
CREATE INDEX search_rows_by_run ON search_rows (run) WHERE run IS NOT NULL;
CREATE INDEX search_rows_by_finding ON search_rows (finding, kind) WHERE finding IS NOT NULL;

CREATE VIRTUAL TABLE search_words USING fts5(
    body, name, tags, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE search_parts USING fts5(
    body, name, tags, content='', columnsize=0, detail=column, tokenize='trigram'
)
"""


def m005_search(connection: sqlite3.Connection) -> None:
    """What is searched: rows with their text, an index of their words, and one of three-letter parts.

    The two indexes keep no text: `reviewer.storage.search_rows` puts in and takes out what it makes of a row's text.
    """
    for statement in _TABLES_SEARCH.split(";"):
        connection.execute(statement)


def m006_ledger(connection: sqlite3.Connection) -> None:
    """What calls cost, run by run and day by day. No row names a document."""
    connection.execute(
        "CREATE TABLE ledger (number INTEGER PRIMARY KEY, run TEXT NOT NULL, day TEXT NOT NULL, model TEXT NOT NULL,"
        " tokens INTEGER NOT NULL, cost REAL NOT NULL)"
    )
    connection.execute("CREATE INDEX ledger_by_day ON ledger (day)")
    connection.execute("CREATE INDEX ledger_by_run ON ledger (run)")


def m007_sent(connection: sqlite3.Connection) -> None:
    """What left this computer: each request of a run with its text, kept against the first about the same section."""
    connection.execute(
        "CREATE TABLE sent (number INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, document TEXT NOT NULL,"
        " section TEXT NOT NULL, base INTEGER, about BLOB NOT NULL, body BLOB NOT NULL)"
    )
    connection.execute("CREATE INDEX sent_by_section ON sent (run, document, section)")


def m008_outcomes(connection: sqlite3.Connection) -> None:
    """What came of each request; of those that were sent before nobody knows."""
    connection.execute("ALTER TABLE sent ADD COLUMN outcome TEXT NOT NULL DEFAULT ''")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_initial,
    m002_decisions,
    m003_step_states,
    m004_matters,
    m005_search,
    m006_ledger,
    m007_sent,
    m008_outcomes,
)
"""In order; the database's ``user_version`` is how many of them it has seen."""


def check(connection: sqlite3.Connection, *, may_be_newer: bool = False) -> None:
    """Makes sure that a database is ours and, unless it may be, not newer than this program. Writes nothing.

    Raises:
        StorageError: *workspace_newer*, or *workspace_damaged* for a database of another program.
        sqlite3.Error: it is no database, or cannot be read.
    """
    application, version, table_count = _look(connection)
    if application == APPLICATION_ID:
        if version > len(MIGRATIONS) and not may_be_newer:
            raise storage_error("workspace_newer")
    elif application or version or table_count:
        raise StorageError(
            "workspace_damaged",
            "The workspace folder holds a database of another program.",
            "Use another folder with --workspace.",
        )


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a checked database up to date, each step in a transaction of its own. Blocks.

    Raises:
        sqlite3.Error: it cannot be written; the steps before the failed one stay.
    """
    for number, step in enumerate(MIGRATIONS, start=1):
        if _pragma(connection, "user_version") < number:
            _apply(connection, number, step)


def _apply(connection: sqlite3.Connection, number: int, step: Callable[[sqlite3.Connection], None]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited for the lock.
        if _pragma(connection, "user_version") < number:
            step(connection)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={number}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _look(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Application, version and number of tables, at one moment: another process may be making the database."""
    connection.execute("BEGIN")
    try:
        tables = int(connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0])
        return _pragma(connection, "application_id"), _pragma(connection, "user_version"), tables
    finally:
        connection.execute("ROLLBACK")
