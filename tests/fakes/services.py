"""Use cases over fakes: bytes are UTF-8 text, paragraphs are sections, the workflow is the test's own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reviewer.domain.document import Document, SourceFile
from reviewer.domain.errors import ConfigError, InputError, StorageError
from reviewer.domain.events import RunEvent
from reviewer.domain.override import Override
from reviewer.domain.playbook import Playbook
from reviewer.domain.raster import Raster, Tile
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.domain.section import Section, SplitAs
from reviewer.domain.setting_kinds import Value
from reviewer.domain.settings import Setting, Source
from reviewer.domain.settings_file import FileLayer
from reviewer.domain.workflow import Workflow
from reviewer.domain.workspace import BackupInfo, Place, Repair
from reviewer.engine.plan import Team
from reviewer.ports.handling import Router
from reviewer.ports.models import ChatModel
from reviewer.services.care import CareService
from reviewer.services.catalog import AUTO
from reviewer.services.container import Reader, Services
from reviewer.services.corrections import CorrectionService
from reviewer.services.indexing import SearchIndexer
from reviewer.services.library import Library
from reviewer.services.matters import MatterService
from reviewer.services.model_facts import FactService
from reviewer.services.models import ModelService
from reviewer.services.overrides import OverrideService
from reviewer.services.pages import PageService
from reviewer.services.passwords import Passwords
from reviewer.services.planning import Planner
from reviewer.services.records import RecordService
from reviewer.services.requests import RunRequest
from reviewer.services.reviews import ReviewService
from reviewer.services.runs import RunService
from reviewer.services.search import SearchService
from reviewer.services.sent import SentService
from reviewer.services.settings import SettingsService
from reviewer.services.spending import Money
from reviewer.storage.event_form import JsonEventForm
from tests.fakes.clock import FakeClock
from tests.fakes.documents import make_document, make_playbook, make_sections, make_workflow
from tests.fakes.models import ScriptedModel
from tests.fakes.running import model_team
from tests.fakes.workspace import MemoryWorkspace


class FakeParser:
    """Text to a document, a file that begins with ``BAD`` to an error; ``parsed`` holds the names."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.parsed: list[str] = []
        self.is_closed = False

    def parse(self, source: SourceFile) -> Document:
        self.parsed.append(source.name)
        if source.data.startswith(b"BAD"):
            raise InputError("broken", "The file is damaged.", "Save it again.")
        return replace(make_document(source.data.decode(), source.name), language="")

    def close(self) -> None:
        self.is_closed = True


class FakeSplitter:
    """Two lines are a section; what speaks of a method is a paper."""

    def split(self, document: Document, split_as: SplitAs) -> tuple[Section, ...]:
        lines = document.text.splitlines(keepends=True)
        return make_sections(["".join(lines[index : index + 2]) for index in range(0, len(lines), 2)])

    def detect(self, document: Document) -> SplitAs:
        return SplitAs.PAPER if "method" in document.text else SplitAs.CONTRACT


class FakeLanguages:
    """German where the text says *und*, else English."""

    def identify(self, text: str) -> tuple[str, float]:
        return ("de" if " und " in text else "en", 0.99)


class FakeCatalog:
    """Workflows and playbooks by id."""

    def __init__(self, workflows: dict[str, Workflow], playbooks: Sequence[Playbook] = ()) -> None:
        self._workflows = workflows
        self._playbooks = {playbook.id: playbook for playbook in playbooks}
        self.read: list[str] = []

    def workflow(self, name: str) -> Workflow:
        self.read.append(name)
        if name not in self._workflows:
            raise ConfigError("no_such_workflow", f"There is no workflow {name!r}.", "See: reviewer workflows list")
        return self._workflows[name]

    def playbook(self, name: str) -> Playbook:
        return self._playbooks[name]


