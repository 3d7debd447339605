"""A workspace in memory that keeps a journal of what was done to it."""

from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.chat import ChatReply
from reviewer.domain.decision import Decision, SubjectKind, SubjectRef
from reviewer.domain.document import Document
from reviewer.domain.errors import StorageError
from reviewer.domain.events import DocumentAdded, RunEvent, RunFinished
from reviewer.domain.ids import DocumentId, RunId, StepKey
from reviewer.domain.matter import NO_MATTER, Matter, MatterId, Turn
from reviewer.domain.money import Entry, Spent
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.domain.sent import SentRequest
from reviewer.domain.vote import Judgement
from reviewer.domain.workspace import Unpacked
from reviewer.ports.storage import StoredStep
from tests.fakes.search import MemorySearch

DISK_FULL = StorageError("disk_full", "The disk is full.", "Make room, then run again.")


class MemorySteps:
    """Steps in a dictionary. ``journal`` holds ``(what, key)``; writes fail once ``is_full`` is set."""

    def __init__(self, journal: list[tuple[str, str]]) -> None:
        self.kept: dict[StepKey, StoredStep] = {}
        self.reserved: dict[StepKey, int] = {}
        self.codes: dict[StepKey, str] = {}
        self.journal = journal
        self.is_full = False

    async def get(self, key: StepKey) -> StoredStep | None:
        return self.kept.get(key)

    async def put_reply(self, key: StepKey, reply: ChatReply) -> None:
        self._write("reply", key, StoredStep(key, reply, None))

    async def put_judgements(self, key: StepKey, judgements: Sequence[Judgement]) -> None:
        stored = self.kept.get(key, StoredStep(key, None, None))
        self._write("judgements", key, replace(stored, judgements=tuple(judgements)))

    async def reserve(self, key: StepKey, tokens: int) -> None:
        if self.is_full:
            raise DISK_FULL
        self.journal.append(("reserve", key))
        self.reserved[key] = tokens

    async def fail(self, key: StepKey, code: str, *, needs_user: bool) -> None:
        self.journal.append(("needs_user" if needs_user else "fail", key))
        self.codes[key] = code
        self.kept.pop(key, None)
        self.reserved.pop(key, None)

    async def settle(self) -> int:
        left, self.reserved = len(self.reserved), {}
        return left

    def _write(self, what: str, key: StepKey, step: StoredStep) -> None:
        if self.is_full:
            raise DISK_FULL
        self.journal.append((what, key))
        self.reserved.pop(key, None)
        self.kept[key] = step


class MemoryLedger:
    """Calls with what they cost, in a list."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    async def enter(self, entry: Entry) -> int:
        self.entries.append(entry)
        return len(self.entries) - 1

    async def settle(self, number: int, tokens: int, cost: float) -> None:
        self.entries[number] = replace(self.entries[number], tokens=tokens, cost=cost)

    async def spent_by(self, run: str) -> Spent:
        own = [each for each in self.entries if each.run == run]
        return Spent(sum(each.tokens for each in own), sum(each.cost for each in own))

    async def spent_on(self, day: str) -> float:
        return sum(each.cost for each in self.entries if each.day == day)


class MemoryRuns:
    """Runs and events in dictionaries; appending fails once ``is_full`` is set."""

    def __init__(self, journal: list[tuple[str, str]]) -> None:
        self.kept: dict[RunId, Run] = {}
        self.logged: dict[RunId, list[RunEvent]] = {}
        self.journal = journal
        self.is_full = False

    async def begin(self, run: Run) -> None:
        self.kept[run.id] = run
        self.logged[run.id] = []

    async def find_unfinished(self, fingerprint: str) -> Run | None:
        found = [run for run in self.kept.values() if run.fingerprint == fingerprint and run.status.is_unfinished]
        return found[-1] if found else None

    async def append(self, run: RunId, events: Sequence[RunEvent]) -> None:
        if self.is_full:
            raise DISK_FULL
        for event in events:
            self.journal.append(("event", type(event).__name__))
            self.logged[run].append(event)
            if isinstance(event, RunFinished):
                self.kept[run] = replace(self.kept[run], status=event.status, finished_at=event.finished_at)

    async def get(self, run: RunId) -> Run | None:
        found = [each for key, each in self.kept.items() if key.startswith(run)]
        return found[0] if len(found) == 1 else None

    async def runs_of(self, document: DocumentId) -> tuple[Run, ...]:
        return tuple(
            self.kept[run]
            for run, events in reversed(self.logged.items())
            if any(isinstance(each, DocumentAdded) and each.document.id == document for each in events)
        )

    async def list_runs(self) -> tuple[Run, ...]:
        return tuple(reversed(self.kept.values()))

    async def events(self, run: RunId) -> tuple[RunEvent, ...]:
        return tuple(self.logged[run])

    async def set_status(self, run: RunId, status: RunStatus) -> None:
        self.kept[run] = replace(self.kept[run], status=status)


class MemorySent:
    """Requests with their bodies, in a list."""

    def __init__(self) -> None:
        self.kept: list[tuple[SentRequest, bytes]] = []

    async def enter(self, sent: SentRequest, body: bytes) -> int:
        self.kept.append((replace(sent, number=len(self.kept) + 1), body))
        return len(self.kept)

    async def end(self, number: int, outcome: str) -> None:
        sent, body = self.kept[number - 1]
        self.kept[number - 1] = (replace(sent, outcome=outcome), body)

    async def of_run(self, run: str) -> tuple[SentRequest, ...]:
        return tuple(sent for sent, _ in self.kept if sent.run == run)

    async def body(self, run: str, number: int) -> bytes | None:
        return next((body for sent, body in self.kept if (sent.run, sent.number) == (run, number)), None)


class MemoryDocuments:
    """Documents in a dictionary; reading fails where ``is_broken`` is set."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Document] = {}
        self.is_broken = False

    async def find(self, sha256: str, parser_version: str) -> Document | None:
        if self.is_broken:
            raise StorageError("workspace_damaged", "The workspace cannot be read.", "Name another one.")
        return self.kept.get((sha256, parser_version))

    async def put(self, document: Document, parser_version: str) -> None:
        self.kept[document.source.sha256, parser_version] = document

    async def get(self, document_id: str) -> Document | None:
        return next((each for each in self.kept.values() if each.id == document_id), None)


