"""Streams of all three formats: what is told on the way, what comes back, and every way in which they go wrong."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ProviderError
from reviewer.domain.secret import Secret
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import Timeouts
from tests.model_server.faults import Fault
from tests.model_server.server import ModelServer

KEY = "sk-CANARY-0123456789"
SCHEMA = {
    "type": "object",
    "properties": {"quote": {"type": "string"}, "answer": {"enum": ["ok", "bad"]}},
    "required": ["quote", "answer"],
}
CLAUSE = "9.2 Die Haftung des Anbieters darf die gezahlten Gebühren nicht übersteigen."
REQUEST = ChatRequest("Judge. JSON.", f"<document>\n{CLAUSE}\n</document>", SCHEMA, "assess", seed=11)
PROVIDERS = ("openai", "anthropic", "ollama")
PATIENT, QUICK = Timeouts(total_s=5.0), Timeouts(total_s=0.3)
each_provider = pytest.mark.parametrize("provider", PROVIDERS)

Serve = Callable[[asyncio.StreamWriter], None]


def client(timeouts: Timeouts = PATIENT) -> HttpClient:
    return HttpClient(timeouts=timeouts)


def asked(
    provider: str, *, streams: bool = True, times: int = 1, http: HttpClient | None = None, **options: Any
) -> tuple[ChatReply, list[str], ModelServer]:
    """The last reply, all pieces that were told, and the server, made with `options`."""
    pieces: list[str] = []

    async def scenario() -> tuple[ChatReply, list[str], ModelServer]:
        async with ModelServer(**options) as server:
            url = f"http://127.0.0.1:{server.port}{'/v1' if provider == 'openai' else ''}"
            model = chat_model(f"{provider}/test-model", url, Secret(KEY), http or client())
            try:
                for _ in range(times):
                    reply = await model.complete(REQUEST, pieces.append if streams else None)
                return reply, pieces, server
            finally:
                await model.aclose()

    return asyncio.run(scenario())


def refused(provider: str, http: HttpClient | None = None, **options: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        asked(provider, http=http, **options)
    error: BaseException | None = caught.value
    while error is not None:
        assert "CANARY" not in f"{error!s} {error!r} {vars(error)!r}"
        assert "Haftung" not in f"{error!s} {error!r} {vars(error)!r}"
        error = error.__cause__ or error.__context__
    return caught.value


@each_provider
def test_a_streamed_reply_is_the_same_as_a_whole_one(provider: str) -> None:
    streamed, pieces, server = asked(provider)
    whole, _, _ = asked(provider, streams=False)

    assert streamed == whole
    assert (streamed.tokens_in > 0, streamed.tokens_out > 0) == (True, True)
    assert len(pieces) > 5
    assert "".join(pieces) == streamed.text
    assert json.loads(server.bodies[-1])["stream"] is True


@each_provider
def test_without_a_listener_nothing_streams(provider: str) -> None:
    _, _, server = asked(provider, streams=False)

    assert not json.loads(server.bodies[-1]).get("stream")
    assert "stream_options" not in json.loads(server.bodies[-1])


@each_provider
def test_pieces_are_told_as_they_come(provider: str) -> None:
    """The server never ends the reply, so what was told was told before its end."""
    told: list[str] = []

    async def scenario() -> None:
        async with ModelServer(fault=Fault("stream_stall"), gap_s=0.001) as server:
            url = f"http://127.0.0.1:{server.port}{'/v1' if provider == 'openai' else ''}"
            model = chat_model(f"{provider}/m", url, None, client())
            first = asyncio.Event()

            def listen(piece: str) -> None:
                told.append(piece)
                first.set()

            task = asyncio.create_task(model.complete(REQUEST, listen))
            await first.wait()
            task.cancel()
            await server.until(lambda s: s.concurrency == 0)
            with pytest.raises(asyncio.CancelledError):
                await task
            await model.aclose()
            assert server.aborted == 1

    asyncio.run(scenario())

    assert told[0]


@each_provider
@pytest.mark.parametrize(
    ("kind", "finish"),
    [
        ("length", FinishReason.LENGTH),
        ("refusal", FinishReason.REFUSED),
        ("content_filter", FinishReason.REFUSED),
        ("not_json", FinishReason.STOP),
        ("wrong_schema", FinishReason.STOP),
    ],
)
def test_odd_content_is_the_same_streamed_and_whole(provider: str, kind: str, finish: FinishReason) -> None:
    if provider == "ollama" and finish is FinishReason.REFUSED:
        pytest.skip("its format knows no refusal")
    streamed, pieces, _ = asked(provider, fault=Fault(kind))
    whole, _, _ = asked(provider, streams=False, fault=Fault(kind))

    assert streamed == whole
    assert "".join(pieces) == streamed.text
    assert streamed.finish is finish


@each_provider
@pytest.mark.parametrize(
    ("fault", "code", "is_retryable"),
    [
        (Fault("stream_cut"), "connection_lost", True),
        (Fault("stream_unended"), "connection_lost", True),
        (Fault("stream_not_json"), "bad_envelope", True),
        (Fault("stream_long_line"), "reply_too_big", False),
        (Fault("stream_stall"), "timeout", True),
        (Fault("stream_comments", every_s=0.01), "timeout", True),
        (Fault("stream_error"), "server_error", True),
        (Fault("stream_error", message="the prompt exceeds the context length"), "too_long", False),
        (Fault("null_content"), "empty_reply", True),
        (Fault("blank_content"), "empty_reply", True),
        (Fault("html"), "not_a_model", False),
        (Fault("error_200"), "server_error", True),
        (Fault("bad_json"), "bad_envelope", True),
        (Fault("not_utf8"), "bad_envelope", True),
        (Fault("truncated"), "connection_lost", True),
        (Fault("reset"), "connection_lost", True),
        (Fault("hang"), "timeout", True),
        (Fault("drip"), "timeout", True),
        (Fault("huge_announced"), "reply_too_big", False),
        (Fault("redirect", location="https://elsewhere.invalid/"), "redirected", False),
        (Fault("status", status=429, retry_after="1"), "rate_limited", True),
        (Fault("status", status=401), "key_rejected", False),
        (Fault("status", status=503), "server_error", True),
    ],
    ids=lambda value: f"{value.kind}-{value.message[:8]}-{value.status}" if isinstance(value, Fault) else None,
)
def test_fault_is_typed(provider: str, fault: Fault, code: str, is_retryable: bool) -> None:
    error = refused(provider, client(QUICK), fault=fault)

    assert error.code == code
    assert error.decision.retry is is_retryable


@pytest.mark.parametrize(
    ("provider", "name", "code"),
    [
        ("anthropic", "overloaded_error", "server_error"),
        ("anthropic", "rate_limit_error", "rate_limited"),
        ("anthropic", "authentication_error", "key_rejected"),
        ("anthropic", "billing_error", "no_credit"),
        ("anthropic", "request_too_large", "too_long"),
        ("openai", "insufficient_quota", "no_credit"),
        ("openai", "rate_limit_exceeded", "rate_limited"),
        ("openai", "server_error", "server_error"),
    ],
)
def test_an_error_in_the_middle_of_a_stream_has_the_code_it_names(provider: str, name: str, code: str) -> None:
    assert refused(provider, fault=Fault("stream_error", code=name)).code == code


@each_provider
def test_a_stream_longer_than_a_body_may_be_is_ended(provider: str) -> None:
    assert refused(provider, HttpClient(max_body_bytes=300)).code == "reply_too_big"


@pytest.mark.parametrize(
    ("rejects", "fields"),
    [
        ("stream_options", [{"stream", "stream_options"}, {"stream"}, {"stream"}]),
        ("stream", [{"stream", "stream_options"}, set(), set()]),
    ],
)
def test_refused_streaming_is_left_out_and_remembered(rejects: str, fields: list[set[str]]) -> None:
    reply, pieces, server = asked("openai", rejects=[rejects], times=2)
    sent = [{name for name in json.loads(body) if name.startswith("stream")} for body in server.bodies]

    assert sent == fields
    assert "".join(pieces) == reply.text * 2


def test_anthropic_gateway_that_does_not_stream_is_asked_without() -> None:
    reply, pieces, server = asked("anthropic", rejects=["stream"], times=2)

    assert ["stream" in json.loads(body) for body in server.bodies] == [True, False, False]
    assert pieces == [reply.text, reply.text]


def streamed_by(
    provider: str, parts: Sequence[bytes], kind: str = "text/event-stream", request: ChatRequest = REQUEST
) -> tuple[ChatReply, list[str]]:
    """What came of parts that a server sends, a piece each, and closes."""
    pieces: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode())
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        writer.close()

    async def scenario() -> ChatReply:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
            model = chat_model(f"{provider}/m", url, None, client())
            try:
                return await model.complete(request, pieces.append)
            finally:
                await model.aclose()

    return asyncio.run(scenario()), pieces


SAID = b'data: {"choices":[{"index":0,"delta":{"content":"%b"}}]}'


@pytest.mark.parametrize(
    "stream",
    [
        SAID % b"yes" + b"\n\ndata: [DONE]\n\n",
        SAID % b"yes" + b"\r\n\r\ndata: [DONE]\r\n\r\n",
        b": wait\n\n" + SAID % b"yes" + b"\n\n: wait\n\ndata:[DONE]\n\n",
        b'data: {"choices":\ndata: [{"delta":{"content":"yes"}}]}\n\ndata: [DONE]\n\n',
        SAID % b"yes" + b"\n\ndata: [DONE]",
        SAID % b"yes" + b"\n\ndata: [DONE]\n",
        b'data: {"choices":[{"delta":{"role":"assistant"}},{"index":1,"delta":{"content":"no"}}]}\n\n'
        + SAID % b"yes"
        + b"\n\ndata: [DONE]\n\n",
        SAID % b"yes" + b"\n\ndata: [DONE]\n\nthis comes too late",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_streams_are_read_however_they_are_written_and_cut(stream: bytes, size: int) -> None:
    parts = [stream[place : place + size] for place in range(0, len(stream), size)]

    assert streamed_by("openai", parts) == (ChatReply("yes", "m"), ["yes"])


@pytest.mark.parametrize(
    ("provider", "stream"),
    [
        ("openai", b'data: {"choices":[{"delta":{"reasoning_content":"Hm."}}]}\n\ndata: [DONE]\n\n'),
        (
            "anthropic",
            (
                b'data: {"type":"content_block_start","content_block":{"type":"thinking"}}\n\n'
                b'data: {"type":"message_stop"}\n\n'
            ),
        ),
    ],
)
def test_a_stream_of_reasoning_alone_is_named(provider: str, stream: bytes) -> None:
    with pytest.raises(ProviderError, match="only_reasoning"):
        streamed_by(provider, [stream])


@pytest.mark.parametrize(
    ("provider", "part"), [("openai", SAID % b"Geb\xfchr"), ("anthropic", b'data: {"type": "Geb\xfchr"}')]
)
def test_another_encoding_in_a_stream_is_named(provider: str, part: bytes) -> None:
    with pytest.raises(ProviderError, match="bad_envelope") as caught:
        streamed_by(provider, [part + b"\n\n"])

    assert "another encoding than UTF-8" in caught.value.user_message


def test_letters_of_several_bytes_may_be_cut_anywhere() -> None:
    stream = SAID % "Gebühr §".encode() + b"\n\ndata: [DONE]\n\n"

    assert streamed_by("openai", [bytes([byte]) for byte in stream])[0].text == "Gebühr §"


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "text/event-stream; charset=utf-8"])
def test_a_stream_under_another_name_is_read(kind: str) -> None:
    assert streamed_by("openai", [SAID % b"yes" + b"\n\n", b"data: [DONE]\n\n"], kind)[0].text == "yes"


def test_a_whole_reply_where_a_stream_was_asked_for_is_told_at_once() -> None:
    body = b'{"choices":[{"message":{"content":"yes"}}]}'

    assert streamed_by("openai", [body], "application/json") == (ChatReply("yes", "m"), ["yes"])


@pytest.mark.parametrize(
    "stream",
    [
        SAID % b"yes" + b"\n\n",
        SAID % b"yes" + b"\n\n" + (SAID % b"no")[:40],
        b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n',
        b"",
    ],
)
def test_a_stream_without_its_end_is_no_reply(stream: bytes) -> None:
    with pytest.raises(ProviderError, match="connection_lost"):
        streamed_by("openai", [stream])


def test_an_error_beside_choices_counts_as_an_error() -> None:
    part = (
        b'data: {"choices":[{"delta":{"content":""},"finish_reason":"error"}],"error":{"code":429,"message":"x"}}\n\n'
    )

    with pytest.raises(ProviderError, match="rate_limited"):
        streamed_by("openai", [SAID % b"y" + b"\n\n", part])


def test_an_error_whose_event_is_not_ended_counts_too() -> None:
    with pytest.raises(ProviderError, match="rate_limited"):
        streamed_by("openai", [b'data: {"error":{"code":429,"message":"x"}}\n'])


def test_tokens_of_a_message_are_those_told_last() -> None:
    usage = {"input_tokens": 10, "cache_read_input_tokens": 500, "output_tokens": 1}
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {"model": "claude-1", "content": [], "usage": usage}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "tool_use", "name": "n", "input": {}}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": ""}},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 9}},
        {"type": "message_stop"},
    ]
    parts = [f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events]
    reply, pieces = streamed_by("anthropic", parts)

    assert reply == ChatReply("{}", "claude-1", FinishReason.STOP, 510, 9, tokens_cached=500)
    assert pieces == ["{}"]


def test_a_prompt_that_was_clipped_gives_no_verdict_in_a_stream_either() -> None:
    long = replace(REQUEST, user=f"{CLAUSE}\n" * 1000)

    async def scenario() -> None:
        async with ModelServer(context=8192) as server:
            model = chat_model("ollama/m", f"127.0.0.1:{server.port}", None, client())
            try:
                await model.complete(long, lambda piece: None)
            finally:
                await model.aclose()

    with pytest.raises(ProviderError, match="prompt_clipped"):
        asyncio.run(scenario())
