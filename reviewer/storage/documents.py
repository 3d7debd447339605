"""Parsed documents."""

import asyncio
import sqlite3
from typing import TypeAlias

from reviewer.domain.document import Document
from reviewer.domain.errors import StorageError
from reviewer.storage.codec import decode, encode, seal, squeeze, unseal, unsqueeze
from reviewer.storage.database import Database

_Row: TypeAlias = tuple[str, str, bytes | None]


class SqliteDocumentStore:
    """Implements `reviewer.ports.storage.DocumentStore`.

    A document is packed and unpacked on a thread of its own, as a long one takes a good part of a second. One that does
    not match its checksum, or was written by a program with other fields, counts as absent: it is parsed again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, sha256: str, parser_version: str) -> Document | None:
        """The document parsed from bytes of this hash by this version of the parser; the latest where ids differ.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return await self._first("sha256 = ? AND parser_version = ?", (sha256, parser_version))

    async def get(self, document_id: str) -> Document | None:
        """A document by id, parsed by whichever version came last.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return await self._first("id = ?", (document_id,))

    async def put(self, document: Document, parser_version: str) -> None:
        """Keeps a parsed document in place of what the same version made of it before.

        Where nothing can be written it is not kept, which costs no more than reading the file again.

        Raises:
            StorageError: it cannot be written.
        """
        if self._database.refusal is not None:
            return
        body = await asyncio.to_thread(_pack, document, parser_version)
        row = (document.id, document.source.sha256, parser_version, body)
        # A replaced row gets a new rowid: the highest one is the latest.
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO documents (id, sha256, parser_version, body) VALUES (?, ?, ?, ?)", row
            )
        )

    async def _first(self, condition: str, values: tuple[str, ...]) -> Document | None:
        def job(connection: sqlite3.Connection) -> _Row | None:
            found: _Row | None = connection.execute(
                f"SELECT id, parser_version, CAST(body AS BLOB) FROM documents WHERE {condition}"  # noqa: S608  # ours, no value in it
                " ORDER BY rowid DESC LIMIT 1",
                values,
            ).fetchone()
            return found

        row = await self._database.read(job)
        return None if row is None else await asyncio.to_thread(_unpack, row)


def _label(document_id: str, parser_version: str) -> str:
    return f"document:{document_id}:{parser_version}"


def _pack(document: Document, parser_version: str) -> bytes:
    return seal(_label(document.id, parser_version), squeeze(encode(document)))


def _unpack(row: _Row) -> Document | None:
    document_id, parser_version, body = row
    try:
        return decode(unsqueeze(unseal(_label(document_id, parser_version), body)), Document)
    except (StorageError, ValueError):
        return None
