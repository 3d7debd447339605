"""One finding in full: the words it rests on, why, every vote, and what a person decides."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.detail import FindingDetail
from reviewer.ui.viewmodels.entry import Entry
from reviewer.ui.views.decision_bar import DecisionBar
from reviewer.ui.views.detail_page import DetailPage


class DetailPane(QWidget):
    """Shows a finding and asks for decisions about it. Decides nothing itself."""

    agree_requested = Signal()
    dismiss_requested = Signal(str)
    """A `DismissReason`."""
    reopen_requested = Signal()
    note_edited = Signal(str)
    """The note of `entry`, which is still the finding it was written about."""
    quote_activated = Signal(object)
    """An `Anchor`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry: Entry | None = None
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._scroll = self._scroll_area()
        self._hint = self._hint_label()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self._scroll)
        self._line = QFrame()
        self._line.setFixedHeight(1)
        self._bar = DecisionBar(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._line)
        layout.addWidget(self._bar)
        self._listen()
        self._draw()
        self.show_entry(None)

    @property
    def entry(self) -> Entry | None:
        """The finding that is shown."""
        return self._entry

    def show_entry(self, entry: Entry | None) -> None:
        """Shows a finding, or a hint where there is none. The same finding keeps its place and its cursor.

        A note that is still being written about the finding before is told first.
        """
        before = self._entry
        is_same = entry is not None and before is not None and entry.finding.id == before.finding.id
        if before is not None and not is_same:
            self._bar.keep_note()
        self._entry = entry
        if entry is not None and (before is None or _content(entry) != _content(before)):
            self._show_page(entry, keeps_place=is_same)
        self._stack.setCurrentWidget(self._scroll if entry else self._hint)
        self._line.setVisible(entry is not None)
        self._bar.setVisible(entry is not None)
        if entry is not None:
            self._bar.show_standing(entry.standing, is_same=is_same)

    def edit_note(self) -> None:
        """Puts the cursor into the note."""
        if self._entry is not None:
            self._bar.edit_note()

    def _listen(self) -> None:
        bar = self._bar
        bar.agree_requested.connect(self.agree_requested)
        bar.dismiss_requested.connect(self.dismiss_requested)
        bar.reopen_requested.connect(self.reopen_requested)
        bar.note_edited.connect(self.note_edited)
        bar.note_left.connect(self._focus_page)
        self._theme.changed.connect(self._draw)

    def _focus_page(self) -> None:
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_page(self, entry: Entry, *, keeps_place: bool) -> None:
        """Builds the page anew. The old one goes when Qt is done with it: it may be what was just clicked on."""
        place = self._scroll.verticalScrollBar().value() if keeps_place else 0
        old = self._scroll.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        page = DetailPage(self._theme, FindingDetail.of(entry))
        page.quote_activated.connect(self.quote_activated)
        self._scroll.setWidget(page)
        self._scroll.verticalScrollBar().setValue(place)

    def _scroll_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setObjectName("detail")
        area.setAccessibleName(self.tr("The chosen finding"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _hint_label(self) -> QLabel:
        hint = QLabel(self.tr("Choose a finding to see the words it rests on, the votes and the dissent."))
        hint.setObjectName("detailHint")
        hint.setProperty("role", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        hint.setMargin(Space.HUGE)
        return hint

    def _draw(self) -> None:
        palette = self._theme.palette
        self._line.setStyleSheet(f"background: {palette.line};")
        ring = f"#detail {{ border: 2px solid {palette.surface}; }} #detail:focus {{ border-color: {palette.focus}; }}"
        self._scroll.setStyleSheet(ring)
        if self._entry is not None:
            self._show_page(self._entry, keeps_place=True)


def _content(entry: Entry) -> tuple[object, ...]:
    """What the page is made of; a decision changes none of it."""
    return entry.finding, entry.number, entry.heading, entry.route
