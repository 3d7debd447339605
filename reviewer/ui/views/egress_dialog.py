"""Where the text of a matter may go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.destination import Destination, parse_destination
from reviewer.domain.errors import ConfigError
from reviewer.domain.matter import Egress, Matter
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space


class EgressDialog(QDialog):
    """Asks for a matter's policy and its endpoints. Opened with ``open()``, never ``exec()``."""

    chosen = Signal(object, object)
    """`Egress`, and a tuple of `Destination`s."""

    def __init__(self, matter: Matter, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("egressDialog")
        self.setWindowTitle(self.tr("Where the text may go"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("The text of %1").replace("%1", matter.name))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        self._choices = {
            Egress.HERE: self._choice(self.tr("&stays on this computer"), "egressHere"),
            Egress.LISTED: self._choice(self.tr("may go to these &endpoints, and nowhere else:"), "egressListed"),
            Egress.ASK: self._choice(self.tr("leaves only when I say &yes, run by run"), "egressAsk"),
        }
        self._endpoints = self._make_endpoints(matter)
        layout.addWidget(self._choices[Egress.HERE])
        layout.addWidget(self._choices[Egress.LISTED])
        layout.addWidget(self._endpoints)
        layout.addWidget(self._choices[Egress.ASK])
        self._problem = QLabel()
        self._problem.setObjectName("egressProblem")
        self._problem.setProperty("role", "danger")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        layout.addWidget(self._problem)
        layout.addLayout(self._make_buttons())
        self._choices[matter.egress].setChecked(True)
        self._enable()

    def _choice(self, text: str, name: str) -> QRadioButton:
        choice = QRadioButton(text)
        choice.setObjectName(name)
        choice.setAccessibleName(text.replace("&", ""))
        choice.toggled.connect(self._enable)
        return choice

    def _make_endpoints(self, matter: Matter) -> QPlainTextEdit:
        field = QPlainTextEdit("\n".join(map(str, matter.endpoints)))
        field.setObjectName("egressEndpoints")
        field.setAccessibleName(self.tr("Endpoints, one a line"))
        field.setPlaceholderText("https://api.example.com")
        field.setTabChangesFocus(True)
        field.setMaximumHeight(110)
        return field

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for text, name, slot in (
            (self.tr("Cancel"), "cancelEgress", self.reject),
            (self.tr("Keep"), "keepEgress", self._keep),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.clicked.connect(slot)
            row.addWidget(button)
        button.setProperty("role", "primary")
        button.setDefault(True)
        return row

    def _enable(self) -> None:
        if hasattr(self, "_endpoints"):
            self._endpoints.setEnabled(self._choices[Egress.LISTED].isChecked())

    def _keep(self) -> None:
        egress = next(each for each, choice in self._choices.items() if choice.isChecked())
        try:
            endpoints = self._listed()
        except ConfigError as error:
            self._tell(f"{error.user_message} {error.hint}")
            return
        if egress is Egress.LISTED and not endpoints:
            self._tell(self.tr("Name one endpoint at least, or keep the text on this computer."))
            return
        self.chosen.emit(egress, endpoints)
        self.accept()

    def _listed(self) -> tuple[Destination, ...]:
        lines = self._endpoints.toPlainText().splitlines()
        return tuple(parse_destination(line) for line in lines if line.strip())

    def _tell(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.show()
