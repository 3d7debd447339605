"""Every action of the window, in one table: menus, toolbar, buttons, keys and the list of keys are made from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.translation import QT_TRANSLATE_NOOP

CONTEXT = "Actions"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action as the table has it.

    Attributes:
        id: stable name; the QAction's object name is ``action.<id>``.
        text: in a menu, with its mnemonic.
        keys: the first is shown.
        local: works only where a list, a document or a detail has the focus, never in a text field: single letters.
        checkable: has an on and an off.
    """

    id: str
    text: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    local: bool = False
    checkable: bool = False


def _spec(
    name: str, text: str, icon_name: str = "", *keys: str, local: bool = False, checkable: bool = False
) -> ActionSpec:
    return ActionSpec(name, text, icon_name, keys, local, checkable)


SPECS = (
    _spec("add_files", QT_TRANSLATE_NOOP("Actions", "&Add files…"), "add", "Ctrl+O"),
    _spec("add_folder", QT_TRANSLATE_NOOP("Actions", "Add a &folder…"), "folder", "Ctrl+Shift+O"),
    _spec("unlock", QT_TRANSLATE_NOOP("Actions", "Enter the &password…"), "lock"),
    _spec("start_over", QT_TRANSLATE_NOOP("Actions", "&Start over"), "back", "Ctrl+N"),
    _spec("remove", QT_TRANSLATE_NOOP("Actions", "&Remove the document"), "remove"),
    _spec("load_version", QT_TRANSLATE_NOOP("Actions", "Load the new &version")),
    _spec("matters", QT_TRANSLATE_NOOP("Actions", "&Matters…"), "folder", "Ctrl+Shift+M"),
    _spec("workspace", QT_TRANSLATE_NOOP("Actions", "&Workspace and backups…"), "folder"),
    _spec("repair", QT_TRANSLATE_NOOP("Actions", "Repa&ir the workspace…")),
    _spec("quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), "", "Ctrl+Q"),
    _spec("undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), "undo", "Ctrl+Z"),
    _spec("redo", QT_TRANSLATE_NOOP("Actions", "&Redo"), "redo", "Ctrl+Shift+Z", "Ctrl+Y"),
    _spec("history", QT_TRANSLATE_NOOP("Actions", "&History…"), "", "Ctrl+H"),
    _spec("join_section", QT_TRANSLATE_NOOP("Actions", "&Join to the section before")),
    _spec("split_section", QT_TRANSLATE_NOOP("Actions", "&Split at the selected words")),
    _spec("edit_section", QT_TRANSLATE_NOOP("Actions", "&Number, heading, kind…")),
    _spec("undo_section", QT_TRANSLATE_NOOP("Actions", "&Take the last correction back")),
    _spec("send_elsewhere", QT_TRANSLATE_NOOP("Actions", "Send this part e&lsewhere…"), "route", "E", local=True),
    _spec("find", QT_TRANSLATE_NOOP("Actions", "&Find in findings"), "search", "Ctrl+F"),
    _spec("find_everywhere", QT_TRANSLATE_NOOP("Actions", "Find in a&ll documents…"), "search", "Ctrl+Shift+F"),
    _spec("run", QT_TRANSLATE_NOOP("Actions", "&Run"), "run", "Ctrl+R", "F5"),
    _spec("estimate", QT_TRANSLATE_NOOP("Actions", "&Estimate…"), "", "Ctrl+E"),
    _spec("requests", QT_TRANSLATE_NOOP("Actions", "Show what would be se&nt…"), "cloud"),
    _spec("sent", QT_TRANSLATE_NOOP("Actions", "&What was sent…"), "cloud", "Ctrl+Shift+W"),
    _spec("pause", QT_TRANSLATE_NOOP("Actions", "&Pause"), "pause", "Ctrl+Shift+P"),
    _spec("stop", QT_TRANSLATE_NOOP("Actions", "&Stop"), "stop", "Ctrl+."),
    _spec("models", QT_TRANSLATE_NOOP("Actions", "&Models…"), "model", "Ctrl+M"),
    _spec("redact", QT_TRANSLATE_NOOP("Actions", "N&ames to replace…"), "", "Ctrl+Shift+N"),
    _spec("hidden_text", QT_TRANSLATE_NOOP("Actions", "Let models read &hidden text"), checkable=True),
    _spec("questions", QT_TRANSLATE_NOOP("Actions", "&Questions…"), "help"),
    _spec("next_finding", QT_TRANSLATE_NOOP("Actions", "&Next finding"), "next", "J", local=True),
    _spec("previous_finding", QT_TRANSLATE_NOOP("Actions", "&Previous finding"), "previous", "K", local=True),
    _spec("agree", QT_TRANSLATE_NOOP("Actions", "&Agree"), "agree", "A", local=True),
    _spec("dismiss", QT_TRANSLATE_NOOP("Actions", "&Dismiss…"), "dismiss", "X", local=True),
    _spec("note", QT_TRANSLATE_NOOP("Actions", "N&ote"), "note", "N", local=True),
    _spec("next_section", QT_TRANSLATE_NOOP("Actions", "Next se&ction"), "", "]", local=True),
    _spec("previous_section", QT_TRANSLATE_NOOP("Actions", "Pre&vious section"), "", "[", local=True),
    _spec("summary", QT_TRANSLATE_NOOP("Actions", "Show s&ummary"), "summary", "S", local=True),
    _spec("translation", QT_TRANSLATE_NOOP("Actions", "Show &translation"), "translate", "T", local=True),
    _spec("documents_pane", QT_TRANSLATE_NOOP("Actions", "Go to &documents"), "", "Ctrl+1"),
    _spec("outline_pane", QT_TRANSLATE_NOOP("Actions", "Go to out&line"), "", "Ctrl+2"),
    _spec("source_pane", QT_TRANSLATE_NOOP("Actions", "Go to &source"), "", "Ctrl+3"),
    _spec("findings_pane", QT_TRANSLATE_NOOP("Actions", "Go to &findings"), "", "Ctrl+4"),
    _spec("panels_pane", QT_TRANSLATE_NOOP("Actions", "Go to the &panels below"), "", "Ctrl+5"),
    _spec("next_pane", QT_TRANSLATE_NOOP("Actions", "&Next pane"), "", "F6"),
    _spec("previous_pane", QT_TRANSLATE_NOOP("Actions", "Pre&vious pane"), "", "Shift+F6"),
    _spec("toggle_text", QT_TRANSLATE_NOOP("Actions", "Show as te&xt"), "text", "Ctrl+T", checkable=True),
    _spec("changes_final", QT_TRANSLATE_NOOP("Actions", "&Final"), checkable=True),
    _spec("changes_original", QT_TRANSLATE_NOOP("Actions", "&Original"), checkable=True),
    _spec("changes_marked", QT_TRANSLATE_NOOP("Actions", "&Show changes"), checkable=True),
    _spec("changes_only", QT_TRANSLATE_NOOP("Actions", "Only the &changes"), checkable=True),
    _spec("zoom_in", QT_TRANSLATE_NOOP("Actions", "Zoom &in"), "zoom_in", "Ctrl++", "Ctrl+="),
    _spec("zoom_out", QT_TRANSLATE_NOOP("Actions", "Zoom &out"), "zoom_out", "Ctrl+-"),
    _spec("fit_width", QT_TRANSLATE_NOOP("Actions", "Fit &width"), "fit_width", "Ctrl+0"),
    _spec("theme_system", QT_TRANSLATE_NOOP("Actions", "Colours of the s&ystem"), "system", checkable=True),
    _spec("theme_light", QT_TRANSLATE_NOOP("Actions", "Li&ght"), "sun", checkable=True),
    _spec("theme_dark", QT_TRANSLATE_NOOP("Actions", "Dar&k"), "moon", checkable=True),
    _spec("full_screen", QT_TRANSLATE_NOOP("Actions", "Full s&creen"), "", "F11"),
    _spec("keys", QT_TRANSLATE_NOOP("Actions", "&Keys"), "keyboard", "F1"),
    _spec("about", QT_TRANSLATE_NOOP("Actions", "&About Reviewer"), "info"),
)


class Actions(QObject):
    """The QActions of the table, by id. Their icons follow the theme."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = parent
        self._specs = {spec.id: spec for spec in SPECS}
        self._actions = {spec.id: self._make(spec) for spec in SPECS}
        theme.changed.connect(self._draw)
        self._draw()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def rename(self, name: str, text: str) -> None:
        """Gives an action another text, with its mnemonic: what it does now is something else."""
        self._actions[name].setText(text)
        self._explain(self._actions[name])

    def connect_all(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Connects every action; one without a slot is a defect.

        Raises:
            KeyError: an action has no slot, or a slot no action.
        """
        if slots.keys() != self._actions.keys():
            raise KeyError(f"actions without slots, or slots without actions: {slots.keys() ^ self._actions.keys()}")
        for name, slot in slots.items():
            self._actions[name].triggered.connect(_without_state(slot))

    def attach(self, widgets: Iterable[QWidget]) -> None:
        """Makes the single letters work in these widgets and what is inside them."""
        for widget in widgets:
            widget.addActions([self._actions[spec.id] for spec in SPECS if spec.local])

    def keys(self) -> list[tuple[str, str]]:
        """What to press for what, in the order of the table; without what has no key."""
        return [
            (_sequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText), plain_text(self[spec.id]))
            for spec in SPECS
            if spec.keys
        ]

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(QCoreApplication.translate(CONTEXT, spec.text), self)
        action.setObjectName(f"action.{spec.id}")
        action.setCheckable(spec.checkable)
        action.setShortcuts([_sequence(keys) for keys in spec.keys])
        if spec.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        else:
            self._window.addAction(action)
        self._explain(action)
        return action

    def _explain(self, action: QAction) -> None:
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if shown:
            action.setToolTip(f"{plain_text(action)} ({shown})")

    def _draw(self) -> None:
        palette = self._theme.palette
        for spec in SPECS:
            if spec.icon:
                colour = palette.on_accent if spec.id == "run" else palette.text
                self._actions[spec.id].setIcon(icon(spec.icon, colour, palette.edge))


def plain_text(action: QAction) -> str:
    """An action's text without mnemonic and dots."""
    return action.text().replace("&", "").rstrip("…")


def _sequence(keys: str) -> QKeySequence:
    return QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)


def _without_state(slot: Callable[[], object]) -> Callable[[bool], None]:
    """`triggered` tells whether the action is checked; most slots do not want to know."""

    def take(_: bool) -> None:  # noqa: FBT001 - Qt's signature
        slot()

    return take
