"""What is replaced before text is sent: the list, the switches, and what it does to a document."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QTextCharFormat
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.document import Document
from reviewer.domain.redaction import RedactionChoice
from reviewer.services.redactions import RedactionPreview
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.redaction import counted, pieces
from reviewer.ui.views.terms_list import TermsList
from reviewer.ui.widgets.named_button import named_button


class RedactionDialog(QDialog):
    """Edits a list of names and numbers. Opened with ``open()``, never ``exec()``.

    Args:
        choice: what is replaced now.
        documents: those whose text can be looked at, with their names.
        matter: whose list it is; empty for the user's own, which alone has the switches for kinds and local models.
    """

    kept = Signal(object)
    """A `RedactionChoice`."""
    preview_wanted = Signal(object, object)
    """A `Document` and the `RedactionChoice` as it stands in the dialog."""
    file_chosen = Signal(str)
    """A text file whose lines are to be added."""

    def __init__(
        self, choice: RedactionChoice, documents: Sequence[tuple[str, Document]], parent: QWidget, matter: str = ""
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._documents = documents
        self.setObjectName("redactionDialog")
        self.setWindowTitle(self.tr("Names and numbers to replace"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 620)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        heading = self.tr("Replaced in the text of %1").replace("%1", matter) if matter else self.windowTitle()
        layout.addWidget(self._label("redactionTitle", heading, scaled_font(Scale.HEADING, bold=True)))
        layout.addWidget(self._explanation())
        self._on = self._switch("redactOn", self.tr("&Replace before text goes to a model elsewhere"), choice.is_on)
        self._patterns = self._switch(
            "redactPatterns",
            self.tr("Also &mail addresses, telephone, account, card and id numbers"),
            choice.patterns,
        )
        self._local = self._switch("redactLocal", self.tr("Also for models on this &computer"), choice.local)
        for switch in (self._on, self._patterns):
            switch.toggled.connect(self.look)
        switches = QVBoxLayout()
        switches.setSpacing(Space.TINY)
        layout.addLayout(switches)
        for switch in (self._on, self._patterns, self._local):
            switches.addWidget(switch)
            switch.setVisible(switch is self._on or not matter)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self._terms = TermsList(choice.terms)
        split.addWidget(self._terms)
        split.addWidget(self._preview_part())
        split.setSizes([340, 600])
        layout.addWidget(split, 1)
        self._problem = self._label("redactionProblem", "")
        self._problem.setProperty("role", "danger")
        self._problem.hide()
        layout.addWidget(self._problem)
        layout.addLayout(self._buttons())
        self._terms.changed.connect(self.look)
        self._terms.file_wanted.connect(self._ask_which)
        self._terms.field.setFocus()

    @property
    def choice(self) -> RedactionChoice:
        """What stands in the dialog now."""
        return RedactionChoice(
            self._on.isChecked(), self._terms.terms, self._patterns.isChecked(), self._local.isChecked()
        )

    def look(self) -> None:
        """Asks for the preview of the document that is chosen."""
        number = self._which.currentIndex()
        if number >= 0:
            self.preview_wanted.emit(self._documents[number][1], self.choice)

    def show_preview(self, document: Document, made: RedactionPreview) -> None:
        """Shows a document with the words that are replaced, each followed by its placeholder."""
        number = self._which.currentIndex()
        if number < 0 or self._documents[number][1].id != document.id:
            return
        self._counts.setText(counted(made.redaction.counts, is_on=self._on.isChecked()))
        self._text.clear()
        cursor = self._text.textCursor()
        gone, instead = QTextCharFormat(), QTextCharFormat()
        gone.setFontStrikeOut(True)
        instead.setFontWeight(QFont.Weight.Bold)
        cursor.beginEditBlock()
        for text, words, placeholder in pieces(made):
            cursor.insertText(text, QTextCharFormat())
            cursor.insertText(words, gone)
            cursor.insertText(f" {placeholder}" if placeholder else "", instead)
        cursor.endEditBlock()
        self._text.moveCursor(cursor.MoveOperation.Start)

    def add_terms(self, terms: Sequence[str]) -> None:
        """Adds what a file lists to the list."""
        self._problem.hide()
        self._on.setChecked(True)
        self._terms.add(terms)

    def show_refusal(self, reason: str) -> None:
        """Why a file's lines were not added."""
        self._problem.setText(reason)
        self._problem.show()

    def _explanation(self) -> QLabel:
        label = self._label(
            "redactionExplanation",
            self.tr(
                "A model reads [PARTY_1] where a listed name stands; its answer is shown with the name put back. "
                "Names that are not listed are not replaced."
            ),
        )
        label.setProperty("role", "muted")
        return label

    def _label(self, name: str, text: str, font: QFont | None = None) -> QLabel:
        label = QLabel(text)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if font is not None:
            label.setFont(font)
        return label

    def _switch(self, name: str, text: str, is_on: bool) -> QCheckBox:  # noqa: FBT001 - a value, not a mode
        switch = QCheckBox(text)
        switch.setObjectName(name)
        switch.setAccessibleName(text.replace("&", ""))
        switch.setChecked(is_on)
        return switch

    def _preview_part(self) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(Space.SMALL, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        self._which = QComboBox()
        self._which.setObjectName("redactDocument")
        self._which.setAccessibleName(self.tr("Document to look at"))
        self._which.addItems([name for name, _ in self._documents])
        self._which.currentIndexChanged.connect(self.look)
        self._which.setEnabled(bool(self._documents))
        layout.addWidget(self._which)
        none = "" if self._documents else self.tr("Open a document to see what is replaced in it.")
        self._counts = self._label("redactionCounts", none)
        layout.addWidget(self._counts)
        self._text = QPlainTextEdit()
        self._text.setObjectName("redactionPreview")
        self._text.setAccessibleName(self.tr("The text; each word that is replaced is followed by its placeholder"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        layout.addWidget(self._text, 1)
        return part

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(named_button("cancelRedactions", self.tr("Cancel"), self.reject))
        keep = named_button("keepRedactions", self.tr("Keep"), self._keep)
        keep.setProperty("role", "primary")
        row.addWidget(keep)
        return row

    def _keep(self) -> None:
        self._terms.add_typed()
        self.kept.emit(self.choice)
        self.accept()

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, self.tr("Add names from a text file"))
        dialog.setObjectName("redactionFile")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Text files (*.txt *.csv)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self.file_chosen)
        dialog.open()
