"""The search index of a workspace."""

import asyncio
import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from functools import partial

from reviewer.domain.ids import DocumentId, FindingId, RunId
from reviewer.domain.run import RunStatus
from reviewer.domain.search import HitKind, Query, SearchPage, SearchRow
from reviewer.ports.storage import SearchBacklog, SearchDocument
from reviewer.storage.database import Database
from reviewer.storage.search_pages import read_page
from reviewer.storage.search_rows import COLUMNS, Prepared, clean, delete, insert, prepare, read_row

VERSION = f"1:{unicodedata.unidata_version}"
"""Of what is made of a text for the indexes. Rows can only be taken out as they were put in."""

_OWN_ROWS = "r.document = ? AND r.run IS NULL"
_ALL_ROWS = "r.document = ?"
_RUN_ROWS = "r.run = ?"
_NOTES = "r.finding = ? AND r.kind = 'note'"
_OTHER_RUN = (
    "(SELECT o.run FROM search_rows AS o WHERE o.finding = search_rows.finding AND o.kind = 'finding'"
    " AND o.run != search_rows.run ORDER BY o.id DESC LIMIT 1)"
)


class SqliteSearchIndex:
    """Implements `reviewer.ports.storage.SearchIndex`.

    Texts are searched as `reviewer.domain.search_text` folds them. Two indexes without text of their own, one of
    words and one of three-letter parts, give rows; where they may give too many, each row is looked at.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_checked = False

    async def put_document(self, document: SearchDocument, cut: str, rows: Sequence[SearchRow]) -> None:
        """Puts a document's own rows in place of those it had; nothing where its ``cut`` is the same as then.

        Raises:
            StorageError: it cannot be written; the document then counts as missing.
        """
        await self._check()
        if await self._database.read(lambda connection: _cut_of(connection, document.id)) == cut:
            return
        batches = await asyncio.to_thread(prepare, rows)
        number = await self._database.write(partial(_enter, document=document))
        await self._database.write(partial(_set_cut, number=number, cut=""))
        await self._delete(_OWN_ROWS, number)
        await self._insert(number, None, batches)
        await self._database.write(partial(_set_cut, number=number, cut=cut))

    async def put_run(self, run: RunId, rows: Mapping[SearchDocument, Sequence[SearchRow]]) -> None:
        """Puts the findings and notes of a run in place of those it had.

        Raises:
            StorageError: it cannot be written; the run then counts as missing.
        """
        await self._check()
        await self._database.write(partial(_forget_that, run=run))
        await self._delete(_RUN_ROWS, run)
        for document, found in rows.items():
            batches = await asyncio.to_thread(prepare, found)
            number = await self._database.write(partial(_enter, document=document))
            await self._insert(number, run, batches)
        await self._database.write(
            lambda connection: connection.execute("INSERT OR IGNORE INTO search_runs VALUES (?)", (run,))
        )

    async def put_note(self, finding: FindingId, text: str) -> None:
        """Puts a note in place of the finding's earlier one; an empty text removes it.

        Nothing where no run with the finding is known: the note comes with the run.

        Raises:
            StorageError: it cannot be written.
        """
        await self._check()

        def job(connection: sqlite3.Connection) -> None:
            delete(connection, _NOTES, finding)
            known = connection.execute(
                f"SELECT r.document, r.run, {COLUMNS} FROM search_rows AS r"  # noqa: S608  # ours, no value in it
                " WHERE r.finding = ? AND r.kind = 'finding' ORDER BY r.id DESC LIMIT 1",
                (finding,),
            ).fetchone()
            if known is not None and text:
                number, run, *columns = known
                about = read_row(columns)
                note = SearchRow(HitKind.NOTE, text, about.title, about.section, finding, anchor=about.anchor)
                insert(connection, number, run, prepare([note])[0])

        await self._database.write(job)

    async def forget_document(self, document: DocumentId) -> None:
        """Takes out all rows of a document, its findings and notes included; no word of them stays in the file.

        Raises:
            StorageError: it cannot be written.
        """
        await self._check()
        number = await self._database.read(partial(_number_of, document=document))
        if number is not None:
            await self._database.write(partial(_set_cut, number=number, cut=""))
            await self._delete(_ALL_ROWS, number)
            await self._database.write(partial(_forget_words, statement=_DROP_DOCUMENT, value=number))

    async def forget_run(self, run: RunId) -> None:
        """Takes out the findings of a run, and the notes that no other run's findings have.

        Raises:
            StorageError: it cannot be written.
        """
        await self._check()
        await self._database.write(partial(_hand_notes_on, run=run))
        await self._delete(_RUN_ROWS, run)
        await self._database.write(partial(_forget_words, statement=_DROP_RUN, value=run))

    async def missing(self) -> SearchBacklog:
        """What the workspace keeps and the index does not hold.

        Raises:
            StorageError: it cannot be read.
        """
        await self._check()
        return await self._database.read(_missing)

    async def search(self, query: Query, limit: int, after: int | None = None) -> SearchPage:
        """A page of at most ``limit`` hits. A finding of several runs is found once.

        Raises:
            StorageError: it cannot be read.
        """
        return await self._database.read(lambda connection: read_page(connection, query, limit, after))

    async def _insert(self, number: int, run: RunId | None, batches: Sequence[Sequence[Prepared]]) -> None:
        for batch in batches:
            await self._database.write(partial(insert, document=number, run=run, rows=batch))

    async def _delete(self, condition: str, value: object) -> None:
        while await self._database.write(lambda connection: delete(connection, condition, value)):
            pass

    async def _check(self) -> None:
        """Empties what another version of this program filled, to be filled anew."""
        if not self._is_checked:
            if await self._database.read(_version) != VERSION:
                await self._database.write(_empty)
            self._is_checked = True


_DROP_DOCUMENT = "DELETE FROM search_documents WHERE number = ?"
_DROP_RUN = "DELETE FROM search_runs WHERE id = ?"


def _forget_words(connection: sqlite3.Connection, statement: str, value: object) -> None:
    """Ends a deletion. The indexes keep deleted words until they are written anew, which is done here."""
    connection.execute(statement, (value,))
    for table in ("search_words", "search_parts"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608  # ours


def _forget_that(connection: sqlite3.Connection, run: RunId) -> None:
    connection.execute(_DROP_RUN, (run,))


def _hand_notes_on(connection: sqlite3.Connection, run: RunId) -> None:
    """A note is about a finding, which another run may have made as well."""
    connection.execute(
        f"UPDATE search_rows SET run = {_OTHER_RUN} WHERE run = ? AND kind = 'note' AND {_OTHER_RUN} IS NOT NULL",  # noqa: S608  # ours
        (run,),
    )


def _enter(connection: sqlite3.Connection, document: SearchDocument) -> int:
    """The document's number. Its name stays the first it had: its rows are found by it."""
    connection.execute(
        "INSERT OR IGNORE INTO search_documents (id, name, title, cut) VALUES (?, ?, ?, '')",
        (document.id, clean(document.name), clean(document.title)),
    )
    number = _number_of(connection, document.id)
    return 0 if number is None else number


