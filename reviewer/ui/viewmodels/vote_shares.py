"""How votes fell, as shares of equal answers and as a sentence."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from reviewer.domain.vote import VoteState
from reviewer.ui import words


@dataclass(frozen=True, slots=True)
class VoteShare:
    """So many votes that say the same. ``is_winner`` for what won; ``is_counted`` False for those set aside."""

    word: str
    count: int
    is_winner: bool
    is_counted: bool = True

    @property
    def abstained(self) -> bool:
        """Their models declined to answer."""
        return self.word == words.word(VoteState.ABSTAINED)

    @property
    def compromised(self) -> bool:
        """Their replies may not be used."""
        return self.word == words.word(VoteState.COMPROMISED)


def shares_of(said: Sequence[tuple[str, bool]], winner: str) -> tuple[VoteShare, ...]:
    """What each vote says and whether it counts, as shares: what won first, then dissent, then the uncounted.

    Args:
        said: a word and whether it counts, for each vote.
        winner: the word that won; empty where nothing did.
    """
    shares = [
        VoteShare(word, count, counted and word == winner, counted) for (word, counted), count in Counter(said).items()
    ]
    return tuple(
        sorted(shares, key=lambda share: (not share.is_winner, not share.is_counted, -share.count, share.word))
    )


def shares_sentence(shares: Sequence[VoteShare]) -> str:
    """The same in words: ``2 say deviates, 1 says as wanted, 1 not counted``."""
    parts = [
        (_tr("%1 says %2") if share.count == 1 else _tr("%1 say %2"))
        .replace("%1", str(share.count))
        .replace("%2", share.word)
        for share in shares
        if share.is_counted
    ]
    own = [share for share in shares if share.abstained or share.compromised]
    parts += [f"{share.count} {share.word}" for share in own]
    aside = sum(share.count for share in shares if not share.is_counted) - sum(share.count for share in own)
    if aside:
        parts.append(_tr("%1 not counted").replace("%1", str(aside)))
    return ", ".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Votes", text)
