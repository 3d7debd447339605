"""Between the window and who answers: the dialog about models."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reviewer.ui.commands import Commands
from reviewer.ui.theme.theme import Theme
from reviewer.ui.viewmodels.session import Session
from reviewer.ui.views.models_dialog import ModelsDialog


class ModelControl(QObject):
    """Opens the dialog, and does what it asks for."""

    def __init__(self, window: QWidget, session: Session, commands: Commands, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._commands = commands
        self._theme = theme

    def ask(self) -> None:
        """Who answers?"""
        commands = self._commands.models
        dialog = ModelsDialog(self._theme, self._session.panel, self._window)
        dialog.chosen.connect(commands.keep)
        dialog.tested.connect(commands.test)
        commands.tested.connect(dialog.show_checks)
        dialog.servers_wanted.connect(commands.find_servers)
        commands.servers_found.connect(dialog.show_servers)
        dialog.facts_wanted.connect(commands.tell_facts)
        dialog.facts_given.connect(commands.set_facts)
        commands.facts_told.connect(dialog.show_facts)
        dialog.join_files(self._commands.model_files)
        dialog.open()
        dialog.tell_models()
