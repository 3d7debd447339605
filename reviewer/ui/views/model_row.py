"""One model of the panel: name, address, key, and what is known of it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.model_facts import ModelFacts
from reviewer.domain.secret import Secret
from reviewer.domain.setting_kinds import ModelChoice
from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import ICON_SIZE, Space
from reviewer.ui.viewmodels.known_facts import facts_line
from reviewer.ui.viewmodels.session import GivenKey


class ModelRow(QWidget):
    """Takes a model in. Decides nothing.

    Args:
        number: from 1 on; names the fields.

    Attributes:
        number: that of the row.
    """

    removed = Signal(object)
    edited = Signal()
    settled = Signal()
    """Another model is named: what is known of it is to be shown."""
    facts_edited = Signal(object, str)
    """The `ModelFacts` that are to be put right, and the currency of their prices."""

    def __init__(self, theme: Theme, number: int, choice: ModelChoice | None) -> None:
        super().__init__()
        self.number = number
        self._named: ModelChoice | None = None
        self._facts: ModelFacts | None = None
        self._currency = ""
        self._name = self._field(self.tr("ollama/llama3.1"), self.tr("Model %1").replace("%1", str(number)))
        self._address = self._field(self.tr("http://127.0.0.1:11434"), self.tr("Address of the model"))
        self._key = self._field(self.tr("only where the address asks for one"), self.tr("Key"))
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        for field, name in ((self._name, "modelName"), (self._address, "modelAddress"), (self._key, "modelKey")):
            field.setObjectName(f"{name}{number}")
        for field in (self._name, self._address):
            field.editingFinished.connect(self._settle)
        self._known = QLabel()
        self._known.setObjectName(f"modelFacts{number}")
        self._known.setTextFormat(Qt.TextFormat.PlainText)
        self._known.setProperty("role", "muted")
        self._known.setWordWrap(True)
        self._change = QPushButton(self.tr("Context and price…"))
        self._change.setObjectName(f"changeFacts{number}")
        self._change.setAccessibleName(self.tr("Context and price of model %1").replace("%1", str(number)))
        self._change.setAutoDefault(False)
        self._change.clicked.connect(lambda: self.facts_edited.emit(self._facts, self._currency))
        self._remove = self._remove_button(theme, number)
        self._lay_out()
        self.show_facts(None)
        if choice:
            self.fill(choice)

    def fill(self, choice: ModelChoice) -> None:
        """Types a model in."""
        self._name.setText(choice.spec)
        self._address.setText(choice.base_url or "")
        self._settle()

    def choice(self) -> ModelChoice | None:
        """The model, or None where no name was typed."""
        name = self._name.text().strip()
        return ModelChoice(name, self._address.text().strip() or None) if name else None

    def key(self) -> GivenKey | None:
        """The key that was typed, if any."""
        key = Secret(self._key.text().strip())
        return GivenKey(self._name.text().partition("/")[0].strip(), key) if key else None

    def fields(self) -> list[QWidget]:
        """What takes the focus, in order."""
        return [self._name, self._address, self._key, self._change, self._remove]

    def show_facts(self, facts: ModelFacts | None, currency: str = "") -> None:
        """Says what is known of the model; None: no model is named yet."""
        self._facts, self._currency = facts, currency
        self._known.setText(facts_line(facts, currency) if facts else "")
        for widget in (self._known, self._change):
            widget.setVisible(facts is not None)

    def _settle(self) -> None:
        """A field is left; that says something only where what stands in it is new."""
        if self.choice() != self._named:
            self._named = self.choice()
            self.settled.emit()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(Space.SMALL)
        form.addRow(self.tr("Model"), self._name)
        form.addRow(self.tr("Address"), self._address)
        form.addRow(self.tr("Key"), self._key)
        known = QHBoxLayout()
        known.addWidget(self._known, 1)
        known.addWidget(self._change, 0, Qt.AlignmentFlag.AlignTop)
        left = QVBoxLayout()
        left.setSpacing(Space.SMALL)
        left.addLayout(form)
        left.addLayout(known)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left, 1)
        row.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)

    def _remove_button(self, theme: Theme, number: int) -> QToolButton:
        remove = QToolButton()
        remove.setObjectName(f"removeModel{number}")
        remove.setAccessibleName(self.tr("Remove this model"))
        remove.setToolTip(self.tr("Remove this model"))
        remove.setProperty("role", "quiet")
        remove.setIcon(icon("remove", theme.palette.text))
        remove.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        remove.clicked.connect(lambda: self.removed.emit(self))
        return remove

    def _field(self, placeholder: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(name)
        field.textChanged.connect(self.edited)
        return field
