"""Citations: words said to be in a document, and whether they are."""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.domain.anchor import Anchor


class QuoteStatus(StrEnum):
    """What the quote gate found.

    *verified*: the words stand where they were said to. *moved*: they stand elsewhere in the document. *near*: almost
    these words, with the same digits, negations and modal verbs; a difference to look at, never evidence.
    *unverified*: the document does not hold them.
    """

    VERIFIED = "verified"
    MOVED = "moved"
    NEAR = "near"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words a rater claims to have read.

    Attributes:
        quote: the words.
        start: offset of the words in the item's text, where the rater knows it; only a hint to the quote gate.
    """

    quote: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence after the quote gate. ``anchor`` is None exactly when the status is *unverified*.

    ``hidden`` names the visibility of words that a reader of the document does not see (hidden, deleted, comment): they
    are shown as a warning and are never evidence. Empty for all others.
    """

    quote: str
    status: QuoteStatus
    anchor: Anchor | None = None
    hidden: str = ""

    @property
    def is_evidence(self) -> bool:
        """True for words that are in the document exactly, for its readers to see."""
        return not self.hidden and self.status in (QuoteStatus.VERIFIED, QuoteStatus.MOVED)
