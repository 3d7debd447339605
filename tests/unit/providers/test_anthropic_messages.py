import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.domain.secret import Secret
from reviewer.ports.models import ChatModel
from reviewer.providers.anthropic_messages import encode, read_message
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import Timeouts
from reviewer.providers.patience import BROKEN_REPLY
from tests.model_server.faults import Fault
from tests.model_server.server import ModelServer

T = TypeVar("T")
KEY = "sk-ant-CANARY-0123456789"
SCHEMA = {
    "type": "object",
    "properties": {"quote": {"type": "string"}, "answer": {"enum": ["ok", "bad"]}},
    "required": ["quote", "answer"],
}
CLAUSE = "9.2 The Supplier's liability shall not exceed the fees paid."
REQUEST = ChatRequest("Judge. JSON.", f"<document>\n{CLAUSE}\n</document>", SCHEMA, "assess", seed=11, max_tokens=500)


def with_model(
    use: Callable[[ChatModel], Awaitable[T]], *, key: str | None = KEY, end: str = "", **options: Any
) -> tuple[T, ModelServer]:
    """What came of using the model of a server made with `options` (whose key is `let_in`), and the server."""

    async def scenario() -> tuple[T, ModelServer]:
        options["key"] = options.pop("let_in", None)
        async with ModelServer(**options) as server:
            url = f"http://127.0.0.1:{server.port}{end}"
            model = chat_model(
                "anthropic/test-model", url, Secret(key or ""), HttpClient(timeouts=Timeouts(total_s=0.5))
            )
            try:
                return await use(model), server
            finally:
                await model.aclose()

    return asyncio.run(scenario())


def reply_to(request: ChatRequest = REQUEST, **options: Any) -> ChatReply:
    return with_model(lambda model: model.complete(request), **options)[0]


def refusal_of(**options: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        reply_to(**options)
    error: BaseException | None = caught.value
    while error is not None:
        assert "CANARY" not in f"{error!s} {error!r} {vars(error)!r} {getattr(error, 'hint', '')}"
        error = error.__cause__ or error.__context__
    return caught.value


def message(*content: object, **fields: object) -> bytes:
    return json.dumps({"type": "message", "model": "claude-1", "content": content, **fields}).encode()


def tool_use(value: object) -> dict[str, object]:
    return {"type": "tool_use", "id": "t", "name": "assess", "input": value}


def read(body: bytes) -> ChatReply:
    return read_message(body, "asked-for", "host:1")


def test_reply_fits_the_schema_and_quotes_the_document() -> None:
    reply = reply_to()
    content = json.loads(reply.text)

    assert content["quote"] in CLAUSE
    assert content["answer"] in {"ok", "bad"}
    assert (reply.model, reply.finish) == ("test-model", FinishReason.STOP)
    assert reply.tokens_in > 0
    assert reply.tokens_out > 0


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/"])
def test_request_goes_to_the_version_with_key_and_headers(end: str) -> None:
    _, server = with_model(lambda model: model.complete(REQUEST), let_in=KEY, end=end)
    head = server.heads[0].lower()

    assert head.startswith(b"post /v1/messages ")
    assert f"\r\nx-api-key: {KEY}".lower().encode() in head
    assert b"\r\nanthropic-version: 2023-06-01" in head
    assert b"authorization" not in head


def test_no_key_sends_no_header() -> None:
    _, server = with_model(lambda model: model.complete(REQUEST), key=None)

    assert b"x-api-key" not in server.heads[0].lower()


def test_the_schema_is_that_of_a_tool_which_must_be_used() -> None:
    sent = json.loads(encode(REQUEST, "m"))

    assert [(tool["name"], tool["input_schema"]) for tool in sent["tools"]] == [("assess", SCHEMA)]
    assert sent["tool_choice"] == {"type": "tool", "name": "assess"}
    assert sent["messages"] == [{"role": "user", "content": REQUEST.user}]
    assert (sent["model"], sent["max_tokens"], sent["temperature"]) == ("m", 500, 0.0)
    assert not {"seed", "stream", "response_format"} & sent.keys()


def test_what_stands_before_the_text_is_marked_to_be_cached() -> None:
    sent = json.loads(encode(REQUEST, "m"))

    assert sent["system"] == [{"type": "text", "text": "Judge. JSON.", "cache_control": {"type": "ephemeral"}}]
    assert "system" not in json.loads(encode(replace(REQUEST, system=" "), "m"))


def test_votes_share_a_body_because_there_is_no_seed() -> None:
    assert encode(REQUEST, "m") == encode(replace(REQUEST, seed=12), "m")


def test_temperature_stays_in_the_range_of_the_interface() -> None:
    assert json.loads(encode(replace(REQUEST, temperature=1.5), "m"))["temperature"] == 1.0


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert json.loads(encode(replace(REQUEST, user="a\ud800b"), "m"))["messages"][0]["content"] == "a\ufffdb"


def test_a_refused_temperature_is_left_out_once_and_for_all() -> None:
    async def twice(model: ChatModel) -> None:
        await model.complete(REQUEST)
        await model.complete(REQUEST)

    _, server = with_model(twice, rejects=["temperature"])

    assert ["temperature" in json.loads(body) for body in server.bodies] == [True, False, False]


def test_another_complaint_is_not_answered_with_a_second_request() -> None:
    async def use(model: ChatModel) -> None:
        with pytest.raises(ProviderError, match="bad_request"):
            await model.complete(REQUEST)

    _, server = with_model(use, rejects=["max_tokens"])

    assert len(server.bodies) == 1


def test_tool_input_is_handed_on_byte_by_byte() -> None:
    body = b'{"content": [{"type": "text", "text": "I look."}, {"type": "tool_use", "input": {"a":1,  "a":NaN0}}]}'
    body = body.replace(b"NaN0", b"123456789012345678901234567890")

    assert read(body).text == '{"a":1,  "a":123456789012345678901234567890}'


def test_words_are_the_reply_where_no_tool_was_used() -> None:
    said = message({"type": "text", "text": "It is "}, {"type": "thinking"}, {"type": "text", "text": "fine."})

    assert read(said).text == "It is fine."


def test_reasoning_without_an_answer_is_named() -> None:
    with pytest.raises(ProviderError, match="only_reasoning"):
        read(message({"type": "thinking", "thinking": "Hm."}, stop_reason="end_turn"))


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("tool_use", FinishReason.STOP),
        ("end_turn", FinishReason.STOP),
        ("max_tokens", FinishReason.LENGTH),
        ("model_context_window_exceeded", FinishReason.LENGTH),
        ("refusal", FinishReason.REFUSED),
        (None, FinishReason.STOP),
    ],
)
def test_stop_reason_says_whether_the_reply_is_whole(reason: str | None, finish: FinishReason) -> None:
    assert read(message(tool_use({"a": 1}), stop_reason=reason)).finish is finish


