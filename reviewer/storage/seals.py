"""What is in each table, and how a row is known to be whole: by the checksum it carries."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from reviewer.domain.errors import StorageError
from reviewer.storage.carving import Value
from reviewer.storage.codec import unseal

Row: TypeAlias = tuple[Value, ...]

_SECRET_BYTES = 32
_KEY_CHARS = 64


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table whose rows carry checksums.

    Attributes:
        columns: in the order in which they are stored.
        fewest: how many of them the rows of the oldest version have.
        is_whole: whether a row, with all columns, is what was once written into this table.
    """

    name: str
    columns: tuple[str, ...]
    fewest: int
    is_whole: Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Damage:
    """Rows of a table that cannot be read, or are not what was written."""

    table: str
    rows: int


def damaged_rows(connection: sqlite3.Connection) -> Iterator[Damage]:
    """What is damaged, table by table. Reads everything: linear, some hundred MB a second. Blocks.

    Raises:
        sqlite3.Error: a table cannot be read to its end.
    """
    connection.text_factory = _text
    for table in SEALED_TABLES:
        there = {each[1] for each in connection.execute(f"PRAGMA table_info({table.name})")}
        if not there:  # a workspace of an older version
            continue
        names = ", ".join(_selected(each, there) for each in table.columns)
        rows = connection.execute(f"SELECT {names} FROM {table.name}")  # noqa: S608 - names of ours
        count = sum(1 for row in rows if not table.is_whole(row))
        if count:
            yield Damage(table.name, count)


def _text(raw: bytes) -> str:
    """A damaged text is still read: its row's checksum tells."""
    return raw.decode("utf-8", "replace")


def _selected(column: str, there: set[str]) -> str:
    if column not in there:
        return "NULL"
    return f"CAST({column} AS BLOB)" if column in _BLOBS else column


def table_of(row: Row) -> tuple[SealedTable, Row] | None:
    """The table that a row belongs to, where it is whole; None for any other. An old row lacks the last columns."""
    for table in SEALED_TABLES:
        if table.fewest <= len(row) <= len(table.columns):
            full = row + (None,) * (len(table.columns) - len(row))
            if table.is_whole(full):
                return table, row
    return None


def _is_sealed(sealed: Value, *label: Value) -> bool:
    if not isinstance(sealed, bytes) or not all(isinstance(part, str | int) for part in label):
        return False
    try:
        unseal(":".join(map(str, label)), sealed)
    except StorageError:
        return False
    return True


def _is_secret(row: Row) -> bool:
    name, value = row
    if name == "secret":
        return isinstance(value, bytes) and len(value) == _SECRET_BYTES
    return isinstance(name, str) and name.isidentifier()


def _is_step(row: Row) -> bool:
    key, reply, judgements = row[:3]
    has_reply = reply is None or _is_sealed(reply, "reply", key)
    has_judgements = judgements is None or _is_sealed(judgements, "judgements", key)
    return isinstance(key, str) and len(key) == _KEY_CHARS and has_reply and has_judgements


def _is_run(row: Row) -> bool:
    return _is_sealed(row[6], "run", row[0])


def _is_event(row: Row) -> bool:
    run, seq, kind, body = row
    return _is_sealed(body, "event", run, seq, kind)


def _is_document(row: Row) -> bool:
    document, _, version, body = row
    return _is_sealed(body, "document", document, version)


def _is_decision(row: Row) -> bool:
    _, kind, subject, body = row
    return _is_sealed(body, "decision", kind, subject)


def _is_matter(row: Row) -> bool:
    return _is_sealed(row[1], "matter", row[0])


def _is_turn(row: Row) -> bool:
    matter, document, body = row
    return _is_sealed(body, "turn", matter, document)


def _is_sent(row: Row) -> bool:
    run, about, body = row[1], row[5], row[6]
    return _is_sealed(about, "sent", run) and _is_sealed(body, "request", run)


SEALED_TABLES = (
    SealedTable("steps", ("key", "reply", "judgements", "state", "tokens", "code"), 3, _is_step),
    SealedTable("runs", ("id", "fingerprint", "status", "started_us", "owner", "event_count", "body"), 7, _is_run),
    SealedTable("events", ("run", "seq", "kind", "body"), 4, _is_event),
    SealedTable("documents", ("id", "sha256", "parser_version", "body"), 4, _is_document),
    SealedTable("decisions", ("seq", "kind", "subject", "body"), 4, _is_decision),
    SealedTable("matters", ("id", "body"), 2, _is_matter),
    SealedTable("turns", ("matter", "document", "body"), 3, _is_turn),
    SealedTable("sent", ("number", "run", "document", "section", "base", "about", "body", "outcome"), 7, _is_sent),
    SealedTable("meta", ("name", "value"), 2, _is_secret),
)
_BLOBS = {"about", "reply", "judgements", "body", "value", "owner"}
