"""The strip under the top bar: what the next run is told, and a button to tell it something else."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.instruction_words import Said


class InstructionStrip(QFrame):
    """Hidden where there is nothing to tell."""

    acted = Signal()
    """The button was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("instructions")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._text = QLabel()
        self._text.setObjectName("instructionsText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._button = QPushButton()
        self._button.setObjectName("instructionsAction")
        self._button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.TINY, Space.MEDIUM, Space.TINY)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.hide()

    def say(self, said: Said | None) -> None:
        """Says it; nothing for None."""
        self.setVisible(said is not None)
        if said is None:
            return
        self._text.setText(said.text)
        self.setAccessibleName(said.text)
        self._button.setText(said.action)
        self._button.setAccessibleName(f"{said.action.rstrip('…')}: {said.text}")
        self._button.setVisible(bool(said.action))

    def set_changeable(self, *, changeable: bool) -> None:
        """While a run goes on, nothing of it can be changed."""
        self._button.setEnabled(changeable)
