"""What the window can have done: files opened, runs started and stopped, stored runs shown, decisions kept."""

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from reviewer import assets
from reviewer.domain.correction import Correction
from reviewer.domain.decision import Standing
from reviewer.domain.document import Document
from reviewer.domain.errors import ReviewerError
from reviewer.domain.events import DocumentFailed
from reviewer.domain.ids import DocumentId, FindingId
from reviewer.domain.raster import Tile
from reviewer.domain.section import Section, SplitAs
from reviewer.domain.workflow import Workflow
from reviewer.services.corrections import check_corrections
from reviewer.services.library import list_files
from reviewer.services.models import Check
from reviewer.services.passwords import is_locked
from reviewer.services.requests import RunRequest
from reviewer.ui.async_tasks import TaskScope
from reviewer.ui.backend import Backend, Job, JobStoppedError
from reviewer.ui.mailbox import Mailbox
from reviewer.ui.viewmodels.decisions import DecisionDesk
from reviewer.ui.viewmodels.notice import Notice, NoticeKind, notice_of
from reviewer.ui.viewmodels.session import GivenKey, Panel, Session, ShelfFile
from reviewer.ui.viewmodels.severity_words import findings_words

if TYPE_CHECKING:
    from reviewer.services.container import Services
    from reviewer.services.runs import RunResult

CONTRACT_SAMPLES = ("services-agreement.pdf", "services-agreement.docx", "mutual-nda.docx")
PAPER_SAMPLES = ("paper-en.pdf", "paper-de.pdf")


