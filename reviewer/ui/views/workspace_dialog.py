"""Where the workspace is, and its backups."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.workspace import BackupInfo, Place
from reviewer.services.care import place_sentences
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.backups import BackupsModel


class WorkspaceDialog(QDialog):
    """Shows backups, makes one, asks for one to be put back. Opened with ``open()``, never ``exec()``.

    Args:
        can_change: whether a backup may be put back now.
    """

    backup_wanted = Signal()
    restore_wanted = Signal(str)
    """Name of a backup."""

    def __init__(self, parent: QWidget, *, can_change: bool) -> None:
        super().__init__(parent)
        self._can_change = can_change
        self._model = BackupsModel(self)
        self.setObjectName("workspaceDialog")
        self.setWindowTitle(self.tr("Workspace"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("Workspace"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        self._place = _label("workspacePlace")
        layout.addWidget(self._place)
        heading = QLabel(self.tr("&Backups"))
        heading.setFont(scaled_font(Scale.BODY, bold=True))
        layout.addWidget(heading)
        self._table = self._make_table()
        heading.setBuddy(self._table)
        layout.addWidget(self._table, 1)
        note = _label("backupsNote")
        note.setProperty("role", "muted")
        note.setText(
            self.tr("One is made each day that you work, and before an update changes the workspace. Seven days stay.")
        )
        layout.addWidget(note)
        layout.addLayout(self._make_buttons())

    def show_facts(self, place: Place, backups: Sequence[BackupInfo]) -> None:
        """Shows where the workspace is, and its backups, newest first."""
        self._place.setText("\n".join([place.folder, *place_sentences(place)]))
        self._model.show(backups)
        if backups:
            self._table.selectRow(0)
        self._enable()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("backups")
        table.setAccessibleName(self.tr("Backups, newest first"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.selectionModel().selectionChanged.connect(self._enable)
        return table

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._back_up = self._button(self.tr("Back up &now"), "backUp")
        self._back_up.clicked.connect(self.backup_wanted)
        self._restore = self._button(self.tr("&Put back…"), "restore")
        self._restore.clicked.connect(self._ask)
        self._restore.setEnabled(False)
        close = self._button(self.tr("Close"), "closeWorkspace")
        close.clicked.connect(self.accept)
        row.addWidget(self._back_up)
        row.addWidget(self._restore)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        return button

    def _enable(self) -> None:
        self._restore.setEnabled(self._can_change and self._table.selectionModel().hasSelection())

    def _ask(self) -> None:
        row = self._table.selectionModel().selectedRows()[0].row()
        name = self._model.backup(row).name
        when = str(self._model.data(self._model.index(row, 0)))
        box = QMessageBox(self)
        box.setObjectName("restoreQuestion")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Reviewer")
        box.setText(self.tr("Put the backup of %1 in the workspace's place?").replace("%1", when))
        box.setInformativeText(
            self.tr("Runs and decisions made since are gone from view. What is there now becomes a backup first.")
        )
        yes = box.addButton(self.tr("Put back"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        yes.setObjectName("confirmRestore")
        no.setObjectName("cancelRestore")
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self._take(name))
        box.open()

    def _take(self, name: str) -> None:
        self.restore_wanted.emit(name)
        self.accept()


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    return label
