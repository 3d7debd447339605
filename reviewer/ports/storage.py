"""Keeping documents, steps and runs; all in one workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reviewer.domain.chat import ChatReply
from reviewer.domain.decision import Decision, SubjectRef
from reviewer.domain.document import Document
from reviewer.domain.events import RunEvent
from reviewer.domain.ids import RunId, StepKey
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.vote import Judgement


@dataclass(frozen=True, slots=True)
class StoredStep:
    """What is kept of a step: the reply as it came (None for rules), and the judgements once they were read."""

    key: StepKey
    reply: ChatReply | None
    judgements: tuple[Judgement, ...] | None


class StepStore(Protocol):
    """Finished work, by key. Every coroutine returns only after the write is on the disk."""

    async def get(self, key: StepKey) -> StoredStep | None:
        """What is kept under a key.

        Raises:
            StorageError: the workspace cannot be read, or the row does not match its checksum.
        """
        ...

    async def put_reply(self, key: StepKey, reply: ChatReply) -> None:
        """Keeps a reply before anybody tries to read it, so that it is never paid for twice.

        Raises:
            StorageError: it cannot be written.
        """
        ...

    async def put_judgements(self, key: StepKey, judgements: Sequence[Judgement]) -> None:
        """Keeps what a reply or a rule says.

        Raises:
            StorageError: it cannot be written.
        """
        ...

    async def drop(self, key: StepKey) -> None:
        """Forgets a step, so that it is asked again."""
        ...


class RunStore(Protocol):
    """Runs and their events."""

    async def begin(self, run: Run) -> None:
        """Enters a run; one of the same id is begun anew, its old events forgotten."""
        ...

    async def find_unfinished(self, fingerprint: str) -> Run | None:
        """The latest run of this fingerprint that did not end as *done* or *partial*."""
        ...

    async def append(self, run: RunId, events: Sequence[RunEvent]) -> None:
        """Stores events in order, in one transaction, and sets the run's status where one is `RunFinished`."""
        ...

    async def get(self, run: RunId) -> Run | None:
        """One run. A unique beginning of an id of 6 or more characters is enough."""
        ...

    async def list_runs(self) -> tuple[Run, ...]:
        """All runs, newest first."""
        ...

    async def events(self, run: RunId) -> tuple[RunEvent, ...]:
        """The events of a run in order."""
        ...

    async def set_status(self, run: RunId, status: RunStatus) -> None:
        """Overwrites a run's status."""
        ...


class DocumentStore(Protocol):
    """Parsed documents."""

    async def find(self, sha256: str, parser_version: str) -> Document | None:
        """The document parsed from bytes of this hash by this version of the parser."""
        ...

    async def put(self, document: Document, parser_version: str) -> None:
        """Keeps a parsed document."""
        ...

    async def get(self, document_id: str) -> Document | None:
        """A document by id, parsed by whichever version came last."""
        ...


class DecisionStore(Protocol):
    """What people decided about findings: a journal that only grows."""

    async def add(self, decision: Decision) -> None:
        """Keeps a decision after all earlier ones.

        Raises:
            StorageError: it cannot be written.
        """
        ...

    async def about(self, subjects: Sequence[SubjectRef]) -> tuple[Decision, ...]:
        """All decisions about these subjects, in the order they were made.

        Raises:
            StorageError: they cannot be read.
        """
        ...


class Workspace(Protocol):
    """One workspace: all stores over one database, one writer."""

    @property
    def steps(self) -> StepStore:
        """Finished work."""
        ...

    @property
    def runs(self) -> RunStore:
        """Runs and their events."""
        ...

    @property
    def documents(self) -> DocumentStore:
        """Parsed documents."""
        ...

    @property
    def decisions(self) -> DecisionStore:
        """What people decided."""
        ...

    @property
    def secret(self) -> bytes:
        """32 random bytes made with the workspace; never leaves it."""
        ...

    def close(self) -> None:
        """Waits for the writer and closes the database. Idempotent."""
        ...


class SecretStore(Protocol):
    """API keys. Order: environment, keyring, this process's memory; never a file of ours."""

    def get(self, provider: str) -> str | None:
        """The key of a provider, or None."""
        ...

    def put(self, provider: str, key: str) -> bool:
        """Keeps a key. True when it is in the keyring, False when only in this process's memory."""
        ...
