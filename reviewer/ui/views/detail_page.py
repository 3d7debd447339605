"""The scrolling part of the detail: what is known about one finding, from top to bottom."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from reviewer.ui import words
from reviewer.ui.theme.icons import icon, severity_icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import ICON_SIZE, Scale, Space
from reviewer.ui.viewmodels.detail import FindingDetail, Quote, VoteCard
from reviewer.ui.widgets.vote_bar import VoteBar, shares_of


class DetailPage(QWidget):
    """Built once for each finding. All text is plain: what a model wrote can load nothing."""

    quote_activated = Signal(object)
    """An `Anchor`."""

    def __init__(self, theme: Theme, detail: FindingDetail) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.LARGE)
        self._layout.setSpacing(Space.SMALL)
        self._add_headline(detail)
        for quote in detail.quotes:
            self._layout.addWidget(self._quote(quote))
        self._add_text(self.tr("Why"), detail.entry.finding.rationale)
        self._add_text(self.tr("Gap"), detail.entry.finding.gap)
        self._add_votes(detail)
        self._add_suggestion(detail.entry.finding.suggestion)
        self._add_text(self.tr("Looked in"), detail.searched)
        self._add_text(self.tr("Who may accept it"), detail.entry.finding.approver)
        self._add_text(self.tr("Route"), detail.route)
        self._layout.addStretch(1)

    def _add_headline(self, detail: FindingDetail) -> None:
        finding, palette = detail.entry.finding, self._theme.palette
        shape = QLabel()
        shape.setPixmap(severity_icon(finding.severity, palette).pixmap(QSize(ICON_SIZE, ICON_SIZE)))
        title = _plain(finding.title)
        title.setObjectName("findingTitle")
        title.setFont(scaled_font(Scale.TITLE, bold=True))
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(title, 1)
        line = _plain(" · ".join((words.severity(finding.severity), detail.outcome, detail.place)), "muted")
        line.setObjectName("findingOutcome")
        self._layout.addLayout(row)
        self._layout.addWidget(line)

    def _quote(self, quote: Quote) -> QWidget:
        box = QFrame()
        box.setObjectName("quote")
        column = QVBoxLayout(box)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(Space.TINY)
        text = _plain(f"“{quote.text}”")
        text.setObjectName("quoteText")
        column.addWidget(text)
        column.addLayout(self._quote_state(quote))
        return box

    def _quote_state(self, quote: Quote) -> QHBoxLayout:
        palette = self._theme.palette
        is_exact = quote.citation.is_evidence
        picture = QLabel()
        colour = palette.good if is_exact else palette.warning
        picture.setPixmap(icon(words.QUOTE_ICONS[quote.status], colour).pixmap(QSize(14, 14)))
        said = self.tr("Quote: %1").replace("%1", quote.state)
        if quote.page:
            said = f"{said} · {self.tr('page %1').replace('%1', str(quote.page))}"
        state = _plain(said, "good" if is_exact else "warning")
        state.setObjectName("quoteState")
        row = QHBoxLayout()
        row.setSpacing(Space.TINY)
        row.addWidget(picture)
        row.addWidget(state, 1)
        if quote.can_be_shown:
            show = QPushButton(self.tr("Show"))
            show.setObjectName("showQuote")
            show.setAccessibleName(self.tr("Show the quote in the source"))
            show.setProperty("role", "quiet")
            show.clicked.connect(partial(self.quote_activated.emit, quote.citation.anchor))
            row.addWidget(show)
        return row

    def _add_text(self, heading: str, text: str) -> None:
        if text:
            self._layout.addSpacing(Space.TINY)
            self._layout.addWidget(_heading(heading))
            self._layout.addWidget(_plain(text))

    def _add_suggestion(self, text: str) -> None:
        if not text:
            return
        copy = QToolButton()
        copy.setObjectName("copySuggestion")
        copy.setAccessibleName(self.tr("Copy the suggested wording"))
        copy.setToolTip(self.tr("Copy"))
        copy.setProperty("role", "quiet")
        copy.setIcon(icon("copy", self._theme.palette.text))
        copy.clicked.connect(partial(QGuiApplication.clipboard().setText, text))
        row = QHBoxLayout()
        row.addWidget(_heading(self.tr("Suggested wording")), 1)
        row.addWidget(copy)
        box = QFrame()
        box.setObjectName("quote")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        inner.addWidget(_plain(text))
        self._layout.addSpacing(Space.TINY)
        self._layout.addLayout(row)
        self._layout.addWidget(box)

    # -------------------------------------------------------------------------------------------------------- the votes

    def _add_votes(self, detail: FindingDetail) -> None:
        self._layout.addSpacing(Space.TINY)
        self._layout.addWidget(_heading(self.tr("Votes")))
        if not detail.cards:
            self._layout.addWidget(_plain(detail.votes_line, "muted"))
            return
        bar = VoteBar(self._theme)
        bar.show_shares(shares_of([(card.said, card.counted) for card in detail.cards], detail.winner))
        agreement = detail.entry.finding.agreement
        said = f"{detail.votes_line}: {bar.sentence()}."
        if agreement is not None:
            said += " " + self.tr("Agreement %1.").replace("%1", f"{agreement:.2f}")
        self._layout.addWidget(bar)
        line = _plain(said)
        line.setObjectName("votesLine")
        self._layout.addWidget(line)
        if detail.dissent:
            self._layout.addSpacing(Space.TINY)
            self._layout.addWidget(_heading(self.tr("Dissent"), "warning"))
            for card in detail.dissent:
                self._layout.addWidget(self._card(card, "dissentCard"))
        self._add_other_votes([card for card in detail.cards if not card.dissents])

    def _add_other_votes(self, cards: list[VoteCard]) -> None:
        if not cards:
            return
        box = QWidget()
        box.setObjectName("otherVotes")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        for card in cards:
            column.addWidget(self._card(card, "voteCard"))
        box.hide()
        toggle = QToolButton()
        toggle.setObjectName("showVotes")
        toggle.setCheckable(True)
        toggle.setProperty("role", "quiet")
        toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        toggle.setText(self.tr("All other votes (%1)").replace("%1", str(len(cards))))
        toggle.setAccessibleName(toggle.text())
        toggle.setIcon(icon("expand", self._theme.palette.text))
        toggle.toggled.connect(partial(self._fold, toggle, box))
        self._layout.addWidget(toggle)
        self._layout.addWidget(box)

    def _fold(self, toggle: QToolButton, box: QWidget, is_open: bool) -> None:  # noqa: FBT001 - Qt's signature
        box.setVisible(is_open)
        toggle.setIcon(icon("collapse" if is_open else "expand", self._theme.palette.text))

    def _card(self, card: VoteCard, name: str) -> QWidget:
        box = QFrame()
        box.setObjectName("quote")
        box.setAccessibleName(name)
        column = QVBoxLayout(box)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(Space.TINY)
        head = _plain(f"{card.title}: {card.said}")
        head.setObjectName(name)
        head.setFont(scaled_font(Scale.BODY, bold=True))
        column.addWidget(head)
        if not card.counted:
            column.addWidget(_plain(self.tr("Not counted: its quote is not in the document."), "warning"))
        if card.rationale:
            column.addWidget(_plain(card.rationale))
        if card.quote:
            column.addWidget(_plain(f"“{card.quote.text}”", "muted"))
            column.addLayout(self._quote_state(card.quote))
        return box


def _heading(text: str, role: str = "muted") -> QLabel:
    label = QLabel(text)
    label.setFont(scaled_font(Scale.SMALL, bold=True))
    label.setProperty("role", role)
    return label


def _plain(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setMinimumWidth(1)
    if role:
        label.setProperty("role", role)
    return label
