"""The log of what left this computer: each request with every byte of it.

Votes on a section differ in a number, and so does what is asked again: the first request about a section is kept
compressed, those after it as what differs.
"""

import zlib
from dataclasses import replace
from sqlite3 import Connection

from reviewer.domain.errors import StorageError
from reviewer.domain.sent import SentRequest
from reviewer.storage.codec import encode, open_sealed, seal, unseal
from reviewer.storage.database import Database
from reviewer.storage.failures import storage_error
from reviewer.storage.lanes import Haste


class SqliteSentLog:
    """Implements `reviewer.ports.storage.SentLog`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, sent: SentRequest, body: bytes) -> int:
        """Enters a request before it leaves. Returns when the end of this process cannot undo it.

        Raises:
            StorageError: it cannot be written; the request must not leave.
        """
        about = seal(f"sent:{sent.run}", encode(sent))

        def work(connection: Connection) -> int:
            base, first = _first_about(connection, sent)
            packed = seal(f"request:{sent.run}", _packed(body, first))
            entered = connection.execute(
                "INSERT INTO sent (run, document, section, base, about, body, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (sent.run, sent.document, sent.section, base, about, packed, sent.outcome),
            )
            return int(entered.lastrowid or 0)

        return await self._database.write(work, Haste.NOTE)

    async def end(self, number: int, outcome: str) -> None:
        """Notes what came of a request. Raises StorageError."""

        def work(connection: Connection) -> None:
            connection.execute("UPDATE sent SET outcome = ? WHERE number = ?", (outcome, number))

        await self._database.write(work, Haste.NOTE)

    async def of_run(self, run: str) -> tuple[SentRequest, ...]:
        """What a run sent, in order, over all its continuations.

        Raises:
            StorageError: it cannot be read; *workspace_damaged* where a row does not match its checksum.
        """
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT number, CAST(about AS BLOB), CAST(outcome AS TEXT) FROM sent WHERE run = ? ORDER BY number",
                (run,),
            ).fetchall()
        )
        return tuple(
            replace(open_sealed(f"sent:{run}", about, SentRequest), number=number, outcome=outcome)
            for number, about, outcome in rows
        )

    async def body(self, run: str, number: int) -> bytes | None:
        """The body of a request, to the byte; None where there is no such request.

        Raises:
            StorageError: as for `of_run`.
        """
        return await self._database.read(lambda connection: _body(connection, run, number))


def _first_about(connection: Connection, sent: SentRequest) -> tuple[int | None, bytes]:
    """The first request about the same section, which those after it are kept against."""
    row = connection.execute(
        "SELECT number FROM sent WHERE run = ? AND document = ? AND section = ? AND base IS NULL"
        " ORDER BY number LIMIT 1",
        (sent.run, sent.document, sent.section),
    ).fetchone()
    if row is None:
        return None, b""
    try:
        return int(row[0]), _body(connection, sent.run, int(row[0])) or b""
    except StorageError:  # damaged: nothing can be kept against it
        return None, b""


def _body(connection: Connection, run: str, number: int) -> bytes | None:
    row = connection.execute(
        "SELECT base, CAST(body AS BLOB) FROM sent WHERE run = ? AND number = ?", (run, number)
    ).fetchone()
    if row is None:
        return None
    base, sealed = row
    first = b"" if base is None else _body(connection, run, base)
    if first is None:
        raise storage_error("workspace_damaged")
    unpacker = zlib.decompressobj(zdict=first)
    return unpacker.decompress(unseal(f"request:{run}", sealed)) + unpacker.flush()


def _packed(body: bytes, first: bytes) -> bytes:
    packer = zlib.compressobj(level=1, zdict=first)
    return packer.compress(body) + packer.flush()
