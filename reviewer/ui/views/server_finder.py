"""Model servers that were found on this computer, and the models they offer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.local_servers import LocalServer
from reviewer.ui.theme.tokens import Space


class ServerFinder(QFrame):
    """Says what was found; hidden until somebody looks. Decides nothing."""

    taken = Signal(object)
    """The `ModelChoice` that is to be one of the models."""
    changed = Signal()
    """It says something else now, and may need more room."""

    def __init__(self) -> None:
        super().__init__()
        self._models: list[ModelChoice] = []
        self.setObjectName("serverFinder")
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Servers on this computer"))
        self._found = QLabel()
        self._found.setObjectName("foundServers")
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._found.setWordWrap(True)
        self._offers = QComboBox()
        self._offers.setObjectName("foundModels")
        self._offers.setAccessibleName(self.tr("Models found on this computer"))
        self._offers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._offers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._take = QPushButton(self.tr("Use this model"))
        self._take.setObjectName("takeFoundModel")
        self._take.setAccessibleName(self._take.text())
        self._take.setAutoDefault(False)
        self._take.clicked.connect(self._give)
        row = QHBoxLayout()
        row.addWidget(self._offers, 1)
        row.addWidget(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self._found)
        layout.addLayout(row)
        self.hide()

    def fields(self) -> list[QWidget]:
        """What takes the focus, in order."""
        return [self._offers, self._take]

    def begin(self) -> None:
        """Somebody looks for servers."""
        self._show(self.tr("Looking at the usual ports of this computer…"), [])

    def show_servers(self, servers: Sequence[LocalServer]) -> None:
        """Says which servers answered, and offers their models."""
        if not servers:
            text = self.tr(
                "No model server answers here. Start Ollama, LM Studio, llama.cpp or vLLM and look again; "
                "one at another port can be typed in above."
            )
            self._show(text, [])
            return
        lines = [self._line(each) for each in servers]
        self._show("\n".join(lines), [model for each in servers for model in each.models])

    def _show(self, text: str, models: list[ModelChoice]) -> None:
        self._models = models
        self._found.setText(text)
        self._offers.clear()
        self._offers.addItems([each.spec for each in models])
        for widget in (self._offers, self._take):
            widget.setVisible(bool(models))
        self.show()
        self.changed.emit()

    def _line(self, server: LocalServer) -> str:
        match len(server.models):
            case 0:
                text = self.tr("%1 at %2 answers, and offers no model yet.")
            case 1:
                text = self.tr("%1 at %2 offers one model.")
            case count:
                text = self.tr("%1 at %2 offers %3 models.").replace("%3", str(count))
        return text.replace("%1", server.title).replace("%2", server.base_url)

    def _give(self) -> None:
        self.taken.emit(self._models[self._offers.currentIndex()])
