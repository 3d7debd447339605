"""What is said about text that nobody sees."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.document import DocumentWarning

_MOST_PAGES = 5


@dataclass(frozen=True, slots=True)
class HiddenPiece:
    """Characters hidden for one reason, such as ``tiny``; page from 1, or None where there are no pages."""

    reason: str
    characters: int
    page: int | None = None


def hidden_text_warning(pieces: Sequence[HiddenPiece]) -> DocumentWarning:
    """How much is hidden, why and where. There must be at least one piece."""
    count = sum(piece.characters for piece in pieces)
    reasons = ", ".join(dict.fromkeys(piece.reason for piece in pieces))
    pages = list(dict.fromkeys(piece.page for piece in pieces if piece.page is not None))
    shown = ", ".join(map(str, pages[:_MOST_PAGES])) + (" and more" if len(pages) > _MOST_PAGES else "")
    where = f" on page {shown}" if len(pages) == 1 else f" on pages {shown}" if pages else ""
    said = f"Hidden text{where}: {count} characters that a reader does not see ({reasons})."
    return DocumentWarning(
        "hidden_text", f"{said} A review leaves it out unless you include hidden text.", pages[0] if pages else None
    )
