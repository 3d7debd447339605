"""A model file that might be used: what it is, whether there is memory for it, how fast it answers."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from reviewer.domain.model_file import ModelFile
from reviewer.services.model_files import Trial, count_in_words, gigabytes
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.widgets.named_button import named_button


class ModelFileCard(QFrame):
    """Shows one file at a time; hidden until the first. Decides nothing."""

    to_try = Signal(object)
    """The `Path` of the file that is to answer one question."""
    changed = Signal()
    """It says something else now, and may need more room."""
    taken = Signal(object)
    """The `Path` of the file that is to be one of the models."""

    def __init__(self) -> None:
        super().__init__()
        self._path: Path | None = None
        self.setObjectName("modelFileCard")
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Model file"))
        self._title = self._label("modelFileName")
        self._title.setFont(scaled_font(Scale.BODY, bold=True))
        self._facts = self._label("modelFileFacts")
        self._facts.setProperty("role", "muted")
        self._memory = self._label("modelFileMemory")
        self._result = self._label("modelFileResult")
        self._try = named_button("tryModelFile", self.tr("Try it"), self._try_out)
        self._take = named_button("takeModelFile", self.tr("Use this file"), self._use)
        buttons = QHBoxLayout()
        buttons.addWidget(self._try)
        buttons.addWidget(self._take)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        layout.setSpacing(Space.SMALL)
        for label in (self._title, self._facts, self._memory, self._result):
            layout.addWidget(label)
        layout.addLayout(buttons)
        self.hide()

    def begin(self, path: Path) -> None:
        """Another file was chosen; what it is is not known yet."""
        self._path = path
        self._title.setText(path.name)
        self._tell(self._facts, "")
        self._tell(self._memory, "")
        self._tell(self._result, self.tr("Reading the file…"), "muted")
        self.show()
        self._allow(may=False)

    def show_file(self, path: Path, file: ModelFile) -> None:
        """What the file says of itself."""
        if path != self._path:
            return
        self._title.setText(file.name)
        kind = " ".join(part for part in (file.architecture, file.quantisation) if part)
        facts = self.tr("%1: %2, %3 parameters, %4 GB; reads up to %5 tokens at once")
        for place, text in enumerate(
            (path.name, kind, count_in_words(file.parameters), gigabytes(file.size), str(file.context)), start=1
        ):
            facts = facts.replace(f"%{place}", text)
        self._tell(self._facts, facts)
        memory = (
            self.tr("It needs about %1 GB of memory; %2 GB are free.")
            if file.fits
            else self.tr("It needs about %1 GB of memory, and only %2 GB are free. Close other programs first.")
        )
        memory = memory.replace("%1", gigabytes(file.needed)).replace("%2", gigabytes(file.available))
        self._tell(self._memory, memory, "good" if file.fits else "warning")
        self._tell(self._result, "")
        self._allow(may=True)

    def show_trial(self, path: Path, trial: Trial) -> None:
        """How fast it answered."""
        if path == self._path:
            text = self.tr("It answered: %1 tokens a second.").replace("%1", f"{trial.tokens_per_s:.1f}")
            self._tell(self._result, text, "good")
            self._allow(may=True)

    def show_refusal(self, path: Path, reason: str) -> None:
        """Why it cannot be used."""
        if path == self._path:
            self._tell(self._result, reason, "danger")
            self._allow(may=bool(self._facts.text()))

    def _try_out(self) -> None:
        self._tell(self._result, self.tr("Loading the model and asking…"), "muted")
        self._allow(may=False)
        self.to_try.emit(self._path)

    def _use(self) -> None:
        self.taken.emit(self._path)

    def _allow(self, *, may: bool) -> None:
        for button in (self._try, self._take):
            button.setEnabled(may)
        self.changed.emit()

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _tell(self, label: QLabel, text: str, role: str = "muted") -> None:
        label.setText(text)
        label.setVisible(bool(text))
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
