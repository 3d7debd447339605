"""Between the window and what is replaced before sending: the dialog, for the user's list and for a matter's."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reviewer.domain.document import Document
from reviewer.domain.matter import Matter
from reviewer.domain.redaction import RedactionChoice
from reviewer.ui.redaction_commands import RedactionCommands
from reviewer.ui.viewmodels.session import Session
from reviewer.ui.views.redaction_dialog import RedactionDialog


class RedactionControl(QObject):
    """Opens the dialog, and does what it asks for."""

    def __init__(self, window: QWidget, session: Session, commands: RedactionCommands) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._commands = commands

    def ask(self) -> None:
        """The user's own list. The preview adds that of the matter that is worked in, as a run does."""
        matter = self._session.matter
        dialog = RedactionDialog(self._session.basis.redaction, self._documents(), self._window)
        dialog.kept.connect(self._commands.keep)
        beside = RedactionChoice(matter.redacts, matter.redact_terms) if matter is not None else RedactionChoice()
        self._open(dialog, lambda choice: choice.with_list(beside.terms, is_on=beside.is_on))

    def ask_for(self, matter: Matter) -> None:
        """A matter's list, which holds besides the user's own; the preview is of both."""
        own = self._session.basis.redaction
        choice = RedactionChoice(matter.redacts, matter.redact_terms, own.patterns, own.local)
        dialog = RedactionDialog(choice, self._documents(), self._window, matter.name)
        dialog.kept.connect(lambda chosen: self._commands.keep_for(matter, chosen))
        self._open(dialog, lambda choice: own.with_list(choice.terms, is_on=choice.is_on))

    def _open(self, dialog: RedactionDialog, as_run: Callable[[RedactionChoice], RedactionChoice]) -> None:
        """Opens it; ``as_run`` makes of its choice what a run would replace, with the other list."""
        commands = self._commands
        dialog.preview_wanted.connect(lambda document, choice: commands.preview(document, as_run(choice)))
        dialog.file_chosen.connect(lambda name: commands.read(Path(name)))
        commands.previewed.connect(dialog.show_preview)
        commands.listed.connect(dialog.add_terms)
        commands.list_refused.connect(dialog.show_refusal)
        dialog.open()
        dialog.look()

    def _documents(self) -> list[tuple[str, Document]]:
        shown = self._session.shown
        files = sorted(self._session.files.values(), key=lambda each: shown is None or each.key != shown.key)
        return [(each.name, each.document) for each in files if each.document is not None]
