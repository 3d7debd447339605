"""Rows of the search, put into the tables and taken out."""

import json
import re
import sqlite3
from collections.abc import Sequence
from typing import TypeAlias

from reviewer.domain.anchor import TextSpan
from reviewer.domain.ids import FindingId, SectionId
from reviewer.domain.search import HitKind, SearchRow
from reviewer.domain.search_text import fold, index_parts, index_words
from reviewer.storage.search_sql import tags_of

Prepared: TypeAlias = tuple[SearchRow, str, str]
"""A row, and what of it goes into the index of words and into that of parts."""

_HALF_PAIRS = re.compile("[\ud800-\udfff]")

ROWS_AT_ONCE = 100
"""In one job of the writer, so that a run's own writes never wait long."""

COLUMNS = "r.kind, r.text, r.title, r.section, r.finding, r.places, r.section_kind, r.severity"


def clean(text: str) -> str:
    """A text that can be stored: without halves of character pairs, as broken files hold. As long as before."""
    return _HALF_PAIRS.sub("\ufffd", text)


def prepare(rows: Sequence[SearchRow]) -> list[list[Prepared]]:
    """Rows, made ready to be put in, last first, as many together as one job takes. Linear in their texts."""
    prepared: list[Prepared] = []
    for row in reversed(rows):
        folded = fold(clean(row.text)).text
        prepared.append((row, index_words(folded), index_parts(folded)))
    return [prepared[start : start + ROWS_AT_ONCE] for start in range(0, len(prepared), ROWS_AT_ONCE)]


def insert(connection: sqlite3.Connection, document: int, run: str | None, rows: Sequence[Prepared]) -> None:
    """Puts rows in; each is found before those that were put in earlier."""
    names = _names(connection, document)
    for row, words, parts in rows:
        values = (
            document, run, row.kind.value, clean(row.text), clean(row.title), row.section, row.finding, _written(row),
            row.section_kind, row.severity,
        )  # fmt: skip
        number = connection.execute(
            "INSERT INTO search_rows"
            " (document, run, kind, text, title, section, finding, places, section_kind, severity)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        ).lastrowid
        tags = tags_of(row)
        connection.execute(
            "INSERT INTO search_words (rowid, body, name, tags) VALUES (?, ?, ?, ?)", (number, words, names[0], tags)
        )
        connection.execute(
            "INSERT INTO search_parts (rowid, body, name, tags) VALUES (?, ?, ?, ?)", (number, parts, names[1], tags)
        )


def delete(connection: sqlite3.Connection, condition: str, *values: object) -> bool:
    """Takes out rows ``r`` that meet a condition; gives whether there may be more of them."""
    found = connection.execute(
        f"SELECT r.id, r.document, {COLUMNS} FROM search_rows AS r WHERE {condition} LIMIT {ROWS_AT_ONCE}",  # noqa: S608  # ours, no value in it
        values,
    ).fetchall()
    for number, document, *columns in found:
        row = read_row(columns)
        folded, names, tags = fold(row.text).text, _names(connection, document), tags_of(row)
        for table, body, name in (
            ("search_words", index_words(folded), names[0]),
            ("search_parts", index_parts(folded), names[1]),
        ):
            connection.execute(
                f"INSERT INTO {table} ({table}, rowid, body, name, tags) VALUES ('delete', ?, ?, ?, ?)",  # noqa: S608  # ours
                (number, body, name, tags),
            )
        connection.execute("DELETE FROM search_rows WHERE id = ?", (number,))
    return len(found) == ROWS_AT_ONCE


def read_row(columns: Sequence[object]) -> SearchRow:
    """A row from its `COLUMNS`."""
    kind, text, title, section, finding, places, section_kind, severity = map(str, columns)
    read = json.loads(places)
    return SearchRow(
        HitKind(kind),
        text,
        title,
        SectionId(section) if columns[3] is not None else None,
        FindingId(finding) if columns[4] is not None else None,
        tuple((begin, origin) for begin, origin in read) if isinstance(read, list) else (),
        TextSpan(read["start"], read["end"]) if isinstance(read, dict) else None,
        section_kind,
        severity,
    )


def _written(row: SearchRow) -> str:
    if row.anchor is not None:
        return json.dumps({"start": row.anchor.start, "end": row.anchor.end})
    return json.dumps(row.places)


def _names(connection: sqlite3.Connection, document: int) -> tuple[str, str]:
    """Name and title of a document, as the index of words has them and as that of parts does."""
    name, title = connection.execute(
        "SELECT name, title FROM search_documents WHERE number = ?", (document,)
    ).fetchone()
    folded = fold(f"{name} {title}").text
    return index_words(folded), index_parts(folded)
