"""What the window can have done: files opened, stored runs shown, decisions kept; and its parts for runs and models."""

import asyncio
import contextlib
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from reviewer import assets
from reviewer.domain.correction import Correction
from reviewer.domain.decision import Standing
from reviewer.domain.document import Document
from reviewer.domain.errors import ReviewerError
from reviewer.domain.events import DocumentFailed
from reviewer.domain.ids import DocumentId, FindingId
from reviewer.domain.raster import Tile
from reviewer.domain.search import SearchHit, SearchPage
from reviewer.domain.secret import NO_SECRET, Secret
from reviewer.domain.section import Section, SplitAs
from reviewer.domain.setting_kinds import Value
from reviewer.domain.settings import ThemeChoice
from reviewer.domain.workflow import Workflow
from reviewer.services.corrections import check_corrections
from reviewer.services.library import list_files
from reviewer.services.passwords import is_locked
from reviewer.services.turns import FileState
from reviewer.ui.async_tasks import TaskScope
from reviewer.ui.backend import Backend
from reviewer.ui.mailbox import Mailbox
from reviewer.ui.model_commands import ModelCommands
from reviewer.ui.model_file_commands import ModelFileCommands
from reviewer.ui.redaction_commands import RedactionCommands
from reviewer.ui.route_commands import RouteCommands
from reviewer.ui.run_commands import RunCommands
from reviewer.ui.viewmodels.decisions import DecisionDesk
from reviewer.ui.viewmodels.notice import Notice, NoticeKind, notice_of
from reviewer.ui.viewmodels.quote_notice import unfounded_sentence
from reviewer.ui.viewmodels.session import Session, ShelfFile
from reviewer.ui.workspace_commands import WorkspaceCommands, damage_notice

if TYPE_CHECKING:
    from reviewer.services.container import Services

CONTRACT_SAMPLES = ("services-agreement.pdf", "services-agreement.docx", "mutual-nda.docx")
PAPER_SAMPLES = ("paper-en.pdf", "paper-de.pdf")


