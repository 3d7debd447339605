import json

import pytest

from reviewer.domain.inert import inert, inert_json


@pytest.mark.parametrize("steering", ["\x1b", "\x07", "\x00", "\r", "\x7f", "\x9b", "\x90"])
def test_control_characters_are_shown_as_such(steering: str) -> None:
    assert inert(f"a{steering}b") == "a\ufffdb"


@pytest.mark.parametrize("turning", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2069"])
def test_what_turns_directions_is_left_out(turning: str) -> None:
    assert inert(f"a{turning}b") == "ab"


def test_words_of_any_script_lines_and_tabs_stay() -> None:
    text = "a\tb\nשלום \u200fعقد\u200e 合同 \u200c é"
    assert inert(text) == text


def test_json_means_the_same_without_any_of_them() -> None:
    value = {"a": "\x1b[2J\u202egpj\u2069\x9b\x7f", "b": ["合同\n"]}
    text = inert_json(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(text) == value
    assert inert(text) == text
