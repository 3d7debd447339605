import typing
from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from reviewer.domain import events
from reviewer.domain.events import DocumentFailed, RunEvent


def test_run_event_names_every_kind_of_event() -> None:
    kinds = set(typing.get_args(RunEvent))
    parts = {events.DocumentHeader, events.RoutedItem}
    defined = {each for each in vars(events).values() if is_dataclass(each) and each.__module__ == events.__name__}
    assert defined - parts == kinds


def test_events_cannot_be_changed() -> None:
    event = DocumentFailed("a.pdf", "broken", "It is broken.", "")
    with pytest.raises(FrozenInstanceError):
        event.code = "fine"  # type: ignore[misc]


def test_events_about_documents_carry_no_text_but_a_label() -> None:
    names = {field.name for kind in typing.get_args(RunEvent) for field in fields(kind)}
    assert "text" not in names
