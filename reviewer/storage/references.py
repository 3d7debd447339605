"""What runs refer to: their steps, documents and findings, read from their events."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from reviewer.storage.codec import DIGEST_BYTES

_TELLING = ("StepDone", "DocumentAdded", "ItemHandled", "DocumentFinished")


@dataclass(slots=True)
class References:
    """Keys of steps, ids of documents and of findings."""

    steps: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    findings: set[str] = field(default_factory=set)

    def __sub__(self, other: "References") -> "References":
        return References(self.steps - other.steps, self.documents - other.documents, self.findings - other.findings)


def references(connection: sqlite3.Connection, runs: Iterable[str]) -> References:
    """What these runs refer to. Linear in their events. What cannot be read refers to nothing."""
    found = References()
    for run in runs:
        for kind, told in _events(connection, run):
            if kind == "StepDone":
                found.steps.add(told["key"])
            elif kind == "DocumentAdded":
                found.documents.add(told["document"]["id"])
            else:
                found.findings.update(each["id"] for each in told.get("findings", ()))
    return found


def in_batches(values: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """Values, so many at a time as one statement may hold."""
    rest = sorted(values)
    for start in range(0, len(rest), size):
        yield rest[start : start + size]


def _events(connection: sqlite3.Connection, run: str) -> Iterator[tuple[str, dict[str, Any]]]:
    marks = ", ".join("?" * len(_TELLING))
    rows = connection.execute(
        f"SELECT kind, CAST(body AS BLOB) FROM events WHERE run = ? AND kind IN ({marks})",  # noqa: S608 - marks only
        (run, *_TELLING),
    )
    for kind, body in rows:
        with suppress(ValueError, KeyError, TypeError):
            yield kind, json.loads(body[DIGEST_BYTES:])
