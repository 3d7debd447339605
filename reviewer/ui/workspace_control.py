"""Between the window and the workspace itself: backups, repair, matters."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from reviewer.ui.redaction_control import RedactionControl
from reviewer.ui.viewmodels.session import Session
from reviewer.ui.views.history_dialog import HistoryDialog
from reviewer.ui.views.matters_dialog import MattersDialog
from reviewer.ui.views.workspace_dialog import WorkspaceDialog
from reviewer.ui.workspace_commands import WorkspaceCommands


class WorkspaceControl(QObject):
    """Opens the dialogs about the workspace, and does what they ask for.

    Args:
        start_over: empties the window, as what it shows is about to change.
        redactions: opens a matter's list of names to replace.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        commands: WorkspaceCommands,
        start_over: Callable[[], None],
        redactions: RedactionControl,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._commands = commands
        self._start_over = start_over
        self._redactions = redactions

    @property
    def can_change(self) -> bool:
        """True when something can be kept, and nothing runs."""
        return not self._session.is_running and not self._session.is_read_only

    def show_workspace(self) -> None:
        """Where the workspace is, and its backups."""
        dialog = WorkspaceDialog(self._window, can_change=self.can_change)
        dialog.backup_wanted.connect(self._commands.back_up)
        dialog.restore_wanted.connect(self._restore)
        self._commands.told.connect(dialog.show_facts)
        dialog.open()
        self._commands.tell()

    def show_matters(self) -> None:
        """The matters."""
        dialog = MattersDialog(self._window, self._session.matter, can_change=self.can_change)
        dialog.chosen.connect(self._session.choose_matter)
        dialog.wanted.connect(self._commands.create)
        dialog.to_allow.connect(self._commands.allow)
        dialog.to_redact.connect(self._redactions.ask_for)
        dialog.to_pack.connect(
            lambda matter, path, password, originals: self._commands.pack(
                matter, path, password, with_originals=originals
            )
        )
        dialog.to_take_in.connect(self._commands.take_in)
        dialog.to_delete.connect(self._commands.delete)
        self._commands.matters_listed.connect(dialog.show_matters)
        dialog.open()
        self._commands.list_matters()

    def show_history(self) -> None:
        """Who decided what when about what is shown."""
        dialog = HistoryDialog(self._window)
        self._commands.history_told.connect(dialog.show_entries)
        dialog.open()
        self._commands.tell_history()

    def ask_to_repair(self) -> None:
        """Asks whether the workspace is to be repaired."""
        box = QMessageBox(self._window)
        box.setObjectName("repairQuestion")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Reviewer")
        box.setText(self.tr("Repair the workspace?"))
        box.setInformativeText(
            self.tr(
                "A new database is made of the newest backup and of everything that can still be read. The damaged "
                "files are kept beside it."
            )
        )
        repair = box.addButton(self.tr("Repair"), QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(self.tr("Not now"), QMessageBox.ButtonRole.RejectRole)
        repair.setObjectName("repair")
        cancel.setObjectName("notNow")
        box.setEscapeButton(cancel)
        repair.clicked.connect(self._repair)
        box.open()

    def _restore(self, name: str) -> None:
        self._start_over()
        self._commands.restore(name)

    def _repair(self) -> None:
        self._start_over()
        self._commands.repair()
