"""Between the window and its run: its estimate, how it stands, its pause, closing in the middle."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from reviewer.domain.destination import Destination, places
from reviewer.domain.estimate import Estimate
from reviewer.services.requests import Allowance
from reviewer.ui.instruction_control import InstructionControl
from reviewer.ui.main_window import MainWindow
from reviewer.ui.redaction_control import RedactionControl
from reviewer.ui.refresh import Refresh
from reviewer.ui.run_commands import RunCommands
from reviewer.ui.viewmodels.egress import question
from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.run_sentence import is_silent, run_sentence, silence_notice
from reviewer.ui.viewmodels.session import Phase, Session
from reviewer.ui.views.estimate_dialog import EstimateDialog
from reviewer.ui.views.requests_dialog import RequestsDialog


class RunControl(QObject):
    """Shows how the run stands, and asks before it is broken off."""

    noticed = Signal(object)
    """A `Notice`."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        commands: RunCommands,
        refresh: Refresh,
        redactions: RedactionControl,
        told: InstructionControl,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._commands = commands
        self._refresh = refresh
        self._redactions = redactions
        self._told = told
        self._actions = window.actions_table
        self._is_closing = self._has_told_silence = False
        session.phase_changed.connect(self._show_phase)
        session.paused_changed.connect(self._show_pause)
        session.progressed.connect(self._take_progress)
        commands.settled.connect(self._take_end)
        commands.asked.connect(self._ask_to_send)
        told.run_wanted.connect(commands.run)
        window.strip.stop_requested.connect(commands.stop)
        window.strip.pause_requested.connect(commands.toggle_pause)
        window.may_close = self._may_close

    def slots(self) -> dict[str, Callable[[], object]]:
        """What the actions about the run do."""
        commands, when_told = self._commands, self._told.when_told
        return {
            "run": when_told(commands.run),
            "estimate": when_told(self._estimate),
            "requests": when_told(self._show_planned),
            "sent": self._show_sent,
            "pause": commands.toggle_pause,
            "stop": commands.stop,
            "hidden_text": self._choose_hidden_text,
        }

    def enabled(self) -> dict[str, bool]:
        """Which of them can be done now."""
        is_running = self._session.phase is Phase.RUNNING
        can_run = self._session.can_run
        return {
            "run": can_run,
            "estimate": can_run,
            "requests": can_run,
            "sent": self._session.report.run is not None,
            "pause": is_running,
            "stop": is_running,
            "hidden_text": not self._session.is_running,
        }

    def show_choice(self) -> None:
        """Ticks what the next run does."""
        self._actions["hidden_text"].setChecked(self._session.basis.hidden_text)

    def _choose_hidden_text(self) -> None:
        """Until the window is closed: for good it is a setting, so that nobody forgets that it is on."""
        is_on = self._actions["hidden_text"].isChecked()
        self._session.include_hidden(is_on=is_on)
        text = self.tr("Models read hidden and deleted text and comments, too, until you close the window.")
        if not is_on:
            text = self.tr("Models read only what a reader sees.")
        more = self.tr("Quotes of hidden text are never accepted.") if is_on else ""
        self.noticed.emit(Notice(NoticeKind.INFO, f"{text} {more}".strip()))

    def _estimate(self) -> None:
        session, commands = self._session, self._commands
        dialog = EstimateDialog(session.basis.allowance, session.badge, self._window)
        dialog.run_wanted.connect(self._run_within)
        dialog.requests_wanted.connect(self._show_planned)
        commands.estimated.connect(dialog.show_estimate)
        commands.estimate_refused.connect(dialog.show_refusal)
        dialog.open()
        commands.estimate()

    def _run_within(self, allowance: Allowance) -> None:
        self._session.allow(allowance)
        self._commands.run()

    # ----------------------------------------------------------------------------------- what leaves this computer

    def _ask_to_send(self, estimate: Estimate, missing: Sequence[Destination]) -> None:
        """Names hosts, documents, sections and bytes; a yes is for this run only."""
        box = QMessageBox(self._window)
        box.setObjectName("sendQuestion")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Reviewer")
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        names = ", ".join(file.name for file in self._session.files.values() if file.document)
        text = self.tr("Send text of %1 to %2?").replace("%1", names)
        box.setText(text.replace("%2", places(missing)))
        box.setInformativeText(f"{question(estimate, missing)}\n{self.tr('Your answer counts for this run only.')}")
        send = box.addButton(self.tr("Send and run"), QMessageBox.ButtonRole.AcceptRole)
        show = box.addButton(self.tr("Show the requests…"), QMessageBox.ButtonRole.HelpRole)
        keep = box.addButton(self.tr("Do not send"), QMessageBox.ButtonRole.RejectRole)
        for button, name in ((send, "sendAndRun"), (show, "showRequests"), (keep, "doNotSend")):
            button.setObjectName(name)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        send.clicked.connect(lambda: self._commands.run_agreed(missing))
        # A message box closes with each of its buttons: the question comes back when the requests were read.
        show.clicked.connect(lambda: self._show_planned().finished.connect(self._commands.ask_again))
        box.open()

    def _show_planned(self) -> RequestsDialog:
        none = self.tr("This run would send nothing beyond this computer.")
        dialog = RequestsDialog(self.tr("What a run would send"), none, self._session.titles(), self._window)
        self._commands.foretold.connect(dialog.show_planned)
        self._commands.estimate_refused.connect(dialog.show_refusal)
        dialog.redactions_wanted.connect(self._redactions.ask)
        dialog.open()
        self._commands.foretell()
        return dialog

    def _show_sent(self) -> None:
        none = self.tr("Nothing of this run left this computer.")
        dialog = RequestsDialog(self.tr("What was sent"), none, self._session.titles(), self._window)
        dialog.redactions_wanted.connect(self._redactions.ask)
        self._commands.sent_told.connect(dialog.show_sent)
        self._commands.text_told.connect(dialog.show_text)
        dialog.text_wanted.connect(self._commands.tell_text)
        dialog.open()
        self._commands.tell_sent()

    # --------------------------------------------------------------------------------------------------- what is shown

    def _show_phase(self) -> None:
        self._has_told_silence = False
        if self._session.phase is Phase.STOPPING:
            self._window.strip.set_stopping()
        self._show_progress()

    def _show_pause(self) -> None:
        is_paused = self._session.is_paused
        self._actions.rename("pause", self.tr("&Go on") if is_paused else self.tr("&Pause"))
        self._window.strip.set_paused(is_paused=is_paused)
        self._show_progress()

    def _take_progress(self) -> None:
        self._refresh.ask(self._show_progress)

    def _show_progress(self) -> None:
        session, strip = self._session, self._window.strip
        if session.phase is Phase.RUNNING:
            strip.set_progress(session.progress.fraction, run_sentence(session, self._commands.elapsed_s()))
            if is_silent(session) and not self._has_told_silence:
                self._has_told_silence = True
                self.noticed.emit(silence_notice(session))
        strip.setVisible(session.is_running)

    # --------------------------------------------------------------------------------------------------------- closing

    def _take_end(self) -> None:
        if self._is_closing:
            self._window.close()

    def _may_close(self) -> bool:
        """True at once where nothing runs; else asks, and closes when what is done is kept."""
        if not self._session.is_running:
            return True
        if not self._is_closing:
            self._ask_to_close()
        return False

    def _ask_to_close(self) -> None:
        box = QMessageBox(self._window)
        box.setObjectName("closeQuestion")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Reviewer")
        is_paused = self._session.is_paused
        box.setText(self.tr("A run is paused.") if is_paused else self.tr("A run is going on."))
        box.setInformativeText(
            self.tr("What is done is kept. The same run goes on where it was when you press Run again.")
        )
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stay_text = self.tr("Stay") if is_paused else self.tr("Keep running")
        stay = box.addButton(stay_text, QMessageBox.ButtonRole.RejectRole)
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
            self._window.close()
