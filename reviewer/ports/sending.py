"""What is known of a request at the last place before its socket."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from reviewer.domain.destination import Destination


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request, whole and as it leaves.

    Attributes:
        destination: where it goes.
        via: host and port of the proxy it takes; empty for none.
        body: every byte of it.
    """

    destination: Destination
    via: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: a rater, and ids of a document and a section; empty where it is about several."""

    rater: str = ""
    document: str = ""
    section: str = ""


class NotSentError(Exception):
    """A request stopped at the last place before its socket, as it was asked to; ``body`` is what would have gone."""

    def __init__(self, body: bytes) -> None:
        super().__init__("a rehearsal sends nothing")
        self.body = body


class Witness(Protocol):
    """Is told of each request before it leaves, and of what came of it."""

    async def leaving(self, outgoing: Outgoing) -> int:
        """The request goes out once this returns; gives the number under which it is known.

        Raises:
            StorageError: it cannot be noted, and must not go out.
        """
        ...

    async def ended(self, number: int, outcome: str) -> None:
        """What came of a request that left: *answered*, or the code of its failure. Not told of one broken off.

        Never fails: an answer that was paid for must not be lost over a note.
        """
        ...


WITNESS: ContextVar[Witness | None] = ContextVar("witness", default=None)
"""Who is told, in this task and those it starts. It travels beside the call, past everything that wraps a model."""
SUBJECT: ContextVar[Subject] = ContextVar("subject", default=Subject())  # noqa: B039 - frozen
"""What the call of this task is about."""


@contextmanager
def witnessed_by(witness: Witness) -> Iterator[None]:
    """Requests inside are told to this witness."""
    before = WITNESS.set(witness)
    try:
        yield
    finally:
        WITNESS.reset(before)
