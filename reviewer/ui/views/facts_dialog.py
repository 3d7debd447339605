"""Puts right what is known of a model: how much it reads at once, and what it costs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from reviewer.domain.model_facts import ModelFacts, Origin, OwnFacts
from reviewer.domain.money import Price
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.figures import figure, whole


class FactsDialog(QDialog):
    """Opened with ``open()``, never ``exec()``. What is left blank stays as it is known."""

    given = Signal(object)
    """The `OwnFacts`: what was typed, and None for what was not."""

    def __init__(self, facts: ModelFacts, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts = facts
        self.setObjectName("factsDialog")
        self.setWindowTitle(self.tr("Context and price"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = self._label(facts.name)
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        note = self.tr("Prices are in %1 per million tokens. What is left blank stays as it is known.")
        explanation = self._label(note.replace("%1", currency))
        explanation.setProperty("role", "muted")
        self._problem = self._label("")
        self._problem.setObjectName("factsProblem")
        self._problem.setProperty("role", "danger")
        layout.addWidget(title)
        layout.addWidget(explanation)
        layout.addLayout(self._fields())
        layout.addWidget(self._problem)
        layout.addLayout(self._buttons())

    def _fields(self) -> QFormLayout:
        facts, price = self._facts, self._facts.price or Price(0.0, 0.0)
        is_own = facts.price_from is Origin.SETTINGS
        form = QFormLayout()
        form.setHorizontalSpacing(Space.LARGE)
        form.setVerticalSpacing(Space.MEDIUM)
        context = facts.context if facts.context is not None else ""
        self._context = self._field("factsContext", context, is_own=facts.context_from is Origin.SETTINGS)
        known = ("", "", "") if facts.price is None else (price.tokens_in, price.tokens_out, price.tokens_cached)
        self._in, self._out, self._cached = (
            self._field(name, "" if each is None else each, is_own=is_own)
            for name, each in zip(("factsPriceIn", "factsPriceOut", "factsPriceCached"), known, strict=True)
        )
        rows = (
            (self.tr("&Context, in tokens"), self._context),
            (self.tr("Price, &read"), self._in),
            (self.tr("Price, &written"), self._out),
            (self.tr("Price, read from the prompt c&ache"), self._cached),
        )
        for label, field in rows:
            field.setAccessibleName(label.replace("&", ""))
            form.addRow(label, field)
        return form

    def _field(self, name: str, known: float | str, *, is_own: bool) -> QLineEdit:
        """A field with what the user said before; what somebody else says shows behind it."""
        field = QLineEdit()
        field.setObjectName(name)
        shown = known if isinstance(known, str) else f"{known:.15g}"
        if is_own:
            field.setText(shown)
        else:
            field.setPlaceholderText(shown or self.tr("not known"))
        return field

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setObjectName("cancelFacts")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        keep = QPushButton(self.tr("Keep"))
        keep.setObjectName("keepFacts")
        keep.setProperty("role", "primary")
        keep.setDefault(True)
        keep.clicked.connect(self._give)
        for button in (cancel, keep):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        return row

    def _give(self) -> None:
        try:
            context = whole(self._context.text())
            prices = [figure(field.text()) for field in (self._in, self._out, self._cached)]
        except ValueError:
            self._problem.setText(
                self.tr("The context is a whole number such as 128000; a price is a number from 0 on, such as 0.15.")
            )
            return
        if (prices[0] is None) is not (prices[1] is None):
            self._problem.setText(self.tr("A price has two halves: what is read, and what is written."))
            return
        own = OwnFacts(self._facts.name, context, *prices)
        if own != OwnFacts(self._facts.name):
            self.given.emit(own)
        self.accept()

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label