def test_counts_that_cannot_be_are_as_if_not_told() -> None:
    usage = dict.fromkeys(("input_tokens", "output_tokens", "cache_read_input_tokens"), 10**30)
    reply = read(message(tool_use({}), usage=usage))

    assert (reply.tokens_in, reply.tokens_out, reply.tokens_cached) == (0, 0, 0)


def test_cached_tokens_count_among_those_read() -> None:
    usage = {
        "input_tokens": 10,
        "cache_creation_input_tokens": 200,
        "cache_read_input_tokens": 3000,
        "output_tokens": 7,
    }
    reply = read(message(tool_use({}), usage=usage))

    assert (reply.tokens_in, reply.tokens_out, reply.tokens_cached) == (3210, 7, 3000)


@pytest.mark.parametrize("usage", [None, {}, {"input_tokens": None, "cache_read_input_tokens": -5}])
def test_usage_that_is_not_told_is_nought(usage: object) -> None:
    reply = read(message(tool_use({}), usage=usage))

    assert (reply.tokens_in, reply.tokens_out, reply.tokens_cached) == (0, 0, 0)


def test_model_asked_for_is_named_where_the_endpoint_names_none() -> None:
    assert read(message(tool_use({}), model=None)).model == "asked-for"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b'{"content": "text"}',
        b'{"content": [{"type": "tool_use", "input": {"a": "\xff"}}]}',
        b'{"content": [{"type": "text", "text": "\xff"}]}',
    ],
)
def test_what_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(ProviderError, match="bad_envelope") as caught:
        read(body)

    assert caught.value.decision == RetryDecision(retry=True, patience=BROKEN_REPLY)
    assert ("Anthropic" in caught.value.hint) is (b"\xff" not in body)


