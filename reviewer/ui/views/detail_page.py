"""The scrolling part of the detail: what is known about one finding, from top to bottom."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reviewer.ui.theme.icons import icon, severity_icon
from reviewer.ui.theme.theme import Theme, scaled_font
from reviewer.ui.theme.tokens import ICON_SIZE, Scale, Space
from reviewer.ui.viewmodels.detail import FindingDetail
from reviewer.ui.views.quote_block import quote_block
from reviewer.ui.views.votes_part import VotesPart
from reviewer.ui.widgets.plain_text import PlainText

CHIP_HEIGHT = 24
"""High enough for the round ends that the style sheet gives a chip."""


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
            self._layout.addWidget(quote_block(theme, quote, self.quote_activated))
        self._add_texts(self.tr("Not to rely on"), "doubt", detail.doubts)
        self._add_texts(self.tr("Why"), "why", [detail.rationale])
        self._add_texts(self.tr("What is missing"), "gap", [detail.gap])
        self._add_votes(detail)
        self._add_texts(self.tr("Least change"), "edit", [detail.edit])
        self._add_suggestion(detail.suggestion)
        self._add_texts(self.tr("If they refuse"), "ifRefused", [detail.if_refused])
        self._add_texts(self.tr("Looked in"), "searched", [f"•  {each}" for each in detail.searched])
        self._add_texts(self.tr("Who may accept it"), "approver", [detail.approver])
        self._add_texts(self.tr("Where it went"), "route", [detail.route])
        self._layout.addStretch(1)

    def _add_headline(self, detail: FindingDetail) -> None:
        title = PlainText(detail.title)
        title.setObjectName("findingTitle")
        title.setFont(scaled_font(Scale.TITLE, bold=True))
        line = PlainText(" · ".join(part for part in (detail.outcome, detail.place) if part), "muted")
        line.setObjectName("findingOutcome")
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self._severity_chip(detail), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(line, 1)
        self._layout.addLayout(row)
        self._layout.addWidget(title)

    def _severity_chip(self, detail: FindingDetail) -> QWidget:
        palette = self._theme.palette
        shape = QLabel()
        shape.setPixmap(severity_icon(detail.severity, palette).pixmap(QSize(14, 14)))
        word = QLabel(detail.severity_word)
        word.setObjectName("findingSeverity")
        word.setFont(scaled_font(Scale.SMALL, bold=True))
        word.setStyleSheet(f"color: {palette.severities[detail.severity]};")
        chip = QFrame()
        chip.setObjectName("chip")
        chip.setFixedHeight(CHIP_HEIGHT)
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TINY)
        row.addWidget(shape)
        row.addWidget(word)
        return chip

    def _add_heading(self, text: str, *buttons: QWidget) -> None:
        heading = QLabel(text)
        heading.setFont(scaled_font(Scale.SMALL, bold=True))
        heading.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(heading, 1)
        for button in buttons:
            row.addWidget(button)
        self._layout.addSpacing(Space.SMALL)
        self._layout.addLayout(row)

    def _add_texts(self, heading: str, name: str, texts: Iterable[str]) -> None:
        """Paragraphs under a heading; nothing where there are none."""
        shown = [PlainText(text) for text in texts if text]
        if shown:
            self._add_heading(heading)
        for text in shown:
            text.setObjectName(name)
            self._layout.addWidget(text)

    def _add_votes(self, detail: FindingDetail) -> None:
        self._add_heading(self.tr("Votes"))
        part = VotesPart(self._theme, detail)
        part.quote_activated.connect(self.quote_activated)
        self._layout.addWidget(part)

    def _add_suggestion(self, text: str) -> None:
        if not text:
            return
        copy = QPushButton(self.tr("Copy"))
        copy.setObjectName("copySuggestion")
        copy.setAccessibleName(self.tr("Copy the suggested wording"))
        copy.setProperty("role", "quiet")
        copy.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        copy.setIcon(icon("copy", self._theme.palette.text))
        copy.clicked.connect(partial(QGuiApplication.clipboard().setText, text))
        self._add_heading(self.tr("Suggested wording"), copy)
        box = QFrame()
        box.setObjectName("card")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        words = PlainText(text)
        words.setObjectName("suggestion")
        inner.addWidget(words)
        self._layout.addWidget(box)
