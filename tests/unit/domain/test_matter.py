from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewer.domain.ids import DocumentId
from reviewer.domain.matter import NO_MATTER, Egress, Turn, next_turn, previous_turn

AT = datetime(2026, 11, 23, tzinfo=UTC)


def turn(document: str, line: str = "", number: int = 1) -> Turn:
    return Turn(NO_MATTER, DocumentId(document), DocumentId(line or document), number, "a.docx", "", "", AT)


def test_new_version_comes_after_the_newest_of_its_line() -> None:
    turns = [turn("a"), turn("b", "a", 2), turn("x")]
    assert next_turn(turns, DocumentId("a"), turn("c")) == turn("c", "a", 3)
    assert next_turn(turns, DocumentId("x"), turn("y")) == turn("y", "x", 2)


def test_version_of_an_unknown_document_is_the_second() -> None:
    assert next_turn([], DocumentId("old"), turn("new")) == turn("new", "old", 2)


def test_previous_version_is_the_one_before_in_the_line() -> None:
    turns = [turn("a"), turn("b", "a", 2), turn("c", "a", 3), turn("x")]
    assert previous_turn(turns, DocumentId("c")) == turns[1]
    assert previous_turn(turns, DocumentId("a")) is None
    assert previous_turn(turns, DocumentId("unknown")) is None
    assert previous_turn([replace(turns[1], number=5)], DocumentId("b")) is None


def test_what_an_earlier_version_called_named_asks_now() -> None:
    assert Egress("named") is Egress.ASK
    with pytest.raises(ValueError, match="anything"):
        Egress("anything")
