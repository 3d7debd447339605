import asyncio
import json
import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.domain.secret import Secret
from reviewer.ports.models import ChatModel, context_of
from reviewer.providers.endpoint import parse_endpoint
from reviewer.providers.factory import chat_model
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import Timeouts
from reviewer.providers.ollama_chat import OllamaChatModel, context_for
from tests.model_server.faults import Fault
from tests.model_server.server import ModelServer

T = TypeVar("T")
KEY = "sk-CANARY-0123456789"
SCHEMA = {
    "type": "object",
    "properties": {"quote": {"type": "string"}, "answer": {"enum": ["ok", "bad"]}},
    "required": ["quote", "answer"],
}
CLAUSE = "9.2 The Supplier's liability shall not exceed the fees paid."
REQUEST = ChatRequest("Judge. JSON.", f"<document>\n{CLAUSE}\n</document>", SCHEMA, "assess", seed=11, max_tokens=500)
LONG = replace(REQUEST, user=f"{CLAUSE}\n" * 1000)


def with_model(
    use: Callable[[ChatModel], Awaitable[T]], *, key: str | None = KEY, **options: Any
) -> tuple[T, ModelServer]:
    """What came of using the model of a server made with `options` (whose key is `let_in`), and the server."""

    async def scenario() -> tuple[T, ModelServer]:
        options["key"] = options.pop("let_in", None)
        async with ModelServer(**options) as server:
            root = server.base_url.removesuffix("/v1")
            model = chat_model("ollama/test-model", root, Secret(key or ""), HttpClient(timeouts=Timeouts(total_s=0.5)))
            try:
                return await use(model), server
            finally:
                await model.aclose()

    return asyncio.run(scenario())


def reply_to(request: ChatRequest = REQUEST, **options: Any) -> ChatReply:
    return with_model(lambda model: model.complete(request), **options)[0]


def refusal_of(request: ChatRequest = REQUEST, **options: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        reply_to(request, **options)
    error: BaseException | None = caught.value
    while error is not None:
        assert "CANARY" not in f"{error!s} {error!r} {vars(error)!r} {getattr(error, 'hint', '')}"
        error = error.__cause__ or error.__context__
    return caught.value


def sizes_of(*requests: ChatRequest, **options: Any) -> list[int]:
    async def use(model: ChatModel) -> None:
        for request in requests:
            await model.complete(request)

    _, server = with_model(use, **options)
    return [json.loads(body)["options"]["num_ctx"] for body in server.bodies]


def test_reply_fits_the_schema_and_quotes_the_document() -> None:
    reply = reply_to()
    content = json.loads(reply.text)

    assert content["quote"] in CLAUSE
    assert content["answer"] in {"ok", "bad"}
    assert (reply.model, reply.finish) == ("test-model", FinishReason.STOP)
    assert reply.tokens_in > 0
    assert reply.tokens_out > 0


def test_request_holds_schema_and_options_and_no_stream() -> None:
    _, server = with_model(lambda model: model.complete(replace(REQUEST, temperature=0.5)), let_in=KEY)
    sent = json.loads(server.bodies[0])

    assert sent["stream"] is False
    assert sent["format"] == SCHEMA
    assert sent["options"] == {"num_ctx": 4096, "temperature": 0.5, "seed": 11, "num_predict": 500}
    assert [message["content"] for message in sent["messages"]] == [REQUEST.system, REQUEST.user]
    assert server.heads[0].startswith(b"POST /api/chat ")


@pytest.mark.parametrize(
    ("size", "max_tokens", "context"),
    [(0, 100, 4096), (7_992, 100, 4096), (7_994, 100, 8192), (30_000, 1_384, 16_384), (30_002, 1_384, 32_768)],
)
def test_context_holds_prompt_and_reply(size: int, max_tokens: int, context: int) -> None:
    assert context_for(replace(REQUEST, system="", user="x" * size, max_tokens=max_tokens)) == context


def test_context_never_shrinks_so_that_the_model_stays_loaded() -> None:
    assert sizes_of(REQUEST, LONG, REQUEST) == [4096, 32_768, 32_768]


def test_context_is_no_larger_than_the_model_was_made_for() -> None:
    assert sizes_of(REQUEST, LONG, context=20_000) == [4096, 20_000]


def test_clipped_prompt_gives_no_verdict() -> None:
    error = refusal_of(LONG, context=8192)

    assert error.code == "prompt_clipped"
    assert error.decision == RetryDecision(retry=False)
    assert "8192" in error.user_message


@pytest.mark.parametrize("status", [400, 500])
def test_server_that_refuses_too_long_a_prompt_is_understood(status: int) -> None:
    words = "the input length exceeds the context length"

    assert refusal_of(fault=Fault("status", status=status, message=words)).code == "too_long"


@pytest.mark.parametrize(
    ("fault", "code", "is_retryable", "is_fatal"),
    [
        (Fault("status", status=400), "bad_request", False, False),
        (Fault("status", status=404, message='model "x" not found'), "model_not_found", False, True),
        (Fault("status", status=429, retry_after="1"), "rate_limited", True, False),
        (Fault("status", status=503), "server_error", True, False),
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


def test_cut_answer_is_marked() -> None:
    assert reply_to(fault=Fault("length")).finish is FinishReason.LENGTH


def test_wait_the_server_asks_for_is_in_the_decision() -> None:
    assert refusal_of(fault=Fault("status", status=429, retry_after="17")).decision.after_s == 17


def test_unknown_model_and_wrong_key_are_fatal() -> None:
    assert refusal_of(models=("another",)).code == "model_not_found"
    assert refusal_of(let_in="sk-another").code == "key_rejected"


def test_no_key_sends_no_header() -> None:
    _, server = with_model(lambda model: model.complete(REQUEST), key=None)

    assert b"authorization" not in server.heads[0].lower()


def test_server_that_is_not_started_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{unused.getsockname()[1]}"

        async def scenario() -> None:
            model = chat_model("ollama/m", place, None, HttpClient())
            try:
                await model.complete(REQUEST)
            finally:
                await model.aclose()

        with pytest.raises(ProviderError) as caught:
            asyncio.run(scenario())

    assert caught.value.code == "unreachable"
    assert place in caught.value.user_message


def test_models_are_listed() -> None:
    assert with_model(lambda model: model.list_models(), models=("b", "a"))[0] == ("b", "a")


def test_listing_models_with_a_wrong_key_is_typed() -> None:
    with pytest.raises(ProviderError, match="key_rejected"):
        with_model(lambda model: model.list_models(), let_in="sk-other")


def test_reasoning_without_an_answer_is_named() -> None:
    body = json.dumps({"message": {"content": "", "thinking": "Hm."}, "done": True}).encode()
    model = OllamaChatModel("ollama", "m", parse_endpoint("http://127.0.0.1:1"), None, HttpClient())
    with pytest.raises(ProviderError) as caught:
        model._read(body, 4096)
    assert caught.value.code == "only_reasoning"


def test_model_says_its_context_once_it_knows() -> None:
    async def use(model: ChatModel) -> tuple[int | None, int | None]:
        before = context_of(model)
        await model.complete(REQUEST)
        return before, context_of(model)

    assert with_model(use, context=8192)[0] == (None, 8192)


def test_counts_that_cannot_be_are_as_if_not_told_and_not_taken_for_a_clipped_prompt() -> None:
    assert reply_to(fault=Fault("odd_usage")).tokens_out == 0
