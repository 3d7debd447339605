"""The shelf: the files a person brought, as rows of the documents list."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.ids import DocumentId
from reviewer.domain.outcome import Severity


class ShelfState(StrEnum):
    """How a file stands.

    *waiting*: its turn in the run has not come. *reading*: being opened. *ready*: read, not yet reviewed.
    *partial*: reviewed, but some parts failed or were not reached. *refused*: it cannot be read.
    """

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """A file as the list shows it.

    Attributes:
        key: names the row; stays the same while everything else changes.
        kind: a word such as *Contract* or *Paper*; empty where it is not known yet.
        pages: 0 where the source has no pages.
        language: ISO 639-1 code, or empty.
        findings, worst: how many there are to look at, and the worst of them.
        message, hint: of a refused file: why, and what to do.
    """

    key: str
    name: str
    state: ShelfState
    document_id: DocumentId | None = None
    kind: str = ""
    pages: int = 0
    language: str = ""
    findings: int = 0
    worst: Severity | None = None
    message: str = ""
    hint: str = ""
