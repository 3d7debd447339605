"""Keeping documents, steps and runs, all in one workspace; and keys and settings beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from reviewer.domain.chat import ChatReply
from reviewer.domain.decision import Decision, SubjectKind, SubjectRef
from reviewer.domain.document import Document
from reviewer.domain.errors import StorageError
from reviewer.domain.events import RunEvent
from reviewer.domain.ids import DocumentId, FindingId, RunId, StepKey
from reviewer.domain.matter import NO_MATTER, Matter, MatterId, Turn
from reviewer.domain.money import Entry, Spent
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.search import Query, SearchPage, SearchRow
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.domain.sent import SentRequest
from reviewer.domain.setting_kinds import Value
from reviewer.domain.settings_file import FileLayer
from reviewer.domain.vote import Judgement
from reviewer.domain.workspace import BackupInfo, Place, Repair, Unpacked


class Access(StrEnum):
    """What a workspace is opened for: to write in it, to look at it, or to write where nobody else does."""

    WRITE = "write"
    READ = "read"
    EITHER = "either"


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

    async def reserve(self, key: StepKey, tokens: int) -> None:
        """Puts a step in flight with what it may cost, before a socket opens for it.

        Raises:
            StorageError: it cannot be written; the question must not be asked.
        """
        ...

    async def fail(self, key: StepKey, code: str, *, needs_user: bool) -> None:
        """Forgets what a step's reply was, so that it is asked again, and keeps why it failed."""
        ...

    async def settle(self) -> int:
        """Puts the steps that an ended process left in flight back to *pending*; gives how many there were."""
        ...


class Ledger(Protocol):
    """What calls cost. A call that was never settled counts with what was reserved for it."""

    async def enter(self, entry: Entry) -> int:
        """Books the most a call may use, before its socket opens; gives the row's number.

        Raises:
            StorageError: it cannot be written; the call must not be made.
        """
        ...

    async def settle(self, number: int, tokens: int, cost: float) -> None:
        """Puts what a call used in place of what was reserved for it. Raises StorageError."""
        ...

    async def spent_by(self, run: str) -> Spent:
        """What a run used until now, over all its continuations. Raises StorageError."""
        ...

    async def spent_on(self, day: str) -> float:
        """What all runs of a day cost. Raises StorageError."""
        ...


class SentLog(Protocol):
    """What left this computer, run by run."""

    async def enter(self, sent: SentRequest, body: bytes) -> int:
        """Enters a request before it leaves, with every byte of it; gives its number.

        Raises:
            StorageError: it cannot be written; the request must not leave.
        """
        ...

    async def end(self, number: int, outcome: str) -> None:
        """Notes what came of a request. Raises StorageError."""
        ...

    async def of_run(self, run: str) -> tuple[SentRequest, ...]:
        """What a run sent, in order. Raises StorageError."""
        ...

    async def body(self, run: str, number: int) -> bytes | None:
        """The body of a request, to the byte; None where there is no such request. Raises StorageError."""
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

    async def runs_of(self, document: DocumentId) -> tuple[Run, ...]:
        """The runs that a document took part in, newest first. Raises StorageError."""
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

    async def of_kind(self, kind: SubjectKind) -> tuple[Decision, ...]:
        """All decisions about subjects of a kind, in the order they were made.

        Raises:
            StorageError: they cannot be read.
        """
        ...


class MatterStore(Protocol):
    """Matters, and the versions of their documents."""

    async def put(self, matter: Matter) -> None:
        """Keeps a matter in place of what was kept under its id. Raises StorageError."""
        ...

    async def list_matters(self) -> tuple[Matter, ...]:
        """All matters, newest first. Raises StorageError."""
        ...

    async def add_turn(self, turn: Turn) -> None:
        """Keeps a version of a document, in place of the same document in the same matter. Raises StorageError."""
        ...

    async def turns(self, matter: MatterId) -> tuple[Turn, ...]:
        """The documents of a matter with their versions, in the order they were added. Raises StorageError."""
        ...

    async def matters_of(self, document: DocumentId) -> tuple[MatterId, ...]:
        """The matters that a document belongs to. Raises StorageError."""
        ...


