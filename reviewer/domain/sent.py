"""What left this computer."""

from dataclasses import dataclass
from datetime import datetime

from reviewer.domain.destination import Destination


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request of a run beyond this computer. It is entered before it leaves: one that reached nobody is there too.

    Attributes:
        at: aware, UTC.
        via: host and port of the proxy it took; empty for none.
        model: the rater that was asked.
        document, section: ids of what it was about; empty where it was about several.
        size_bytes: of its body.
        number: its place among all that was sent from a workspace.
    """

    run: str
    at: datetime
    destination: Destination
    via: str
    model: str
    document: str
    section: str
    size_bytes: int
    number: int = 0
