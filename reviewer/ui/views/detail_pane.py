"""One finding in full: the words it rests on, why, every vote, and what a person decides."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.decision import DismissReason, Status
from reviewer.ui import words
from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import ICON_SIZE, Space
from reviewer.ui.viewmodels.detail import FindingDetail
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.views.detail_page import DetailPage

NOTE_HEIGHT = 64
TYPING_MS = 600
"""A note is kept when nothing was typed for so long, and when the finding is left."""


class DetailPane(QWidget):
    """Shows a finding and takes a decision about it. Decides nothing itself."""

    agree_requested = Signal()
    dismiss_requested = Signal(str)
    """A `DismissReason`."""
    reopen_requested = Signal()
    note_edited = Signal(str)
    quote_activated = Signal(object)
    """An `Anchor`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry: Entry | None = None
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("detail")
        self._scroll.setAccessibleName(self.tr("The chosen finding"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = QLabel(self.tr("Choose a finding to see the words it rests on, the votes and the dissent."))
        self._hint.setProperty("role", "muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setMargin(Space.HUGE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._footer())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._keep_note)
        theme.changed.connect(self._draw)
        self._draw()
        self.show_entry(None)

    @property
    def entry(self) -> Entry | None:
        """The finding that is shown."""
        return self._entry

    def show_entry(self, entry: Entry | None) -> None:
        """Shows a finding, or a hint where there is none. The same finding keeps its place and its cursor."""
        is_same = entry is not None and self._entry is not None and entry.finding.id == self._entry.finding.id
        if not is_same:
            self._keep_note()
        needs_page = not is_same or (
            entry is not None and self._entry is not None and entry.finding != self._entry.finding
        )
        self._entry = entry
        if entry is not None and needs_page:
            page = DetailPage(self._theme, FindingDetail.of(entry))
            page.quote_activated.connect(self.quote_activated)
            self._scroll.setWidget(page)
        self._stack.setCurrentWidget(self._scroll if entry else self._hint)
        self._show_standing(is_same=is_same)

    def edit_note(self) -> None:
        """Puts the cursor into the note."""
        if self._entry is not None:
            self._note.show()
            self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _footer(self) -> QWidget:
        footer = QWidget()
        column = QVBoxLayout(footer)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(Space.SMALL)
        self._note = _NoteField()
        self._note.setObjectName("note")
        self._note.setAccessibleName(self.tr("Note"))
        self._note.setPlaceholderText(self.tr("A note to this finding. Esc goes back."))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(NOTE_HEIGHT)
        self._note.textChanged.connect(self._note_typed)
        self._note.left.connect(self._leave_note)
        self._status = QLabel()
        self._status.setObjectName("decision")
        self._agree = self._button(self.tr("Agree"), "agree", self.agree_requested.emit)
        self._dismiss = self._dismiss_button()
        self._reopen = self._button(self.tr("Reopen"), "reopen", self.reopen_requested.emit)
        self._note_button = self._button(self.tr("Note"), "editNote", self.edit_note)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        for button in (self._agree, self._dismiss, self._reopen, self._note_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._status)
        column.addWidget(self._note)
        column.addLayout(row)
        self._footer_box = footer
        return footer

    def _button(self, text: str, name: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.clicked.connect(slot)
        return button

    def _dismiss_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("Dismiss"))
        button.setObjectName("dismiss")
        button.setAccessibleName(self.tr("Dismiss, with a reason"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        for reason in DismissReason:
            action = menu.addAction(words.dismiss_reason(reason))
            action.setData(reason.value)
        menu.triggered.connect(lambda action: self.dismiss_requested.emit(action.data()))
        button.setMenu(menu)
        return button

    def _show_standing(self, *, is_same: bool) -> None:
        entry = self._entry
        self._footer_box.setVisible(entry is not None)
        if entry is None:
            return
        standing = entry.standing
        is_open = standing.status is Status.OPEN
        self._status.setText("" if is_open else words.status(standing))
        self._status.setProperty("role", "good" if standing.status is Status.AGREED else "muted")
        self._status.style().unpolish(self._status)
        self._status.style().polish(self._status)
        self._reopen.setVisible(not is_open)
        self._agree.setVisible(standing.status is not Status.AGREED)
        self._dismiss.setVisible(standing.status is not Status.DISMISSED)
        if not (is_same and self._note.hasFocus()) and self._note.toPlainText() != standing.note:
            self._note.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self._note.setPlainText(standing.note)
            self._note.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._note.setVisible(bool(standing.note) or (is_same and self._note.hasFocus()))

    def _note_typed(self) -> None:
        self._typing.start()

    def _keep_note(self) -> None:
        self._typing.stop()
        text = self._note.toPlainText().strip()
        if self._entry is not None and text != self._entry.standing.note:
            self.note_edited.emit(text)

    def _leave_note(self) -> None:
        self._keep_note()
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._note.setVisible(bool(self._note.toPlainText().strip()))

    def _draw(self) -> None:
        palette = self._theme.palette
        self._agree.setIcon(icon("agree", palette.good))
        self._dismiss.setIcon(icon("dismiss", palette.danger))
        self._reopen.setIcon(icon("undo", palette.text))
        self._note_button.setIcon(icon("note", palette.text))
        entry, self._entry = self._entry, None
        if entry is not None:
            self.show_entry(entry)


class _NoteField(QPlainTextEdit):
    """A text field that Esc leaves."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the finding; everything else types."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
