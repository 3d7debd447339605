"""The ledger: what was booked stands until it is settled, over the end of the program too."""

import asyncio
from pathlib import Path

from reviewer.domain.money import Entry, Spent
from reviewer.storage.workspace import SqliteWorkspace


def entry(run: str = "run-1", day: str = "2026-11-24", cost: float = 0.5) -> Entry:
    return Entry(run, day, "openai/m", 1000, cost)


def test_empty_ledger_says_nothing_was_spent(workspace: SqliteWorkspace) -> None:
    assert asyncio.run(workspace.ledger.spent_by("run-1")) == Spent(0, 0.0)
    assert asyncio.run(workspace.ledger.spent_on("2026-11-24")) == 0.0


def test_settled_call_counts_with_what_it_cost(workspace: SqliteWorkspace) -> None:
    async def work() -> None:
        first, second = [await workspace.ledger.enter(entry()) for _ in range(2)]
        assert first != second
        await workspace.ledger.settle(first, 200, 0.125)

    asyncio.run(work())
    assert asyncio.run(workspace.ledger.spent_by("run-1")) == Spent(1200, 0.625)


def test_day_counts_all_its_runs_and_no_other_day(workspace: SqliteWorkspace) -> None:
    async def work() -> float:
        for each in (entry(), entry("run-2"), entry(day="2026-11-23")):
            await workspace.ledger.enter(each)
        return await workspace.ledger.spent_on("2026-11-24")

    assert asyncio.run(work()) == 1.0


def test_call_that_was_never_settled_counts_after_the_program_ended(directory: Path) -> None:
    first = SqliteWorkspace(directory)
    asyncio.run(first.ledger.enter(entry()))
    first.close()
    second = SqliteWorkspace(directory)
    assert asyncio.run(second.ledger.spent_by("run-1")) == Spent(1000, 0.5)
    second.close()