class Commands(QObject):
    """Has the backend do things, and puts what comes of them into the session.

    Every method returns at once. What goes wrong is a notice, never a dialog.

    Attributes:
        workspace, models, model_files, runs, routes, redactions: what can be done about these.
        changed_files: files that are others on the disk than those that were reviewed, with the document reviewed.
    """

    noticed = Signal(object)
    """A `Notice`."""
    runs_listed = Signal(object)
    """The stored runs, newest first."""
    tile_drawn = Signal(object, object, object)
    """`DocumentId`, `Tile`, `Raster`."""
    tile_refused = Signal(object, object, str)
    pages_opened = Signal(object, str)
    """`DocumentId`, and why its pages cannot be shown, or an empty text."""
    searched = Signal(str, object, object)
    """What was typed, the `SearchPage` before or None, and the `SearchPage`."""
    search_refused = Signal(str, str)
    """What was typed, and why it cannot be searched for."""
    search_filled = Signal()
    """Everything that is kept can be found."""
    found_opened = Signal(object)
    """A `SearchHit` whose document is open now."""
    workflows_listed = Signal(object)
    versions_found = Signal()
    """It is known which files of a stored run have changed on the disk since."""

    def __init__(self, session: Session, decisions: DecisionDesk, backend: Backend, tasks: TaskScope) -> None:
        super().__init__(tasks)
        self._session = session
        self._decisions = decisions
        self._backend = backend
        self._tasks = tasks
        self._mailbox = Mailbox(backend.turns, self)
        self._mailbox.delivered.connect(session.take)
        self.changed_files: list[tuple[Path, DocumentId]] = []
        self.model_files = ModelFileCommands(backend, self._start, self)
        self.workspace = WorkspaceCommands(session, backend, self._start, self._list_runs, self)
        self.models = ModelCommands(session, backend, self._start, self)
        self.runs = RunCommands(session, decisions, backend, self._mailbox, self._start, self)
        self.redactions = RedactionCommands(session, backend, self._start, self)
        self.routes = RouteCommands(backend, self._start, self)
        for part in (self.workspace, self.models, self.runs, self.routes):
            part.noticed.connect(self.noticed)

    # ------------------------------------------------------------------------------------------------------- the shelf

    def add(self, paths: Sequence[Path]) -> None:
        """Reads files, and the documents right in folders."""
        self._start(self._add([path.absolute() for path in paths]))

    def add_samples(self, names: Sequence[str]) -> None:
        """Reads bundled samples."""
        self.add([assets.asset_path("samples", name) for name in names])

    async def _add(self, paths: Sequence[Path]) -> None:
        listed = await self._backend.call(lambda _: asyncio.to_thread(list_files, paths))
        folders = [each for each in listed if isinstance(each, DocumentFailed)]
        files = [each for each in listed if isinstance(each, Path)]
        for failure in folders:
            self._notice(NoticeKind.WARNING, f"{failure.message} {failure.hint}")
        if not files and not folders:
            text = self.tr(
                "There is no PDF, Word or text file in it. Drop the documents themselves, or another folder."
            )
            self._notice(NoticeKind.WARNING, text)
        new = self._session.expect(files)
        with self._mailbox.listening():
            await self._backend.call(lambda services: services.library.open_each(new, self._mailbox.post))
        self._tell_locked()

    def unlock(self, file: ShelfFile, password: Secret) -> None:
        """Opens a protected file, or its pages, with a password. It is kept in memory while it opens the file."""
        if file.document is None:
            self._start(self._unlock(file.path, password))
        else:
            self._start(self._open_pages(file, file.document, password))

    async def _unlock(self, path: Path, password: Secret) -> None:
        with self._mailbox.listening():
            await self._backend.call(lambda services: services.library.unlock(path, password, self._mailbox.post))
        self._tell_locked()

    def _tell_locked(self) -> None:
        file = self._session.locked
        if file is not None:
            text = self.tr("%1 is protected by a password.")
            if file.was_given_wrong_password:
                text = self.tr("The password does not open %1.")
            self._notice(NoticeKind.WARNING, text.replace("%1", file.name), self.tr("Enter the password…"), "unlock")

    # ----------------------------------------------------------------------------------------------------- corrections

    def correct(self, file: ShelfFile, corrections: Sequence[Correction]) -> None:
        """Puts the sections of a document right."""
        if file.document is not None and file.split_as is not None:
            self._start(self._correct(file, file.document, file.split_as, corrections))

    def undo_correction(self, file: ShelfFile) -> None:
        """Takes the last correction of a document's sections back."""
        if file.document is not None and file.split_as is not None:
            self._start(self._undo_correction(file, file.document, file.split_as))

    def correct_again(self, key: str, corrections: Sequence[Correction]) -> None:
        """Makes corrections that were undone again."""
        file = self._session.files.get(key)
        if file is not None and file.document is not None and file.split_as is not None:
            self._start(self._correct(file, file.document, file.split_as, corrections, is_new=False))

    def uncorrect(self, key: str, count: int) -> None:
        """Takes the last corrections of a file back."""
        file = self._session.files.get(key)
        if file is not None:
            for _ in range(count):
                self.undo_correction(file)

    async def _correct(
        self,
        file: ShelfFile,
        document: Document,
        split_as: SplitAs,
        corrections: Sequence[Correction],
        *,
        is_new: bool = True,
    ) -> None:
        async def work(services: "Services") -> tuple[Section, ...]:
            check_corrections(document, file.sections, corrections)
            for correction in corrections:
                await services.corrections.add(document.id, correction)
            return await _sections(services, document, split_as)

        self._session.recut(file.key, await self._backend.call(work))
        if is_new:
            self._decisions.corrected(file.key, corrections)
        self._tell_corrected()

    async def _undo_correction(self, file: ShelfFile, document: Document, split_as: SplitAs) -> None:
        async def work(services: "Services") -> tuple[Section, ...] | None:
            is_undone = await services.corrections.undo(document.id)
            return await _sections(services, document, split_as) if is_undone else None

        sections = await self._backend.call(work)
        if sections is None:
            self._notice(NoticeKind.INFO, self.tr("Nothing was corrected about the sections of this document."))
            return
        self._session.recut(file.key, sections)
        self._tell_corrected()

    def _tell_corrected(self) -> None:
        if self._session.report.documents:
            text = self.tr("The sections are corrected. Running again reviews only what changed.")
            self._notice(NoticeKind.INFO, text, self.tr("Run"), "run")

    # ----------------------------------------------------------------------------------------------------- stored runs

    def list_runs(self) -> None:
        """Asks for the stored runs."""
        self._start(self._list_runs())

    def open_run(self, run_id: str) -> None:
        """Shows a stored run: its events, taken again."""
        if not self._session.is_running:
            self._start(self._open_run(run_id))

    def list_workflows(self) -> None:
        """Asks for the bundled workflows."""
        self._start(self._list_workflows())

    async def _list_workflows(self) -> None:
        found = await self._backend.call(_workflows)
        self._session.instructions.know({each.id: each for each in found})
        self.workflows_listed.emit(found)
        chosen = self._session.instructions.chosen
        if chosen is not None and chosen.endswith(".toml"):
            own = await self._backend.call(lambda services: asyncio.to_thread(services.catalog.workflow, chosen))
            self._session.instructions.know({chosen: own})

    async def _list_runs(self) -> None:
        runs = await self._backend.call(lambda services: services.runs.list_runs())
        self._session.instructions.remember(runs)
        self.runs_listed.emit(runs)

    async def _open_run(self, run_id: str) -> None:
        self._session.clear()
        with self._mailbox.listening():
            documents = await self._backend.call(lambda services: services.runs.replay(run_id, self._mailbox.post))
        findings = [each.id for report in self._session.report.documents.values() for each in report.findings]
        self._decisions.load(await self._backend.call(lambda services: services.reviews.standings(findings)))
        if unfounded := unfounded_sentence(self._session.report):
            self._notice(NoticeKind.WARNING, unfounded)
        run = self._session.report.run
        if run is not None:
            named = [Path(each) for each in run.paths]
            paths = await self._backend.call(lambda _: asyncio.to_thread(list_files, named))
            self._session.restore(self._stored_files(documents, [each for each in paths if isinstance(each, Path)]))
            await self._tell_changed(run_id)

    async def _tell_changed(self, run_id: str) -> None:
        """Says which files are others on the disk than those that were reviewed."""
        states = await self._backend.call(lambda services: services.runs.file_states(run_id))
        changed = {document for document, state in states.items() if state is FileState.CHANGED}
        files = [(each.path, each.document.id) for each in self._session.files.values() if each.document]
        self.changed_files = [(path, document) for path, document in files if document in changed]
        self.versions_found.emit()
        if self.changed_files:
            names = ", ".join(path.name for path, _ in self.changed_files)
            text = self.tr("Changed on the disk since this review: %1. What you see is what was reviewed.")
            action = self.tr("Load the new version") if len(changed) == 1 else ""
            self._notice(NoticeKind.WARNING, text.replace("%1", names), action, "load_version" if action else "")

    def load_version(self) -> None:
        """Opens the file that changed since the shown review; its next run takes over what was decided."""
        if self.changed_files and not self._session.is_running:
            path, document = self.changed_files[0]
            self.changed_files = []
            self._session.clear()
            self._session.version_of = document
            self.add([path])

    def _stored_files(self, documents: dict[DocumentId, Document], paths: Sequence[Path]) -> list[ShelfFile]:
        by_name = {path.name: path for path in paths}
        files = []
        for document_id, report in self._session.report.documents.items():
            path = by_name.get(report.document.name, Path(report.document.name))
            files.append(ShelfFile(str(path), path, documents.get(document_id), None, report.sections))
        for failed in self._session.report.failed_files:
            path = by_name.get(failed.name, Path(failed.name))
            files.append(ShelfFile(str(path), path, refusal=failed))
        return files

    # ---------------------------------------------------------------------------------------------------------- search

    def search(self, typed: str, before: SearchPage | None = None) -> None:
        """Searches everything that is kept; after a page, for the next one. `searched` or `search_refused` tells."""
        self._start(self._search(typed, before))

    def fill_search(self) -> None:
        """Puts into the search what was kept before there was one; `search_filled` tells when that is done."""
        self._start(self._fill_search())

    def open_found(self, hit: SearchHit) -> None:
        """Opens what a hit is in: the run of a finding, else the document alone; `found_opened` tells."""
        self._start(self._open_found(hit))

    async def _search(self, typed: str, before: SearchPage | None) -> None:
        after, in_parts = (before.after, before.has_parts) if before else (None, False)
        try:
            page = await self._backend.call(
                lambda services: services.search.search(typed, after=after, in_parts=in_parts)
            )
        except ReviewerError as error:
            self.search_refused.emit(typed, f"{error.user_message} {error.hint}".strip())
        else:
            self.searched.emit(typed, before, page)

    async def _fill_search(self) -> None:
        try:
            await self._backend.call(lambda services: services.search.catch_up())
        finally:
            self.search_filled.emit()

    async def _open_found(self, hit: SearchHit) -> None:
        if hit.run is not None:
            await self._open_run(hit.run)
        else:
            kept = await self._backend.call(lambda services: services.search.document(hit.document))
            if kept is None:
                self._notice(NoticeKind.WARNING, self.tr("This document is not kept any more. Add its file again."))
                return
            self._session.adopt(kept.document, kept.path, kept.sections)
        self.found_opened.emit(hit)

    # ----------------------------------------------------------------------------------------------------------- pages

    def open_pages(self, file: ShelfFile) -> None:
        """Makes the pages of a document drawable; `pages_opened` says how it went."""
        if file.document is not None:
            self._start(self._open_pages(file, file.document))

    def draw(self, document: DocumentId, tile: Tile) -> None:
        """Draws a tile; `tile_drawn` or `tile_refused` says how it went."""
        self._start(self._draw(document, tile))

    async def _open_pages(self, file: ShelfFile, document: Document, password: Secret = NO_SECRET) -> None:
        def work(services: "Services") -> Coroutine[Any, Any, None]:
            pages = services.pages
            return pages.unlock(document, file.path, password) if password else pages.open(document, file.path)

        code = problem = ""
        try:
            await self._backend.call(work)
        except ReviewerError as error:
            code, problem = error.code, f"{error.user_message} {error.hint}".strip()
        self._session.refuse_pages(file.key, code)
        self.pages_opened.emit(document.id, problem)
        if is_locked(file.name, code):
            self._tell_locked()

    async def _draw(self, document: DocumentId, tile: Tile) -> None:
        try:
            raster = await self._backend.call(lambda services: services.pages.tile(document, tile))
        except ReviewerError as error:
            self.tile_refused.emit(document, tile, f"{error.user_message} {error.hint}".strip())
        else:
            self.tile_drawn.emit(document, tile, raster)

    # ------------------------------------------------------------------------------------------------------- decisions

    def keep(self, finding: FindingId, standing: Standing) -> None:
        """Keeps how a finding stands; the decision desk is told how that went."""
        self._start(self._keep(finding, standing))

    async def _keep(self, finding: FindingId, standing: Standing) -> None:
        try:
            kept = await self._backend.call(lambda services: services.reviews.restore(finding, standing))
        except ReviewerError as error:
            self._decisions.refused(finding, f"{error.user_message} {error.hint}".strip())
        else:
            self._decisions.stored(finding, kept)

    # -------------------------------------------------------------------------------------------------------- settings

    def keep_theme(self, theme: ThemeChoice) -> None:
        """Keeps the colours in the user's settings."""
        self._start(self._set({"window.theme": theme}))

    def keep_folder(self, folder: Path) -> None:
        """Keeps where documents were found in the user's settings; that this fails is not worth a notice."""
        self._tasks.start(self._set_quietly({"window.folder": folder}))

    async def _set(self, changes: Mapping[str, Value | None]) -> None:
        await self._backend.call(lambda services: asyncio.to_thread(services.settings.keep, changes))

    async def _set_quietly(self, changes: Mapping[str, Value | None]) -> None:
        with contextlib.suppress(ReviewerError):
            await self._set(changes)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(self._guarded(work))

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """An error with a sentence of its own is a notice; any other is a defect, and goes to the crash handler."""
        try:
            await work
        except ReviewerError as error:
            if error.code == "workspace_damaged":
                self.noticed.emit(damage_notice(error.user_message))
            else:
                self.noticed.emit(notice_of(error))

    def _notice(self, kind: NoticeKind, text: str, action: str = "", command: str = "") -> None:
        self.noticed.emit(Notice(kind, text, action, command))


async def _sections(services: "Services", document: Document, split_as: SplitAs) -> tuple[Section, ...]:
    library, kept = services.library, await services.corrections.of(document.id)
    sections = await asyncio.to_thread(library.split, document, split_as, kept)
    services.search.take(document, sections)
    return sections


async def _workflows(services: "Services") -> tuple[Workflow, ...]:
    return await asyncio.to_thread(services.catalog.workflows)