class OriginalStore(Protocol):
    """The bytes of the files that were reviewed, by their hash. Everything blocks."""

    def put(self, sha256: str, data: bytes) -> None:
        """Keeps bytes, unless they are kept already. Raises StorageError."""
        ...

    def get(self, sha256: str) -> bytes | None:
        """The bytes of this hash; None where they are not kept, or are not what was kept."""
        ...

    def forget(self, sha256: str) -> None:
        """Deletes bytes that nothing refers to any more."""
        ...


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A document as its rows in the search name it. ``title`` may be empty."""

    id: DocumentId
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class SearchBacklog:
    """What the workspace keeps and the search does not know."""

    runs: tuple[RunId, ...] = ()
    documents: tuple[DocumentId, ...] = ()


class SearchIndex(Protocol):
    """What is searched. Of rows that were put in one call, the first is found first."""

    async def put_document(self, document: SearchDocument, cut: str, rows: Sequence[SearchRow]) -> None:
        """Puts a document's own rows in place of those it had; nothing where its ``cut`` is the same as then.

        Raises:
            StorageError: it cannot be written; the document then counts as missing.
        """
        ...

    async def put_run(self, run: RunId, rows: Mapping[SearchDocument, Sequence[SearchRow]]) -> None:
        """Puts the findings and notes of a run in place of those it had.

        Raises:
            StorageError: it cannot be written; the run then counts as missing.
        """
        ...

    async def put_note(self, finding: FindingId, text: str) -> None:
        """Puts a note in place of the finding's earlier one; an empty text removes it.

        Nothing where no run with the finding is known: the note comes with the run.

        Raises:
            StorageError: it cannot be written.
        """
        ...

    async def forget_document(self, document: DocumentId) -> None:
        """Takes out all rows of a document, its findings and notes included; no word of them stays in the file.

        Raises:
            StorageError: it cannot be written.
        """
        ...

    async def forget_run(self, run: RunId) -> None:
        """Takes out the findings of a run, and the notes that no other run's findings have.

        Raises:
            StorageError: it cannot be written.
        """
        ...

    async def missing(self) -> SearchBacklog:
        """What the workspace keeps and the index does not hold.

        Raises:
            StorageError: it cannot be read.
        """
        ...

    async def search(self, query: Query, limit: int, after: int | None = None) -> SearchPage:
        """A page of at most ``limit`` hits. A finding of several runs is found once.

        Raises:
            StorageError: it cannot be read.
        """
        ...


class Workspace(Protocol):
    """One workspace: all stores over one database, one writer."""

    @property
    def steps(self) -> StepStore:
        """Finished work."""
        ...

    @property
    def ledger(self) -> Ledger:
        """What calls cost."""
        ...

    @property
    def sent(self) -> SentLog:
        """What left this computer."""
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
    def matters(self) -> MatterStore:
        """Matters and versions."""
        ...

    @property
    def originals(self) -> OriginalStore:
        """The bytes that were reviewed."""
        ...

    async def delete(self, runs: Sequence[RunId], matter: MatterId = NO_MATTER) -> None:
        """Deletes runs, a matter, and all that nothing else refers to, from the backups too. Raises StorageError."""
        ...

    async def pack(self, matter: Matter, *, with_originals: bool, password: Secret = NO_SECRET) -> bytes:
        """A matter as one file. Raises StorageError."""
        ...

    async def unpack(self, content: bytes, password: Secret = NO_SECRET) -> Unpacked:
        """Takes in what `pack` made: adds what is not there yet. Raises InputError, StorageError."""
        ...

    @property
    def refusal(self) -> StorageError | None:
        """Why nothing can be written here; None where it can."""
        ...

    @property
    def search(self) -> SearchIndex:
        """What is searched."""
        ...

    @property
    def secret(self) -> bytes:
        """32 random bytes made with the workspace; never leaves it."""
        ...

    def close(self) -> None:
        """Waits for the writer and closes the database. Idempotent."""
        ...


class Keeper(Protocol):
    """Backups, checks and repair of a workspace's folder, from outside the open database. Everything blocks."""

    def backups(self) -> tuple[BackupInfo, ...]:
        """The backups, newest first."""
        ...

    def back_up(self, now: datetime, *, only_if_due: bool = False) -> BackupInfo | None:
        """Makes a backup and checks it; None where none is due. Raises StorageError."""
        ...

    def restore(self, name: str, now: datetime) -> None:
        """Puts a backup in place of the database, which must be closed. Raises InputError, StorageError."""
        ...

    def repair(self, now: datetime) -> Repair:
        """Makes a new database of what can still be read; it must be closed. Raises StorageError."""
        ...

    def damage(self) -> int:
        """How many rows are damaged. Raises StorageError where it cannot be read to its end."""
        ...

    def forget_backups(self) -> None:
        """Deletes all backups. Raises StorageError."""
        ...

    def place(self) -> Place:
        """Where the workspace is."""
        ...


class SecretStore(Protocol):
    """API keys. Order: environment, keyring, this process's memory; never a file of ours."""

    def get(self, provider: str) -> Secret | None:
        """The key of a provider, or None."""
        ...

    def put(self, provider: str, key: Secret) -> bool:
        """Keeps a key. True when it is in the keyring, False when only in this process's memory."""
        ...


class SettingsFile(Protocol):
    """A file of settings that people edit too."""

    @property
    def path(self) -> Path:
        """Where it is; it need not exist."""
        ...

    def read(self) -> FileLayer:
        """What it sets; nothing where it is not there.

        Raises:
            ConfigError: it cannot be read or is wrong; names file, line and key.
        """
        ...

    def change(self, changes: Mapping[str, Value | None]) -> bool:
        """Sets keys, or takes them out where the value is None. False where all was so already.

        Raises:
            ConfigError: it is not understood, and left alone.
            StorageError: it cannot be written.
        """
        ...
