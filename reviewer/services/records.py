"""Run records: made from what a workspace keeps of a run, and opened again without one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.chat import ChatReply
from reviewer.domain.errors import ConfigError
from reviewer.domain.events import StepDone
from reviewer.domain.playbook import Playbook
from reviewer.domain.record_seal import sealed, unsealed
from reviewer.domain.report import Report, fold_all
from reviewer.domain.run_record import TakenStep, read_record, record_of, unreadable, without_places
from reviewer.domain.workflow import Workflow
from reviewer.ports.records import EventForm
from reviewer.ports.storage import Workspace
from reviewer.services.catalog import Catalog
from reviewer.services.stored_runs import RunResult, StoredRuns


@dataclass(frozen=True, slots=True)
class Replayed:
    """A report that was rebuilt from a record.

    Attributes:
        sha256: the record's seal.
        unkept: names of the documents whose text was not kept any more when it was sealed.
    """

    result: RunResult
    sha256: str
    unkept: tuple[str, ...]


class FileKind(StrEnum):
    """What a run was done with that people may change."""

    WORKFLOW = "workflow"
    PLAYBOOK = "playbook"


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A workflow or playbook that is another one now; ``now`` is its version, None where there is none any more."""

    kind: FileKind
    id: str
    version: int
    now: int | None


class RecordService:
    """Makes records of stored runs."""

    def __init__(self, workspace: Workspace, runs: StoredRuns, form: EventForm) -> None:
        self._workspace = workspace
        self._runs = runs
        self._form = form

    async def seal(self, run_id: str) -> bytes:
        """The sealed record of a stored run. Asks no model.

        Raises:
            InputError: there is no such run.
            StorageError: the workspace cannot be read.
        """
        result = await self._runs.show(run_id)
        run = result.report.run
        events = await self._workspace.runs.events(run.id) if run else ()
        steps = [TakenStep(each, await self._reply(each)) for each in events if isinstance(each, StepDone)]
        told = [self._form.json_of(without_places(each)) for each in events]
        return sealed(record_of(result.report, told, steps, result.documents, result.standings))

    async def replay(self, run_id: str) -> Replayed:
        """A stored run's report, rebuilt from its record.

        Raises:
            InputError: there is no such run.
            StorageError: the workspace cannot be read.
        """
        return open_record(await self.seal(run_id), run_id, self._form)

    async def _reply(self, done: StepDone) -> ChatReply | None:
        stored = await self._workspace.steps.get(done.key)
        return stored.reply if stored else None


def open_record(data: bytes, name: str, form: EventForm) -> Replayed:
    """Checks a record's seal and rebuilds its report; needs neither a workspace nor a model.

    Args:
        data: the record's file.
        name: the file's, for messages.
        form: how events are read.

    Raises:
        InputError: as from `reviewer.domain.record_seal.unsealed`, or ``record_unreadable``.
    """
    record = read_record(unsealed(data, name), name)
    try:
        report = fold_all([form.event_of(each) for each in record.events])
    except (ValueError, KeyError) as error:
        raise unreadable(name) from error
    return Replayed(RunResult(report, dict(record.documents), dict(record.standings)), record.sha256, record.unkept)


def changed_since(report: Report, catalog: Catalog) -> tuple[ChangedFile, ...]:
    """Workflows and playbooks of a report that are not what they were; none for what the run did not note."""
    found: dict[ChangedFile, None] = {}
    for document in report.documents.values():
        footing = document.footing
        for kind, name, digest, version, read in (
            (FileKind.WORKFLOW, document.workflow, footing.workflow, footing.workflow_version, catalog.workflow),
            (FileKind.PLAYBOOK, document.playbook, footing.playbook, footing.playbook_version, catalog.playbook),
        ):
            now, is_version = _as_it_is(read, name) if digest else ("", None)
            if digest != now:
                found[ChangedFile(kind, name, version, is_version)] = None
    return tuple(found)


def _as_it_is(read: Callable[[str], Workflow | Playbook], name: str) -> tuple[str, int | None]:
    """Digest and version of a file; nothing where there is none any more, or it is wrong."""
    try:
        found = read(name)
    except ConfigError:
        return "", None
    return found.digest, found.version
