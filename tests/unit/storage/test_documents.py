"""Parsed documents."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.domain.anchor import Box, TextSpan
from reviewer.domain.document import (
    Block,
    BlockKind,
    Document,
    DocumentWarning,
    Line,
    Origin,
    Page,
    Source,
    Style,
    Visibility,
)
from reviewer.domain.ids import DocumentId
from reviewer.storage.database import FILE_NAME
from reviewer.storage.workspace import SqliteWorkspace

TEXT = "Haftung 责任 𝄞\n\nWithout limit."
DOCUMENT = Document(
    id=DocumentId("doc-1"),
    source=Source("Vertrag ü.pdf", "application/pdf", "a" * 64, 12345),
    text=TEXT,
    blocks=(
        Block(
            TextSpan(0, 12),
            BlockKind.HEADING,
            1,
            Box(72.0, 72.5, 200.25, 90.125),
            "9.1",
            2,
            Visibility.INSERTED,
            Origin.OCR,
            0.93,
            "p[3]/r[1]",
            Style(11.5, bold=True, italic=True, underline=True, name="Heading 1", indent=36.0, centered=True),
        ),
        Block(TextSpan(14, len(TEXT))),
    ),
    pages=(
        Page(
            1,
            595.276,
            841.89,
            "iv",
            (
                Line(TextSpan(0, 3), Box(72.0, 72.5, 200.25, 90.125), (72.1, 80.2, 90.3, 0.1 + 0.2)),
                Line(TextSpan(14, 20), Box(1, 2, 3, 4)),
            ),
        ),
        Page(2, 595.0, 842.0),
    ),
    language="de",
    metadata={"title": "Vertrag", "author": "\udcff"},
    warnings=(DocumentWarning("hidden_text", "There is hidden text.", 1),),
)


def put(workspace: SqliteWorkspace, document: Document, version: str) -> None:
    asyncio.run(workspace.documents.put(document, version))


def test_document_comes_back_as_it_was(directory: Path) -> None:
    with closing(SqliteWorkspace(directory)) as workspace:
        put(workspace, DOCUMENT, "3")
    with closing(SqliteWorkspace(directory)) as again:
        assert asyncio.run(again.documents.find("a" * 64, "3")) == DOCUMENT
        assert asyncio.run(again.documents.get("doc-1")) == DOCUMENT


def test_document_of_another_parser_or_other_bytes_is_absent(workspace: SqliteWorkspace) -> None:
    put(workspace, DOCUMENT, "3")
    assert asyncio.run(workspace.documents.find("a" * 64, "4")) is None
    assert asyncio.run(workspace.documents.find("b" * 64, "3")) is None
    assert asyncio.run(workspace.documents.get("doc-2")) is None


def test_get_gives_what_was_parsed_last(workspace: SqliteWorkspace) -> None:
    newer = replace(DOCUMENT, language="en")
    put(workspace, DOCUMENT, "3")
    put(workspace, newer, "4")
    assert asyncio.run(workspace.documents.get("doc-1")) == newer
    put(workspace, DOCUMENT, "3")
    assert asyncio.run(workspace.documents.get("doc-1")) == DOCUMENT
    assert asyncio.run(workspace.documents.find("a" * 64, "4")) == newer


def test_same_bytes_may_be_two_documents(workspace: SqliteWorkspace) -> None:
    copy = replace(DOCUMENT, id=DocumentId("doc-copy"))
    put(workspace, DOCUMENT, "3")
    put(workspace, copy, "3")
    assert asyncio.run(workspace.documents.get("doc-1")) == DOCUMENT
    assert asyncio.run(workspace.documents.find("a" * 64, "3")) == copy


@pytest.mark.parametrize("damage", ["x'00'", "x'00' || substr(body, 2)", "'text'", "7"])
def test_damaged_document_is_absent(workspace: SqliteWorkspace, directory: Path, damage: str) -> None:
    put(workspace, DOCUMENT, "3")
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection, connection:
        connection.execute(f"UPDATE documents SET body = {damage}")
    assert asyncio.run(workspace.documents.find("a" * 64, "3")) is None
