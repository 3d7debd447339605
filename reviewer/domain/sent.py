"""What left this computer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reviewer.domain.destination import Destination


class SentStatus(StrEnum):
    """What came of a request.

    *answered*; *failed*: nothing usable came back, or an error; *unanswered*: it was broken off, the program ended
    before an answer came, or it is still under way; *unknown*: it was sent by a version that did not note it.
    """

    ANSWERED = "answered"
    FAILED = "failed"
    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"


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
        outcome: a `SentStatus`, or the code of what failed; empty: not known.
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
    outcome: str = SentStatus.UNANSWERED.value

    @property
    def status(self) -> SentStatus:
        """What came of it."""
        if not self.outcome:
            return SentStatus.UNKNOWN
        return SentStatus(self.outcome) if self.outcome in set(SentStatus) else SentStatus.FAILED

    @property
    def code(self) -> str:
        """Why it failed; empty for any other."""
        return self.outcome if self.status is SentStatus.FAILED else ""
