"""Matters: the documents, runs and decisions of one piece of work, kept together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from reviewer.domain.destination import Destination
from reviewer.domain.ids import DocumentId

MatterId = NewType("MatterId", str)

NO_MATTER = MatterId("")
"""Where what is reviewed without a matter belongs."""


class Egress(StrEnum):
    """What may leave this computer: nothing; text to listed endpoints; text to where the user says yes, run by run."""

    HERE = "here"
    LISTED = "listed"
    ASK = "ask"

    @classmethod
    def _missing_(cls, value: object) -> "Egress | None":
        """What an earlier version kept as *named*: text went wherever a model was, and nobody asked."""
        return cls.ASK if value == "named" else None


@dataclass(frozen=True, slots=True)
class Matter:
    """A piece of work.

    Attributes:
        id: ``matter-`` and 16 hexadecimal digits; the same on every computer that the matter is handed to.
        created_at: aware, UTC.
        egress: what its documents may be sent to.
        endpoints: where, if its policy is *listed*; kept while it is another.
        workflow: id or file of the workflow its runs use unless another is named; empty: what fits each document.
        playbook: id of the playbook its documents are held against; empty: the one that fits each document.
        redacts: models elsewhere get placeholders in place of what is listed.
        redact_terms: the names and numbers that are replaced, besides the user's own list.
        note: what the user wants to remember about it.
    """

    id: MatterId
    name: str
    created_at: datetime
    egress: Egress = Egress.HERE
    workflow: str = ""
    note: str = ""
    playbook: str = ""
    endpoints: tuple[Destination, ...] = ()
    redacts: bool = False
    redact_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A version of a document: the first one, or one that came back from the other side.

    Attributes:
        matter: the matter it belongs to, or `NO_MATTER`.
        line: the document that the line of versions began with.
        number: 1 for the first.
        path: where the file was; it may be gone or changed since.
        added_at: aware, UTC.
        by: name of the person, as the system knows it; may be empty.
    """

    matter: MatterId
    document: DocumentId
    line: DocumentId
    number: int
    name: str
    sha256: str
    path: str
    added_at: datetime
    by: str = ""


def next_turn(turns: Iterable[Turn], previous: DocumentId, turn: Turn) -> Turn:
    """A turn after the newest one of the line that a document belongs to; the first of a line of its own otherwise."""
    known = list(turns)
    line = next((each.line for each in known if each.document == previous), previous)
    number = 1 + max((each.number for each in known if each.line == line), default=1)
    return Turn(turn.matter, turn.document, line, number, turn.name, turn.sha256, turn.path, turn.added_at, turn.by)


def previous_turn(turns: Iterable[Turn], document: DocumentId) -> Turn | None:
    """The version before a document in its line."""
    known = list(turns)
    this = next((each for each in known if each.document == document), None)
    if this is None:
        return None
    earlier = [each for each in known if each.line == this.line and each.number < this.number]
    return max(earlier, key=lambda each: each.number, default=None)
