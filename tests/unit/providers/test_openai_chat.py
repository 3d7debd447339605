import asyncio
import json
import logging
import socket
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.domain.secret import Secret
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import Timeouts
from reviewer.providers.patience import UNREACHABLE_HERE
from tests.model_server.faults import Fault
from tests.model_server.server import ModelServer

KEY = "sk-CANARY-0123456789"
SCHEMA = {
    "type": "object",
    "properties": {"quote": {"type": "string"}, "answer": {"enum": ["ok", "bad"]}},
    "required": ["quote", "answer"],
    "additionalProperties": False,
}
CLAUSE = "9.2 The Supplier's liability shall not exceed the fees paid."
REQUEST = ChatRequest("Judge. JSON.", f"<document>\n{CLAUSE}\n</document>", SCHEMA, "assess", seed=11)


async def ask(server: ModelServer, times: int = 1, *, url: str = "", key: str | None = KEY) -> list[ChatReply]:
    model = chat_model(
        "openai/test-model", url or server.base_url, Secret(key or ""), HttpClient(timeouts=Timeouts(total_s=0.5))
    )
    try:
        return [await model.complete(replace(REQUEST, seed=index)) for index in range(times)]
    finally:
        await model.aclose()


def reply_to(**options: Any) -> ChatReply:
    async def scenario() -> ChatReply:
        async with ModelServer(**options) as server:
            return (await ask(server))[0]

    return asyncio.run(scenario())