class MemorySecrets:
    """Keys in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, provider: str) -> Secret | None:
        return Secret(self.kept[provider]) if provider in self.kept else None

    def put(self, provider: str, key: Secret) -> bool:
        self.kept[provider] = key.reveal()
        return True


class MemorySettings:
    """Settings in a dictionary."""

    path = Path("settings.toml")

    def __init__(self, source: Source = Source.USER, **values: Value) -> None:
        self.kept = {name.replace("__", "."): value for name, value in values.items()}
        self._source = source

    def read(self) -> FileLayer:
        return FileLayer({name: Setting(each, self._source, str(self.path), 1) for name, each in self.kept.items()})

    def change(self, changes: Mapping[str, Value | None]) -> bool:
        before = dict(self.kept)
        self.kept |= {name: value for name, value in changes.items() if value is not None}
        for name, value in changes.items():
            if value is None:
                self.kept.pop(name, None)
        return self.kept != before


class WhitePages:
    """Draws every tile white."""

    def open(self, key: str, data: bytes, password: Secret = NO_SECRET) -> None: ...

    def render(self, key: str, tile: Tile) -> Raster:
        return Raster(tile.width, tile.height, b"\xff" * (4 * tile.width * tile.height))

    def close(self) -> None: ...


class MemoryKeeper:
    """Backups by name; ``damaged`` rows; a journal of what was asked."""

    def __init__(self) -> None:
        self.kept: list[BackupInfo] = []
        self.damaged = 0
        self.journal: list[str] = []
        self.told = Place("workspace", 12_000_000, "", "", None)
        self.refusal: StorageError | None = None

    def backups(self) -> tuple[BackupInfo, ...]:
        return tuple(self.kept)

    def back_up(self, now: datetime, *, only_if_due: bool = False) -> BackupInfo | None:
        if self.refusal is not None:
            raise self.refusal
        if only_if_due and self.kept:
            return None
        self.kept.insert(0, BackupInfo(f"backup-{len(self.kept)}.db", now, "manual", 5_000_000))
        return self.kept[0]

    def restore(self, name: str, now: datetime) -> None:
        self.journal.append(f"restore {name}")

    def repair(self, now: datetime) -> Repair:
        self.journal.append("repair")
        return Repair(42, now, "damaged")

    def damage(self) -> int:
        if self.damaged < 0:
            raise StorageError("workspace_damaged", "It is damaged.")
        return self.damaged

    def forget_backups(self) -> None:
        self.kept.clear()

    def place(self) -> Place:
        return self.told


class Desk:
    """Everything a test of the use cases needs, and what happened on it."""

    def __init__(
        self,
        *models: ScriptedModel,
        workflow: Workflow | None = None,
        playbook: Playbook | None = None,
        team: Team | None = None,
        classify: Callable[[Sequence[Override]], Router] | None = None,
        workspace: MemoryWorkspace | None = None,
        build_models: Callable[[RunRequest], tuple[ChatModel, ...]] | None = None,
    ) -> None:
        self.workspace = MemoryWorkspace() if workspace is None else workspace
        self.models = models
        self.parser = FakeParser()
        flow = workflow or make_workflow()
        book = playbook or replace(make_playbook(), detect=make_playbook().positions[0].signals)
        self.catalog = FakeCatalog({flow.id: flow, **dict.fromkeys(AUTO.values(), flow)}, [book])
        self.clock = FakeClock()
        self.corrections = CorrectionService(self.workspace.decisions, self.clock, "ada")
        documents = self.workspace.documents
        indexer = SearchIndexer(self.workspace.search)
        self.library = Library(
            self.parser, FakeSplitter(), FakeLanguages(), documents, corrections=self.corrections, indexer=indexer
        )
        answering = team or model_team()

        def team_of(_flow: Workflow, overrides: Sequence[Override]) -> Team:
            return replace(answering, classifier=classify(overrides)) if classify else answering

        self.planner = Planner(self.catalog, self.library, FakeLanguages(), team_of)  # type: ignore[arg-type]  # a catalogue of its own
        self.money = Money()
        self.runs = RunService(
            self.workspace,
            self.library,
            self.planner,
            build_models or (lambda request: models),
            self.clock,
            indexer,
            money=lambda: self.money,
        )
        self.reviews = ReviewService(self.workspace, self.clock, indexer, "ada")
        self.search = SearchService(self.workspace, self.library, indexer)
        self.pages = PageService(WhitePages(), Passwords())
        self.matters = MatterService(self.workspace, self.clock)
        self.keeper = MemoryKeeper()
        self.care = CareService(self.keeper, self.clock)
        self.settings = MemorySettings()
        self.heard: list[RunEvent] = []

    @property
    def reader(self) -> Reader:
        """Reading without a workspace."""
        return Reader(self.library, self.planner, FakeLanguages())

    def services(self) -> Services:
        """The use cases with the real exporters."""
        from reviewer.export.json_report import JsonExporter
        from reviewer.export.markdown import MarkdownExporter

        exporters = (JsonExporter(), MarkdownExporter())
        by_format = {each.format: each for each in exporters}
        models = ModelService(MemorySecrets(), lambda request: self.models, self.clock)
        settings = SettingsService(self.settings, lambda workspace: MemorySettings(), {})
        return Services(
            self.library,
            self.runs,
            self.reviews,
            self.corrections,
            self.pages,
            self.catalog,  # type: ignore[arg-type]  # a catalogue of its own
            models,
            settings,
            self.search,
            by_format,
            self.care,
            self.matters,
            FactService(settings, self.catalog),  # type: ignore[arg-type]  # a catalogue of its own
            SentService(self.workspace),
            OverrideService(self.workspace.decisions, self.clock, self.planner, self.corrections, "ada"),
            RecordService(self.workspace, self.runs, JsonEventForm()),
        )


def write_all(folder: Path, **texts: str) -> tuple[Path, ...]:
    """Text files in a folder, named by their keys."""
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8", newline="")
        paths.append(path)
    return tuple(paths)
