"""Entries: findings with what else is known about them, as the window shows them."""

from dataclasses import dataclass, field

from reviewer.domain.decision import Standing
from reviewer.domain.events import RoutedItem
from reviewer.domain.finding import Finding
from reviewer.domain.ids import DocumentId


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as the window shows it.

    Attributes:
        number: of its clause as printed, such as ``12.1``; empty for the whole document or an unnumbered part.
        heading: of its clause, or *Whole document*.
        order: where it stands among the entries of its document: worst first, then as the document reads.
        route: of its clause, where it was routed.
    """

    document: DocumentId
    finding: Finding
    number: str
    heading: str
    order: tuple[int, int, str]
    route: RoutedItem | None = None
    standing: Standing = field(default_factory=Standing)
