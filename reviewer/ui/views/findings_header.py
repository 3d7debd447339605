"""The head of the findings pane: what there is, what is left to review, and what to list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from reviewer.domain.outcome import Severity
from reviewer.ui import words
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.findings_filter import Review
from reviewer.ui.viewmodels.severity_words import findings_words


class FindingsHeader(QWidget):
    """Says how many findings there are; asks for the filter. Filters nothing itself."""

    words_typed = Signal(str)
    review_chosen = Signal(object)
    """A `Review`."""
    severity_chosen = Signal(object)
    """The least `Severity`, or None for any."""
    left = Signal()
    """Someone is done with the search and wants the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.SMALL)
        column.setSpacing(Space.SMALL)
        column.addLayout(self._top())
        column.addLayout(self._bottom())

    def show_counts(self, count: int, left: int) -> None:
        """Says how many findings there are and how many of them are left to review."""
        text = self.tr("%1, %2 to review").replace("%2", str(left)) if left else self.tr("%1, all reviewed")
        self._counts.setText(text.replace("%1", findings_words(count)) if count else "")
        self._counts.setProperty("role", "muted" if left else "good")
        self._counts.style().unpolish(self._counts)
        self._counts.style().polish(self._counts)

    def clear(self) -> None:
        """Takes every filter off."""
        self._search.clear()
        self._severities.setCurrentIndex(0)
        self._chips[Review.ALL].click()

    def focus_search(self) -> None:
        """Puts the cursor into the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _top(self) -> QHBoxLayout:
        title = QLabel(self.tr("Findings"))
        title.setFont(scaled_font(Scale.BODY, bold=True))
        self._counts = QLabel()
        self._counts.setObjectName("findingsCount")
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(title)
        row.addWidget(self._counts)
        row.addStretch(1)
        row.addWidget(self._severity_box())
        return row

    def _bottom(self) -> QHBoxLayout:
        self._search = SearchField()
        self._search.setObjectName("findingsSearch")
        self._search.setAccessibleName(self.tr("Find in findings"))
        self._search.setPlaceholderText(self.tr("Find in findings"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self.words_typed)
        self._search.left.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(Space.TINY)
        row.addWidget(self._search, 1)
        row.addSpacing(Space.TINY)
        self._group = QButtonGroup(self)
        self._chips = {review: self._chip(review, text) for review, text in self._review_words()}
        for chip in self._chips.values():
            row.addWidget(chip)
        self._chips[Review.ALL].setChecked(True)
        return row

    def _review_words(self) -> tuple[tuple[Review, str], ...]:
        return (
            (Review.ALL, self.tr("All")),
            (Review.OPEN, self.tr("To review")),
            (Review.DECIDED, self.tr("Decided")),
        )

    def _chip(self, review: Review, text: str) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName(f"show_{review.value}")
        chip.setText(text)
        chip.setAccessibleName(self.tr("Show findings: %1").replace("%1", text))
        chip.setProperty("role", "quiet")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(chip)
        chip.clicked.connect(self._tell_review)
        return chip

    def _severity_box(self) -> QComboBox:
        box = QComboBox()
        box.setObjectName("findingsSeverity")
        box.setAccessibleName(self.tr("Show findings of this severity"))
        box.addItem(self.tr("Any severity"), None)
        for severity in list(Severity)[:-1]:
            word = words.severity(severity)
            text = word if severity is Severity.CRITICAL else self.tr("%1 and worse").replace("%1", word)
            box.addItem(text, severity.value)
        box.currentIndexChanged.connect(self._tell_severity)
        self._severities = box
        return box

    def _tell_review(self) -> None:
        self.review_chosen.emit(next(review for review, chip in self._chips.items() if chip.isChecked()))

    def _tell_severity(self) -> None:
        least = self._severities.currentData()
        self.severity_chosen.emit(Severity(least) if least else None)


class SearchField(QLineEdit):
    """A search that Esc empties, and that Enter, Down, and Esc once it is empty, leave."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaves, empties, or types."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
