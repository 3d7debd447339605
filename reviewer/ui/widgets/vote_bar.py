"""Votes as a bar, and the same as a sentence."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.ui.theme.theme import Theme

HEIGHT = 10
GAP = 2


@dataclass(frozen=True, slots=True)
class VoteShare:
    """So many votes that say the same. ``is_winner`` for what won; ``is_counted`` False for those set aside."""

    word: str
    count: int
    is_winner: bool
    is_counted: bool = True


class VoteBar(QWidget):
    """One piece a vote: full for what won, hatched for dissent, hollow for votes that do not count."""

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
        self.setToolTip(self.sentence())
        self.update()

    def sentence(self) -> str:
        """The same in words: ``2 say deviates, 1 says as wanted, 1 not counted``."""
        words = [
            (self.tr("%1 says %2") if share.count == 1 else self.tr("%1 say %2"))
            .replace("%1", str(share.count))
            .replace("%2", share.word)
            for share in self._shares
            if share.is_counted
        ]
        aside = sum(share.count for share in self._shares if not share.is_counted)
        if aside:
            words.append(self.tr("%1 not counted").replace("%1", str(aside)))
        return ", ".join(words)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pieces of equal width."""
        del event
        pieces = [share for share in self._shares for _ in range(share.count)]
        if not pieces:
            return
        palette = self._theme.palette
        painter = QPainter(self)
        width = (self.width() - GAP * (len(pieces) - 1)) / len(pieces)
        for index, share in enumerate(pieces):
            box = QRectF(index * (width + GAP), 0, width, HEIGHT).adjusted(0.5, 0.5, -0.5, -0.5)
            colour = QColor(palette.accent if share.is_winner else palette.warning)
            painter.setPen(colour if share.is_counted else QColor(palette.edge))
            painter.setBrush(_brush(share, colour))
            painter.drawRect(box)
        painter.end()


def _brush(share: VoteShare, colour: QColor) -> QBrush:
    if not share.is_counted:
        return QBrush(Qt.BrushStyle.NoBrush)
    return QBrush(colour, Qt.BrushStyle.SolidPattern if share.is_winner else Qt.BrushStyle.BDiagPattern)


def shares_of(said: list[tuple[str, bool]], winner: str) -> tuple[VoteShare, ...]:
    """From what each vote says, and whether it counts, to shares: what won first, then dissent, then the uncounted."""
    counts = Counter(said)
    shares = [VoteShare(word, count, counted and word == winner, counted) for (word, counted), count in counts.items()]
    return tuple(
        sorted(shares, key=lambda share: (not share.is_winner, not share.is_counted, -share.count, share.word))
    )
