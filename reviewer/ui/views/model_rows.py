"""The models of the panel, one below the other; they scroll where they are many."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from reviewer.domain.setting_kinds import ModelChoice
from reviewer.services.model_facts import ModelList
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Space
from reviewer.ui.viewmodels.session import GivenKey
from reviewer.ui.views.model_row import ModelRow

MAX_MODELS = 5
MOST_HEIGHT = 400


class ModelRows(QScrollArea):
    """Takes a panel's models in. Never without a row."""

    edited = Signal()
    changed = Signal()
    """There are more or fewer rows, or a row says more: it may need another room."""
    settled = Signal()
    """Other models are named."""
    facts_edited = Signal(object, str)
    """The `ModelFacts` that are to be put right, and the currency of their prices."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[ModelRow] = []
        self.setObjectName("modelRows")
        self.setAccessibleName(self.tr("Models of the panel"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        inside = QWidget()
        inside.setObjectName("modelRowsInside")
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Space.LARGE)
        self._layout.addStretch(1)
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """As large as what is inside, up to a height that leaves room for the rest of a dialog."""
        wide, high = super().sizeHint().width(), self._needed_height()
        return QSize(wide, min(high, MOST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The same: what scrolls is what is more than that."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @property
    def is_full(self) -> bool:
        """No model more fits in a panel."""
        return len(self._rows) >= MAX_MODELS

    def add(self, choice: ModelChoice | None = None) -> None:
        """One row more."""
        row = ModelRow(self._theme, self._free_number(), choice)
        row.removed.connect(self._remove)
        row.edited.connect(self.edited)
        row.settled.connect(self.settled)
        row.facts_edited.connect(self.facts_edited)
        self._rows.append(row)
        self._layout.insertWidget(self._layout.count() - 1, row)
        self.settled.emit()
        self._tell()
        if len(self._rows) > 1 and self.isVisible():
            row.fields()[0].setFocus()

    def take(self, choice: ModelChoice) -> None:
        """Makes this one of the models: in the last row where that is empty, else in a new one."""
        if self._rows[-1].choice() is None:
            self._rows[-1].fill(choice)
        elif not self.is_full:
            self.add(choice)

    def choices(self) -> tuple[ModelChoice, ...]:
        """The models that are named."""
        return tuple(choice for row in self._rows if (choice := row.choice()))

    def keys(self) -> list[GivenKey]:
        """The keys that were typed."""
        return [key for row in self._rows if (key := row.key())]

    def fields(self) -> list[QWidget]:
        """What takes the focus, in order."""
        return [field for row in self._rows for field in row.fields()]

    def show_facts(self, known: ModelList) -> None:
        """Says at each model what is known of it."""
        by_choice = {(each.facts.name, each.base_url): each.facts for each in known.models if each.in_panel}
        for row in self._rows:
            choice = row.choice()
            row.show_facts(by_choice.get((choice.spec, choice.base_url)) if choice else None, known.currency)
        self._tell()

    def _remove(self, row: ModelRow) -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        if not self._rows:
            self.add()
        self._tell()

    def _follow(self) -> None:
        """A new row has its place only now: what has the focus is brought into sight."""
        focus = self.focusWidget()
        if focus is not None:
            self.ensureWidgetVisible(focus)

    def _free_number(self) -> int:
        return next(each for each in range(1, MAX_MODELS + 1) if each not in {row.number for row in self._rows})

    def _tell(self) -> None:
        self.updateGeometry()
        self.changed.emit()

    def _needed_height(self) -> int:
        self._layout.activate()
        return max(self._layout.sizeHint().height(), self._layout.heightForWidth(self.viewport().width()))
