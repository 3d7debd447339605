"""Between the window and what the next run is told: its questions, and which version is the earlier one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reviewer.ui.main_window import MainWindow
from reviewer.ui.viewmodels.instruction_words import instruction_words
from reviewer.ui.viewmodels.instructions import Need
from reviewer.ui.viewmodels.notice import Notice, NoticeKind
from reviewer.ui.viewmodels.session import Session
from reviewer.ui.views.instruction_strip import InstructionStrip
from reviewer.ui.views.questions_dialog import QuestionsDialog


class InstructionControl(QObject):
    """Shows what the next run is told, asks for what is missing, and lets nothing run before it is there."""

    noticed = Signal(object)
    """A `Notice`."""
    run_wanted = Signal()
    """The questions were written, and are to be asked at once."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._instructions = session.instructions
        self._strip = InstructionStrip()
        window.put_above(self._strip)
        self._strip.acted.connect(self._act)
        for signal in (self._instructions.changed, session.shelf_changed, session.phase_changed):
            signal.connect(self._show)
        self._show()

    def choose(self, workflow: str | None) -> None:
        """Takes the workflow that was chosen, and asks for its questions where there are none yet."""
        self._instructions.choose(workflow)
        if self._instructions.need is Need.QUESTIONS and not self._instructions.questions:
            self.ask_questions()

    def when_told(self, then: Callable[[], object]) -> Callable[[], None]:
        """Does something once a run is told all it needs; else asks for it, or says what is missing."""

        def do() -> None:
            said = instruction_words(self._session)
            if said is None or not said.is_missing:
                then()
            elif self._instructions.need is Need.QUESTIONS:
                self.ask_questions()
            else:
                self.noticed.emit(Notice(NoticeKind.WARNING, said.text))

        return do

    def ask_questions(self) -> None:
        """Opens the list of questions."""
        session = self._session
        matter = session.matter.name if session.matter else ""
        dialog = QuestionsDialog(self._instructions.questions, matter, self._window, can_run=session.can_run)
        dialog.kept.connect(self._instructions.write)
        dialog.run_wanted.connect(self.run_wanted)
        dialog.open()

    def _act(self) -> None:
        if self._instructions.need is Need.QUESTIONS:
            self.ask_questions()
        else:
            self._instructions.put_first(self._session.ordered()[-1].key)

    def _show(self) -> None:
        self._strip.say(instruction_words(self._session))
        self._strip.set_changeable(changeable=not self._session.is_running)