class Commands(QObject):
    """Has the backend do things, and puts what comes of them into the session.

    Every method returns at once. What goes wrong is a notice, never a dialog.
    """

    noticed = Signal(object)
    """A `Notice`."""
    settled = Signal()
    """The run that was going has ended, and everything it did is kept."""
    runs_listed = Signal(object)
    """The stored runs, newest first."""
    tile_drawn = Signal(object, object, object)
    """`DocumentId`, `Tile`, `Raster`."""
    tile_refused = Signal(object, object, str)
    pages_opened = Signal(object, str)
    """`DocumentId`, and why its pages cannot be shown, or an empty text."""
    models_tested = Signal(object)
    workflows_listed = Signal(object)

    def __init__(self, session: Session, decisions: DecisionDesk, backend: Backend, tasks: TaskScope) -> None:
        super().__init__(tasks)
        self._session = session
        self._decisions = decisions
        self._backend = backend
        self._tasks = tasks
        self._mailbox = Mailbox(backend.turns, self)
        self._mailbox.delivered.connect(session.take)
        self._job: Job[RunResult] | None = None
        self._clock = QElapsedTimer()

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

    def unlock(self, file: ShelfFile, password: str) -> None:
        """Opens a protected file, or its pages, with a password. It is kept in memory while it opens the file."""
        if file.document is None:
            self._start(self._unlock(file.path, password))
        else:
            self._start(self._open_pages(file, file.document, password))

    async def _unlock(self, path: Path, password: str) -> None:
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

    async def _correct(
        self, file: ShelfFile, document: Document, split_as: SplitAs, corrections: Sequence[Correction]
    ) -> None:
        async def work(services: "Services") -> tuple[Section, ...]:
            check_corrections(document, file.sections, corrections)
            for correction in corrections:
                await services.corrections.add(document.id, correction)
            return await _sections(services, document, split_as)

        self._session.recut(file.key, await self._backend.call(work))
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

    # --------------------------------------------------------------------------------------------------------- the run

    def run(self) -> None:
        """Reviews everything on the shelf."""
        if self._session.can_run:
            self._start(self._run(self._session.request()))

    def stop(self) -> None:
        """Stops the run; what is done stays done."""
        if self._job is not None:
            self._session.stopping()
            self._job.stop()

    def elapsed_s(self) -> float:
        """Seconds since the run started."""
        return self._clock.elapsed() / 1000

    async def _run(self, request: RunRequest) -> None:
        self._clock.start()
        self._session.begin()
        self._decisions.load({})
        try:
            with self._mailbox.listening():
                self._job = self._backend.begin(lambda services: services.runs.run(request, self._mailbox.post))
                result = await self._job.result()
        except JobStoppedError:
            text = self.tr("Stopped. What was done is kept; Run goes on from here.")
            self._notice(NoticeKind.INFO, text, self.tr("Go on"), "run")
        except ReviewerError as error:
            self.noticed.emit(notice_of(error, self.tr("Try again"), "run"))
        else:
            self._decisions.load(result.standings)
            self._tell(result)
        finally:
            self._job = None
            self._session.end()
            self.settled.emit()

    def _tell(self, result: "RunResult") -> None:
        report = result.report
        failures = len(report.failures) + sum(len(each.failures) for each in report.documents.values())
        if failures:
            one = self.tr("One step failed; the rest is done. Trying again asks only for what failed.")
            many = self.tr("%1 steps failed; the rest is done. Trying again asks only for what failed.")
            text = one if failures == 1 else many.replace("%1", str(failures))
            self._notice(NoticeKind.WARNING, text, self.tr("Try again"), "run")
            return
        findings = sum(len(each.findings) for each in report.documents.values())
        text = self.tr("Done. %1 to review: J goes to the next one, A agrees, X dismisses, N takes a note.")
        text = text.replace("%1", findings_words(findings))
        self._notice(NoticeKind.GOOD, text if findings else self.tr("Done. See the summaries below the source."))

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
        self.workflows_listed.emit(await self._backend.call(_workflows))

    async def _list_runs(self) -> None:
        self.runs_listed.emit(await self._backend.call(lambda services: services.runs.list_runs()))

    async def _open_run(self, run_id: str) -> None:
        self._session.clear()
        with self._mailbox.listening():
            documents = await self._backend.call(lambda services: services.runs.replay(run_id, self._mailbox.post))
        findings = [each.id for report in self._session.report.documents.values() for each in report.findings]
        self._decisions.load(await self._backend.call(lambda services: services.reviews.standings(findings)))
        run = self._session.report.run
        if run is not None:
            named = [Path(each) for each in run.paths]
            paths = await self._backend.call(lambda _: asyncio.to_thread(list_files, named))
            self._session.restore(self._stored_files(documents, [each for each in paths if isinstance(each, Path)]))

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

    # ----------------------------------------------------------------------------------------------------------- pages

    def open_pages(self, file: ShelfFile) -> None:
        """Makes the pages of a document drawable; `pages_opened` says how it went."""
        if file.document is not None:
            self._start(self._open_pages(file, file.document))

    def draw(self, document: DocumentId, tile: Tile) -> None:
        """Draws a tile; `tile_drawn` or `tile_refused` says how it went."""
        self._start(self._draw(document, tile))

    async def _open_pages(self, file: ShelfFile, document: Document, password: str = "") -> None:
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

    # ---------------------------------------------------------------------------------------------------------- models

    def choose_panel(self, panel: Panel, keys: Sequence[GivenKey] = ()) -> None:
        """Uses these models from the next run on; their keys go to the keyring."""
        self._start(self._choose_panel(panel, keys))

    def test_models(self, panel: Panel, keys: Sequence[GivenKey] = ()) -> None:
        """Tries models; `models_tested` gives the checks."""
        self._start(self._test_models(panel, keys))

    async def _keep_keys(self, keys: Sequence[GivenKey]) -> None:
        for given in keys:
            work = partial(_set_key, given)
            if not await self._backend.call(work):
                text = self.tr("This computer has no keyring: the key is used until Reviewer closes, and not kept.")
                self._notice(NoticeKind.WARNING, text)

    async def _choose_panel(self, panel: Panel, keys: Sequence[GivenKey]) -> None:
        await self._keep_keys(keys)
        request = RunRequest((), models=panel.models)
        places = await self._backend.call(lambda services: services.models.places(request))
        self._session.choose_panel(Panel(panel.models, places, panel.votes))

    async def _test_models(self, panel: Panel, keys: Sequence[GivenKey]) -> None:
        await self._keep_keys(keys)
        request = RunRequest((), models=panel.models, timeout_s=30.0)
        try:
            checks = await self._backend.call(lambda services: services.models.test(request))
        except ReviewerError as error:
            checks = (Check(self.tr("Settings"), passed=False, message=f"{error.user_message} {error.hint}".strip()),)
        self.models_tested.emit(checks)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(self._guarded(work))

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """An error with a sentence of its own is a notice; any other is a defect, and goes to the crash handler."""
        try:
            await work
        except ReviewerError as error:
            self.noticed.emit(notice_of(error))

    def _notice(self, kind: NoticeKind, text: str, action: str = "", command: str = "") -> None:
        self.noticed.emit(Notice(kind, text, action, command))


async def _sections(services: "Services", document: Document, split_as: SplitAs) -> tuple[Section, ...]:
    library, kept = services.library, await services.corrections.of(document.id)
    return await asyncio.to_thread(library.split, document, split_as, kept)


async def _set_key(given: GivenKey, services: "Services") -> bool:
    return await asyncio.to_thread(services.models.set_key, given.provider, given.key)


async def _workflows(services: "Services") -> tuple[Workflow, ...]:
    return await asyncio.to_thread(services.catalog.workflows)
