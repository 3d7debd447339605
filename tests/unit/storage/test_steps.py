"""Steps: kept before they are shown, absent when damaged."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reviewer.domain.chat import ChatReply, FinishReason
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import StepKey, sha256_hex
from reviewer.domain.vote import Judgement
from reviewer.ports.storage import StoredStep, Workspace
from reviewer.storage.database import FILE_NAME
from reviewer.storage.workspace import SqliteWorkspace

KEY = StepKey(sha256_hex("a step"))
REPLY = ChatReply('{"value": "größer \ud800"}', "model-1", FinishReason.LENGTH, 1200, 340)
JUDGEMENTS = (
    Judgement("liability", "deviates", "the cap is missing", (Evidence("without limit", 12), Evidence("any")), 1, 0.75),
    Judgement("summary:0", "", "Prose 中文."),
)


def change(directory: Path, statement: str) -> None:
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection, connection:
        connection.execute(statement)


def test_unknown_step_is_absent(workspace: SqliteWorkspace) -> None:
    assert asyncio.run(workspace.steps.get(KEY)) is None


def test_reply_is_kept_before_it_is_read(workspace: SqliteWorkspace) -> None:
    asyncio.run(workspace.steps.put_reply(KEY, REPLY))
    assert asyncio.run(workspace.steps.get(KEY)) == StoredStep(KEY, REPLY, None)


def test_judgements_stand_beside_the_reply(workspace: SqliteWorkspace) -> None:
    async def main() -> StoredStep | None:
        await workspace.steps.put_reply(KEY, REPLY)
        await workspace.steps.put_judgements(KEY, list(JUDGEMENTS))
        return await workspace.steps.get(KEY)

    assert asyncio.run(main()) == StoredStep(KEY, REPLY, JUDGEMENTS)


def test_rule_has_judgements_without_a_reply(workspace: SqliteWorkspace) -> None:
    asyncio.run(workspace.steps.put_judgements(KEY, ()))
    assert asyncio.run(workspace.steps.get(KEY)) == StoredStep(KEY, None, ())


def test_new_reply_forgets_the_judgements_of_the_old(workspace: SqliteWorkspace) -> None:
    async def main() -> StoredStep | None:
        await workspace.steps.put_reply(KEY, ChatReply("old", "model-1"))
        await workspace.steps.put_judgements(KEY, JUDGEMENTS)
        await workspace.steps.put_reply(KEY, REPLY)
        return await workspace.steps.get(KEY)

    assert asyncio.run(main()) == StoredStep(KEY, REPLY, None)


def test_failed_step_is_absent(workspace: SqliteWorkspace) -> None:
    async def main() -> StoredStep | None:
        await workspace.steps.put_reply(KEY, REPLY)
        await workspace.steps.fail(KEY, "bad_reply", needs_user=False)
        return await workspace.steps.get(KEY)

    assert asyncio.run(main()) is None


def states(workspace: SqliteWorkspace) -> list[tuple[str, int, str]]:
    statement = "SELECT state, tokens, code FROM steps ORDER BY key"
    return asyncio.run(workspace._database.read(lambda connection: connection.execute(statement).fetchall()))


def test_step_goes_from_flight_to_done_or_to_why_it_failed(workspace: SqliteWorkspace) -> None:
    asyncio.run(workspace.steps.reserve(KEY, 120))
    assert states(workspace) == [("inflight", 120, "")]
    assert asyncio.run(workspace.steps.get(KEY)) is None
    asyncio.run(workspace.steps.put_reply(KEY, REPLY))
    assert states(workspace) == [("done", 120, "")]
    asyncio.run(workspace.steps.fail(KEY, "refused", needs_user=True))
    assert states(workspace) == [("needs_user", 120, "refused")]
    asyncio.run(workspace.steps.fail(KEY, "timeout", needs_user=False))
    assert states(workspace) == [("failed", 120, "timeout")]


def test_what_was_in_flight_when_the_program_ended_is_pending_again(workspace: SqliteWorkspace) -> None:
    asyncio.run(workspace.steps.reserve(KEY, 120))
    asyncio.run(workspace.steps.put_judgements(StepKey("b" * 64), ()))
    assert asyncio.run(workspace.steps.settle()) == 1
    assert asyncio.run(workspace.steps.settle()) == 0
    assert states(workspace)[0][0] == "pending"


def test_steps_outlive_the_workspace_that_wrote_them(directory: Path) -> None:
    first = SqliteWorkspace(directory)
    asyncio.run(first.steps.put_reply(KEY, REPLY))
    first.close()
    with closing(SqliteWorkspace(directory)) as second:
        assert asyncio.run(second.steps.get(KEY)) == StoredStep(KEY, REPLY, None)


@pytest.fixture
def stored(workspace: SqliteWorkspace) -> Workspace:
    """A workspace with one whole step."""

    async def main() -> None:
        await workspace.steps.put_reply(KEY, REPLY)
        await workspace.steps.put_judgements(KEY, JUDGEMENTS)

    asyncio.run(main())
    return workspace


def test_step_with_a_damaged_reply_is_absent_and_can_be_written_anew(stored: Workspace, directory: Path) -> None:
    change(directory, "UPDATE steps SET reply = substr(reply, 1, 40) || x'00' || substr(reply, 42)")
    assert asyncio.run(stored.steps.get(KEY)) is None
    asyncio.run(stored.steps.put_reply(KEY, REPLY))
    assert asyncio.run(stored.steps.get(KEY)) == StoredStep(KEY, REPLY, None)


def test_step_with_damaged_judgements_keeps_its_reply(stored: Workspace, directory: Path) -> None:
    change(directory, "UPDATE steps SET judgements = x'00' || substr(judgements, 2)")
    assert asyncio.run(stored.steps.get(KEY)) == StoredStep(KEY, REPLY, None)


def test_rule_with_damaged_judgements_is_absent(stored: Workspace, directory: Path) -> None:
    change(directory, "UPDATE steps SET reply = NULL, judgements = x'00'")
    assert asyncio.run(stored.steps.get(KEY)) is None


def test_step_under_the_key_of_another_is_absent(stored: Workspace, directory: Path) -> None:
    other = StepKey(sha256_hex("another step"))
    change(directory, f"UPDATE steps SET key = '{other}'")
    assert asyncio.run(stored.steps.get(other)) is None