def refusal_of(**options: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        reply_to(**options)
    error: BaseException | None = caught.value
    while error is not None:
        assert "CANARY" not in f"{error!s} {error!r} {vars(error)!r} {getattr(error, 'hint', '')}"
        error = error.__cause__ or error.__context__
    return caught.value


def test_reply_fits_the_schema_and_quotes_the_document() -> None:
    reply = reply_to()
    content = json.loads(reply.text)

    assert content["quote"] in CLAUSE
    assert content["answer"] in {"ok", "bad"}
    assert reply.model == "test-model"
    assert reply.finish is FinishReason.STOP
    assert reply.tokens_in > 0
    assert reply.tokens_out > 0


def test_same_request_sends_the_same_bytes_and_gets_the_same_reply() -> None:
    async def scenario() -> tuple[list[bytes], list[ChatReply]]:
        async with ModelServer() as server:
            replies = await ask(server, 2) + await ask(server, 2)
            return server.bodies, replies

    bodies, replies = asyncio.run(scenario())

    assert bodies[:2] == bodies[2:]
    assert bodies[0] != bodies[1]
    assert replies[:2] == replies[2:]


@pytest.mark.parametrize("key", [None, "", "  "])
def test_no_key_sends_no_header(key: str | None) -> None:
    async def scenario() -> bytes:
        async with ModelServer() as server:
            await ask(server, key=key)
            return server.heads[0]

    assert b"authorization" not in asyncio.run(scenario()).lower()


def test_right_key_is_let_in_and_a_wrong_one_is_fatal() -> None:
    assert reply_to(key=KEY).text
    error = refusal_of(key="sk-another")

    assert error.code == "key_rejected"
    assert error.user_message == "The endpoint rejected the key."
    assert error.decision.fatal


@pytest.mark.parametrize(
    ("fault", "code", "is_retryable", "is_fatal"),
    [
        (Fault("status", status=400), "bad_request", False, False),
        (Fault("status", status=413), "too_long", False, False),
        (Fault("status", status=404, message="no such model"), "model_not_found", False, True),
        (Fault("status", status=429, retry_after="1"), "rate_limited", True, False),
        (Fault("status", status=429, code="insufficient_quota"), "no_credit", False, True),
        (Fault("status", status=500), "server_error", True, False),
        (Fault("status", status=529), "server_error", True, False),
        (Fault("html"), "not_a_model", False, True),
        (Fault("error_200"), "server_error", True, False),
        (Fault("bad_json"), "bad_envelope", True, False),
        (Fault("not_utf8"), "bad_envelope", True, False),
        (Fault("empty_choices"), "empty_reply", True, False),
        (Fault("null_content"), "empty_reply", True, False),
        (Fault("blank_content"), "empty_reply", True, False),
        (Fault("truncated"), "connection_lost", True, False),
        (Fault("reset"), "connection_lost", True, False),
        (Fault("hang"), "timeout", True, False),
        (Fault("drip"), "timeout", True, False),
        (Fault("huge"), "reply_too_big", False, False),
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
    assert error.hint.endswith(".")


@pytest.mark.parametrize(
    ("fault", "finish", "beginning"),
    [
        (Fault("not_json"), FinishReason.STOP, "I think"),
        (Fault("ticked"), FinishReason.STOP, "```json"),
        (Fault("wrong_schema"), FinishReason.STOP, '{"surprise"'),
        (Fault("length"), FinishReason.LENGTH, '{"quote"'),
        (Fault("content_filter"), FinishReason.REFUSED, ""),
        (Fault("refusal"), FinishReason.REFUSED, "I cannot"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else None,
)
def test_odd_content_is_handed_on_as_it_came(fault: Fault, finish: FinishReason, beginning: str) -> None:
    reply = reply_to(fault=fault)

    assert reply.finish is finish
    assert reply.text.startswith(beginning)


def test_wait_the_server_asks_for_is_in_the_decision() -> None:
    assert refusal_of(fault=Fault("status", status=429, retry_after="17")).decision.after_s == 17
    assert refusal_of(fault=Fault("status", status=503, retry_after_ms="400")).decision.after_s == 0.4


def test_unreachable_endpoint_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{unused.getsockname()[1]}"

        async def scenario() -> None:
            await ask(ModelServer(), url=f"http://{place}/v1")

        with pytest.raises(ProviderError) as caught:
            asyncio.run(scenario())

    assert caught.value.code == "unreachable"
    assert caught.value.user_message == f"Cannot reach the endpoint at {place}."
    assert caught.value.decision == RetryDecision(retry=True, fatal=True, patience=UNREACHABLE_HERE)


def sent_fields(server: ModelServer) -> list[set[str]]:
    bodies = [json.loads(body) for body in server.bodies]
    return [set(body) | {body.get("response_format", {}).get("type", "free")} for body in bodies]


@pytest.mark.parametrize(
    ("rejects", "formats"),
    [
        ([], ["json_schema", "json_schema"]),
        (["json_schema"], ["json_schema", "json_object", "json_object"]),
        (["response_format"], ["json_schema", "json_object", "free", "free"]),
    ],
)
def test_reply_format_is_stepped_down_once_and_remembered(rejects: Iterable[str], formats: list[str]) -> None:
    async def scenario() -> list[set[str]]:
        async with ModelServer(rejects=rejects) as server:
            await ask(server, 2)
            return sent_fields(server)

    fields = asyncio.run(scenario())

    assert [one & {"json_schema", "json_object", "free"} for one in fields] == [{name} for name in formats]


def test_every_refused_field_is_left_out_and_the_rest_kept() -> None:
    async def scenario() -> list[set[str]]:
        async with ModelServer(rejects=["max_tokens", "temperature", "seed"]) as server:
            await ask(server, 2)
            return sent_fields(server)

    fields = asyncio.run(scenario())

    assert len(fields) == 5
    last = {"model", "messages", "max_completion_tokens", "response_format", "json_schema"}
    assert fields[3] == fields[4] == last


def test_many_at_once_find_out_together() -> None:
    async def scenario() -> tuple[int, int]:
        async with ModelServer(rejects=["response_format"], latency_s=0.01) as server:
            model = chat_model("openai/m", server.base_url, None, HttpClient())
            async with asyncio.TaskGroup() as group:
                for seed in range(20):
                    group.create_task(model.complete(replace(REQUEST, seed=seed)))
            before = len(server.bodies)
            await model.complete(REQUEST)
            await model.aclose()
            return before, len(server.bodies)

    before, after = asyncio.run(scenario())

    assert before <= 60
    assert after == before + 1


def test_too_long_a_text_does_not_change_the_dialect() -> None:
    words = "This model's maximum context length is 8192 tokens; reduce messages or max_tokens"

    async def scenario() -> int:
        async with ModelServer(fault=Fault("status", status=400, message=words)) as server:
            with pytest.raises(ProviderError, match="too_long"):
                await ask(server)
            return len(server.bodies)

    assert asyncio.run(scenario()) == 1


def test_version_missing_in_the_path_is_found_and_remembered() -> None:
    async def scenario() -> tuple[list[bytes], str]:
        async with ModelServer() as server:
            root = server.base_url.removesuffix("/v1")
            model = chat_model("openai/m", root, None, HttpClient())
            await model.complete(REQUEST)
            await model.complete(REQUEST)
            await model.aclose()
            assert model.endpoint == f"{root}/"
            return [head.split(b" ")[1] for head in server.heads], root

    paths, _ = asyncio.run(scenario())

    assert paths == [b"/v1/chat/completions"] * 2


def test_path_without_version_is_used_as_given() -> None:
    assert reply_to(path="/openai").text


@pytest.mark.parametrize("path", ["", "/v1"])
def test_unknown_model_is_fatal(path: str) -> None:
    error = refusal_of(models=("another",), path=path)

    assert error.code == "model_not_found"
    assert "test-model" in error.user_message
    assert error.decision.fatal


def test_address_without_chat_service_is_fatal() -> None:
    async def scenario() -> None:
        async with ModelServer() as server:
            await ask(server, url=f"http://127.0.0.1:{server.port}/nothing/here")

    with pytest.raises(ProviderError) as caught:
        asyncio.run(scenario())

    assert caught.value.code == "model_not_found"


def models_of(url_end: str = "/v1", **options: Any) -> tuple[str, ...]:
    async def scenario() -> tuple[str, ...]:
        async with ModelServer(**options) as server:
            model = chat_model("openai/m", f"http://127.0.0.1:{server.port}{url_end}", Secret(KEY), HttpClient())
            try:
                return await model.list_models()
            finally:
                await model.aclose()

    return asyncio.run(scenario())


@pytest.mark.parametrize("url_end", ["/v1", "/v1/", ""])
def test_models_are_listed(url_end: str) -> None:
    assert models_of(url_end, models=("b", "a")) == ("b", "a")


def test_listing_models_with_a_wrong_key_is_typed() -> None:
    with pytest.raises(ProviderError, match="key_rejected"):
        models_of(key="sk-other")


def test_listing_models_of_no_endpoint_is_typed() -> None:
    with pytest.raises(ProviderError, match="model_not_found"):
        models_of("/v7")


def test_listing_models_of_a_web_site_is_typed() -> None:
    async def scenario() -> None:
        async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Welcome</html>")
            writer.close()

        site = await asyncio.start_server(greet, "127.0.0.1", 0)
        async with site:
            url = f"http://127.0.0.1:{site.sockets[0].getsockname()[1]}/v1"
            model = chat_model("openai/m", url, None, HttpClient())
            try:
                await model.list_models()
            finally:
                await model.aclose()

    with pytest.raises(ProviderError, match="not_a_model"):
        asyncio.run(scenario())


def test_cancelling_closes_the_request() -> None:
    async def scenario() -> int:
        async with ModelServer(fault=Fault("hang")) as server:
            model = chat_model("openai/m", server.base_url, Secret(KEY), HttpClient())
            tasks = [asyncio.create_task(model.complete(replace(REQUEST, seed=seed))) for seed in range(8)]
            await server.until(lambda s: s.concurrency == 8)
            for task in tasks:
                task.cancel()
            await server.until(lambda s: s.concurrency == 0)
            assert all(
                isinstance(r, asyncio.CancelledError) for r in await asyncio.gather(*tasks, return_exceptions=True)
            )
            await model.aclose()
            return server.aborted

    assert asyncio.run(scenario()) == 8


def test_logs_hold_neither_key_nor_document(caplog: pytest.LogCaptureFixture) -> None:
    client_loggers = ("reviewer", "httpx", "httpcore", "aiohttp", "asyncio")
    HttpClient()
    caplog.set_level(logging.DEBUG)
    for name in client_loggers:
        caplog.set_level(logging.DEBUG, logger=name)

    for fault in (None, Fault("html"), Fault("status", status=401), Fault("truncated"), Fault("bad_json")):
        if fault is None:
            reply_to()
        else:
            refusal_of(fault=fault)

    assert "status 401" in caplog.text
    assert "CANARY" not in caplog.text
    assert "Supplier" not in caplog.text


def test_request_that_a_filter_refuses_is_an_abstention() -> None:
    reply = reply_to(fault=Fault("status", status=400, code="content_filter"))
    assert reply.finish is FinishReason.REFUSED
