"""Events as JSON values, for run records."""

from typing import cast, get_args

import msgspec

from reviewer.domain.events import RunEvent
from reviewer.domain.ids import Json

_KINDS: dict[str, type[RunEvent]] = {kind.__name__: kind for kind in get_args(RunEvent)}


class JsonEventForm:
    """Implements `reviewer.ports.records.EventForm`."""

    def json_of(self, event: RunEvent) -> Json:
        """An event as ``{"kind": ..., "event": {...}}``, every field given."""
        return {"kind": type(event).__name__, "event": cast("Json", msgspec.to_builtins(event))}

    def event_of(self, value: Json) -> RunEvent:
        """The event, every field checked. Raises ValueError: it is none that this version knows."""
        if not isinstance(value, dict) or value.get("kind") not in _KINDS:
            raise ValueError("no event")
        return msgspec.convert(value.get("event"), _KINDS[value["kind"]])
