"""The foot of the detail: how a finding stands, what a person can decide, and the note."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from reviewer.domain.decision import DismissReason, Standing, Status
from reviewer.ui import words
from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.widgets.key_button import KeyButton

NOTE_HEIGHT = 64
TYPING_MS = 600
"""A note is kept when nothing was typed for so long, and when the field is left."""
ICON = 16
_ROLES = {Status.OPEN: "muted", Status.AGREED: "good", Status.DISMISSED: "muted"}


class DecisionBar(QWidget):
    """Asks for decisions; takes none itself."""

    agree_requested = Signal()
    dismiss_requested = Signal(str)
    """A `DismissReason`."""
    reopen_requested = Signal()
    note_edited = Signal(str)
    note_left = Signal()
    """Esc was pressed in the note."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._standing = Standing()
        self._told = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.MEDIUM)
        column.setSpacing(Space.SMALL)
        column.addLayout(self._state_row())
        column.addWidget(self._note_field())
        column.addLayout(self._button_row())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.keep_note)
        theme.changed.connect(self._draw)
        self.show_standing(Standing(), is_same=False)

    def show_standing(self, standing: Standing, *, is_same: bool) -> None:
        """Shows how a finding stands. What is being typed about the same finding stays."""
        self._standing = standing
        self._agree.setChecked(standing.status is Status.AGREED)
        self._dismiss.setChecked(standing.status is Status.DISMISSED)
        self._reopen.setVisible(standing.status is not Status.OPEN)
        is_writing = is_same and self._note.hasFocus()
        if not is_writing:
            self._typing.stop()
            self._told = standing.note
            self._put_note(standing.note)
            self._note.setVisible(bool(standing.note))
        self._draw()

    def edit_note(self) -> None:
        """Puts the cursor into the note."""
        self._note.show()
        self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep_note(self) -> None:
        """Says what the note is now, where that was not said before."""
        self._typing.stop()
        text = self._note.toPlainText().strip()
        if text != self._told:
            self._told = text
            self.note_edited.emit(text)

    def _state_row(self) -> QHBoxLayout:
        self._picture = QLabel()
        self._state = QLabel()
        self._state.setObjectName("decision")
        self._state.setWordWrap(True)
        self._reopen = QPushButton(self.tr("Reopen"))
        self._reopen.setObjectName("reopen")
        self._reopen.setAccessibleName(self.tr("Reopen"))
        self._reopen.setToolTip(self.tr("Take the decision back"))
        self._reopen.setProperty("role", "quiet")
        self._reopen.clicked.connect(self.reopen_requested)
        row = QHBoxLayout()
        row.setSpacing(Space.TINY)
        row.addWidget(self._picture)
        row.addWidget(self._state, 1)
        row.addWidget(self._reopen)
        return row

    def _note_field(self) -> QPlainTextEdit:
        self._note = NoteField()
        self._note.setObjectName("note")
        self._note.setAccessibleName(self.tr("Note"))
        self._note.setPlaceholderText(self.tr("A note to this finding. Esc goes back."))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(NOTE_HEIGHT)
        self._note.textChanged.connect(self._start_typing)
        self._note.left.connect(self._leave_note)
        self._note.focus_lost.connect(self.keep_note)
        return self._note

    def _button_row(self) -> QHBoxLayout:
        self._agree = KeyButton(self._theme, self.tr("Agree"), "agree", "A")
        self._agree.setCheckable(True)
        self._agree.clicked.connect(self._ask_agree)
        self._agree.show_icon("agree", "good")
        self._dismiss = KeyButton(self._theme, self.tr("Dismiss…"), "dismiss", "X")
        self._dismiss.setCheckable(True)
        self._dismiss.setAccessibleName(self.tr("Dismiss, with a reason"))
        self._dismiss.clicked.connect(self._ask_reason)
        self._dismiss.show_icon("dismiss", "danger")
        note = KeyButton(self._theme, self.tr("Note"), "editNote", "N")
        note.clicked.connect(self.edit_note)
        note.show_icon("note", "text")
        self._reasons = self._reason_menu()
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        for button in (self._agree, self._dismiss, note):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _reason_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("reasons")
        for reason in DismissReason:
            action = menu.addAction(words.dismiss_reason(reason))
            action.setData(reason.value)
        menu.triggered.connect(self._ask_dismiss)
        return menu

    def _ask_agree(self) -> None:
        self._agree.setChecked(self._standing.status is Status.AGREED)
        if self._standing.status is not Status.AGREED:
            self.agree_requested.emit()

    def _ask_reason(self) -> None:
        self._dismiss.setChecked(self._standing.status is Status.DISMISSED)
        height = self._reasons.sizeHint().height()
        self._reasons.popup(self._dismiss.mapToGlobal(QPoint(0, -height)))

    def _ask_dismiss(self, action: QAction) -> None:
        self.dismiss_requested.emit(action.data())

    def _put_note(self, text: str) -> None:
        if self._note.toPlainText() != text:
            self._note.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self._note.setPlainText(text)
            self._note.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def _start_typing(self) -> None:
        self._typing.start()

    def _leave_note(self) -> None:
        self.keep_note()
        self.note_left.emit()
        self._note.setVisible(bool(self._note.toPlainText().strip()))

    def _draw(self) -> None:
        palette, status = self._theme.palette, self._standing.status
        name = words.STATUS_ICONS[status] or "waiting"
        colour = palette.good if status is Status.AGREED else palette.muted
        self._picture.setPixmap(icon(name, colour).pixmap(QSize(ICON, ICON)))
        self._reopen.setIcon(icon("undo", palette.text))
        self._state.setText(words.why_open(self._standing) or words.status(self._standing))
        self._state.setProperty("role", _ROLES[status])
        self._state.style().unpolish(self._state)
        self._state.style().polish(self._state)


class NoteField(QPlainTextEdit):
    """A text field that Esc leaves, and that says when it lost the focus."""

    left = Signal()
    focus_lost = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the finding; everything else types."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever leaves the field has written the note."""
        super().focusOutEvent(event)
        self.focus_lost.emit()
