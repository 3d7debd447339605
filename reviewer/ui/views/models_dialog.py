"""Choosing who answers: models by name and address, or the built-in checks alone."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reviewer.domain.model_facts import ModelFacts
from reviewer.services.local_servers import LocalServer
from reviewer.services.model_facts import ModelList
from reviewer.services.models import Check, file_choice
from reviewer.ui.model_file_commands import ModelFileCommands
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.early_choices import early_choices
from reviewer.ui.viewmodels.session import Panel
from reviewer.ui.views.facts_dialog import FactsDialog
from reviewer.ui.views.model_file_card import ModelFileCard
from reviewer.ui.views.model_rows import ModelRows
from reviewer.ui.views.server_finder import ServerFinder
from reviewer.ui.widgets.named_button import named_button

MAX_VOTES = 15


class ModelsDialog(QDialog):
    """Asks for a panel of models. Opened with ``open()``, never ``exec()``."""

    chosen = Signal(object, object)
    """A `Panel` without places, and the `GivenKey`s."""
    tested = Signal(object, object)
    file_chosen = Signal(object)
    """The `Path` of a model file."""
    servers_wanted = Signal()
    facts_wanted = Signal(object)
    """The `Panel` whose models are named now."""
    facts_given = Signal(object, object)
    """`OwnFacts` to be kept, and the `Panel` of which all is to be told again."""

    def __init__(self, theme: Theme, panel: Panel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("modelsDialog")
        self.setWindowTitle(self.tr("Models"))
        self.setMinimumWidth(640)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.HUGE, Space.HUGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        title = QLabel(self.tr("Who answers?"))
        title.setFont(scaled_font(Scale.HEADING, bold=True))
        layout.addWidget(title)
        layout.addWidget(self._explanation())
        self._rows = ModelRows(theme)
        layout.addWidget(self._rows)
        layout.addLayout(self._more_row())
        self._card = ModelFileCard()
        self._card.taken.connect(self._take_file)
        self._card.changed.connect(self._make_room)
        self._finder = ServerFinder()
        self._finder.taken.connect(self._rows.take)
        self._finder.changed.connect(self._make_room)
        layout.addWidget(self._finder)
        layout.addWidget(self._card)
        layout.addLayout(self._votes_part(panel))
        self._result = QLabel()
        self._result.setObjectName("modelTestResult")
        self._result.setTextFormat(Qt.TextFormat.PlainText)
        self._result.setWordWrap(True)
        layout.addWidget(self._result)
        layout.addLayout(self._buttons())
        self._listen()
        for choice in panel.models or (None,):
            self._rows.add(choice)
        self._rows.fields()[0].setFocus()

    def join_files(self, commands: ModelFileCommands) -> None:
        """Has model files looked into by these commands."""
        self.file_chosen.connect(commands.describe)
        self._card.to_try.connect(commands.try_out)
        commands.described.connect(self._card.show_file)
        commands.tried.connect(self._card.show_trial)
        commands.refused.connect(self._card.show_refusal)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Says what the test found."""
        lines = [
            f"{self.tr('OK') if each.passed else self.tr('Failed')}: {each.name}. {each.message}" for each in checks
        ]
        self._say("\n".join(lines), "good" if all(each.passed for each in checks) else "danger")
        self._test.setEnabled(True)

    def show_servers(self, servers: Sequence[LocalServer]) -> None:
        """Says which servers were found on this computer."""
        self._find.setEnabled(True)
        self._finder.show_servers(servers)

    def show_facts(self, known: ModelList) -> None:
        """Says what is known of each model."""
        self._rows.show_facts(known)

    def tell_models(self) -> None:
        """Asks what is known of the models that are named now."""
        self.facts_wanted.emit(self._panel())

    def _listen(self) -> None:
        self._rows.edited.connect(lambda: self._say("", "muted"))
        self._rows.settled.connect(self.tell_models)
        self._rows.changed.connect(self._take_rows)
        self._rows.facts_edited.connect(self._edit_facts)

    def _explanation(self) -> QLabel:
        label = QLabel(
            self.tr(
                "Name a model of Ollama or LM Studio on this computer, of OpenAI or Anthropic, or of any other "
                "endpoint that speaks the OpenAI chat protocol. The text under review goes to that address and nowhere "
                "else; a model file answers here, in Reviewer itself. With several models, each votes. Leave it empty "
                "for the built-in checks."
            )
        )
        label.setProperty("role", "muted")
        label.setWordWrap(True)
        return label

    def _votes_part(self, panel: Panel) -> QVBoxLayout:
        self._votes = QSpinBox()
        self._votes.setObjectName("votes")
        self._votes.setAccessibleName(self.tr("Votes of each model"))
        self._votes.setRange(0, MAX_VOTES)
        self._votes.setSpecialValueText(self.tr("as the workflow says"))
        self._votes.setValue(panel.votes or 0)
        self._early = QComboBox()
        self._early.setObjectName("adaptive")
        self._early.setAccessibleName(self.tr("When enough votes are in"))
        for choice in early_choices():
            self._early.addItem(choice.name, choice.adaptive)
            self._early.setItemData(self._early.count() - 1, choice.why, Qt.ItemDataRole.ToolTipRole)
        self._early.setCurrentIndex(self._early.findData(panel.adaptive))
        self._early_why = QLabel(self)
        self._early_why.setObjectName("adaptiveWhy")
        self._early_why.setProperty("role", "muted")
        self._early_why.setWordWrap(True)
        self._early.currentIndexChanged.connect(self._explain_early)
        self._votes.setMinimumHeight(self._early.sizeHint().height())
        row = QHBoxLayout()
        for widget in (QLabel(self._votes.accessibleName()), self._votes, self._early):
            row.addWidget(widget)
        row.addStretch(1)
        part = QVBoxLayout()
        part.setSpacing(Space.TINY)
        part.addLayout(row)
        part.addWidget(self._early_why)
        self._explain_early()
        return part

    def _explain_early(self) -> None:
        why = early_choices()[self._early.currentIndex()].why
        self._early_why.setText(why)
        self._early_why.setVisible(bool(why))
        self._make_room()

    def _more_row(self) -> QHBoxLayout:
        self._add = named_button("addModel", self.tr("Add another model"), self._add_model)
        self._find = named_button("findServers", self.tr("Find servers on this computer"), self._look_for_servers)
        self._choose = named_button("chooseModelFile", self.tr("Choose a model file…"), self._ask_for_file)
        row = QHBoxLayout()
        for button in (self._add, self._find, self._choose):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._test = named_button("testModels", self.tr("Test"), self._try)
        row.addWidget(self._test)
        row.addStretch(1)
        self._cancel = named_button("cancelModels", self.tr("Cancel"), self.reject)
        self._accept = named_button("useModels", self.tr("Use"), self._use)
        self._accept.setProperty("role", "primary")
        self._accept.setDefault(True)
        row.addWidget(self._cancel)
        row.addWidget(self._accept)
        return row

    def _take_rows(self) -> None:
        self._add.setEnabled(not self._rows.is_full)
        finder = self._finder.fields()
        chain = [
            *self._rows.fields(),
            self._add,
            self._find,
            self._choose,
            *finder,
            self._card,
            self._votes,
            self._early,
        ]
        for before, after in pairwise([*chain, self._test, self._cancel, self._accept]):
            self.setTabOrder(before, after)
        self._make_room()

    def _add_model(self) -> None:
        self._rows.add()

    def _look_for_servers(self) -> None:
        self._find.setEnabled(False)
        self._finder.begin()
        self.servers_wanted.emit()

    def _edit_facts(self, facts: ModelFacts, currency: str) -> None:
        dialog = FactsDialog(facts, currency, self)
        dialog.given.connect(lambda own: self.facts_given.emit(own, self._panel()))
        dialog.open()

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a model file"))
        dialog.setObjectName("modelFile")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Model files (%1)").replace("%1", "*.gguf"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._show_file)
        dialog.open()

    def _show_file(self, name: str) -> None:
        self._card.begin(Path(name))
        self.file_chosen.emit(Path(name))

    def _make_room(self) -> None:
        """Grows with what the card says: a dialog does not by itself."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _take_file(self, path: Path) -> None:
        self._rows.take(file_choice(path))

    def _panel(self) -> Panel:
        adaptive = early_choices()[self._early.currentIndex()].adaptive
        return Panel(self._rows.choices(), votes=self._votes.value() or None, adaptive=adaptive)

    def _try(self) -> None:
        panel = self._panel()
        if not panel.models:
            self._say(self.tr("Name a model first, for example ollama/llama3.1."), "warning")
            return
        self._say(self.tr("Asking…"), "muted")
        self._test.setEnabled(False)
        self.tested.emit(panel, self._rows.keys())

    def _use(self) -> None:
        self.chosen.emit(self._panel(), self._rows.keys())
        self.accept()

    def _say(self, text: str, role: str) -> None:
        self._result.setText(text)
        self._result.setProperty("role", role)
        self._result.style().unpolish(self._result)
        self._result.style().polish(self._result)
