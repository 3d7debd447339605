"""What Qt's palette cannot say: corners, hairlines, focus rings, hover."""

from reviewer.ui.theme.tokens import RADIUS, Palette, Space

_SHEET = """
QWidget {{ selection-background-color: {chosen}; selection-color: {text}; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {edge}; padding: {tiny}px; }}

#pane, #dock {{ background: {surface}; }}
#desk {{ background: {desk}; }}
#paneTitle {{ color: {muted}; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="remark"] {{ background: {surface}; color: {muted}; padding: {tiny}px {small}px; }}
QLabel[role="danger"] {{ color: {danger}; }}
QLabel[role="good"] {{ color: {good}; }}
QLabel[role="warning"] {{ color: {warning}; }}

QSplitter::handle {{ background: {line}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}

QPushButton, QToolButton, QComboBox {{
    border: 1px solid {edge}; border-radius: {radius}px; padding: 5px {medium}px; background: {surface}; color: {text};
}}
QPushButton:hover, QToolButton:hover, QComboBox:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {chosen}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus {{ border: 2px solid {focus}; padding: 4px 11px; }}
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled {{ color: {edge}; border-color: {line}; }}
QComboBox {{ padding-right: 24px; }}
QComboBox:focus {{ padding-right: 23px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ border: 1px solid {edge}; padding: {tiny}px; }}
QPushButton[role="primary"], QToolButton[role="primary"] {{
    background: {accent}; color: {on_accent}; border-color: {accent};
}}
QPushButton[role="primary"]:hover, QToolButton[role="primary"]:hover {{ background: {accent_hover}; }}
QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled {{
    background: {line}; color: {muted}; border-color: {line};
}}
QPushButton:checked, QToolButton:checked {{ background: {chosen}; border-color: {accent}; }}
QToolButton[role="quiet"], QPushButton[role="quiet"] {{ border: 1px solid transparent; padding: 4px; background: transparent; }}
QToolButton[role="quiet"]:hover, QPushButton[role="quiet"]:hover {{ background: {hover}; }}
QToolButton[role="quiet"]:checked {{ background: {chosen}; }}
QToolButton[role="quiet"]:focus, QPushButton[role="quiet"]:focus {{ border: 2px solid {focus}; padding: 3px; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QPlainTextEdit, QTextEdit {{
    border: 1px solid {edge}; border-radius: {radius}px; padding: 4px 6px; background: {surface}; color: {text};
}}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {focus}; padding: 3px 5px; }}
QTextEdit[role="paper"], QPlainTextEdit[role="paper"] {{ border: none; border-radius: 0; background: {paper}; padding: 0; }}

QAbstractItemView {{ background: {surface}; border: none; outline: none; alternate-background-color: {sunken}; }}
QAbstractItemView::item:hover {{ background: {hover}; }}
QAbstractItemView::item:selected {{ background: {chosen}; color: {text}; }}
QAbstractItemView:focus {{ border: 1px solid {focus}; }}
QListView[role="field"] {{ border: 1px solid {edge}; border-radius: {radius}px; padding: 2px; }}
QListView[role="field"]:focus {{ border: 2px solid {focus}; padding: 1px; }}
QListView[role="field"]::item {{ padding: 3px; }}
QHeaderView::section {{
    background: {surface}; color: {muted}; border: none; border-bottom: 1px solid {line}; padding: 5px 6px;
}}
QTabBar::tab {{
    background: transparent; color: {muted}; padding: 7px {medium}px; border: none; border-bottom: 2px solid transparent;
}}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar {{ outline: none; }}
QTabBar QToolButton {{ padding: 0; border-radius: 0; }}
QTableCornerButton::section {{ background: {surface}; border: none; border-bottom: 1px solid {line}; }}
QTabBar::tab:focus {{ border: 2px solid {focus}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}

QProgressBar {{ border: none; border-radius: 3px; background: {line}; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {line}; spacing: {small}px; padding: 6px {small}px; }}
QStatusBar {{ background: {window}; border-top: 1px solid {line}; color: {muted}; }}
QStatusBar::item {{ border: none; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: {tiny}px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {chosen}; }}
QMenu::item:disabled {{ color: {edge}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 6px; }}
QMenuBar {{ background: {window}; }}
QMenuBar::item {{ padding: 4px {small}px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {chosen}; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; border: 2px solid transparent; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

#banner, #remarks {{ border-bottom: 1px solid {line}; }}
#banner[state="warning"], #remarks[state="warning"] {{ background: {warning_soft}; }}
#banner[state="danger"], #remarks[state="danger"] {{ background: {danger_soft}; }}
#banner[state="good"], #remarks[state="good"] {{ background: {good_soft}; }}
#banner[state="info"], #remarks[state="info"] {{ background: {chosen}; }}
#instructions {{ background: {sunken}; border-bottom: 1px solid {line}; }}
#card, QFrame[role="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 10px; }}
#dropArea {{ background: {surface}; border: 2px dashed {edge}; border-radius: 14px; }}
#dropArea[active="true"] {{ border-color: {accent}; background: {chosen}; }}
#chip {{ background: {sunken}; border: 1px solid {line}; border-radius: 11px; padding: 2px {small}px; color: {text}; }}
#quote {{ background: {sunken}; border-left: 3px solid {accent}; }}
"""


def stylesheet(palette: Palette, arrow: str) -> str:
    """The application's style sheet in the colours of a palette.

    Args:
        palette: the colours.
        arrow: file of the arrow in a drop-down box, with forward slashes; a style sheet takes pictures by name only.
    """
    return _SHEET.format(
        arrow=arrow,
        **{name: value for name, value in vars_of(palette).items() if isinstance(value, str)},
        radius=RADIUS,
        tiny=Space.TINY,
        small=Space.SMALL,
        medium=Space.MEDIUM,
    )


def vars_of(palette: Palette) -> dict[str, object]:
    """The fields of a palette by name."""
    return {name: getattr(palette, name) for name in palette.__slots__}
