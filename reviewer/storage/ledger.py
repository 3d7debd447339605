"""The ledger: every call that may cost something, with the most it may cost until what it did cost is known."""

from sqlite3 import Connection

from reviewer.domain.money import Entry, Spent
from reviewer.storage.database import Database
from reviewer.storage.lanes import Haste


class SqliteLedger:
    """Implements `reviewer.ports.storage.Ledger`.

    A row whose call was never settled, because its reply was lost or the program ended, keeps what was reserved.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, entry: Entry) -> int:
        """Books the most a call may use; gives the row's number. Returns when the end of this process cannot undo it.

        Raises:
            StorageError: it cannot be written; the call must not be made.
        """
        row = (entry.run, entry.day, entry.model, entry.tokens, entry.cost)

        def work(connection: Connection) -> int:
            insert = "INSERT INTO ledger (run, day, model, tokens, cost) VALUES (?, ?, ?, ?, ?)"
            return connection.execute(insert, row).lastrowid or 0

        return await self._database.write(work, Haste.NOTE)

    async def settle(self, number: int, tokens: int, cost: float) -> None:
        """Puts what a call used in place of what was reserved for it.

        Raises:
            StorageError: it cannot be written; the reservation stands.
        """
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE ledger SET tokens = ?, cost = ? WHERE number = ?", (tokens, cost, number)
            ),
            Haste.SOON,
        )

    async def spent_by(self, run: str) -> Spent:
        """What a run used until now, over all its continuations.

        Raises:
            StorageError: it cannot be read.
        """
        return await self._database.read(
            lambda connection: Spent(
                *connection.execute(
                    "SELECT COALESCE(SUM(tokens), 0), COALESCE(SUM(cost), 0.0) FROM ledger WHERE run = ?", (run,)
                ).fetchone()
            )
        )

    async def spent_on(self, day: str) -> float:
        """What all runs of a day cost.

        Raises:
            StorageError: it cannot be read.
        """
        return await self._database.read(
            lambda connection: float(
                connection.execute("SELECT COALESCE(SUM(cost), 0.0) FROM ledger WHERE day = ?", (day,)).fetchone()[0]
            )
        )
