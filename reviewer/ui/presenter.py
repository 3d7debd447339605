"""Between the session and the room: what changed there is shown here, what is chosen here is shown everywhere."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject

from reviewer.domain.anchor import Anchor, TextSpan
from reviewer.domain.decision import DismissReason
from reviewer.domain.ids import DocumentId, FindingId, SectionId
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.section import Section
from reviewer.ui.actions import Actions
from reviewer.ui.commands import Commands
from reviewer.ui.refresh import Refresh
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.decisions import DecisionDesk
from reviewer.ui.viewmodels.documents import DocumentsModel
from reviewer.ui.viewmodels.entries import entries_of, marks_of, page_boxes
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.viewmodels.findings import FindingsModel
from reviewer.ui.viewmodels.instructions import Need
from reviewer.ui.viewmodels.mark import Mark
from reviewer.ui.viewmodels.matrix import ASKED, matrix_of
from reviewer.ui.viewmodels.outline import OutlineModel, labels_of
from reviewer.ui.viewmodels.session import Phase, Session, ShelfFile
from reviewer.ui.viewmodels.shelf_entries import report_is_contract, shelf_entries
from reviewer.ui.viewmodels.totals import total_rows
from reviewer.ui.views.detail_pane import DetailPane
from reviewer.ui.views.documents_pane import DocumentsPane
from reviewer.ui.views.findings_pane import FindingsPane
from reviewer.ui.views.results_dock import ResultsDock
from reviewer.ui.views.room import Room
from reviewer.ui.views.source_pane import SourcePane


def open_room(
    session: Session, decisions: DecisionDesk, commands: Commands, theme: Theme, table: Actions, refresh: Refresh
) -> "Presenter":
    """Builds the review room with its models, and the presenter that keeps it in step."""
    documents, outline, findings = DocumentsModel(), OutlineModel(), FindingsModel()
    zooms = (table["zoom_out"], table["fit_width"], table["zoom_in"])
    room = Room(
        DocumentsPane(theme, documents, outline),
        SourcePane(theme, table["toggle_text"], zooms),
        ResultsDock(theme),
        FindingsPane(theme, findings),
        DetailPane(theme),
    )
    for model in (documents, outline, findings):
        model.setParent(room)
    return Presenter(session, decisions, commands, refresh, room, (documents, outline, findings))


_FOUND = "found"
"""The mark of words that were searched for."""


class Presenter(QObject):
    """Keeps the room in step with the session, and the panes with each other."""

    def __init__(
        self,
        session: Session,
        decisions: DecisionDesk,
        commands: Commands,
        refresh: Refresh,
        room: Room,
        models: tuple[DocumentsModel, OutlineModel, FindingsModel],
    ) -> None:
        super().__init__(room)
        self._session, self._decisions, self._commands, self._room = session, decisions, commands, room
        self._refresh = refresh
        self._documents, self._outline, self._findings = models
        self._entries: list[Entry] = []
        self._marks: dict[FindingId, list[Mark]] = {}
        self._sections: tuple[Section, ...] = ()
        self._chosen: FindingId | None = None
        self._found: Mark | None = None
        self._has_panels = False
        self._listen()
        self._show_shelf()
        self._show_document()

    @property
    def room(self) -> Room:
        """The room it keeps in step."""
        return self._room

    def _listen(self) -> None:
        session, room, commands = self._session, self._room, self._commands
        session.shelf_changed.connect(self._take_shelf)
        session.document_shown.connect(self._show_document)
        session.sections_changed.connect(self._take_sections)
        session.results_changed.connect(self._take_results)
        session.phase_changed.connect(self._take_phase)
        session.progressed.connect(self._take_progress)
        self._decisions.changed.connect(self._show_decision)
        room.documents.document_chosen.connect(session.show)
        room.documents.remove_requested.connect(session.remove)
        room.documents.section_chosen.connect(self.show_section)
        room.documents.section_chosen.connect(self._look)
        room.findings.finding_chosen.connect(self._choose)
        room.source.mark_activated.connect(room.findings.select)
        room.source.tile_wanted.connect(commands.draw)
        room.panels.place_wanted.connect(self._show_place)
        room.panels.section_wanted.connect(self._show_section_of)
        session.instructions.changed.connect(self._show_answers)
        session.instructions.changed.connect(self._show_changes)
        session.compared.connect(self._show_changes)
        room.detail.quote_activated.connect(self._show_anchor)
        room.detail.agree_requested.connect(self.agree)
        room.detail.dismiss_requested.connect(lambda reason: self.dismiss(DismissReason(reason)))
        room.detail.reopen_requested.connect(self._reopen)
        room.detail.note_edited.connect(self._note)
        commands.pages_opened.connect(room.source.show_pages)
        commands.tile_drawn.connect(room.source.take_tile)
        commands.tile_refused.connect(room.source.refuse_tile)

    # ------------------------------------------------------------------------------------------------------ the review

    def next_finding(self) -> None:
        """The next finding; after a document's last one, the first of the next document that has any."""
        if not self._room.findings.select_next():
            self._go_to_document(1)

    def previous_finding(self) -> None:
        """The finding before; before a document's first one, the last of the document before."""
        if not self._room.findings.select_previous():
            self._go_to_document(-1)

    def agree(self) -> None:
        """Agrees with the chosen finding."""
        if self._chosen:
            self._decisions.agree(self._chosen)

    def dismiss(self, reason: DismissReason) -> None:
        """Dismisses the chosen finding."""
        if self._chosen:
            self._decisions.dismiss(self._chosen, reason)

    def edit_note(self) -> None:
        """Puts the cursor into the note of the chosen finding."""
        if self._chosen:
            self._room.detail.edit_note()

    def show_section(self, section_id: SectionId) -> None:
        """Brings a section into view."""
        file = self._session.shown
        if file is None or file.document is None:
            return
        section = next((each for each in self._session.sections_of(file) if each.id == section_id), None)
        if section is not None:
            self._room.source.scroll_to(file.document.anchor(section.own))
            self._room.panels.focus_section(section_id)

    def show_finding(self, finding: FindingId) -> bool:
        """Chooses a finding of the document that is shown; False where it has none such."""
        is_there = any(each.finding.id == finding for each in self._entries)
        if is_there:
            self._room.findings.select(finding)
        return is_there

    def show_words(self, span: TextSpan) -> None:
        """Brings words of the document that is shown into view, and highlights them until another one is shown."""
        file = self._session.shown
        if file is None or file.document is None or span.end > len(file.document.text):
            return
        label = self.tr("Found")
        self._found = Mark(_FOUND, span, page_boxes(file.document, span), Severity.INFO, label)
        self._room.findings.select(None)
        self._show_marks()
        self._show_anchor(file.document.anchor(span))

    @property
    def has_finding(self) -> bool:
        """True when a finding is chosen."""
        return self._chosen is not None

    @property
    def section(self) -> Section | None:
        """The section that is chosen in the outline."""
        return self._room.documents.section

    def step_section(self, step: int) -> None:
        """Goes to the next (1) or previous (-1) section of the outline."""
        self._room.documents.step_section(step)

    def _go_to_document(self, step: int) -> None:
        files = list(self._session.files.values())
        shown = self._session.shown
        if shown is None:
            return
        start = files.index(shown)
        rest = files[start + 1 :] if step > 0 else files[:start][::-1]
        for file in rest:
            report = self._session.report_of(file)
            if report and report.findings:
                self._session.show(file.key)
                ends = self._entries[0], self._entries[-1]
                self._room.findings.select(ends[0 if step > 0 else 1].finding.id)
                return

    def _choose(self, finding: str) -> None:
        entry = next((each for each in self._entries if each.finding.id == finding), None)
        self._chosen = entry.finding.id if entry else None
        self._room.detail.show_entry(entry)
        self._room.source.select_mark(self._chosen)
        if entry is None:
            return
        anchor = next((each.anchor for each in entry.finding.citations if each.anchor), None)
        if anchor is not None:
            self._room.source.scroll_to(anchor)
        elif entry.finding.section:
            self.show_section(entry.finding.section)
        if entry.finding.section:
            self._room.documents.select_section(entry.finding.section)
            self._room.panels.focus_section(entry.finding.section)
            self._look()

    def _reopen(self) -> None:
        if self._chosen:
            self._decisions.reopen(self._chosen)

    def _note(self, text: str) -> None:
        """Keeps a note with the finding it was written about, which need not be the chosen one any more."""
        entry = self._room.detail.entry
        if entry is not None:
            self._decisions.note(entry.finding.id, text)

    def _show_decision(self, finding: str) -> None:
        for index, entry in enumerate(self._entries):
            if entry.finding.id == finding:
                changed = replace(entry, standing=self._decisions.standing(entry.finding.id))
                self._entries[index] = changed
                self._findings.merge([changed])
                if self._chosen == finding:
                    self._room.detail.show_entry(changed)

    # --------------------------------------------------------------------------------------------------- what is shown

    def _show_shelf(self) -> None:
        self._documents.update(shelf_entries(self._session))
        self._show_hint()

    def _show_document(self) -> None:
        file = self._session.shown
        document = file.document if file else None
        self._chosen = self._found = None
        self._room.documents.select_document(file.key if file else "")
        self._sections = self._session.sections_of(file) if file else ()
        self._room.source.show_document(document, self._session.sections_of(file) if file else ())
        if file and document and document.pages:
            self._commands.open_pages(file)
        self._outline.show(self._session.sections_of(file) if file else (), document)
        self._show_panels(file)
        self._entries = self._current_entries(file)
        self._findings.show(self._entries)
        self._room.detail.show_entry(None)
        self._marks = {}
        self._show_marks()
        self._show_states()
        self._show_counts()
        self._show_hint()
        self._look()

    def _look(self) -> None:
        """Has a run ask first about what is in front of the user: the section with those around it, the document."""
        file = self._session.shown
        if file is None or file.document is None:
            return
        chosen = self.section
        around = {each.id: each.parent for each in self._sections} if chosen else {}
        subjects: list[str] = []
        section = chosen.id if chosen else None
        while section is not None:
            subjects.append(section)
            section = around.get(section)
        self._commands.runs.look_at([*subjects, file.document.id])

    def _take_sections(self, key: str) -> None:
        """Shows the outline anew; the place in the document stays."""
        file = self._session.shown
        if file is None or file.key != key:
            return
        self._sections = self._session.sections_of(file)
        self._outline.show(self._sections, file.document)
        self._show_states()
        self._show_counts()

    def _take_results(self, changed: set[DocumentId]) -> None:
        self._soon(self._show_synthesis, self._show_answers)
        report = self._session.report_of(self._session.shown)
        if report is None or report.document.id not in changed:
            return
        if report.sections != self._sections:
            self._show_document()  # the run cut the document in another way than it was opened
        else:
            self._soon(self._show_findings, self._merge_panels)

    def _take_phase(self) -> None:
        self._room.panels.set_streaming(streaming=self._session.is_running)
        self._soon(self._show_totals, self._catch_up_panels)
        self._show_hint()

    def _take_shelf(self) -> None:
        self._soon(self._show_shelf)

    def _take_progress(self) -> None:
        self._soon(self._show_states)

    def _soon(self, *parts: Callable[[], None]) -> None:
        """Results stream in during a run: then a part at a time is shown anew."""
        self._refresh.ask(*parts)
        if not self._session.is_running:
            self._refresh.hurry()

    def _show_findings(self) -> None:
        self._entries = self._current_entries(self._session.shown)
        self._findings.merge(self._entries)
        self._refresh.ask(self._show_marks, self._show_counts)  # what rests on the entries comes after them

    def _merge_panels(self) -> None:
        report = self._session.report_of(self._session.shown)
        if report is not None and self._has_panels:
            self._room.panels.merge(report)
            self._refresh.ask(self._catch_up_panels)
        else:
            self._show_panels(self._session.shown)

    def _catch_up_panels(self) -> None:
        if self._room.panels.catch_up():
            self._refresh.ask(self._catch_up_panels)

    def _show_synthesis(self) -> None:
        self._room.panels.show_synthesis(self._session.report.synthesis, self._session.names())

    def _show_answers(self) -> None:
        is_asked = self._session.instructions.need is Need.QUESTIONS
        if self._room.panels.show_answers(matrix_of(self._session.report), is_asked=is_asked):
            self._room.panels.show_tab("answers")
            self._room.make_room_below()

    def _show_totals(self) -> None:
        is_over = self._session.phase is Phase.ENDED
        self._room.panels.show_totals(total_rows(self._session.report) if is_over else ())

    def _show_changes(self) -> None:
        compared = self._session.comparison
        is_asked = self._session.instructions.need is Need.VERSIONS
        self._room.panels.show_changes(compared, is_asked=is_asked)
        if compared is not None:
            self._room.panels.show_tab("changes")
            self._room.make_room_below()

    def _show_panels(self, file: ShelfFile | None) -> None:
        report = self._session.report_of(file)
        self._has_panels = report is not None
        self._room.panels.show_document(report, self._session.names())
        self._show_synthesis()
        self._show_answers()

    def _current_entries(self, file: ShelfFile | None) -> list[Entry]:
        report = self._session.report_of(file)
        if report is None:
            return []
        standings = {each.id: self._decisions.standing(each.id) for each in report.findings}
        return entries_of(report, standings)

    def _show_marks(self) -> None:
        file = self._session.shown
        document = file.document if file else None
        if document is not None:
            for entry in self._entries:
                if entry.finding.id not in self._marks:  # what a finding rests on never changes
                    self._marks[entry.finding.id] = marks_of(entry, document)
        marks = [mark for entry in self._entries for mark in self._marks.get(entry.finding.id, ())]
        self._room.source.set_marks([*marks, self._found] if self._found else marks)
        self._room.source.select_mark(_FOUND if self._found and not self._chosen else self._chosen)

    def _show_states(self) -> None:
        file = self._session.shown
        if file is not None and file.document is not None:
            self._outline.set_states(self._session.progress.sections(file.document.id))

    def _show_counts(self) -> None:
        self._outline.set_findings(_by_section(self._entries))
        report = self._session.report_of(self._session.shown)
        self._outline.set_labels(labels_of(report) if report else {})

    def _show_hint(self) -> None:
        """What the empty table says."""
        file = self._session.shown
        report = self._session.report_of(file)
        if self._session.is_running:
            text = self.tr("Findings appear here as they are made.")
        elif report is None and file is not None and self._session.comparison is not None:
            text = self.tr("This is the earlier version. What changed stands with the later one, and under Changes.")
        elif report is None:
            text = self.tr("No findings yet. Press Run (Ctrl+R).")
        elif not report.is_finished:
            text = self.tr("The run did not get to the end of this document. Press Run to go on.")
        elif any(each.uses == ASKED for each in report.answers):
            text = self.tr("Questions have answers, not findings. See Answers below the source.")
        elif report_is_contract(report):
            text = self.tr("Nothing to look at in this document.")
        else:
            text = self.tr("Papers have no findings. See Summary and Synthesis below the source.")
        self._room.findings.set_empty_text(text)

    def _show_place(self, document: DocumentId, anchor: Anchor) -> None:
        file = self._session.file_of(document)
        if file is not None:
            self._session.show(file.key)
            self.show_words(anchor.span)

    def _show_section_of(self, document: DocumentId, section: SectionId) -> None:
        file = self._session.file_of(document)
        if file is not None:
            self._session.show(file.key)
            self.show_section(section)

    def _show_anchor(self, anchor: Anchor) -> None:
        self._room.source.scroll_to(anchor)


def _by_section(entries: Iterable[Entry]) -> dict[SectionId, tuple[int, Severity]]:
    """How many findings a section has that are not as wanted, and the worst of them."""
    found: dict[SectionId, tuple[int, Severity]] = {}
    for entry in entries:
        section = entry.finding.section
        if section is None or entry.finding.outcome is Outcome.PREFERRED:
            continue
        count, worst = found.get(section, (0, entry.finding.severity))
        found[section] = (count + 1, min(worst, entry.finding.severity, key=lambda each: each.rank))
    return found
