"""Choosing who answers: models by name and address, or the built-in checks alone."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.services.models import Check
from reviewer.services.requests import ModelChoice
from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import ICON_SIZE, Scale, Space
from reviewer.ui.viewmodels.session import GivenKey, Panel

MAX_MODELS = 5
MAX_VOTES = 15


class _ModelRow(QWidget):
    """One model: name, address, key."""

    removed = Signal(object)
    edited = Signal()

    def __init__(self, theme: Theme, number: int, choice: ModelChoice | None) -> None:
        super().__init__()
        self._name = self._field(self.tr("ollama/llama3.1"), self.tr("Model %1").replace("%1", str(number)))
        self._address = self._field(self.tr("http://127.0.0.1:11434/v1"), self.tr("Address of the model"))
        self._key = self._field(self.tr("only where the address asks for one"), self.tr("Key"))
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        for field, name in ((self._name, "modelName"), (self._address, "modelAddress"), (self._key, "modelKey")):
            field.setObjectName(f"{name}{number}")
        if choice:
            self._name.setText(choice.spec)
            self._address.setText(choice.base_url or "")
        remove = QToolButton()
        remove.setObjectName(f"removeModel{number}")
        remove.setAccessibleName(self.tr("Remove this model"))
        remove.setToolTip(self.tr("Remove this model"))
        remove.setProperty("role", "quiet")
        remove.setIcon(icon("remove", theme.palette.text))
        remove.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        remove.clicked.connect(lambda: self.removed.emit(self))
        form = QFormLayout()
        form.setSpacing(Space.SMALL)
        form.addRow(self.tr("Model"), self._name)
        form.addRow(self.tr("Address"), self._address)
        form.addRow(self.tr("Key"), self._key)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(form, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)

    def choice(self) -> ModelChoice | None:
        """The model, or None where no name was typed."""
        name = self._name.text().strip()
        return ModelChoice(name, self._address.text().strip() or None) if name else None

    def key(self) -> GivenKey | None:
        """The key that was typed, if any."""
        key = self._key.text().strip()
        return GivenKey(self._name.text().partition("/")[0].strip(), key) if key else None

    def _field(self, placeholder: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(name)
        field.textChanged.connect(self.edited)
        return field


class ModelsDialog(QDialog):
    """Asks for a panel of models. Opened with ``open()``, never ``exec()``."""

    chosen = Signal(object, object)
    """A `Panel` without places, and the `GivenKey`s."""
    tested = Signal(object, object)

    def __init__(self, theme: Theme, panel: Panel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[_ModelRow] = []
        self.setObjectName("modelsDialog")
        self.setWindowTitle(self.tr("Models"))
        self.setMinimumWidth(560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("Who answers?"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        layout.addWidget(self._explanation())
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.LARGE)
        layout.addLayout(self._list)
        layout.addLayout(self._votes_row(panel))
        self._result = QLabel()
        self._result.setObjectName("modelTestResult")
        self._result.setTextFormat(Qt.TextFormat.PlainText)
        self._result.setWordWrap(True)
        layout.addWidget(self._result)
        layout.addLayout(self._buttons())
        for choice in panel.models or (None,):
            self._add_row(choice)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Says what the test found."""
        lines = [
            f"{self.tr('OK') if each.passed else self.tr('Failed')}: {each.name}. {each.message}" for each in checks
        ]
        self._say("\n".join(lines), "good" if all(each.passed for each in checks) else "danger")
        self._test.setEnabled(True)

    def _explanation(self) -> QLabel:
        label = QLabel(
            self.tr(
                "Name any endpoint that speaks the OpenAI chat protocol: Ollama and LM Studio on this computer, or a "
                "service elsewhere. The text under review goes to that address and nowhere else. With several models, "
                "each votes. Leave it empty for the built-in checks."
            )
        )
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        return label

    def _votes_row(self, panel: Panel) -> QHBoxLayout:
        self._votes = QSpinBox()
        self._votes.setObjectName("votes")
        self._votes.setAccessibleName(self.tr("Votes of each model"))
        self._votes.setRange(0, MAX_VOTES)
        self._votes.setSpecialValueText(self.tr("as the workflow says"))
        self._votes.setValue(panel.votes or 0)
        self._add = self._button(self.tr("Add another model"), "addModel", lambda: self._add_row(None))
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        row.addWidget(QLabel(self.tr("Votes of each model")))
        row.addWidget(self._votes)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._test = self._button(self.tr("Test"), "testModels", self._try)
        row.addWidget(self._test)
        row.addStretch(1)
        row.addWidget(self._button(self.tr("Cancel"), "cancelModels", self.reject))
        use = self._button(self.tr("Use"), "useModels", self._use)
        use.setProperty("role", "primary")
        use.setDefault(True)
        row.addWidget(use)
        return row

    def _button(self, text: str, name: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _add_row(self, choice: ModelChoice | None) -> None:
        row = _ModelRow(self._theme, len(self._rows) + 1, choice)
        row.removed.connect(self._remove_row)
        row.edited.connect(lambda: self._say("", "muted"))
        self._rows.append(row)
        self._list.addWidget(row)
        self._add.setEnabled(len(self._rows) < MAX_MODELS)

    def _remove_row(self, row: _ModelRow) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.deleteLater()
        self._add.setEnabled(True)
        if not self._rows:
            self._add_row(None)

    def _panel(self) -> Panel:
        models = tuple(choice for row in self._rows if (choice := row.choice()))
        return Panel(models, votes=self._votes.value() or None)

    def _keys(self) -> list[GivenKey]:
        return [key for row in self._rows if (key := row.key())]

    def _try(self) -> None:
        panel = self._panel()
        if not panel.models:
            self._say(self.tr("Name a model first, for example ollama/llama3.1."), "warning")
            return
        self._say(self.tr("Asking…"), "muted")
        self._test.setEnabled(False)
        self.tested.emit(panel, self._keys())

    def _use(self) -> None:
        self.chosen.emit(self._panel(), self._keys())
        self.accept()

    def _say(self, text: str, role: str) -> None:
        self._result.setText(text)
        self._result.setProperty("role", role)
        self._result.style().unpolish(self._result)
        self._result.style().polish(self._result)
