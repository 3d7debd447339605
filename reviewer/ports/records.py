"""What run records are made with."""

from typing import Protocol

from reviewer.domain.events import RunEvent
from reviewer.domain.ids import Json


class EventForm(Protocol):
    """Events as JSON values and back."""

    def json_of(self, event: RunEvent) -> Json:
        """An event as JSON, from which `event_of` makes an equal one."""
        ...

    def event_of(self, value: Json) -> RunEvent:
        """The event. Raises ValueError: it is none that this version knows."""
        ...