class MemoryDecisions:
    """A journal in a list; writing fails once ``is_full`` is set."""

    def __init__(self) -> None:
        self.kept: list[Decision] = []
        self.is_full = False

    async def add(self, decision: Decision) -> None:
        if self.is_full:
            raise DISK_FULL
        self.kept.append(decision)

    async def about(self, subjects: Sequence[SubjectRef]) -> tuple[Decision, ...]:
        wanted = set(subjects)
        return tuple(each for each in self.kept if each.subject in wanted)

    async def of_kind(self, kind: SubjectKind) -> tuple[Decision, ...]:
        return tuple(each for each in self.kept if each.subject.kind is kind)


class MemoryMatters:
    """Matters and turns in dictionaries."""

    def __init__(self) -> None:
        self.kept: dict[MatterId, Matter] = {}
        self.versions: dict[tuple[MatterId, DocumentId], Turn] = {}

    async def put(self, matter: Matter) -> None:
        self.kept[matter.id] = matter

    async def list_matters(self) -> tuple[Matter, ...]:
        return tuple(sorted(self.kept.values(), key=lambda each: each.created_at, reverse=True))

    async def add_turn(self, turn: Turn) -> None:
        self.versions[turn.matter, turn.document] = turn

    async def turns(self, matter: MatterId) -> tuple[Turn, ...]:
        return tuple(each for each in self.versions.values() if each.matter == matter)

    async def matters_of(self, document: DocumentId) -> tuple[MatterId, ...]:
        return tuple(each.matter for each in self.versions.values() if each.document == document)


class MemoryOriginals:
    """Bytes in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, sha256: str, data: bytes) -> None:
        self.kept[sha256] = data

    def get(self, sha256: str) -> bytes | None:
        return self.kept.get(sha256)

    def forget(self, sha256: str) -> None:
        self.kept.pop(sha256, None)


class MemoryWorkspace:
    """All stores in memory, over one journal."""

    def __init__(self) -> None:
        self.journal: list[tuple[str, str]] = []
        self.steps = MemorySteps(self.journal)
        self.ledger = MemoryLedger()
        self.sent = MemorySent()
        self.runs = MemoryRuns(self.journal)
        self.documents = MemoryDocuments()
        self.decisions = MemoryDecisions()
        self.matters = MemoryMatters()
        self.originals = MemoryOriginals()
        self.refusal: StorageError | None = None
        self.search = MemorySearch()
        self.secret = b"0123456789abcdef0123456789abcdef"
        self.is_closed = False

    async def delete(self, runs: Sequence[RunId], matter: MatterId = NO_MATTER) -> None:
        for run in runs:
            self.runs.kept.pop(run)
            self.runs.logged.pop(run)
        self.matters.kept.pop(matter, None)

    async def pack(self, matter: Matter, *, with_originals: bool, password: Secret = NO_SECRET) -> bytes:
        return f"{matter.id} {with_originals} {password.reveal()}".encode()

    async def unpack(self, content: bytes, password: Secret = NO_SECRET) -> Unpacked:
        return Unpacked(MatterId(content.decode().split()[0]), 0, 0)

    def close(self) -> None:
        self.is_closed = True
