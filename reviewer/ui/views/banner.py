"""The banner: a state in place, said in one sentence, with one thing to do about it."""

import re
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import ICON_SIZE, Scale, Space

Kind = Literal["info", "good", "warning", "danger"]

_ICONS: dict[str, str] = {"info": "info", "good": "done", "warning": "warning", "danger": "failed"}

_LONG_WORD = re.compile(r"\S{40}(?=\S)")
_BREAK = "\N{ZERO WIDTH SPACE}"


class Banner(QFrame):
    """A strip above something; hidden until there is something to say. It never takes the focus by itself.

    Args:
        name: of the widget, and what the names of its parts begin with.
    """

    action_requested = Signal()
    dismissed = Signal()
    """The user closed it."""

    def __init__(self, theme: Theme, name: str = "banner", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind: str = "info"
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icon = QLabel()
        self._icon.setObjectName(f"{name}Icon")
        self._text = _text(f"{name}Text")
        self._details = _text(f"{name}Details")
        self._details.setFont(scaled_font(Scale.SMALL))
        self._make_buttons(name)
        self._lay_out()
        theme.changed.connect(self._draw)
        self.hide()

    def show_message(self, kind: Kind, text: str, action: str = "", details: str = "") -> None:
        """Says something, in place of what was said before.

        Args:
            kind: how much it matters; gives colour and icon.
            text: one sentence, shown as plain text.
            action: what the button says; empty for none.
            details: more, shown on demand; plain text.
        """
        self._kind = kind
        self._text.setText(_breakable(text))
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._details.setText(_breakable(details))
        self._more.setChecked(False)
        self._more.setVisible(bool(details))
        self._details.hide()
        self.setAccessibleName(f"{self._kind_word()}: {text}")
        self.setProperty("state", kind)
        self._draw()
        self.show()
        self._announce()

    def dismiss(self) -> None:
        """Takes it away."""
        self.hide()

    # ------------------------------------------------------------------------------------------------------ the parts

    def _make_buttons(self, name: str) -> None:
        self._action = QPushButton()
        self._action.setObjectName(f"{name}Action")
        self._action.clicked.connect(self.action_requested)
        self._more = QPushButton(self.tr("Details"))
        self._more.setObjectName(f"{name}More")
        self._more.setAccessibleName(self.tr("Show the details"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._details.setVisible)
        self._close = QToolButton()
        self._close.setObjectName(f"{name}Close")
        self._close.setProperty("role", "quiet")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close"))
        self._close.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self._close.clicked.connect(self._take_close)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.TINY)
        words.addWidget(self._text)
        words.addWidget(self._details)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        for button in (self._more, self._action, self._close):
            row.addWidget(button)

    def _take_close(self) -> None:
        self.dismiss()
        self.dismissed.emit()

    # ------------------------------------------------------------------------------------------------- how it is shown

    def _draw(self) -> None:
        palette = self._theme.palette
        colours = {
            "info": palette.accent,
            "good": palette.good,
            "warning": palette.warning,
            "danger": palette.danger,
        }
        self._icon.setPixmap(icon(_ICONS[self._kind], colours[self._kind]).pixmap(ICON_SIZE, ICON_SIZE))
        self._close.setIcon(icon("cancel", palette.text))
        self.style().unpolish(self)
        self.style().polish(self)

    def _kind_word(self) -> str:
        words = {
            "info": self.tr("Information"),
            "good": self.tr("Done"),
            "warning": self.tr("Warning"),
            "danger": self.tr("Error"),
        }
        return words[self._kind]

    def _announce(self) -> None:
        """A screen reader says it, wherever the focus is."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))


def _breakable(text: str) -> str:
    """The text, with places to break a line in words that are longer than a line may be, such as paths."""
    return _LONG_WORD.sub(lambda found: found.group() + _BREAK, text)


def _text(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
