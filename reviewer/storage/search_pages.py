"""Pages of hits, read from the search tables."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import DocumentId, RunId
from reviewer.domain.search import HitKind, Query, Searched, SearchHit, SearchPage, SearchRow, find, holds
from reviewer.domain.search_text import AFTER_CHARS, fold, make_snippet
from reviewer.storage.search_rows import COLUMNS, read_row
from reviewer.storage.search_sql import Plan, Table, plan

ROWS_LOOKED_AT = 1000
"""For one page at most. A page may be short, and more follow."""

_CHUNK = 64
_END = 2**62
_FIELDS = f"r.id, d.id, d.name, d.title, r.run, {COLUMNS}"
_OF_ROWS = (
    "search_documents AS d ON d.number = r.document WHERE (r.finding IS NULL OR NOT EXISTS ("
    "SELECT 1 FROM search_rows AS n WHERE n.finding = r.finding AND n.kind = r.kind AND n.id > r.id))"
)
_ORDER = " ORDER BY {} DESC LIMIT ?"

_Columns: TypeAlias = tuple[object, ...]


def read_page(connection: sqlite3.Connection, query: Query, limit: int, after: int | None) -> SearchPage:
    """The next hits after a row, highest number first.

    Raises:
        sqlite3.Error: the tables cannot be read.
    """
    found = plan(query)
    is_exact = found is not None and found.is_exact
    hits: list[SearchHit] = []
    looked_at = 0
    before = _END if after is None else after
    for chunk in _chunks(connection, found, before, limit + 1 if is_exact else _CHUNK):
        for columns in chunk:
            hit = _hit(query, columns, is_sure=is_exact)
            if hit is None:
                continue
            if len(hits) == limit:
                return SearchPage(tuple(hits), before)
            hits.append(hit)
            before = int(str(columns[0]))
        looked_at += len(chunk)
        if looked_at >= ROWS_LOOKED_AT:
            return SearchPage(tuple(hits), int(str(chunk[-1][0])))
    return SearchPage(tuple(hits))


def _chunks(connection: sqlite3.Connection, found: Plan | None, before: int, size: int) -> Iterator[list[_Columns]]:
    statement, values = _statement(found)
    while True:
        chunk = connection.execute(statement, (*values, before, size)).fetchall()
        if chunk:
            yield chunk
        if len(chunk) < size:
            return
        before = chunk[-1][0]


def _statement(found: Plan | None) -> tuple[str, tuple[str, ...]]:
    if found is None:
        return f"SELECT {_FIELDS} FROM search_rows AS r CROSS JOIN {_OF_ROWS} AND r.id < ?" + _ORDER.format("r.id"), ()  # noqa: S608  # ours
    table = found.table.value
    other = Table.WORDS if found.table is Table.PARTS else Table.PARTS
    # The plus keeps SQLite from asking the first index once for each row that the second one gives.
    within = f" AND +f.rowid IN (SELECT rowid FROM {other} WHERE {other} MATCH ?)" if found.within else ""  # noqa: S608  # ours
    values = (found.match.expression, *([found.within.expression] if found.within else []))
    return (
        f"SELECT {_FIELDS} FROM {table} AS f CROSS JOIN search_rows AS r ON r.id = f.rowid CROSS JOIN {_OF_ROWS}"  # noqa: S608  # ours
        f" AND f.{table} MATCH ?{within} AND f.rowid < ?" + _ORDER.format("f.rowid"),
        values,
    )


@lru_cache(maxsize=64)
def _folded_name(name: str) -> str:
    return fold(name).text


def _hit(query: Query, columns: _Columns, *, is_sure: bool) -> SearchHit | None:
    """None where a row that was not sure to be asked for is not."""
    _, document, name, title, run, *rest = columns
    row = read_row(rest)
    text = fold(row.text)
    if not is_sure and not holds(query, Searched(row, text, _folded_name(f"{name} {title}"))):
        return None
    spans = find(query, text, AFTER_CHARS)
    snippet, ranges = make_snippet(row.text, spans)
    return SearchHit(
        row.kind,
        DocumentId(str(document)),
        str(name),
        row.title,
        row.section,
        row.finding,
        None if run is None else RunId(str(run)),
        _place(row, spans),
        snippet,
        ranges,
    )


def _place(row: SearchRow, spans: tuple[TextSpan, ...]) -> TextSpan | None:
    if row.kind is HitKind.DOCUMENT:
        return None
    return row.source(spans[0] if spans else TextSpan(0, len(row.text)))
