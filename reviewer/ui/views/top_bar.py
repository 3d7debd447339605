"""The top bar: add, run, how and by whom, and where the text goes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from reviewer.ui.actions import Actions, plain_text
from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import ICON_SIZE, Space
from reviewer.ui.viewmodels.egress import Badge, badge
from reviewer.ui.viewmodels.tool_tip import plain_tool_tip
from reviewer.ui.viewmodels.workflow_choices import workflow_choices

if TYPE_CHECKING:
    from reviewer.domain.workflow import Workflow
    from reviewer.services.models import ModelPlace


class TopBar(QToolBar):
    """Buttons for the window's main actions, and two facts that are always in sight: who answers, what leaves."""

    workflow_chosen = Signal(object)
    """Id of a workflow, or None for what fits each document."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self._badge = badge((), None, is_offline=False)
        self.setObjectName("topBar")
        self.setWindowTitle(self.tr("Tools"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._add_button(actions)
        self.addWidget(_button(actions["run"], "primary"))
        self.addWidget(_button(actions["stop"]))
        self.addWidget(self._workflow_box())
        self.addWidget(self._model_button(actions["models"]))
        self.addWidget(_spring())
        self.addWidget(self._privacy())
        theme.changed.connect(self._draw)
        self.show_places(())

    def show_workflows(self, workflows: "Sequence[Workflow]", chosen: str | None = None) -> None:
        """Offers these workflows, and a file that was chosen, besides what fits each document."""
        self._workflows.clear()
        self._workflows.addItem(self.tr("What fits each document"), None)
        for choice in workflow_choices(workflows):
            self._workflows.addItem(choice.name, choice.id)
            row = self._workflows.count() - 1
            self._workflows.setItemData(row, choice.description, Qt.ItemDataRole.ToolTipRole)
            if choice.id is None:  # a heading: neither mouse nor arrow keys stop there
                self._workflows.setItemData(row, 0, Qt.ItemDataRole.UserRole - 1)
        if chosen is not None and self._workflows.findData(chosen) < 0:
            self._workflows.addItem(Path(chosen).name, chosen)
        self._workflows.setCurrentIndex(self._workflows.findData(chosen) if chosen is not None else 0)

    def set_workflow_enabled(self, *, enabled: bool) -> None:
        """While a run goes on, its workflow cannot be changed."""
        self._workflows.setEnabled(enabled)

    def show_badge(self, badge: Badge) -> None:
        """Says where the text of the next run goes."""
        self._badge = badge
        self._draw()

    def show_places(self, places: "Sequence[ModelPlace]") -> None:
        """Says who answers; no places: the built-in checks."""
        names = [each.name for each in places]
        if not names:
            self._models.setText(self.tr("Built-in checks"))
        elif len(names) == 1:
            self._models.setText(names[0])
        else:
            self._models.setText(self.tr("%1 models").replace("%1", str(len(names))))
        self._models.setToolTip(plain_tool_tip("\n".join(names)) or self.tr("No AI model. Choose one here."))
        self._models.setAccessibleName(f"{self.tr('Who answers')}: {self._models.text()}")
        self._draw()

    def _add_button(self, actions: Actions) -> None:
        button = _button(actions["add_files"])
        button.setText(self.tr("Add"))
        menu = QMenu(button)
        menu.addActions([actions["add_files"], actions["add_folder"]])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.addWidget(button)

    def _workflow_box(self) -> QComboBox:
        self._workflows = QComboBox()
        self._workflows.setObjectName("workflow")
        self._workflows.setAccessibleName(self.tr("Workflow"))
        self._workflows.setToolTip(self.tr("How documents are reviewed"))
        self._workflows.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._workflows.addItem(self.tr("What fits each document"), None)
        self._workflows.activated.connect(lambda row: self.workflow_chosen.emit(self._workflows.itemData(row)))
        return self._workflows

    def _model_button(self, action: QAction) -> QToolButton:
        self._models = QToolButton()
        self._models.setObjectName("models")
        self._models.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._models.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._models.clicked.connect(action.trigger)
        return self._models

    def _privacy(self) -> QWidget:
        chip = QWidget()
        chip.setObjectName("chip")
        self._chip = chip
        chip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._privacy_icon = QLabel()
        self._privacy_text = QLabel()
        self._privacy_text.setObjectName("privacy")
        self._privacy_text.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(chip)
        row.setContentsMargins(Space.SMALL, Space.HAIR, Space.SMALL, Space.HAIR)
        row.setSpacing(Space.TINY)
        row.addWidget(self._privacy_icon)
        row.addWidget(self._privacy_text)
        return chip

    def _draw(self) -> None:
        palette = self._theme.palette
        self._models.setIcon(icon("model", palette.text))
        shown = self._badge
        colour = palette.good if shown.is_private else palette.warning
        self._privacy_text.setText(shown.text)
        self._privacy_icon.setPixmap(icon(shown.icon, colour).pixmap(QSize(ICON_SIZE, ICON_SIZE)))
        self._chip.setToolTip(plain_tool_tip(shown.why))
        self._chip.setAccessibleName(f"{shown.text}. {shown.why}")


def _button(action: QAction, role: str = "") -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setText(plain_text(action))
    button.setObjectName(f"{action.objectName()}.button")
    button.setAccessibleName(plain_text(action))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if role:
        button.setProperty("role", role)
    return button


def _spring() -> QWidget:
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spring
