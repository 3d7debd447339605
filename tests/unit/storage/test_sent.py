"""The log of what left: byte for byte, each section's text once, gone with its run."""

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewer.domain.destination import Destination
from reviewer.domain.errors import StorageError
from reviewer.domain.sent import SentRequest, SentStatus
from reviewer.storage.database import FILE_NAME
from reviewer.storage.workspace import SqliteWorkspace

AT = datetime(2026, 1, 2, tzinfo=UTC)
SENT = SentRequest("run-1", AT, Destination("https", "a.test", 443), "proxy:1", "openai/m", "doc-1", "sec-1", 0)


def random_text(size: int) -> bytes:
    return os.urandom(size // 2).hex().encode()


def test_requests_come_back_in_order_and_to_the_byte(workspace: SqliteWorkspace) -> None:
    long = random_text(100_000)
    bodies = [b"", b"\xff\x00", random_text(3000), long, long + b"2", long[:-1]]

    async def work() -> None:
        for body in bodies:
            await workspace.sent.enter(replace(SENT, size_bytes=len(body)), body)
        await workspace.sent.enter(replace(SENT, run="run-2"), b"other")
        sent = await workspace.sent.of_run("run-1")
        assert [replace(each, number=0, size_bytes=0) for each in sent] == [SENT] * len(bodies)
        assert [await workspace.sent.body("run-1", each.number) for each in sent] == bodies
        assert await workspace.sent.body("run-2", sent[0].number) is None

    asyncio.run(work())


def test_what_came_of_a_request_is_noted(workspace: SqliteWorkspace) -> None:
    async def work() -> None:
        numbers = [await workspace.sent.enter(SENT, b"x") for _ in range(3)]
        await workspace.sent.end(numbers[0], "answered")
        await workspace.sent.end(numbers[1], "status_503")
        sent = await workspace.sent.of_run("run-1")
        told = [(each.status, each.code) for each in sent]
        assert told == [
            (SentStatus.ANSWERED, ""),
            (SentStatus.FAILED, "status_503"),
            (SentStatus.UNANSWERED, ""),
        ]

    asyncio.run(work())


def test_of_requests_of_an_older_version_nothing_is_said(workspace: SqliteWorkspace) -> None:
    async def work() -> None:
        number = await workspace.sent.enter(SENT, b"x")
        await workspace.sent.end(number, "")
        (sent,) = await workspace.sent.of_run("run-1")
        assert (sent.status, sent.code) == (SentStatus.UNKNOWN, "")

    asyncio.run(work())


def test_text_of_a_section_is_kept_once_however_many_votes_there_are(workspace: SqliteWorkspace) -> None:
    text = random_text(20_000)

    async def work() -> int:
        for seed in range(10):
            await workspace.sent.enter(SENT, text + str(seed).encode())
        return await workspace._database.read(
            lambda connection: connection.execute("SELECT SUM(LENGTH(body)) FROM sent").fetchone()[0]
        )

    assert asyncio.run(work()) < 1.2 * len(text)


def test_damaged_request_is_noticed_and_harms_no_other(directory: Path) -> None:
    first = SqliteWorkspace(directory)
    asyncio.run(first.sent.enter(SENT, b"first"))
    first.close()
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection:
        connection.execute("UPDATE sent SET body = X'00'")
        connection.commit()
    second = SqliteWorkspace(directory)

    async def work() -> None:
        with pytest.raises(StorageError):
            await second.sent.body("run-1", 1)
        await second.sent.enter(SENT, b"second")
        assert await second.sent.body("run-1", 2) == b"second"

    try:
        asyncio.run(work())
    finally:
        second.close()
