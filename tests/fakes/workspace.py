"""A workspace in memory that keeps a journal of what was done to it."""

from collections.abc import Sequence
from dataclasses import replace

from reviewer.domain.chat import ChatReply
from reviewer.domain.decision import Decision, SubjectRef
from reviewer.domain.document import Document
from reviewer.domain.errors import StorageError
from reviewer.domain.events import RunEvent, RunFinished
from reviewer.domain.ids import RunId, StepKey
from reviewer.domain.run import Run, RunStatus
from reviewer.domain.vote import Judgement
from reviewer.ports.storage import StoredStep

DISK_FULL = StorageError("disk_full", "The disk is full.", "Make room, then run again.")


class MemorySteps:
    """Steps in a dictionary. ``journal`` holds ``(what, key)``; writes fail once ``is_full`` is set."""

    def __init__(self, journal: list[tuple[str, str]]) -> None:
        self.kept: dict[StepKey, StoredStep] = {}
        self.journal = journal
        self.is_full = False

    async def get(self, key: StepKey) -> StoredStep | None:
        return self.kept.get(key)

    async def put_reply(self, key: StepKey, reply: ChatReply) -> None:
        self._write("reply", key, StoredStep(key, reply, None))

    async def put_judgements(self, key: StepKey, judgements: Sequence[Judgement]) -> None:
        stored = self.kept.get(key, StoredStep(key, None, None))
        self._write("judgements", key, replace(stored, judgements=tuple(judgements)))

    async def drop(self, key: StepKey) -> None:
        self.journal.append(("drop", key))
        self.kept.pop(key, None)

    def _write(self, what: str, key: StepKey, step: StoredStep) -> None:
        if self.is_full:
            raise DISK_FULL
        self.journal.append((what, key))
        self.kept[key] = step


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

    async def list_runs(self) -> tuple[Run, ...]:
        return tuple(reversed(self.kept.values()))

    async def events(self, run: RunId) -> tuple[RunEvent, ...]:
        return tuple(self.logged[run])

    async def set_status(self, run: RunId, status: RunStatus) -> None:
        self.kept[run] = replace(self.kept[run], status=status)


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


class MemoryWorkspace:
    """All stores in memory, over one journal."""

    def __init__(self) -> None:
        self.journal: list[tuple[str, str]] = []
        self.steps = MemorySteps(self.journal)
        self.runs = MemoryRuns(self.journal)
        self.documents = MemoryDocuments()
        self.decisions = MemoryDecisions()
        self.secret = b"0123456789abcdef0123456789abcdef"
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True
