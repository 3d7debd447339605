"""Matters, and the versions of their documents."""

import sqlite3

from reviewer.domain.ids import DocumentId
from reviewer.domain.matter import Matter, MatterId, Turn
from reviewer.storage.codec import encode, open_sealed, seal
from reviewer.storage.database import Database
from reviewer.storage.matter_form import open_matter, sealed_matter


class SqliteMatterStore:
    """Implements `reviewer.ports.storage.MatterStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, matter: Matter) -> None:
        """Keeps a matter in place of what was kept under its id.

        Raises:
            StorageError: it cannot be written.
        """
        body = sealed_matter(matter)
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO matters (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                (matter.id, body),
            )
        )

    async def list_matters(self) -> tuple[Matter, ...]:
        """All matters, newest first.

        Raises:
            StorageError: the workspace cannot be read; *workspace_damaged* where one does not match its checksum.
        """

        def job(connection: sqlite3.Connection) -> list[tuple[str, bytes | None]]:
            return connection.execute("SELECT id, CAST(body AS BLOB) FROM matters").fetchall()

        found = [open_matter(name, body) for name, body in await self._database.read(job)]
        return tuple(sorted(found, key=lambda each: (each.created_at, each.id), reverse=True))

    async def add_turn(self, turn: Turn) -> None:
        """Keeps a version of a document, in place of the same document in the same matter.

        Raises:
            StorageError: it cannot be written.
        """
        body = seal(f"turn:{turn.matter}:{turn.document}", encode(turn))
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO turns (matter, document, body) VALUES (?, ?, ?)"
                " ON CONFLICT (matter, document) DO UPDATE SET body = excluded.body",
                (turn.matter, turn.document, body),
            )
        )

    async def turns(self, matter: MatterId) -> tuple[Turn, ...]:
        """The documents of a matter with their versions, in the order they were added.

        Raises:
            StorageError: as for `list_matters`.
        """

        def job(connection: sqlite3.Connection) -> list[tuple[str, bytes | None]]:
            return connection.execute(
                "SELECT document, CAST(body AS BLOB) FROM turns WHERE matter = ?", (matter,)
            ).fetchall()

        rows = await self._database.read(job)
        found = [open_sealed(f"turn:{matter}:{document}", body, Turn) for document, body in rows]
        return tuple(sorted(found, key=lambda each: (each.added_at, each.line, each.number)))

    async def matters_of(self, document: DocumentId) -> tuple[MatterId, ...]:
        """The matters that a document belongs to.

        Raises:
            StorageError: the workspace cannot be read.
        """

        def job(connection: sqlite3.Connection) -> list[tuple[str]]:
            return connection.execute("SELECT matter FROM turns WHERE document = ?", (document,)).fetchall()

        return tuple(MatterId(name) for (name,) in await self._database.read(job))
