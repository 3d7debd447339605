"""The menu bar, made from the table of actions."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QMenuBar

from reviewer.ui.actions import Actions
from reviewer.ui.translation import QT_TRANSLATE_NOOP

_SEPARATOR = ""
_CHANGES = "changes"
_SECTIONS = "sections"
_SUBMENUS = {
    _CHANGES: (
        QT_TRANSLATE_NOOP("Menus", "T&racked changes"),
        ("changes_final", "changes_original", "changes_marked", "changes_only"),
    ),
    _SECTIONS: (
        QT_TRANSLATE_NOOP("Menus", "&Section"),
        ("join_section", "split_section", "edit_section", _SEPARATOR, "undo_section", _SEPARATOR, "send_elsewhere"),
    ),
}
_MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Menus", "&File"),
        (
            *("add_files", "add_folder", "unlock", _SEPARATOR, "start_over", "remove", _SEPARATOR),
            *("load_version", "matters", "workspace", "repair", _SEPARATOR, "quit"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "&Edit"),
        ("undo", "redo", "history", _SEPARATOR, _SECTIONS, _SEPARATOR, "find", "find_everywhere"),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "&View"),
        (
            "toggle_text", _CHANGES, "zoom_in", "zoom_out", "fit_width", _SEPARATOR, "summary", "translation",
            _SEPARATOR,
            "documents_pane", "outline_pane", "source_pane", "findings_pane", "panels_pane", "next_pane",
            "previous_pane", _SEPARATOR, "theme_system", "theme_light", "theme_dark", _SEPARATOR, "full_screen",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "&Review"),
        (
            "next_finding", "previous_finding", "agree", "dismiss", "note", _SEPARATOR, "next_section",
            "previous_section",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "R&un"),
        (
            *("run", "pause", "stop", _SEPARATOR, "estimate", "requests", "sent", _SEPARATOR),
            *("models", "redact", "hidden_text", "questions"),
        ),
    ),
    (QT_TRANSLATE_NOOP("Menus", "&Help"), ("keys", "about")),
)  # fmt: skip


def fill_menus(bar: QMenuBar, actions: Actions) -> None:
    """Makes the menus."""
    bar.setObjectName("menuBar")
    for title, names in _MENUS:
        _fill(bar.addMenu(_translated(title)), names, actions)


def _fill(menu: QMenu, names: tuple[str, ...], actions: Actions) -> None:
    for name in names:
        if name == _SEPARATOR:
            menu.addSeparator()
        elif name in _SUBMENUS:
            title, inner = _SUBMENUS[name]
            _fill(menu.addMenu(_translated(title)), inner, actions)
        else:
            menu.addAction(actions[name])


def _translated(title: str) -> str:
    return QCoreApplication.translate("Menus", title)