@pytest.mark.parametrize(
    ("fault", "code", "is_retryable", "is_fatal"),
    [
        (Fault("status", status=400), "bad_request", False, False),
        (Fault("status", status=400, message="Your credit balance is too low to ..."), "no_credit", False, True),
        (Fault("status", status=400, message="prompt is too long: 210000 tokens > 200000"), "too_long", False, False),
        (
            Fault("status", status=400, message="input length and `max_tokens` exceed context limit: 190000 + 20000"),
            "too_long",
            False,
            False,
        ),
        (Fault("status", status=401, code="authentication_error"), "key_rejected", False, True),
        (Fault("status", status=402, code="billing_error"), "no_credit", False, True),
        (Fault("status", status=403, code="permission_error"), "not_allowed", False, True),
        (Fault("status", status=404, message="model: claude-0"), "model_not_found", False, True),
        (Fault("status", status=413, code="request_too_large"), "too_long", False, False),
        (Fault("status", status=429, code="rate_limit_error", retry_after="1"), "rate_limited", True, False),
        (Fault("status", status=500, code="api_error"), "server_error", True, False),
        (Fault("status", status=529, code="overloaded_error"), "server_error", True, False),
        (Fault("html"), "not_a_model", False, True),
        (Fault("error_200"), "server_error", True, False),
        (Fault("bad_json"), "bad_envelope", True, False),
        (Fault("not_utf8"), "bad_envelope", True, False),
        (Fault("empty_choices"), "bad_envelope", True, False),
        (Fault("null_content"), "empty_reply", True, False),
        (Fault("blank_content"), "empty_reply", True, False),
        (Fault("truncated"), "connection_lost", True, False),
        (Fault("reset"), "connection_lost", True, False),
        (Fault("hang"), "timeout", True, False),
        (Fault("drip"), "timeout", True, False),
        (Fault("huge_announced"), "reply_too_big", False, False),
        (Fault("redirect", location="https://elsewhere.invalid/"), "redirected", False, True),
    ],
    ids=lambda value: f"{value.kind}-{value.status}" if isinstance(value, Fault) else None,
)
def test_fault_is_typed(fault: Fault, code: str, is_retryable: bool, is_fatal: bool) -> None:
    error = refusal_of(fault=fault)

    assert error.code == code
    assert error.decision.retry is is_retryable
    assert error.decision.fatal is is_fatal
    assert error.user_message.endswith(".")


@pytest.mark.parametrize(
    ("kind", "finish"),
    [("length", FinishReason.LENGTH), ("refusal", FinishReason.REFUSED), ("content_filter", FinishReason.REFUSED)],
)
def test_what_is_no_whole_answer_is_marked(kind: str, finish: FinishReason) -> None:
    assert reply_to(fault=Fault(kind)).finish is finish


def test_wait_the_server_asks_for_is_in_the_decision() -> None:
    assert refusal_of(fault=Fault("status", status=429, retry_after="17")).decision.after_s == 17


def test_unknown_model_and_wrong_key_are_fatal() -> None:
    assert refusal_of(models=("another",)).code == "model_not_found"
    error = refusal_of(let_in="sk-another")

    assert error.code == "key_rejected"
    assert "ANTHROPIC_API_KEY" in error.hint


def test_models_are_listed() -> None:
    assert with_model(lambda model: model.list_models(), models=("b", "a"), let_in=KEY)[0] == ("b", "a")


def test_listing_models_with_a_wrong_key_is_typed() -> None:
    with pytest.raises(ProviderError, match="key_rejected"):
        with_model(lambda model: model.list_models(), let_in="sk-other")


def test_listing_models_where_no_service_is_is_typed() -> None:
    with pytest.raises(ProviderError, match="model_not_found"):
        with_model(lambda model: model.list_models(), end="/v7")


def test_logs_and_reprs_hold_neither_key_nor_document(caplog: pytest.LogCaptureFixture) -> None:
    HttpClient()
    caplog.set_level(logging.DEBUG)
    for name in ("reviewer", "httpx", "httpcore", "aiohttp", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)

    said, _ = with_model(_told, let_in=KEY)
    for fault in (Fault("html"), Fault("status", status=401), Fault("truncated"), Fault("bad_json")):
        refusal_of(fault=fault)

    assert "status 401" in caplog.text
    for text in (caplog.text, said):
        assert "CANARY" not in text
        assert "Supplier" not in text


async def _told(model: ChatModel) -> str:
    await model.complete(REQUEST)
    return f"{model!r} {model.name} {model.endpoint} {vars(model).get('_asked')!r}"
