import json

import pytest

from reviewer.domain.events import RunEvent
from reviewer.storage.event_form import JsonEventForm
from tests.unit.storage.test_runs import EVENTS

FORM = JsonEventForm()


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_event_comes_back_equal_from_json(event: RunEvent) -> None:
    assert FORM.event_of(json.loads(json.dumps(FORM.json_of(event)))) == event


@pytest.mark.parametrize("value", [1, {}, {"kind": "Unheard"}, {"kind": "StepDone"}, {"kind": "StepDone", "event": {}}])
def test_what_is_no_event_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        FORM.event_of(value)  # type: ignore[arg-type]  # JSON by construction
