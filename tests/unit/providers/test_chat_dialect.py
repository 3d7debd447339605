import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.chat import ChatRequest
from reviewer.providers.chat_dialect import ChatDialect

SCHEMA = {"type": "object", "properties": {"reason": {"type": "string"}, "answer": {"type": "string"}}}
REQUEST = ChatRequest("rules", "clause", SCHEMA, "assess", seed=7, temperature=0.5, max_tokens=99)


def test_richest_request_holds_every_field() -> None:
    assert json.loads(ChatDialect().encode(REQUEST, "gpt")) == {
        "model": "gpt",
        "messages": [{"role": "system", "content": "rules"}, {"role": "user", "content": "clause"}],
        "seed": 7,
        "temperature": 0.5,
        "max_tokens": 99,
        "response_format": {"type": "json_schema", "json_schema": {"name": "assess", "strict": True, "schema": SCHEMA}},
    }


def test_order_of_the_schema_is_kept() -> None:
    body = ChatDialect().encode(REQUEST, "gpt")

    assert body.index(b'"reason"') < body.index(b'"answer"')


def test_simplest_request_holds_the_messages_only() -> None:
    dialect = ChatDialect("free", "", has_seed=False, has_temperature=False)

    assert set(json.loads(dialect.encode(REQUEST, "gpt"))) == {"model", "messages"}


@given(st.text(st.characters(exclude_categories=())), st.integers(0, 2**31 - 1))
def test_same_request_gives_the_same_bytes(user: str, seed: int) -> None:
    request = replace(REQUEST, user=user, seed=seed)
    body = ChatDialect().encode(request, "gpt")

    assert body == ChatDialect().encode(replace(request), "gpt")
    content = json.loads(body)["messages"][1]["content"]
    # A half surrogate pair is replaced, one for one; two halves that meet become the character they stand for.
    assert content == user or any(0xD800 <= ord(c) <= 0xDFFF for c in user)


def test_another_seed_gives_other_bytes() -> None:
    assert ChatDialect().encode(REQUEST, "gpt") != ChatDialect().encode(replace(REQUEST, seed=8), "gpt")


def test_half_a_surrogate_pair_becomes_one_replacement_character() -> None:
    body = ChatDialect().encode(replace(REQUEST, user="a\ud800b"), "gpt")

    assert json.loads(body)["messages"][1]["content"] == "a�b"


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ("unsupported parameter: 'response_format'", ChatDialect("json_object")),
        ("json_schema is not supported by this model", ChatDialect("json_object")),
        ("failed to parse grammar", ChatDialect("json_object")),
        (
            "'max_tokens' is not supported with this model. use 'max_completion_tokens' instead.",
            ChatDialect(limit_field="max_completion_tokens"),
        ),
        ("'temperature' does not support 0.0", ChatDialect(has_temperature=False)),
        ("unrecognized request argument supplied: seed", ChatDialect(has_seed=False)),
        ("extra inputs are not permitted", ChatDialect("json_object")),
        ("max_tokens is too large: 8192. this model supports at most 4096 completion tokens", None),
        ("messages must not be empty", None),
        ("", None),
    ],
)
def test_complaint_takes_away_what_it_names(complaint: str, expected: ChatDialect | None) -> None:
    assert ChatDialect().without(complaint) == expected


@pytest.mark.parametrize("complaint", ["response_format", "max_tokens temperature seed unknown response_format"])
def test_complaints_come_to_an_end(complaint: str) -> None:
    dialect: ChatDialect | None = ChatDialect()
    seen: set[ChatDialect] = set()
    while dialect is not None:
        assert dialect not in seen
        seen.add(dialect)
        dialect = dialect.without(complaint)

    assert "free" in {one.reply_format for one in seen}
