"""The session: the files on the shelf, the run over them, and what of it is shown. Folds events; asks nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reviewer.domain.document import Document
from reviewer.domain.events import DocumentFailed, RunEvent, RunStarted
from reviewer.domain.finding import TranslationState
from reviewer.domain.ids import DocumentId
from reviewer.domain.matter import Egress, Matter
from reviewer.domain.policy import Adaptive
from reviewer.domain.report import DocumentReport, Report, fold
from reviewer.domain.run import RunStatus
from reviewer.domain.secret import Secret
from reviewer.domain.section import Section, SplitAs
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.domain.settings import Settings
from reviewer.services.comparing import ComparedVersions
from reviewer.services.egress import narrowed
from reviewer.services.library import OpenedFile, RefusedFile
from reviewer.services.models import ModelPlace
from reviewer.services.passwords import is_locked
from reviewer.services.requests import Allowance, RunRequest, of_settings
from reviewer.ui.viewmodels.egress import Badge, badge
from reviewer.ui.viewmodels.instructions import VERSIONS, Instructions, Need
from reviewer.ui.viewmodels.progress import Progress
from reviewer.ui.viewmodels.section_titles import section_titles
from reviewer.ui.viewmodels.version_order import is_earlier


class Phase(StrEnum):
    """What the session is at."""

    EMPTY = "empty"
    READY = "ready"
    RUNNING = "running"
    STOPPING = "stopping"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ShelfFile:
    """A file on the shelf. ``document`` is None while it is being read, and for good where it was refused.

    Attributes:
        key: names it on the shelf.
        path: where it is; for a stored run's file that moved, where it was.
        page_refusal: code of what kept its pages from being opened; empty where nothing did.
        is_corrected: its sections were put right after the run whose report is shown.
        modified_s: when the file was changed last, in seconds since 1970; 0 where that is not known.
    """

    key: str
    path: Path
    document: Document | None = None
    split_as: SplitAs | None = None
    sections: tuple[Section, ...] = ()
    refusal: DocumentFailed | None = None
    page_refusal: str = ""
    is_corrected: bool = False
    modified_s: float = 0.0

    @property
    def is_locked(self) -> bool:
        """Whether a password would open it, or its pages."""
        code = self.refusal.code if self.refusal else self.page_refusal
        return is_locked(self.name, code)

    @property
    def was_given_wrong_password(self) -> bool:
        """Whether the last password did not open it."""
        return "wrong_password" in (self.refusal.code if self.refusal else "", self.page_refusal)

    @property
    def name(self) -> str:
        """As people know it."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Panel:
    """Who answers: models with the places their text goes to, and votes; no models: the built-in checks.

    Attributes:
        adaptive: whether fewer votes are asked; None for what the workflow says.
    """

    models: tuple[ModelChoice, ...] = ()
    places: tuple[ModelPlace, ...] = ()
    votes: int | None = None
    adaptive: Adaptive | None = None

    @property
    def is_private(self) -> bool:
        """True when nothing leaves this computer."""
        return all(place.is_local for place in self.places)


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that was typed; it goes to the keyring and nowhere else."""

    provider: str
    key: Secret


class Session(QObject):
    """Holds what the window shows, as values; says what changed. Lives on the window's thread.

    Attributes:
        basis: what a run is asked for besides files, workflow, models and votes.
        instructions: which workflow, and what it is told.
        comparison: what differs between the two versions that the run is about; None where it is about no such.
        is_paused: the run under way asks nothing more until it goes on.
        waiting_s: seconds until the run under way may ask again, where only time holds it back; else None.
    """

    shelf_changed = Signal()
    document_shown = Signal()
    results_changed = Signal(object)
    """A set of `DocumentId`: the documents that have more results."""
    progressed = Signal()
    sections_changed = Signal(str)
    """Key of the file whose sections were put right."""
    phase_changed = Signal()
    paused_changed = Signal()
    panel_changed = Signal()
    matter_changed = Signal()
    compared = Signal()
    """`comparison` is another one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: dict[str, ShelfFile] = {}
        self.report = Report()
        self.progress = Progress()
        self.phase = Phase.EMPTY
        self.panel = Panel()
        self.instructions = Instructions(self)
        self.is_read_only = False
        self.matter: Matter | None = None
        self.version_of: DocumentId | None = None
        self.basis = RunRequest(())
        self.comparison: ComparedVersions | None = None
        self.is_paused = False
        self.waiting_s: float | None = None
        self._shown: str | None = None
        self._is_chosen = False

    # ---------------------------------------------------------------------------------------------------- the shelf

    @property
    def shown(self) -> ShelfFile | None:
        """The file in the middle of the window."""
        return self.files.get(self._shown) if self._shown else None

    def show(self, key: str | None) -> None:
        """Puts a file in the middle, where it stays; None: the first one that can be read."""
        self._is_chosen = key is not None
        self._put(key)

    def _put(self, key: str | None) -> None:
        if key != self._shown:
            self._shown = key
            self.document_shown.emit()

    def file_of(self, document: DocumentId) -> ShelfFile | None:
        """The file a document was read from."""
        return next((each for each in self.files.values() if each.document and each.document.id == document), None)

    def expect(self, paths: Sequence[Path]) -> list[Path]:
        """Enters files that are about to be read; gives those that are new."""
        new = [path for path in paths if str(path) not in self.files]
        for path in new:
            self.files[str(path)] = ShelfFile(str(path), path)
        if new:
            self._enter(Phase.READY)
            self.shelf_changed.emit()
        return new

    @property
    def locked(self) -> ShelfFile | None:
        """The file that a password is to be asked for next: the one in the middle, or the first that is locked."""
        files = [self.shown, *self.files.values()]
        return next((each for each in files if each is not None and each.is_locked), None)

    def refuse_pages(self, key: str, code: str) -> None:
        """Notes why the pages of a file could not be opened; an empty code: they were."""
        if key in self.files:
            self.files[key] = replace(self.files[key], page_refusal=code)
            self.shelf_changed.emit()

    def adopt(self, document: Document, path: Path, sections: tuple[Section, ...]) -> None:
        """Puts a document that is kept on the shelf, beside the others, and shows it."""
        key = str(path)
        self.files[key] = ShelfFile(key, path, document, None, sections)
        if self.phase is Phase.EMPTY:
            self._enter(Phase.READY)
        self.shelf_changed.emit()
        self.show(key)

    def recut(self, key: str, sections: tuple[Section, ...]) -> None:
        """Takes the sections of a file as they were put right."""
        if key in self.files:
            self.files[key] = replace(self.files[key], sections=sections, is_corrected=True)
            self.sections_changed.emit(key)

    def remove(self, key: str) -> None:
        """Takes a file off the shelf; what was found in it stays in the workspace."""
        keys = list(self.files)
        if key not in self.files or self.is_running:
            return
        beside = keys[max(0, keys.index(key) - 1)] if keys[0] != key else next(iter(keys[1:]), None)
        del self.files[key]
        if not self.files:
            self._enter(Phase.EMPTY)
        if self._shown == key:
            self.show(beside)
        self.shelf_changed.emit()

    def clear(self) -> None:
        """Empties the shelf and forgets the run."""
        self.files.clear()
        self.version_of = None
        self.report, self.progress = Report(), Progress()
        self.compare(None)
        self._enter(Phase.EMPTY)
        self.show(None)
        self.shelf_changed.emit()

    def restore(self, files: Sequence[ShelfFile]) -> None:
        """Puts the files of a stored run on the shelf, after its events were taken."""
        self.files = {each.key: each for each in files}
        self._enter(Phase.ENDED)
        self.shelf_changed.emit()
        self.show(next((each.key for each in files if each.document), None))

    # ------------------------------------------------------------------------------------------------------ the run

    @property
    def is_running(self) -> bool:
        """True from Run until the run has ended, stopped or failed."""
        return self.phase in (Phase.RUNNING, Phase.STOPPING)

    def choose_matter(self, matter: Matter | None) -> None:
        """Runs belong to this matter from now on, or to none."""
        self.matter = matter
        self.instructions.work_in(matter)
        self.matter_changed.emit()

    def set_read_only(self) -> None:
        """Nothing can be kept: neither runs nor decisions."""
        self.is_read_only = True
        self.phase_changed.emit()

    @property
    def can_run(self) -> bool:
        """True when there is a document, and nothing is being read or run."""
        is_reading = any(each.document is None and each.refusal is None for each in self.files.values())
        is_free = not self.is_running and not self.is_read_only and not is_reading
        return is_free and any(each.document for each in self.files.values())

    @property
    def status(self) -> RunStatus | None:
        """How the last run ended, or that it goes on; None where there was none."""
        return self.report.run.status if self.report.run else None

    def ordered(self) -> list[ShelfFile]:
        """The files that can be read, in the order that a run takes them: of two versions the earlier one first."""
        files = [each for each in self.files.values() if each.document]
        if self.instructions.need is not Need.VERSIONS or len(files) != VERSIONS:
            return files
        said, (first, second) = self.instructions.first, files
        if said in (first.key, second.key):
            return files if said == first.key else files[::-1]
        is_in_order = is_earlier(first.path.stem, first.modified_s, second.path.stem, second.modified_s)
        return files if is_in_order else files[::-1]

    def request(self) -> RunRequest:
        """The run that Run would start."""
        paths = tuple(each.path for each in self.ordered())
        return replace(
            self.basis,
            paths=paths,
            workflow=self.instructions.chosen,
            questions=self.instructions.asked(),
            models=self.panel.models,
            votes=self.panel.votes,
            adaptive=self.panel.adaptive,
            offline=self.basis.offline or not self.panel.models,
            matter=self.matter.id if self.matter else "",
            version_of=self.version_of or "" if len(paths) == 1 else "",
            may_send_to=(),  # to choose a model is not to say yes: the window asks
        )

    @property
    def badge(self) -> Badge:
        """Where the text of the run goes that Run would start."""
        return badge(self.panel.places, self.matter, is_offline=self.basis.offline)

    def titles(self) -> dict[tuple[str, str], str]:
        """Document and section by their ids, as people know them."""
        found: dict[tuple[str, str], str] = {}
        for file in self.files.values():
            if file.document is not None:
                name, document = file.name, file.document
                found[document.id, ""] = name
                titles = section_titles(self.sections_of(file), document)
                numbers = {each.id: each.number for each in self.sections_of(file)}
                for section, title in titles.items():
                    numbered = f"{numbers[section] or ''} {title}".strip()
                    found[document.id, section] = f"{name}: {numbered}"
        return found

    def trial(self, panel: Panel) -> RunRequest:
        """The request that tries a panel's models, on the way that a run would ask them."""
        request = replace(self.basis, models=panel.models, timeout_s=30.0)
        if self.matter is None or self.matter.egress is Egress.ASK:  # no text goes along, and the button is the yes
            return request
        return narrowed(request, self.matter)

    def use(self, settings: Settings) -> None:
        """Makes requests as these settings say; their models are chosen by `choose_panel`."""
        self.basis = of_settings(settings)
        self.instructions.choose(settings.workflow)
        self.panel = Panel(votes=settings.votes, adaptive=settings.adaptive)

    def allow(self, allowance: Allowance) -> None:
        """Runs may spend so much from now on."""
        self.basis = replace(self.basis, allowance=allowance)

    def compare(self, comparison: ComparedVersions | None) -> None:
        """Takes what differs between two versions; None: nothing is compared any more."""
        self.comparison = comparison
        self.compared.emit()

    def include_hidden(self, *, is_on: bool) -> None:
        """Models read what a reader does not see from the next run on, or no more."""
        self.basis = replace(self.basis, hidden_text=is_on)

    def begin(self) -> None:
        """A run starts."""
        self.compare(None)
        self.progress = Progress()
        self.waiting_s = None
        self._enter(Phase.RUNNING)
        self.progressed.emit()

    def pause(self, *, is_paused: bool) -> None:
        """The run under way pauses, or goes on."""
        if is_paused != self.is_paused and self.is_running:
            self.is_paused, self.waiting_s = is_paused, None
            self.paused_changed.emit()

    def wait(self, seconds: float | None) -> None:
        """The run under way may ask again in so many seconds; None: nothing but its own work takes time."""
        if seconds != self.waiting_s and self.is_running:
            self.waiting_s = seconds
            self.progressed.emit()

    def stopping(self) -> None:
        """The run is being stopped."""
        if self.phase is Phase.RUNNING:
            self._enter(Phase.STOPPING)

    def end(self) -> None:
        """The run is over, however it ended."""
        self.pause(is_paused=False)
        self._enter(Phase.ENDED if self.report.documents else Phase.READY if self.files else Phase.EMPTY)
        self.shelf_changed.emit()
        self.progressed.emit()

    def choose_panel(self, panel: Panel) -> None:
        """Who answers from the next run on."""
        self.panel = panel
        self.panel_changed.emit()

    # -------------------------------------------------------------------------------------------------- what arrives

    def take(self, items: Sequence[object]) -> None:
        """Takes what the mailbox delivers: opened and refused files, events of the run. Signals once for all."""
        changed: set[DocumentId] = set()
        files = False
        for item in items:
            if isinstance(item, OpenedFile | RefusedFile):
                self._take_file(item)
                files = True
            elif isinstance(item, RunEvent):
                files = self._take_event(item, changed) or files
        if changed:
            self.results_changed.emit(changed)
        if files or changed:
            self.shelf_changed.emit()
        if self.is_running:
            self.progressed.emit()

    def report_of(self, file: ShelfFile | None) -> DocumentReport | None:
        """What the run found in a file's document so far."""
        return self.report.documents.get(file.document.id) if file and file.document else None

    def sections_of(self, file: ShelfFile) -> tuple[Section, ...]:
        """The sections as the run cut them; before a run, or put right after it, as they will be."""
        report = None if file.is_corrected else self.report_of(file)
        return report.sections if report else file.sections

    def names(self) -> Mapping[DocumentId, str]:
        """Names of the documents in the report."""
        return {each: report.document.name for each, report in self.report.documents.items()}

    def waiting_translations(self) -> int:
        """Parts in another language that only a model can translate."""
        return sum(
            each.state is TranslationState.NEEDS_MODEL
            for report in self.report.documents.values()
            for each in report.translations
        )

    def _take_file(self, item: OpenedFile | RefusedFile) -> None:
        key = str(item.path)
        file = self.files.get(key)
        if file is None:  # removed while it was being read
            return
        if isinstance(item, RefusedFile):
            self.files[key] = replace(file, refusal=item.failure)
            return
        twin = self.file_of(item.document.id)
        if twin is not None:
            message = self.tr("This is the same file as %1.").replace("%1", twin.name)
            refusal = DocumentFailed(file.name, "duplicate", message, self.tr("It is read once; remove this one."))
            self.files[key] = replace(file, refusal=refusal)
            return
        self.files[key] = ShelfFile(
            key, file.path, item.document, item.split_as, item.sections, modified_s=item.modified_s
        )
        if not self._is_chosen:
            self._put(next(each.key for each in self.files.values() if each.document))

    def _take_event(self, event: RunEvent, changed: set[DocumentId]) -> bool:
        """Folds an event; gives whether something about the files as such changed."""
        self.report = fold(self.report, event)
        if isinstance(event, RunStarted):
            self.files = {key: replace(file, is_corrected=False) for key, file in self.files.items()}
        self.progress.take(event)
        document = getattr(event, "document", None)
        if isinstance(document, str):
            changed.add(DocumentId(document))
        elif document is not None:
            changed.add(document.id)
        return isinstance(event, RunStarted | DocumentFailed)

    def _enter(self, phase: Phase) -> None:
        if phase is not self.phase:
            self.phase = phase
            self.phase_changed.emit()
