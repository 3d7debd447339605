"""The questions that are put to every document, one a line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from reviewer.services.requests import clean_questions
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.widgets.named_button import named_button


class QuestionsDialog(QDialog):
    """Opened with ``open()``, never ``exec()``.

    Args:
        questions: those that are asked now.
        matter: name of the matter that they are remembered for; empty for none.
        can_run: whether there is a document to ask.
    """

    kept = Signal(object)
    """The questions, each once."""
    run_wanted = Signal()
    """After `kept`: ask them at once."""

    def __init__(self, questions: Sequence[str], matter: str, parent: QWidget, *, can_run: bool) -> None:
        super().__init__(parent)
        self._can_run = can_run
        self.setObjectName("questionsDialog")
        self.setWindowTitle(self.tr("Questions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = self._label("questionsTitle", self.tr("What to find in each document"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        layout.addWidget(self._explanation(matter))
        layout.addWidget(self._field(questions), 1)
        self._count = self._label("questionsCount", "")
        self._count.setProperty("role", "muted")
        layout.addWidget(self._count)
        layout.addLayout(self._buttons())
        self._take_text()
        self._lines.setFocus()

    @property
    def questions(self) -> tuple[str, ...]:
        """Those that stand in the dialog now."""
        return clean_questions(self._lines.toPlainText().splitlines())

    def _explanation(self, matter: str) -> QLabel:
        text = self.tr("One question a line. Each is put to every document; the answers stand side by side in a table.")
        if matter:
            text += " " + self.tr("They are remembered for %1.").replace("%1", matter)
        label = self._label("questionsExplanation", text)
        label.setProperty("role", "muted")
        return label

    def _field(self, questions: Sequence[str]) -> QPlainTextEdit:
        self._lines = QPlainTextEdit("\n".join(questions))
        self._lines.setObjectName("questionLines")
        self._lines.setAccessibleName(self.tr("Questions, one a line"))
        self._lines.setPlaceholderText(self.tr("When does the agreement end?\nWhich law applies?"))
        self._lines.setTabChangesFocus(True)
        self._lines.textChanged.connect(self._take_text)
        return self._lines

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(named_button("cancelQuestions", self.tr("Cancel"), self.reject))
        self._keep_button = named_button("keepQuestions", self.tr("&Keep"), self._keep)
        self._run_button = named_button("askQuestions", self.tr("Keep and &run"), self._ask)
        self._run_button.setProperty("role", "primary")
        for button in (self._keep_button, self._run_button):
            row.addWidget(button)
        return row

    def _label(self, name: str, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _take_text(self) -> None:
        count = len(self.questions)
        one, many = self.tr("1 question"), self.tr("%1 questions")
        self._count.setText(one if count == 1 else many.replace("%1", str(count)))
        self._run_button.setEnabled(count > 0 and self._can_run)

    def _keep(self) -> None:
        self.kept.emit(self.questions)
        self.accept()

    def _ask(self) -> None:
        self._keep()
        self.run_wanted.emit()