def _number_of(connection: sqlite3.Connection, document: DocumentId) -> int | None:
    row = connection.execute("SELECT number FROM search_documents WHERE id = ?", (document,)).fetchone()
    return None if row is None else int(row[0])


def _cut_of(connection: sqlite3.Connection, document: DocumentId) -> str:
    row = connection.execute("SELECT cut FROM search_documents WHERE id = ?", (document,)).fetchone()
    return "" if row is None else str(row[0])


def _set_cut(connection: sqlite3.Connection, number: int, cut: str) -> None:
    connection.execute("UPDATE search_documents SET cut = ? WHERE number = ?", (cut, number))


def _missing(connection: sqlite3.Connection) -> SearchBacklog:
    runs = connection.execute(
        "SELECT id FROM runs WHERE status != ? AND id NOT IN (SELECT id FROM search_runs) ORDER BY started_us",
        (RunStatus.RUNNING.value,),
    ).fetchall()
    documents = connection.execute(
        "SELECT DISTINCT id FROM documents WHERE id NOT IN (SELECT id FROM search_documents WHERE cut != '')"
    ).fetchall()
    return SearchBacklog(tuple(RunId(each) for (each,) in runs), tuple(DocumentId(each) for (each,) in documents))


def _version(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT CAST(value AS TEXT) FROM meta WHERE name = 'search'").fetchone()
    return "" if row is None else str(row[0])


def _empty(connection: sqlite3.Connection) -> None:
    for table in ("search_words", "search_parts"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608  # ours
    for table in ("search_rows", "search_runs", "search_documents"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  # ours
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('search', ?)", (VERSION,))
