"""Finished steps, by key."""

import sqlite3
from collections.abc import Sequence
from typing import TypeAlias

from reviewer.domain.chat import ChatReply
from reviewer.domain.errors import StorageError
from reviewer.domain.ids import StepKey
from reviewer.domain.step import StepState
from reviewer.domain.vote import Judgement
from reviewer.ports.storage import StoredStep
from reviewer.storage.codec import encode, open_sealed, seal
from reviewer.storage.database import Database
from reviewer.storage.lanes import Haste

_Row: TypeAlias = tuple[bytes | None, bytes | None]


class SqliteStepStore:
    """Implements `reviewer.ports.storage.StepStore`.

    What does not match its checksum counts as absent, so that the engine asks again and overwrites it: a damaged reply
    takes the whole step with it, damaged judgements only themselves (they are read from the reply anew, at no cost).
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: StepKey) -> StoredStep | None:
        """What is kept under a key and undamaged.

        Raises:
            StorageError: the workspace cannot be read.
        """
        return await self._database.read(lambda connection: _find(connection, key))

    async def put_reply(self, key: StepKey, reply: ChatReply) -> None:
        """Keeps a reply; judgements of an earlier one are forgotten. Returns when it is on the disk.

        Raises:
            StorageError: it cannot be written.
        """
        body = encode(reply)
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO steps (key, reply) VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
                " SET reply = excluded.reply, judgements = NULL, state = 'done', code = ''",
                (key, seal(_reply_label(key), body)),
            ),
            Haste.SOON,
        )

    async def put_judgements(self, key: StepKey, judgements: Sequence[Judgement]) -> None:
        """Keeps what a reply or a rule says, beside the reply. Returns when it is on the disk.

        Raises:
            StorageError: it cannot be written.
        """
        body = encode(tuple(judgements))
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO steps (key, judgements) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET judgements = excluded.judgements, state = 'done', code = ''",
                (key, seal(_judgements_label(key), body)),
            ),
            Haste.SOON,
        )

    async def reserve(self, key: StepKey, tokens: int) -> None:
        """Puts a step in flight with what it may cost. Returns when the end of this process cannot undo it.

        Raises:
            StorageError: it cannot be written; the question must not be asked.
        """
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO steps (key, state, tokens) VALUES (?, 'inflight', ?)"
                " ON CONFLICT (key) DO UPDATE SET state = excluded.state, tokens = excluded.tokens, code = ''",
                (key, tokens),
            ),
            Haste.NOTE,
        )

    async def fail(self, key: StepKey, code: str, *, needs_user: bool) -> None:
        """Forgets what a step's reply was, so that it is asked again, and keeps why it failed.

        Raises:
            StorageError: it cannot be written.
        """
        state = StepState.NEEDS_USER if needs_user else StepState.FAILED
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO steps (key, state, code) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE"
                " SET state = excluded.state, code = excluded.code, reply = NULL, judgements = NULL",
                (key, state, code),
            )
        )

    async def settle(self) -> int:
        """Puts the steps that an ended process left in flight back to *pending*; gives how many there were.

        Raises:
            StorageError: it cannot be written.
        """
        return await self._database.write(
            lambda connection: (
                connection.execute("UPDATE steps SET state = 'pending' WHERE state = 'inflight'").rowcount
            )
        )


def _reply_label(key: StepKey) -> str:
    return f"reply:{key}"


def _judgements_label(key: StepKey) -> str:
    return f"judgements:{key}"


def _find(connection: sqlite3.Connection, key: StepKey) -> StoredStep | None:
    row: _Row | None = connection.execute(
        "SELECT CAST(reply AS BLOB), CAST(judgements AS BLOB) FROM steps WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        return None
    try:
        reply = None if row[0] is None else open_sealed(_reply_label(key), row[0], ChatReply)
    except StorageError:
        return None
    judgements = _judgements(key, row[1])
    return None if reply is None and judgements is None else StoredStep(key, reply, judgements)


def _judgements(key: StepKey, sealed: bytes | None) -> tuple[Judgement, ...] | None:
    if sealed is None:
        return None
    try:
        return open_sealed(_judgements_label(key), sealed, tuple[Judgement, ...])
    except StorageError:
        return None
