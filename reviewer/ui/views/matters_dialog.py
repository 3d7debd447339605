"""Matters: made, chosen, handed to a colleague, taken in, deleted."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.matter import Matter, Turn
from reviewer.domain.secret import Secret
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.matters import MattersModel
from reviewer.ui.views.egress_dialog import EgressDialog

SUFFIX = ".reviewer"


class MattersDialog(QDialog):
    """Lists matters. Opened with ``open()``, never ``exec()``.

    Args:
        current: the matter that runs belong to now, if any.
        can_change: whether anything can be kept, and nothing runs.
    """

    chosen = Signal(object)
    """A `Matter` to work in, or None for none."""
    wanted = Signal(str)
    """Name of a matter to make; its text stays on this computer."""
    to_allow = Signal(object, object, object)
    """`Matter`, its new `Egress`, and a tuple of `Destination`s."""
    to_redact = Signal(object)
    """The `Matter` whose list of names to replace is to be edited."""
    to_pack = Signal(object, object, object, bool)
    """`Matter`, the `Path` to write, a `Secret` password (empty for none), and whether the reviewed files go along."""
    to_take_in = Signal(object, object)
    """`Path` of a colleague's file, and a password as `Secret`, empty for none."""
    to_delete = Signal(object)

    def __init__(self, parent: QWidget, current: Matter | None, *, can_change: bool) -> None:
        super().__init__(parent)
        self._current = current
        self._can_change = can_change
        self._model = MattersModel(self)
        self.setObjectName("mattersDialog")
        self.setWindowTitle(self.tr("Matters"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 560)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("Matters"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        layout.addWidget(self._explanation())
        layout.addLayout(self._make_new())
        self._table = self._make_table()
        layout.addWidget(self._table, 1)
        layout.addLayout(self._make_sharing())
        layout.addLayout(self._make_buttons())
        self._enable()

    def show_matters(self, rows: Sequence[tuple[Matter, Sequence[Turn]]]) -> None:
        """Shows matters with the versions of their documents, newest first."""
        self._model.show(rows)
        if rows:
            self._table.selectRow(0)
        self._enable()

    def _explanation(self) -> QLabel:
        label = QLabel(
            self.tr(
                "A matter keeps documents, their versions, runs and decisions of one piece of work together. "
                "You need none to review a file. The text of a new matter stays on this computer until you say "
                "where it may go. Reviewer does not encrypt what it keeps."
            )
        )
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        return label

    def _make_new(self) -> QHBoxLayout:
        self._name = QLineEdit()
        self._name.setObjectName("matterName")
        self._name.setAccessibleName(self.tr("Name of a new matter"))
        self._name.setPlaceholderText(self.tr("Name of a new matter"))
        self._name.textChanged.connect(self._enable)
        self._name.returnPressed.connect(self._create)
        self._make = self._button(self.tr("&Make"), "makeMatter")
        self._make.clicked.connect(self._create)
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(self._make)
        return row

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("matters")
        table.setAccessibleName(self.tr("Matters, newest first"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.selectionModel().selectionChanged.connect(self._enable)
        table.activated.connect(self._choose)
        return table

    def _make_sharing(self) -> QHBoxLayout:
        self._password = QLineEdit()
        self._password.setObjectName("matterPassword")
        self._password.setAccessibleName(self.tr("Password of the file"))
        self._password.setPlaceholderText(self.tr("Password of the file (may be empty)"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._originals = QCheckBox(self.tr("With the reviewed &files"))
        self._originals.setObjectName("matterOriginals")
        self._share = self._button(self.tr("S&hare…"), "shareMatter")
        self._share.clicked.connect(self._ask_where)
        self._take = self._button(self.tr("&Take in…"), "takeInMatter")
        self._take.clicked.connect(self._ask_which)
        row = QHBoxLayout()
        row.addWidget(self._password, 1)
        row.addWidget(self._originals)
        row.addWidget(self._share)
        row.addWidget(self._take)
        return row

    def _make_buttons(self) -> QHBoxLayout:
        self._work = self._button(self.tr("&Work in it"), "chooseMatter")
        self._work.setProperty("role", "primary")
        self._work.clicked.connect(self._choose)
        self._leave = self._button(self.tr("Work in &none"), "leaveMatter")
        self._leave.clicked.connect(self._choose_none)
        self._allow = self._button(self.tr("Where its te&xt may go…"), "allowMatter")
        self._allow.clicked.connect(self._ask_where_to_send)
        self._redact = self._button(self.tr("&Replace names…"), "redactMatter")
        self._redact.clicked.connect(self._edit_redactions)
        self._delete = self._button(self.tr("&Delete…"), "deleteMatter")
        self._delete.clicked.connect(self._ask_to_delete)
        close = self._button(self.tr("Close"), "closeMatters")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._delete)
        row.addWidget(self._allow)
        row.addWidget(self._redact)
        row.addStretch(1)
        for button in (self._leave, close, self._work):
            row.addWidget(button)
        return row

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        return button

    def _enable(self) -> None:
        selected = self._selected()
        self._make.setEnabled(self._can_change and bool(self._name.text().strip()))
        self._work.setEnabled(selected is not None)
        self._leave.setEnabled(self._current is not None)
        self._share.setEnabled(selected is not None)
        self._take.setEnabled(self._can_change)
        self._delete.setEnabled(self._can_change and selected is not None)
        self._redact.setEnabled(self._can_change and selected is not None)
        self._allow.setEnabled(self._can_change and selected is not None)

    def _selected(self) -> Matter | None:
        rows = self._table.selectionModel().selectedRows() if hasattr(self, "_table") else []
        return self._model.matter(rows[0].row()) if rows else None

    def _create(self) -> None:
        if self._make.isEnabled():
            self.wanted.emit(self._name.text())
            self.accept()

    def _choose(self) -> None:
        matter = self._selected()
        if matter is not None:
            self.chosen.emit(matter)
            self.accept()

    def _choose_none(self) -> None:
        self.chosen.emit(None)
        self.accept()

    def _ask_where_to_send(self) -> None:
        matter = self._selected()
        if matter is not None:
            dialog = EgressDialog(matter, self)
            dialog.chosen.connect(lambda egress, endpoints: self.to_allow.emit(matter, egress, endpoints))
            dialog.open()

    def _edit_redactions(self) -> None:
        matter = self._selected()
        if matter is not None:
            self.to_redact.emit(matter)
            self.accept()

    def _ask_where(self) -> None:
        matter = self._selected()
        if matter is None:
            return
        dialog = self._file_dialog(self.tr("Share the matter"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile("".join(each if each.isalnum() or each in " -_" else "_" for each in matter.name) + SUFFIX)
        password, with_originals = Secret(self._password.text()), self._originals.isChecked()

        def take(name: str) -> None:
            self.to_pack.emit(matter, Path(name), password, with_originals)
            self.accept()

        dialog.fileSelected.connect(take)
        dialog.open()

    def _ask_which(self) -> None:
        dialog = self._file_dialog(self.tr("Take a matter in"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Matters (%1)").replace("%1", f"*{SUFFIX}"), self.tr("All files (*)")])
        password = Secret(self._password.text())

        def take(name: str) -> None:
            self.to_take_in.emit(Path(name), password)
            self.accept()

        dialog.fileSelected.connect(take)
        dialog.open()

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setObjectName("matterFile")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _ask_to_delete(self) -> None:
        matter = self._selected()
        if matter is None:
            return
        box = QMessageBox(self)
        box.setObjectName("deleteQuestion")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Reviewer")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Delete %1?").replace("%1", matter.name))
        box.setInformativeText(
            self.tr(
                "Its runs, decisions and documents are deleted here and in the backups. This cannot be undone. "
                "Files elsewhere on your disk stay."
            )
        )
        yes = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        yes.setObjectName("confirmDelete")
        no.setObjectName("cancelDelete")
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self.to_delete.emit(matter))
        box.open()
