"""Between the window and everything it shows and does: actions, session, commands, the review room, dialogs."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from reviewer.domain.correction import Correction, CorrectionAction
from reviewer.domain.decision import DismissReason
from reviewer.domain.errors import ReviewerError
from reviewer.domain.projection import View
from reviewer.domain.settings import Settings, ThemeChoice
from reviewer.domain.workflow import Workflow
from reviewer.services.library import SUFFIXES
from reviewer.ui import words
from reviewer.ui.async_tasks import TaskScope
from reviewer.ui.backend import Backend
from reviewer.ui.commands import CONTRACT_SAMPLES, PAPER_SAMPLES, Commands
from reviewer.ui.instruction_control import InstructionControl
from reviewer.ui.main_window import MainWindow
from reviewer.ui.model_control import ModelControl
from reviewer.ui.presenter import open_room
from reviewer.ui.redaction_control import RedactionControl
from reviewer.ui.refresh import Refresh
from reviewer.ui.route_control import RouteControl
from reviewer.ui.run_control import RunControl
from reviewer.ui.search_control import SearchControl
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.decisions import DecisionDesk
from reviewer.ui.viewmodels.instructions import Need
from reviewer.ui.viewmodels.notice import Notice, NoticeKind, notice_of
from reviewer.ui.viewmodels.runs import RunsModel
from reviewer.ui.viewmodels.session import Panel, Phase, Session
from reviewer.ui.views.about_box import AboutBox
from reviewer.ui.views.keys_dialog import KeysDialog
from reviewer.ui.views.password_dialog import PasswordDialog
from reviewer.ui.views.section_dialog import SectionDialog
from reviewer.ui.workspace_control import WorkspaceControl


def open_control(window: MainWindow, backend: Backend, tasks: TaskScope, theme: Theme) -> "WindowControl":
    """Makes the session, its commands and the control over them."""
    session = Session(window)
    decisions = DecisionDesk(window)
    commands = Commands(session, decisions, backend, tasks)
    decisions.to_keep.connect(commands.keep)
    decisions.to_uncorrect.connect(commands.uncorrect)
    decisions.to_correct.connect(commands.correct_again)
    return WindowControl(window, session, decisions, commands, Refresh(backend.turns, window), theme)


class WindowControl(QObject):
    """Joins the parts of the window. Decides nothing about documents."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        decisions: DecisionDesk,
        commands: Commands,
        refresh: Refresh,
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.session, self.decisions, self.commands = session, decisions, commands
        self._theme = theme
        self._folder: Path | None = None
        self._notice: Notice | None = None
        self._actions = window.actions_table
        self._runs = RunsModel(self)
        self._refresh = refresh
        self._presenter = open_room(session, decisions, commands, theme, self._actions, self._refresh)
        self._room = self._presenter.room
        self._search = SearchControl(window, session, commands, self._presenter, theme)
        window.put_in(self._room)
        window.first.show_runs(self._runs)
        self._redactions = RedactionControl(window, session, commands.redactions)
        self._told = InstructionControl(window, session)
        self._run = RunControl(window, session, commands.runs, refresh, self._redactions, self._told)
        self._models = ModelControl(window, session, commands, theme)
        self._workspace = WorkspaceControl(window, session, commands.workspace, self._start_over, self._redactions)
        self._routes = RouteControl(window, session, commands.routes, self._room.panels)
        self._actions.attach([self._room])
        self._actions.connect_all(self._slots())
        self._listen()
        self._check_theme()
        self._check_reading()
        self._show_phase()
        commands.workspace.check()
        commands.list_runs()
        commands.list_workflows()

    def _slots(self) -> dict[str, Callable[[], object]]:
        commands = self.commands
        return {
            "add_files": self._ask_for_files,
            "add_folder": self._ask_for_folder,
            "unlock": self._ask_for_password,
            "start_over": self._start_over,
            "remove": self._remove,
            "matters": self._workspace.show_matters,
            "history": self._workspace.show_history,
            "workspace": self._workspace.show_workspace,
            "repair": self._workspace.ask_to_repair,
            "load_version": commands.load_version,
            "quit": self._window.close,
            "undo": self.decisions.undo,
            "redo": self.decisions.redo,
            "join_section": partial(self._correct_section, CorrectionAction.MERGE),
            "split_section": self._split_section,
            "edit_section": self._edit_section,
            "undo_section": self._undo_section,
            "send_elsewhere": self._routes.ask,
            "find": self._room.findings.focus_search,
            "find_everywhere": self._search.open,
            **self._run.slots(),
            "models": self._models.ask,
            "redact": self._redactions.ask,
            "questions": self._told.ask_questions,
            "next_finding": self._presenter.next_finding,
            "previous_finding": self._presenter.previous_finding,
            "agree": self._presenter.agree,
            "dismiss": self._ask_for_reason,
            "note": self._presenter.edit_note,
            "next_section": partial(self._presenter.step_section, 1),
            "previous_section": partial(self._presenter.step_section, -1),
            "summary": partial(self._room.panels.show_tab, "summary"),
            "translation": partial(self._room.panels.show_tab, "translation"),
            "documents_pane": partial(self._go_to, 0),
            "outline_pane": partial(self._go_to, 1),
            "source_pane": partial(self._go_to, 2),
            "findings_pane": partial(self._go_to, 3),
            "panels_pane": partial(self._go_to, 4),
            "next_pane": partial(self._step_pane, 1),
            "previous_pane": partial(self._step_pane, -1),
            "toggle_text": _nothing,
            **{f"changes_{name}": partial(self._read_as, view) for name, view in _READINGS.items()},
            "zoom_in": self._room.source.zoom_in,
            "zoom_out": self._room.source.zoom_out,
            "fit_width": self._room.source.fit_width,
            "theme_system": partial(self._choose_theme, ThemeChoice.SYSTEM),
            "theme_light": partial(self._choose_theme, ThemeChoice.LIGHT),
            "theme_dark": partial(self._choose_theme, ThemeChoice.DARK),
            "full_screen": self._window.toggle_full_screen,
            "keys": self._show_keys,
            "about": self._show_about,
        }

    def _listen(self) -> None:
        session, commands = self.session, self.commands
        session.phase_changed.connect(self._show_phase)
        session.shelf_changed.connect(self._take_shelf)
        session.document_shown.connect(self._enable)
        session.panel_changed.connect(self._show_panel)
        self.decisions.undo_changed.connect(self._enable)
        self.decisions.failed.connect(self._tell_failure)
        commands.noticed.connect(self.show_notice)
        for part in (self._run, self._told):
            part.noticed.connect(self.show_notice)
        session.matter_changed.connect(self._show_matter)
        session.instructions.changed.connect(self._enable)
        commands.runs_listed.connect(self._runs.show)
        commands.workflows_listed.connect(self._show_workflows)
        commands.runs.settled.connect(commands.list_runs)
        commands.versions_found.connect(self._enable)
        self._window.banner.action_requested.connect(self._do_notice)
        self._window.top.workflow_chosen.connect(self._told.choose)
        self._window.dropped.connect(self._take_drop)
        self._window.first.contracts_wanted.connect(partial(commands.add_samples, CONTRACT_SAMPLES))
        self._window.first.papers_wanted.connect(partial(commands.add_samples, PAPER_SAMPLES))
        self._window.first.run_opened.connect(commands.open_run)
        self._room.documents.add_requested.connect(self._ask_for_files)
        self._room.panels.model_wanted.connect(self._models.ask)
        self._room.findings.finding_chosen.connect(self._enable)
        self._room.documents.section_chosen.connect(self._enable)
        names = ("join_section", "split_section", "edit_section", "undo_section")
        self._room.documents.add_section_actions([self._actions[name] for name in names])

    # --------------------------------------------------------------------------------------------------- what is shown

    @property
    def is_up_to_date(self) -> bool:
        """True when all that arrived is shown."""
        return self._refresh.is_done

    def use(self, settings: Settings) -> None:
        """Starts with what is set."""
        self._folder = settings.folder
        self.session.use(settings)
        self._run.show_choice()
        self._show_badge()
        if settings.models:
            panel = Panel(settings.models, votes=settings.votes, adaptive=settings.adaptive)
            self.commands.models.choose(panel)

    def take_over(self, paths: list[Path]) -> None:
        """Comes to the front, with the files that another start of the program was given."""
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if paths:
            self._take_drop(paths)

    def show_error(self, error: ReviewerError) -> None:
        """Says what went wrong."""
        self.show_notice(notice_of(error))

    def show_notice(self, notice: Notice) -> None:
        """Says something in the strip above the documents, with one thing to do about it."""
        self._notice = notice
        self._window.banner.show_message(notice.kind.value, notice.text, notice.action)

    def _do_notice(self) -> None:
        notice, self._notice = self._notice, None
        self._window.banner.dismiss()
        if notice is not None and notice.command:
            self._actions[notice.command].trigger()

    def _tell_failure(self, message: str) -> None:
        self.show_notice(Notice(NoticeKind.DANGER, message))

    def _show_phase(self) -> None:
        phase = self.session.phase
        if not self.session.is_running:
            self._refresh.hurry()
        is_in_room = self._window.is_in_room
        if phase is Phase.EMPTY:
            self._window.show_first()
        else:
            self._window.show_room()
        self._move_focus(is_new=not is_in_room)
        if phase is Phase.RUNNING:
            self._notice = None
            self._window.banner.dismiss()
        self._enable()

    def _move_focus(self, *, is_new: bool) -> None:
        """Where the focus would be lost (the first screen goes, a button is disabled), it goes where the work is."""
        if self.session.phase is Phase.EMPTY:
            return
        focus = self._window.focusWidget()
        if is_new:
            self._go_to(0)
        elif focus is None or self._window.top.isAncestorOf(focus):
            is_over = self.session.phase is Phase.ENDED
            (self._room.findings.table if is_over else self._room.source.view).setFocus()

    def _take_shelf(self) -> None:
        self._refresh.ask(self._enable)

    def _show_panel(self) -> None:
        self._window.top.show_places(self.session.panel.places)
        self._show_badge()
        if self.session.waiting_translations() and self.session.panel.models:
            text = self.tr("Run again to have the parts in other languages translated.")
            self.show_notice(Notice(NoticeKind.INFO, text, self.tr("Run"), "run"))
        elif self.session.can_run and not self.session.panel.is_private:
            text = self.tr("%1. What a run takes, costs and sends can be seen first.")
            text = text.replace("%1", self.session.badge.text)
            self.show_notice(Notice(NoticeKind.INFO, text, self.tr("Estimate…"), "estimate"))

    def _show_workflows(self, workflows: Sequence[Workflow]) -> None:
        self._window.top.show_workflows(workflows, self.session.instructions.chosen)

    def _enable(self) -> None:
        """Which actions can be done now."""
        table, session, desk = self._actions, self.session, self.decisions
        is_room = session.phase is not Phase.EMPTY
        has_finding = self._presenter.has_finding
        can_keep = not session.is_read_only
        has_cut = session.shown is not None and session.shown.split_as is not None
        can_correct = can_keep and has_cut and not session.is_running
        has_section = can_correct and self._presenter.section is not None
        enabled = {
            **self._run.enabled(),
            "unlock": session.locked is not None and not session.is_running,
            "start_over": is_room and not session.is_running,
            "remove": session.shown is not None and not session.is_running,
            "models": not session.is_running,
            "questions": not session.is_running and session.instructions.need is Need.QUESTIONS,
            "repair": not session.is_running and can_keep,
            "load_version": bool(self.commands.changed_files) and not session.is_running,
            "undo": bool(desk.undo_text),
            "redo": bool(desk.redo_text),
            "agree": has_finding and can_keep,
            "dismiss": has_finding and can_keep,
            "note": has_finding and can_keep,
            "join_section": has_section,
            "edit_section": has_section,
            "split_section": can_correct,
            "undo_section": can_correct,
            "send_elsewhere": can_keep and not session.is_running and session.report_of(session.shown) is not None,
            "add_files": not session.is_running,
            "add_folder": not session.is_running,
            **dict.fromkeys((f"changes_{name}" for name in _READINGS), self._room.source.has_changes),
            **dict.fromkeys(_ROOM_ACTIONS, is_room),
        }
        for name, value in enabled.items():
            table[name].setEnabled(value)
        table["undo"].setText(desk.undo_text or self.tr("&Undo"))
        table["redo"].setText(desk.redo_text or self.tr("&Redo"))
        self._window.top.set_workflow_enabled(enabled=not session.is_running)

    def _show_matter(self) -> None:
        matter = self.session.matter
        self._window.setWindowTitle(f"{matter.name} – Reviewer" if matter else "Reviewer")
        self._show_badge()

    def _show_badge(self) -> None:
        self._window.top.show_badge(self.session.badge)

    # ----------------------------------------------------------------------------------------------- what is asked for

    def _ask_for_files(self) -> None:
        dialog = self._file_dialog(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([self.tr("Documents (%1)").replace("%1", patterns), self.tr("All files (*)")])
        dialog.filesSelected.connect(self._take_files)
        dialog.open()

    def _ask_for_folder(self) -> None:
        dialog = self._file_dialog(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._take_files)
        dialog.open()

    def _file_dialog(self, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._window, self.tr("Add documents"), str(self._folder or Path.home()))
        dialog.setObjectName("fileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        return dialog

    def _take_files(self, names: Sequence[str]) -> None:
        paths = [Path(name) for name in names]
        if paths:
            self._folder = paths[0].parent
            self.commands.keep_folder(self._folder)
        self.commands.add(paths)

    def _take_drop(self, paths: Sequence[Path]) -> None:
        if self.session.is_running:
            text = self.tr("A run is going on. Drop the files again when it has ended, or stop it first.")
            self.show_notice(Notice(NoticeKind.INFO, text, self.tr("Stop"), "stop"))
        elif paths:
            self.commands.add(paths)
        else:
            text = self.tr(
                "There is no file behind what was dropped. Save it to a folder first, then drop it from there."
            )
            self.show_notice(Notice(NoticeKind.WARNING, text))

    def _ask_for_password(self) -> None:
        file = self.session.locked
        if file is None:
            return
        dialog = PasswordDialog(file.name, is_again=file.was_given_wrong_password, parent=self._window)
        dialog.given.connect(partial(self.commands.unlock, file))
        dialog.open()

    def _correct_section(self, action: CorrectionAction) -> None:
        file, section = self.session.shown, self._presenter.section
        if file is not None and section is not None:
            self.commands.correct(file, [Correction(action, section.own.start)])

    def _split_section(self) -> None:
        file, at = self.session.shown, self._room.source.selected_offset
        if file is not None and at is not None:
            self.commands.correct(file, [Correction(CorrectionAction.SPLIT, at)])
            return
        text = self.tr("Show the document as text, select the first words of the new section, and split there.")
        self.show_notice(Notice(NoticeKind.INFO, text))

    def _edit_section(self) -> None:
        file, section = self.session.shown, self._presenter.section
        if file is not None and section is not None:
            dialog = SectionDialog(section, self._window)
            dialog.corrected.connect(partial(self.commands.correct, file))
            dialog.open()

    def _undo_section(self) -> None:
        if self.session.shown is not None:
            self.decisions.forget_correction(self.session.shown.key)
            self.commands.undo_correction(self.session.shown)

    def _ask_for_reason(self) -> None:
        menu = QMenu(self._window)
        menu.setObjectName("dismissReasons")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, reason in enumerate(DismissReason, start=1):
            menu.addAction(f"&{number}  {words.dismiss_reason(reason)}", partial(self._presenter.dismiss, reason))
        pane = self._room.detail
        menu.popup(pane.mapToGlobal(QPoint(pane.width() // 3, pane.height() // 2)))

    def _start_over(self) -> None:
        self._window.banner.dismiss()
        self.session.clear()

    def _remove(self) -> None:
        if self.session.shown is not None:
            self.session.remove(self.session.shown.key)

    def _choose_theme(self, choice: ThemeChoice) -> None:
        self._theme.choose(choice)
        self.commands.keep_theme(choice)
        self._check_theme()

    def _check_theme(self) -> None:
        for choice in ThemeChoice:
            self._actions[f"theme_{choice.value}"].setChecked(choice is self._theme.choice)

    def _read_as(self, view: View) -> None:
        self._room.source.read_as(view)
        self._check_reading()

    def _check_reading(self) -> None:
        for name, view in _READINGS.items():
            self._actions[f"changes_{name}"].setChecked(view is self._room.source.reading)

    def _show_keys(self) -> None:
        KeysDialog(self._actions.keys(), self._window).open()

    def _show_about(self) -> None:
        AboutBox(self._window).open()

    # ------------------------------------------------------------------------------------------------------- the panes

    def _go_to(self, index: int) -> None:
        self._room.panes()[index][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step_pane(self, step: int) -> None:
        panes = self._room.panes()
        focus = self._window.focusWidget()
        here = next((i for i, (pane, _) in enumerate(panes) if focus and pane.isAncestorOf(focus)), -step)
        self._go_to((here + step) % len(panes))


_READINGS = {"final": View.FINAL, "original": View.ORIGINAL, "marked": View.MARKED, "only": View.CHANGES}
_ROOM_ACTIONS = (
    "find", "next_finding", "previous_finding", "next_section", "previous_section", "summary", "translation",
    "documents_pane", "outline_pane", "source_pane", "findings_pane", "panels_pane", "next_pane", "previous_pane",
    "zoom_in", "zoom_out", "fit_width",
)  # fmt: skip


def _nothing() -> None:
    """The source pane listens to the action itself."""
