"""Quoted words with what the quote gate found, and the way to their place where they have one."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reviewer.ui import words
from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import RADIUS, Palette, Space
from reviewer.ui.viewmodels import wording
from reviewer.ui.viewmodels.detail import Quote
from reviewer.ui.widgets.plain_text import PlainText

ICON = 14
STRIPE = 3


class FoundQuote(QAbstractButton):
    """Words that stand somewhere: a click, Enter or Space asks for their place."""

    def __init__(self, theme: Theme, quote: Quote, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("quoteBlock")
        self.setAccessibleName(f"{quote.state}: {wording.quoted(quote.text)}")
        ours = f"{_document_says(quote.ours)} " if quote.ours else ""
        self.setAccessibleDescription(ours + self.tr("Enter shows it in the source."))
        self.setToolTip(self.tr("Show in the source"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        go_there = QLabel()
        go_there.setPixmap(icon("expand", theme.palette.accent).pixmap(QSize(ICON, ICON)))
        for text in _fill(self, theme.palette, quote, go_there):
            text.clicked.connect(self.click)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Looks like something to click."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Looks as before."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sunken block with a stripe; the focus ring."""
        del event
        palette = self._theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.hover if self.underMouse() else palette.sunken))
        painter.fillRect(0, 0, STRIPE, self.height(), QColor(palette.accent))
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.focus), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class LostQuote(QWidget):
    """Words that the document does not hold: a dotted outline, and nowhere to go."""

    def __init__(self, theme: Theme, quote: Quote, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("lostQuote")
        self.setAccessibleName(f"{quote.state}: {wording.quoted(quote.text)}")
        _fill(self, theme.palette, quote, None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """An outline of dots."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.palette.warning), 1.5, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()


def _document_says(ours: str) -> str:
    """What the document says where a quote differs from it."""
    text = QCoreApplication.translate("QuoteBlock", "The document says: %1")
    return text.replace("%1", wording.quoted(ours))


def quote_block(theme: Theme, quote: Quote, activated: object) -> QWidget:
    """The block of a quote.

    Args:
        theme: colours.
        quote: the words.
        activated: a bound signal; gets the `Anchor` of the words.
    """
    if quote.anchor is None:
        return LostQuote(theme, quote)
    block = FoundQuote(theme, quote)
    block.clicked.connect(partial(activated.emit, quote.anchor))  # type: ignore[attr-defined]  # PySide6 has no type for bound signals
    return block


def _fill(box: QWidget, palette: Palette, quote: Quote, go_there: QLabel | None) -> tuple[PlainText, PlainText]:
    """Puts the words and what was found about them into a box."""
    text = PlainText(wording.quoted(quote.text))
    text.setObjectName("quoteText")
    state = PlainText(quote.state, "good" if quote.is_evidence else "warning")
    state.setObjectName("quoteState")
    picture = QLabel()
    colour = palette.good if quote.is_evidence else palette.warning
    picture.setPixmap(icon(words.QUOTE_ICONS[quote.status], colour).pixmap(QSize(ICON, ICON)))
    row = QHBoxLayout()
    row.setSpacing(Space.TINY)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(state, 1)
    if go_there is not None:
        row.addWidget(go_there, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout(box)
    column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.SMALL)
    column.setSpacing(Space.TINY)
    column.addWidget(text)
    column.addLayout(row)
    if quote.ours:
        ours = PlainText(_document_says(quote.ours), "muted")
        ours.setObjectName("documentWords")
        column.addWidget(ours)
    return text, state
