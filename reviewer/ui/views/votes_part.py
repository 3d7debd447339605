"""The part of a finding's detail about its votes: how they fell, the dissent, and every one of them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from reviewer.ui.theme.icons import icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import Scale, Space
from reviewer.ui.viewmodels.detail import FindingDetail, VoteCard
from reviewer.ui.views.quote_block import quote_block
from reviewer.ui.widgets.plain_text import PlainText
from reviewer.ui.widgets.vote_bar import VoteBar

ICON = 14


class VotesPart(QWidget):
    """Dissent is always open, and so is everything where the votes decide nothing. The rest unfolds."""

    quote_activated = Signal(object)
    """An `Anchor`."""

    def __init__(self, theme: Theme, detail: FindingDetail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.SMALL)
        if detail.shares:
            bar = VoteBar(theme)
            bar.show_shares(detail.shares)
            self._column.addWidget(bar)
        line = PlainText(detail.votes_line, "" if detail.cards else "muted")
        line.setObjectName("votesLine")
        self._column.addWidget(line)
        if detail.is_decided:
            self._add_dissent(detail.dissent)
            self._add_folded([card for card in detail.cards if not card.dissents])
        else:
            self._add_cards(self._column, detail.cards, "voteCard")

    def _add_dissent(self, cards: Sequence[VoteCard]) -> None:
        if not cards:
            return
        picture = QLabel()
        picture.setPixmap(icon("warning", self._theme.palette.warning).pixmap(QSize(ICON, ICON)))
        title = QLabel(self.tr("Dissent (%1)").replace("%1", str(len(cards))))
        title.setObjectName("dissentTitle")
        title.setFont(scaled_font(Scale.SMALL, bold=True))
        title.setProperty("role", "warning")
        row = QHBoxLayout()
        row.setSpacing(Space.TINY)
        row.addWidget(picture)
        row.addWidget(title, 1)
        self._column.addLayout(row)
        self._add_cards(self._column, cards, "dissentCard")

    def _add_folded(self, cards: Sequence[VoteCard]) -> None:
        if not cards:
            return
        self._toggle = QToolButton()
        self._toggle.setObjectName("showVotes")
        self._toggle.setText(self.tr("All other votes (%1)").replace("%1", str(len(cards))))
        self._toggle.setAccessibleName(self._toggle.text())
        self._toggle.setCheckable(True)
        self._toggle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._toggle.setProperty("role", "quiet")
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.toggled.connect(self._fold)
        self._others = QWidget()
        self._others.setObjectName("otherVotes")
        column = QVBoxLayout(self._others)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        self._add_cards(column, cards, "voteCard")
        self._column.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._others)
        self._fold(is_open=False)

    def _fold(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._others.setVisible(is_open)
        self._toggle.setIcon(icon("collapse" if is_open else "expand", self._theme.palette.text))

    def _add_cards(self, column: QVBoxLayout, cards: Sequence[VoteCard], name: str) -> None:
        for card in cards:
            column.addWidget(self._card(card, name))

    def _card(self, card: VoteCard, name: str) -> QWidget:
        box = QFrame()
        box.setObjectName("card")
        column = QVBoxLayout(box)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(Space.TINY)
        head = PlainText(card.title)
        head.setObjectName(name)
        head.setFont(scaled_font(Scale.BODY, bold=True))
        column.addWidget(head)
        for note in filter(None, (card.warning, card.answered_by)):
            column.addWidget(PlainText(note, "warning"))
        if card.rationale:
            column.addWidget(PlainText(card.rationale))
        if card.quote:
            column.addWidget(quote_block(self._theme, card.quote, self.quote_activated))
        return box
