"""What a run would take, and what it may spend, before it is started."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.estimate import Estimate
from reviewer.domain.run_picture import RunPicture
from reviewer.services.requests import Allowance
from reviewer.ui.theme.theme import scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.egress import Badge
from reviewer.ui.viewmodels.estimate_lines import estimate_lines, unpriced
from reviewer.ui.viewmodels.figures import figure, whole
from reviewer.ui.viewmodels.run_picture import picture_stages, picture_title
from reviewer.ui.widgets.run_picture_view import RunPictureView

MOST_TOKENS = 10**12
MOST_TOLD = 450
"""From this height on, in device-independent pixels, what is told scrolls: the dialog fits on a screen of 720."""


class EstimateDialog(QDialog):
    """Opened with ``open()``, never ``exec()``; first says that it is being reckoned.

    Args:
        allowance: what the run may spend as things are.
        badge: where its text goes.
    """

    requests_wanted = Signal()
    """Show each request as it would be sent."""
    run_wanted = Signal(object)
    """The `Allowance` of the run."""

    def __init__(self, allowance: Allowance, badge: Badge, parent: QWidget) -> None:
        super().__init__(parent)
        self._allowance = allowance
        self._badge = badge
        self.setObjectName("estimateDialog")
        self.setWindowTitle(self.tr("Estimate"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(760)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("What a run would take"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        self._lines = QLabel(self.tr("Reading and counting. Nobody is asked…"))
        self._lines.setObjectName("estimateLines")
        self._lines.setTextFormat(Qt.TextFormat.PlainText)
        self._lines.setWordWrap(True)
        layout.addWidget(self._told_part())
        self._caps = self._caps_part()
        layout.addWidget(self._caps)
        self._problem = QLabel()
        self._problem.setObjectName("estimateProblem")
        self._problem.setProperty("role", "danger")
        self._problem.setWordWrap(True)
        self._problem.hide()
        layout.addWidget(self._problem)
        layout.addStretch(1)
        layout.addLayout(self._buttons())

    def show_estimate(self, estimate: Estimate) -> None:
        """Says what the run would take."""
        names = unpriced(estimate)
        self._lines.setText("\n\n".join(estimate_lines(estimate, self._badge)))
        self._caps.setVisible(bool(estimate.models))
        for number, picture in enumerate(estimate.pictures, start=1):
            self._draw(number, picture)
        self._requests.setEnabled(any(each.destination for each in estimate.departures))
        self._free.setVisible(bool(names))
        self._currency.setText(estimate.currency)
        self._run.setEnabled(True)
        self._make_room()

    def _draw(self, number: int, picture: RunPicture) -> None:
        """What one workflow does, below its name and how many documents it gets."""
        title = QLabel(picture_title(picture))
        title.setObjectName(f"runPictureTitle{number}")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        view = RunPictureView(f"runPicture{number}", title.text(), picture_stages(picture))
        for widget in (title, view):
            self._pictures.addWidget(widget)
            widget.show()  # at once: the dialog makes room for what is shown

    def show_refusal(self, reason: str) -> None:
        """Why nothing can be said."""
        self._lines.setText(reason)
        self._make_room()

    def _told_part(self) -> QScrollArea:
        """Sentences and pictures; they scroll where there are many."""
        inner = QWidget()
        self._pictures = QVBoxLayout(inner)
        self._pictures.setContentsMargins(0, 0, 0, 0)
        self._pictures.setSpacing(Space.SMALL)
        self._pictures.addWidget(self._lines)
        self._told = QScrollArea()
        self._told.setObjectName("estimateTold")
        self._told.setAccessibleName(self.tr("What a run would take"))
        self._told.setFrameShape(QFrame.Shape.NoFrame)
        self._told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._told.setWidgetResizable(True)
        self._told.setWidget(inner)
        return self._told

    def _caps_part(self) -> QWidget:
        part = QWidget()
        max_cost, max_tokens = self._allowance.max_cost, self._allowance.max_tokens
        self._cost = self._cap("maxCost", self.tr("The run may cost at most"), max_cost)
        self._tokens = self._cap("maxTokens", self.tr("The run may use so many tokens at most"), max_tokens)
        self._shown = self._cost.text(), self._tokens.text()
        self._currency = QLabel()
        cost = QHBoxLayout()
        cost.addWidget(self._cost)
        cost.addWidget(self._currency)
        cost.addStretch(1)
        tokens = QHBoxLayout()
        tokens.addWidget(self._tokens)
        tokens.addWidget(QLabel(self.tr("tokens")))
        tokens.addStretch(1)
        self._free = QCheckBox(self.tr("Count the calls of models without a known price as free"))
        self._free.setObjectName("countAsFree")
        self._free.setAccessibleName(self._free.text())
        self._free.setChecked(self._allowance.accepts_unknown_price)
        form = QFormLayout(part)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Space.SMALL)
        form.addRow(self.tr("It may cost at most"), cost)
        form.addRow(self.tr("It may use at most"), tokens)
        form.addRow(self._free)
        part.hide()
        return part

    def _cap(self, name: str, accessible: str, value: float | None) -> QLineEdit:
        field = QLineEdit("" if value is None else f"{value:.15g}")
        field.setObjectName(name)
        field.setAccessibleName(accessible)
        field.setPlaceholderText(self.tr("no limit"))
        field.setMaximumWidth(180)
        return field

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._requests = QPushButton(self.tr("Show the requests…"))
        self._requests.setObjectName("showRequests")
        self._requests.setAutoDefault(False)
        self._requests.setEnabled(False)
        self._requests.clicked.connect(self.requests_wanted)
        self._requests.setAccessibleName(self._requests.text())
        row.addWidget(self._requests)
        row.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.setObjectName("closeEstimate")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self._run = QPushButton(self.tr("Run"))
        self._run.setObjectName("runEstimated")
        self._run.setProperty("role", "primary")
        self._run.setDefault(True)
        self._run.setEnabled(False)
        self._run.clicked.connect(self._start)
        for button in (close, self._run):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        return row

    def _start(self) -> None:
        """A cap that was not touched stays exactly as it is."""
        allowance, (cost, tokens) = self._allowance, self._shown
        try:
            if self._cost.text() != cost:
                allowance = replace(allowance, max_cost=figure(self._cost.text()))
            if self._tokens.text() != tokens:
                allowance = replace(allowance, max_tokens=whole(self._tokens.text(), MOST_TOKENS))
        except ValueError:
            self._problem.setText(self.tr("A limit is a number, such as 0.50 or 100000; blank for none."))
            self._problem.show()
            self._make_room()
            return
        self.run_wanted.emit(replace(allowance, accepts_unknown_price=self._free.isChecked()))
        self.accept()

    def _make_room(self) -> None:
        """Grows with what it says: a dialog does not by itself."""
        width = self.minimumWidth() - 2 * Space.HUGE
        needed = self._pictures.heightForWidth(width - self._told.verticalScrollBar().sizeHint().width())
        self._told.setFixedHeight(min(needed, MOST_TOLD))
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.minimumHeight(), layout.totalHeightForWidth(self.width())))
