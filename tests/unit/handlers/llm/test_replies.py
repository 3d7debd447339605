import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.ids import Json
from reviewer.handlers.llm.replies import MAX_CHARS, ReplyReader, invalid_reply
from reviewer.ports.handling import InvalidReplyError

SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {
        "word": {"type": "string"},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "deep": {},
    },
    "required": ["word"],
    "additionalProperties": False,
}
READER = ReplyReader(SCHEMA)
GOOD = '{"word": "x"}'


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        f"  \n{GOOD}\n",
        f"\ufeff{GOOD}",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```\n",
        f"<think>\nPerhaps {{}}?\n</think>\n{GOOD}",
        f"<thinking>so</thinking>```json\n{GOOD}\n```",
        f"The opening tag was swallowed.</think>\n{GOOD}",
        f"<reasoning>so</reasoning>{GOOD}",
        f"[THINK]so[/THINK]{GOOD}",
        f"<|channel|>analysis<|message|>So.<|end|><|start|>assistant<|channel|>final<|message|>{GOOD}",
        f"Here is the JSON you asked for:\n```json\n{GOOD}\n```\nI hope this helps.",
    ],
)
def test_reader_takes_json_with_what_models_put_around_it(reply: str) -> None:
    assert READER.read(reply) == {"word": "x"}


def test_reader_takes_no_tag_inside_the_answer_for_thoughts() -> None:
    word = '</think>{"word": "y"}'
    assert READER.read(json.dumps({"word": word})) == {"word": word}


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ("", "not JSON"),
        ("I cannot help with that.", "not JSON"),
        ('{"word": "x"', "not JSON"),
        (f"{GOOD} and more", "not JSON"),
        (f"Sure: {GOOD}", "not JSON"),
        ('{"word": "x", "word": "y"}', "a key stands twice"),
        ('{"word": "x", "deep": {"a": 1, "a": 2}}', "a key stands twice"),
        ('{"word": "x", "score": NaN}', "NaN is not allowed"),
        ('{"word": "x", "score": -Infinity}', "-Infinity is not allowed"),
        ('{"word": "x", "deep": 1e999}', "without end"),
        ('{"word": "x", "deep": ' + "9" * 5000 + "}", "not JSON"),
        ('{"word": "x", "deep": 1234567890123456789}', "too many digits"),
        ('{"word": "\\ud800"}', "half of a character"),
        ('{"word": "\ud800"}', "half of a character"),
        ('{"\\uDC00": "x"}', "half of a character"),
        (f"```json\n{GOOD}\n```\nor\n```json\n{GOOD}\n```", "not JSON"),
        ('{"word": "x", "deep": ' + "[" * 30 + "]" * 30 + "}", "nested too deeply"),
        ('{"word": "x", "deep": ' + "[" * 100_000 + "]" * 100_000 + "}", "not JSON"),
        ('{"word": "' + "x" * MAX_CHARS + '"}', "more than 1000000 characters"),
        ("[]", "not of the schema"),
        ("null", "not of the schema"),
        ("{}", "word"),
        ('{"word": 1}', "data.word must be string"),
        ('{"word": "x", "kind": "c"}', "must be one of"),
        ('{"word": "x", "score": 1.5}', "smaller than or equal to 1"),
        ('{"word": "x", "score": true}', "must be number"),
        ('{"word": "x", "other": 1}', "has a key that the schema does not name"),
    ],
    ids=lambda value: value[:24],
)
def test_reader_refuses_what_was_not_asked_for_and_says_why(reply: str, says: str) -> None:
    with pytest.raises(InvalidReplyError) as caught:
        READER.read(reply)
    assert caught.value.code == "bad_reply"
    assert says in caught.value.user_message
    assert "\n" not in caught.value.user_message


def test_reader_takes_a_whole_character_in_two_escapes() -> None:
    assert READER.read('{"word": "\\ud83d\\ude00"}') == {"word": "\U0001f600"}


def test_reader_takes_many_brackets_side_by_side() -> None:
    assert READER.read('{"word": "x", "deep": [' + "[]," * 30 + "[]]}")["word"] == "x"


def test_reader_takes_depth_up_to_the_limit() -> None:
    assert READER.read('{"word": "x", "deep": ' + "[" * 18 + "]" * 18 + "}")["word"] == "x"


def test_message_is_short_whatever_the_reply_holds() -> None:
    with pytest.raises(InvalidReplyError) as caught:
        READER.read(json.dumps({"word": "x", "secret " * 1000: 1}))
    assert len(caught.value.user_message) <= 303
    assert invalid_reply("it is bad.").user_message == "it is bad."


@given(st.text(max_size=200))
def test_reader_raises_nothing_else_whatever_it_is_given(reply: str) -> None:
    with pytest.raises(InvalidReplyError):
        READER.read(reply)


@given(st.dictionaries(st.just("word"), st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_reader_gives_back_what_was_written(value: dict[str, str]) -> None:
    assert READER.read(json.dumps(value)) == value
    assert READER.read(json.dumps(value, ensure_ascii=False)) == value


def test_complaint_repeats_nothing_of_a_reply() -> None:
    with pytest.raises(InvalidReplyError) as caught:
        READER.read('{"word": "x", "https://evil.example/?c=Acme": 1}')
    assert "evil" not in caught.value.user_message
