"""The main window: menus, toolbar, banner, first screen and review room, and how they are joined."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from reviewer import __version__
from reviewer.domain.decision import DismissReason
from reviewer.services.library import SUFFIXES
from reviewer.ui import words
from reviewer.ui.actions import Actions
from reviewer.ui.commands import CONTRACT_SAMPLES, PAPER_SAMPLES, Commands
from reviewer.ui.menus import fill_menus
from reviewer.ui.presenter import Presenter
from reviewer.ui.theme.icons import application_icon
from reviewer.ui.theme.theme import Theme, ThemeChoice
from reviewer.ui.viewmodels.decisions import DecisionDesk
from reviewer.ui.viewmodels.documents import DocumentsModel
from reviewer.ui.viewmodels.drop import dropped_paths
from reviewer.ui.viewmodels.findings import FindingsModel
from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.outline import OutlineModel
from reviewer.ui.viewmodels.runs import RunsModel
from reviewer.ui.viewmodels.session import Phase, Session
from reviewer.ui.views.banner import Banner
from reviewer.ui.views.detail_pane import DetailPane
from reviewer.ui.views.documents_pane import DocumentsPane
from reviewer.ui.views.findings_pane import FindingsPane
from reviewer.ui.views.first_screen import FirstScreen
from reviewer.ui.views.keys_dialog import KeysDialog
from reviewer.ui.views.models_dialog import ModelsDialog
from reviewer.ui.views.progress_strip import ProgressStrip
from reviewer.ui.views.results_dock import ResultsDock
from reviewer.ui.views.room import Room
from reviewer.ui.views.source_pane import SourcePane
from reviewer.ui.views.top_bar import TopBar

SMALLEST = (1024, 640)
USUAL = (1440, 900)


class MainWindow(QMainWindow):
    """The window. Decides nothing about documents: it joins actions, commands, session and views.

    Args:
        settings: where sizes, the theme and the last folder are kept; nothing else is.
    """

    closed = Signal()
    """The window may go: nothing runs."""

    def __init__(
        self, session: Session, decisions: DecisionDesk, commands: Commands, theme: Theme, settings: QSettings
    ) -> None:
        super().__init__()
        self._session, self._decisions, self._commands = session, decisions, commands
        self._theme, self._settings = theme, settings
        self._notice: Notice | None = None
        self._is_closing = False
        self.setObjectName("mainWindow")
        self.setWindowTitle("Reviewer")
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._runs = RunsModel()
        self.actions_table = Actions(theme, self)
        self._top = TopBar(theme, self.actions_table)
        self._banner = Banner(theme)
        self._strip = ProgressStrip(theme)
        self._build()
        fill_menus(self.menuBar(), self.actions_table)
        self.actions_table.connect_all(self._slots())
        self._listen()
        self._restore()
        self._show_phase()
        commands.list_runs()
        commands.list_workflows()

    # ---------------------------------------------------------------------------------------------------- the parts

    def _build(self) -> None:
        table = self.actions_table
        documents, outline, findings = DocumentsModel(), OutlineModel(), FindingsModel()
        for model in (documents, outline, findings, self._runs):
            model.setParent(self)
        zooms = (table["zoom_out"], table["fit_width"], table["zoom_in"])
        self.room = Room(
            DocumentsPane(self._theme, documents, outline),
            SourcePane(self._theme, table["toggle_text"], zooms),
            ResultsDock(self._theme),
            FindingsPane(self._theme, findings),
            DetailPane(self._theme),
        )
        self._presenter = Presenter(
            self._session, self._decisions, self._commands, self.room, (documents, outline, findings)
        )
        self._first = FirstScreen(self._theme, self._runs, table["add_files"], table["add_folder"], table["models"])
        table.attach([self.room])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._first)
        self._stack.addWidget(self.room)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._banner)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._strip)
        self.addToolBar(self._top)
        self.setCentralWidget(middle)

    def _slots(self) -> dict[str, Callable[[], object]]:
        room, presenter, commands = self.room, self._presenter, self._commands
        return {
            "add_files": self._ask_for_files,
            "add_folder": self._ask_for_folder,
            "start_over": self._start_over,
            "remove": self._remove,
            "quit": self.close,
            "undo": self._decisions.undo,
            "redo": self._decisions.redo,
            "find": room.findings.focus_search,
            "run": commands.run,
            "stop": commands.stop,
            "models": self._ask_for_models,
            "next_finding": presenter.next_finding,
            "previous_finding": presenter.previous_finding,
            "agree": presenter.agree,
            "dismiss": self._ask_for_reason,
            "note": presenter.edit_note,
            "next_section": partial(presenter.step_section, 1),
            "previous_section": partial(presenter.step_section, -1),
            "summary": partial(room.panels.show_tab, "summary"),
            "translation": partial(room.panels.show_tab, "translation"),
            "documents_pane": partial(self._go_to, 0),
            "outline_pane": partial(self._go_to, 1),
            "source_pane": partial(self._go_to, 2),
            "findings_pane": partial(self._go_to, 3),
            "panels_pane": partial(self._go_to, 4),
            "next_pane": partial(self._step_pane, 1),
            "previous_pane": partial(self._step_pane, -1),
            "toggle_text": _nothing,
            "zoom_in": room.source.zoom_in,
            "zoom_out": room.source.zoom_out,
            "fit_width": room.source.fit_width,
            "theme_system": partial(self._choose_theme, ThemeChoice.SYSTEM),
            "theme_light": partial(self._choose_theme, ThemeChoice.LIGHT),
            "theme_dark": partial(self._choose_theme, ThemeChoice.DARK),
            "full_screen": self._toggle_full_screen,
            "keys": self._show_keys,
            "about": self._show_about,
        }

    def _listen(self) -> None:
        session, commands = self._session, self._commands
        session.phase_changed.connect(self._show_phase)
        session.shelf_changed.connect(self._enable)
        session.progressed.connect(self._show_progress)
        session.panel_changed.connect(self._show_panel)
        self._decisions.undo_changed.connect(self._enable)
        self._decisions.failed.connect(self._tell_failure)
        commands.noticed.connect(self.show_notice)
        commands.runs_listed.connect(self._runs.show)
        commands.workflows_listed.connect(self._top.show_workflows)
        commands.settled.connect(self._take_end)
        self._banner.action_requested.connect(self._do_notice)
        self._strip.stop_requested.connect(commands.stop)
        self._top.workflow_chosen.connect(self._choose_workflow)
        self._first.dropped.connect(self._take_drop)
        self._first.contracts_wanted.connect(partial(commands.add_samples, CONTRACT_SAMPLES))
        self._first.papers_wanted.connect(partial(commands.add_samples, PAPER_SAMPLES))
        self._first.run_opened.connect(commands.open_run)
        self.room.documents.add_requested.connect(self._ask_for_files)
        self.room.panels.model_wanted.connect(self._ask_for_models)
        self.room.findings.finding_chosen.connect(self._enable)

    # --------------------------------------------------------------------------------------------------- what is shown

    def show_notice(self, notice: Notice) -> None:
        """Says something in the strip above the documents, with one thing to do about it."""
        self._notice = notice
        self._banner.show_message(notice.kind.value, notice.text, notice.action)

    def _do_notice(self) -> None:
        notice, self._notice = self._notice, None
        self._banner.dismiss()
        if notice is not None and notice.command:
            self.actions_table[notice.command].trigger()

    def _tell_failure(self, message: str) -> None:
        self.show_notice(Notice(NoticeKind.DANGER, message))

    def _show_phase(self) -> None:
        phase = self._session.phase
        is_in_room = self._stack.currentWidget() is self.room
        self._stack.setCurrentWidget(self._first if phase is Phase.EMPTY else self.room)
        self._move_focus(is_new=not is_in_room)
        if phase is Phase.RUNNING:
            self._banner.dismiss()
        if phase is Phase.STOPPING:
            self._strip.set_stopping()
        self._show_progress()
        self._enable()

    def _move_focus(self, *, is_new: bool) -> None:
        """Where the focus would be lost (the first screen goes, a button is disabled), it goes where the work is."""
        if self._session.phase is Phase.EMPTY:
            return
        focus = self.focusWidget()
        if is_new:
            self.room.panes()[0].setFocus()
        elif focus is None or self._top.isAncestorOf(focus):
            pane = self.room.findings if self._session.phase is Phase.ENDED else self.room.source
            pane.setFocus()

    def _show_progress(self) -> None:
        if self._session.is_running:
            progress = self._session.progress
            if self._session.phase is Phase.RUNNING:
                self._strip.set_progress(progress.fraction, progress.sentence(self._commands.elapsed_s()))
            self._strip.show()
        else:
            self._strip.hide()

    def _show_panel(self) -> None:
        self._top.show_panel(self._session.panel)
        if self._session.waiting_translations() and self._session.panel.models:
            text = self.tr("Run again to have the parts in other languages translated.")
            self.show_notice(Notice(NoticeKind.INFO, text, self.tr("Run"), "run"))

    def _enable(self) -> None:
        """Which actions can be done now."""
        table, session, desk = self.actions_table, self._session, self._decisions
        is_room = session.phase is not Phase.EMPTY
        has_finding = self._presenter.has_finding
        enabled = {
            "run": session.can_run,
            "stop": session.phase is Phase.RUNNING,
            "start_over": is_room and not session.is_running,
            "remove": session.shown is not None and not session.is_running,
            "models": not session.is_running,
            "undo": bool(desk.undo_text),
            "redo": bool(desk.redo_text),
            "agree": has_finding,
            "dismiss": has_finding,
            "note": has_finding,
            "add_files": not session.is_running,
            "add_folder": not session.is_running,
            **dict.fromkeys(_ROOM_ACTIONS, is_room),
        }
        for name, value in enabled.items():
            table[name].setEnabled(value)
        table["undo"].setText(desk.undo_text or self.tr("&Undo"))
        table["redo"].setText(desk.redo_text or self.tr("&Redo"))
        self._top.set_workflow_enabled(enabled=not session.is_running)

    def _take_end(self) -> None:
        self._commands.list_runs()
        if self._is_closing:
            self.close()

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
        folder = str(self._settings.value("folder", str(Path.home())))
        dialog = QFileDialog(self, self.tr("Add documents"), folder)
        dialog.setObjectName("fileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        return dialog

    def _take_files(self, names: Sequence[str]) -> None:
        paths = [Path(name) for name in names]
        if paths:
            self._settings.setValue("folder", str(paths[0].parent))
        self._commands.add(paths)

    def _take_drop(self, paths: Sequence[Path]) -> None:
        if self._session.is_running:
            text = self.tr("A run is going on. Drop the files again when it has ended, or stop it first.")
            self.show_notice(Notice(NoticeKind.INFO, text, self.tr("Stop"), "stop"))
        elif paths:
            self._commands.add(paths)
        else:
            text = self.tr(
                "There is no file behind what was dropped. Save it to a folder first, then drop it from there."
            )
            self.show_notice(Notice(NoticeKind.WARNING, text))

    def _ask_for_models(self) -> None:
        dialog = ModelsDialog(self._theme, self._session.panel, self)
        dialog.chosen.connect(self._commands.choose_panel)
        dialog.tested.connect(self._commands.test_models)
        self._commands.models_tested.connect(dialog.show_checks)
        dialog.open()

    def _ask_for_reason(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("dismissReasons")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, reason in enumerate(DismissReason, start=1):
            menu.addAction(f"&{number}  {words.dismiss_reason(reason)}", partial(self._presenter.dismiss, reason))
        pane = self.room.detail
        menu.popup(pane.mapToGlobal(QPoint(pane.width() // 3, pane.height() // 2)))

    def _choose_workflow(self, workflow: str | None) -> None:
        self._session.workflow = workflow

    def _start_over(self) -> None:
        self._banner.dismiss()
        self._session.clear()

    def _remove(self) -> None:
        if self._session.shown is not None:
            self._session.remove(self._session.shown.key)

    def _choose_theme(self, choice: ThemeChoice) -> None:
        self._theme.choose(choice)
        self._settings.setValue("theme", choice.value)
        self._check_theme()

    def _check_theme(self) -> None:
        for choice in ThemeChoice:
            self.actions_table[f"theme_{choice.value}"].setChecked(choice is self._theme.choice)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_keys(self) -> None:
        KeysDialog(self.actions_table.keys(), self).open()

    def _show_about(self) -> None:
        text = self.tr(
            "Reviewer %1\n\nReads contracts and papers with you. MIT licence.\nBuilt with Qt for Python (LGPL), "
            "PDFium, the Inter typeface and Phosphor icons. Findings are a starting point, not legal advice."
        )
        box = QMessageBox(
            QMessageBox.Icon.NoIcon, self.tr("About Reviewer"), text.replace("%1", __version__), parent=self
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    # ------------------------------------------------------------------------------------------------------- the panes

    def _go_to(self, index: int) -> None:
        self.room.panes()[index].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step_pane(self, step: int) -> None:
        panes = self.room.panes()
        focus = self.focusWidget()
        here = next((i for i, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))), -step)
        self._go_to((here + step) % len(panes))

    # ------------------------------------------------------------------------------------------------- coming and going

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything may be dropped: what cannot be read is told, never ignored."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what was dropped."""
        event.acceptProposedAction()
        self._take_drop(dropped_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes at once where nothing runs; else asks, and closes when what is done is kept."""
        if self._session.is_running:
            event.ignore()
            if not self._is_closing:
                self._ask_to_close()
            return
        self._keep()
        event.accept()
        self.closed.emit()

    def _ask_to_close(self) -> None:
        box = QMessageBox(self)
        box.setObjectName("closeQuestion")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Reviewer")
        box.setText(self.tr("A run is going on."))
        box.setInformativeText(
            self.tr("What is done is kept. The same run goes on where it was when you press Run again.")
        )
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Keep running"), QMessageBox.ButtonRole.RejectRole)
        stop.setObjectName("stopAndClose")
        stay.setObjectName("keepRunning")
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        stop.clicked.connect(self._stop_and_close)
        box.open()

    def _stop_and_close(self) -> None:
        self._is_closing = True
        if self._session.is_running:
            self._commands.stop()
        else:
            self.close()

    def _keep(self) -> None:
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("layout", self.room.layout_state())

    def _restore(self) -> None:
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        else:
            self.resize(*USUAL)
        layout = self._settings.value("layout")
        if isinstance(layout, list):
            self.room.restore_layout(layout)
        self._check_theme()


_ROOM_ACTIONS = (
    "find", "next_finding", "previous_finding", "next_section", "previous_section", "summary", "translation",
    "documents_pane", "outline_pane", "source_pane", "findings_pane", "panels_pane", "next_pane", "previous_pane",
    "zoom_in", "zoom_out", "fit_width",
)  # fmt: skip


def _nothing() -> None:
    """The source pane listens to the action itself."""
