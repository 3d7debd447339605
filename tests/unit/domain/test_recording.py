import json
from dataclasses import replace

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ConfigError
from reviewer.domain.line_ids import with_line_ids
from reviewer.domain.recording import (
    RecordedCall,
    Recording,
    decode_recording,
    encode_recording,
    recorded_call,
    request_key,
)

MARK = f"=== {'a' * 32} ==="
REQUEST = ChatRequest("Judge.", f"Part: 1\n{MARK}\nPay now.\n{MARK}", {"type": "object"}, "assess", seed=1)
REPLY = ChatReply('{"größe": "\ud800"}', "gpt-4o-2024-08-06", FinishReason.STOP, 120, 30)
RECORDING = Recording("openai/gpt-4o", (RecordedCall("ab", REPLY), RecordedCall("cd", replace(REPLY, text=""))))
HEAD, FIRST, _ = encode_recording(RECORDING).decode().splitlines()


def test_recording_comes_back_as_it_was_written() -> None:
    assert decode_recording(encode_recording(RECORDING), "demo.jsonl") == RECORDING


def test_key_is_the_same_in_another_workspace_and_for_another_seed() -> None:
    elsewhere = replace(REQUEST, user=REQUEST.user.replace("a" * 32, "0f" * 16), seed=2)
    assert request_key(elsewhere) == request_key(REQUEST)


def test_call_is_recorded_without_what_follows_from_the_workspace() -> None:
    fence = "ab" * 16
    marked = replace(REQUEST, user=f"=== {fence} ===\n{with_line_ids('Pay now.', fence)}\n=== {fence} ===")
    kept = recorded_call(marked, replace(REPLY, text=with_line_ids("Pay now.", fence)))
    assert kept.reply.text == "Pay now."
    assert kept.request == request_key(replace(marked, user="=== ===\nPay now.\n=== ==="))
    assert recorded_call(REQUEST, REPLY).reply == REPLY


@pytest.mark.parametrize(
    "changed",
    [
        replace(REQUEST, user=REQUEST.user.replace("now", "later")),
        replace(REQUEST, system="Judge well."),
        replace(REQUEST, schema={}),
        replace(REQUEST, schema_name="route"),
        replace(REQUEST, max_tokens=4096),
        replace(REQUEST, temperature=0.5),
    ],
)
def test_key_differs_where_something_else_is_asked(changed: ChatRequest) -> None:
    assert request_key(changed) != request_key(REQUEST)


def with_reply(**changes: object) -> str:
    line = json.loads(FIRST)
    line["reply"] |= changes
    return json.dumps(line)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ([], 1),
        (["no JSON"], 1),
        (["[]"], 1),
        (['{"schema": "reviewer.report/1", "model": "m"}'], 1),
        (['{"schema": "reviewer.recording/1"}'], 1),
        ([HEAD, "{}"], 2),
        ([HEAD, FIRST, "7"], 3),
        ([HEAD, '{"request": "ab", "reply": 7}'], 2),
        ([HEAD, with_reply(text=7)], 2),
        ([HEAD, with_reply(finish="never")], 2),
        ([HEAD, with_reply(tokens_in=-1)], 2),
        ([HEAD, with_reply(tokens_out="many")], 2),
        ([HEAD, "[" * 100_000], 2),
    ],
)
def test_what_is_no_recording_is_refused_with_its_line(lines: list[str], number: int) -> None:
    with pytest.raises(ConfigError, match="bad_recording") as caught:
        decode_recording("\n".join(lines).encode(), "demo.jsonl")
    assert f"demo.jsonl, line {number}:" in caught.value.user_message


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ConfigError, match="bad_recording"):
        decode_recording(b"\xff\xfe\x00", "demo.jsonl")
