import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.chat import ChatReply, FinishReason
from reviewer.domain.errors import ProviderError
from reviewer.providers.chat_envelope import read_chat_reply, read_loosely, read_models


def read(body: bytes) -> ChatReply:
    return read_chat_reply(body, "asked", "host")


def body(message: object, finish: str | None = "stop", **rest: object) -> bytes:
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}], **rest}).encode()


def test_reply_holds_text_model_and_tokens() -> None:
    reply = read(body({"content": "yes"}, model="gpt-x", usage={"prompt_tokens": 5, "completion_tokens": 2}, id=1))

    assert reply == ChatReply("yes", "gpt-x", FinishReason.STOP, 5, 2)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-32"])
def test_a_reply_in_another_encoding_is_named(encoding: str) -> None:
    said = '{"choices": [{"message": {"content": "Gebühr"}}]}'.encode(encoding)
    with pytest.raises(ProviderError, match="bad_envelope") as caught:
        read(said)

    assert "another encoding than UTF-8" in caught.value.user_message


def test_cached_tokens_are_told_where_the_endpoint_tells_them() -> None:
    usage = {"prompt_tokens": 3000, "prompt_tokens_details": {"cached_tokens": 2816, "audio_tokens": 0}}

    reply = read(body({"content": "yes"}, usage=usage))

    assert (reply.tokens_in, reply.tokens_cached) == (3000, 2816)
    for details in (None, {}, {"cached_tokens": None}):
        assert read(body({"content": "yes"}, usage={**usage, "prompt_tokens_details": details})).tokens_cached == 0


@pytest.mark.parametrize(
    "given_body",
    [
        body({"content": "yes"}),
        body({"content": "yes"}, model=None, usage=None),
        body({"content": "yes"}, finish=None, usage={"prompt_tokens": None, "completion_tokens": -4}),
        body({"content": "yes"}, usage={"prompt_tokens": 10**30, "completion_tokens": 10**9 + 1}),
        body({"content": "yes"}, usage={"prompt_tokens_details": {"cached_tokens": 10**30}}),
        body({"content": "yes", "refusal": None}, finish="eos"),
        body({"content": [{"type": "text", "text": "y"}, {"type": "x", "text": "?"}, {"type": "text", "text": "es"}]}),
        b"\xef\xbb\xbf" + body({"content": "yes"}),
    ],
)
def test_what_endpoints_leave_out_or_add_does_no_harm(given_body: bytes) -> None:
    assert read(given_body) == ChatReply("yes", "asked")


@pytest.mark.parametrize(
    ("given_body", "expected"),
    [
        (body({"content": "cut of"}, "length"), ChatReply("cut of", "asked", FinishReason.LENGTH)),
        (body({"content": None}, "length"), ChatReply("", "asked", FinishReason.LENGTH)),
        (body({"content": None}, "content_filter"), ChatReply("", "asked", FinishReason.REFUSED)),
        (body({"content": "part"}, "content_filter"), ChatReply("part", "asked", FinishReason.REFUSED)),
        (body({"content": "cut of"}, "max_tokens"), ChatReply("cut of", "asked", FinishReason.LENGTH)),
        (body({"content": "", "reasoning": "So"}, "length"), ChatReply("", "asked", FinishReason.LENGTH)),
        (body({"content": None}, "SAFETY"), ChatReply("", "asked", FinishReason.REFUSED)),
        (body({"content": None, "refusal": "No."}), ChatReply("No.", "asked", FinishReason.REFUSED)),
    ],
)
def test_unfinished_and_declined_replies_say_so(given_body: bytes, expected: ChatReply) -> None:
    assert read(given_body) == expected


@pytest.mark.parametrize(
    ("given_body", "code"),
    [
        (b'{"choices": []}', "empty_reply"),
        (body({"content": None}), "empty_reply"),
        (body({"content": " \n"}), "empty_reply"),
        (body({}), "empty_reply"),
        (b"", "bad_envelope"),
        (b"{}", "bad_envelope"),
        (b"[]", "bad_envelope"),
        (b"null", "bad_envelope"),
        (b'{"choices": null}', "bad_envelope"),
        (b'{"choices": [{}]}', "bad_envelope"),
        (b'{"choices": [{"message": "CANARY"}]}', "bad_envelope"),
        (b'{"choices": [{"message": {"content": "CANARY \xff"}}]}', "bad_envelope"),
        (b'{"choices": [{"message": {"content": "CANARY"', "bad_envelope"),
        (b'{"x": ' + b"[" * 100_000, "bad_envelope"),
        (body({"content": 7}), "bad_envelope"),
    ],
)
def test_unusable_reply_is_typed_and_shows_nothing_of_the_body(given_body: bytes, code: str) -> None:
    with pytest.raises(ProviderError) as caught:
        read(given_body)

    assert caught.value.code == code
    assert caught.value.decision.retry
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert "CANARY" not in repr(caught.value)


@given(st.binary())
def test_any_bytes_are_a_reply_or_a_typed_error(noise: bytes) -> None:
    with pytest.raises(ProviderError):
        read(noise)


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip))
def test_text_comes_back_as_it_was_sent(text: str) -> None:
    assert read(body({"content": text})).text == text


def test_models_are_listed_in_order() -> None:
    assert read_models(b'{"data": [{"id": "b", "x": 1}, {"id": "a"}]}', "host") == ("b", "a")
    assert read_models(b'{"data": null}', "host") == ()


@pytest.mark.parametrize("given_body", [b"", b"[]", b'{"data": [1]}', b'{"x": ' + b"[" * 100_000])
def test_unreadable_list_of_models_is_typed(given_body: bytes) -> None:
    with pytest.raises(ProviderError, match="bad_envelope"):
        read_models(given_body, "host")


def test_loose_reading_gives_none_for_what_is_no_json() -> None:
    assert read_loosely(b'{"a": 1}') == {"a": 1}
    assert read_loosely(b"<html>") is None


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_reply_of_reasoning_alone_is_named_and_not_asked_for_again(field: str) -> None:
    with pytest.raises(ProviderError) as caught:
        read(body({"content": "", field: "CANARY"}))
    assert caught.value.code == "only_reasoning"
    assert not caught.value.decision.retry
    assert "CANARY" not in repr(caught.value)


@pytest.mark.parametrize("thoughts", [None, "", [], {"text": "so"}, "so"])
def test_reasoning_beside_an_answer_is_left_alone(thoughts: object) -> None:
    assert read(body({"content": "yes", "reasoning": thoughts})).text == "yes"
