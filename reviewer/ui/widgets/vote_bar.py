"""Votes as a bar."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.ui.theme.theme import Theme
from reviewer.ui.theme.tokens import Palette, Space
from reviewer.ui.viewmodels.vote_shares import VoteShare, shares_sentence

HEIGHT = 12
_PATTERNS = (Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.DiagCrossPattern, Qt.BrushStyle.Dense6Pattern)
"""What tells the answers apart that did not win; more than three different ones begin again."""


class VoteBar(QWidget):
    """One piece a vote: full for what won, a pattern for each other answer, hollow for votes that do not count."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares: tuple[VoteShare, ...] = ()
        self.setObjectName("voteBar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_shares(self, shares: tuple[VoteShare, ...]) -> None:
        """Shows these votes, in this order."""
        self._shares = shares
        self.setAccessibleName(self.sentence())
        self.update()

    def sentence(self) -> str:
        """The same in words: ``2 say deviates, 1 says as wanted, 1 not counted``."""
        return shares_sentence(self._shares)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pieces of equal width."""
        del event
        count = sum(share.count for share in self._shares)
        if not count:
            return
        painter = QPainter(self)
        width = (self.width() - Space.HAIR * (count - 1)) / count
        left = 0.0
        for share, brush, pen in _looks(self._shares, self._theme.palette):
            painter.setBrush(brush)
            painter.setPen(pen)
            for _ in range(share.count):
                painter.drawRect(QRectF(left + 0.5, 0.5, width - 1, HEIGHT - 1))
                left += width + Space.HAIR
        painter.end()


def _looks(shares: tuple[VoteShare, ...], palette: Palette) -> list[tuple[VoteShare, QBrush, QPen]]:
    looks, others = [], 0
    for share in shares:
        if not share.is_counted:
            looks.append((share, QBrush(Qt.BrushStyle.NoBrush), QPen(QColor(palette.edge), 1, Qt.PenStyle.DotLine)))
        elif share.is_winner:
            looks.append((share, QBrush(QColor(palette.accent)), QPen(QColor(palette.accent))))
        else:
            pattern = _PATTERNS[others % len(_PATTERNS)]
            looks.append((share, QBrush(QColor(palette.warning), pattern), QPen(QColor(palette.warning))))
            others += 1
    return looks
