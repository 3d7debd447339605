"""Asks for the password of a protected file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from reviewer.domain.secret import Secret
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space


class PasswordDialog(QDialog):
    """Opened with ``open()``, never ``exec()``.

    Args:
        name: the file's.
        is_again: the password given before was wrong.
    """

    given = Signal(object)
    """A `Secret`."""

    def __init__(self, name: str, *, is_again: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passwordDialog")
        self.setWindowTitle(self.tr("Password"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("%1 is protected").replace("%1", name))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        layout.addWidget(self._explanation(is_again=is_again))
        self._field = QLineEdit()
        self._field.setObjectName("password")
        self._field.setAccessibleName(self.tr("Password"))
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.textChanged.connect(self._enable)
        layout.addWidget(self._field)
        layout.addLayout(self._buttons())
        self._enable()

    def _explanation(self, *, is_again: bool) -> QLabel:
        kept = self.tr("The password is used until Reviewer closes, and is not stored.")
        wrong = self.tr("This password does not open it. Capital and small letters differ.")
        label = QLabel(f"{wrong}\n{kept}" if is_again else kept)
        label.setProperty("role", "warning" if is_again else "muted")
        label.setWordWrap(True)
        return label

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setObjectName("cancelPassword")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._open = QPushButton(self.tr("Open"))
        self._open.setObjectName("usePassword")
        self._open.setProperty("role", "primary")
        self._open.setDefault(True)
        self._open.clicked.connect(self._give)
        for button in (cancel, self._open):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        return row

    def _enable(self) -> None:
        self._open.setEnabled(bool(self._field.text()))

    def _give(self) -> None:
        self.given.emit(Secret(self._field.text()))
        self.accept()
