import json

import pytest

from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.providers.chat_errors import Asked, complaint, error_in_success, is_web_page, status_error
from reviewer.providers.http import HttpReply

ASKED = Asked("my-host", "big-1", "host:8000", has_key=True)
RETRY, STOP, FATAL = RetryDecision(retry=True), RetryDecision(retry=False), RetryDecision(retry=False, fatal=True)


def reply(status: int, body: object = None, **headers: str) -> HttpReply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpReply(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def error(message: str, code: str | int = "") -> dict[str, object]:
    return {"error": {"message": message, "code": code}}


@pytest.mark.parametrize(
    ("given", "code", "decision"),
    [
        (reply(400), "bad_request", STOP),
        (reply(422), "bad_request", STOP),
        (reply(418), "bad_request", STOP),
        (reply(400, error("too much", "context_length_exceeded")), "too_long", STOP),
        (reply(400, error("maximum context length is 8192 tokens, 'max_tokens' too large")), "too_long", STOP),
        (reply(413), "too_long", STOP),
        (reply(401), "key_rejected", FATAL),
        (reply(403), "key_rejected", FATAL),
        (reply(402), "no_credit", FATAL),
        (reply(404), "model_not_found", FATAL),
        (reply(405), "model_not_found", FATAL),
        (reply(407), "not_a_model", FATAL),
        (reply(403, b"<html>blocked"), "not_a_model", FATAL),
        (reply(408), "server_error", RETRY),
        (reply(409), "server_error", RETRY),
        (reply(500), "server_error", RETRY),
        (reply(502, b"<html>bad gateway"), "server_error", RETRY),
        (reply(503, retry_after="3"), "server_error", RetryDecision(retry=True, after_s=3)),
        (reply(503, retry_after="90000"), "server_error", RetryDecision(retry=True, after_s=600)),
        (reply(529), "server_error", RETRY),
        (reply(429), "rate_limited", RETRY),
        (reply(429, retry_after="2"), "rate_limited", RetryDecision(retry=True, after_s=2)),
        (reply(429, retry_after_ms="250"), "rate_limited", RetryDecision(retry=True, after_s=0.25)),
        (reply(429, retry_after="-1"), "rate_limited", RETRY),
        (reply(429, retry_after="601"), "rate_limited", RetryDecision(retry=False, after_s=601, fatal=True)),
        (reply(429, error("You exceeded your quota", "insufficient_quota")), "no_credit", FATAL),
    ],
)
def test_status_gives_code_and_decision(given: HttpReply, code: str, decision: RetryDecision) -> None:
    found = status_error(given, ASKED)

    assert (found.code, found.decision) == (code, decision)
    assert found.user_message.endswith(".")
    assert found.hint.endswith(".")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422, 429, 500])
def test_words_of_the_endpoint_are_not_repeated(status: int) -> None:
    found = status_error(reply(status, error("CANARY sk-CANARY", "CANARY")), ASKED)

    assert "CANARY" not in f"{found!r} {found.hint} {vars(found)}"


def test_rejected_key_says_how_to_set_it() -> None:
    found = status_error(reply(401), ASKED)

    assert found.user_message == "The endpoint rejected the key."
    assert "`reviewer models key set my-host`" in found.hint
    assert "MY_HOST_API_KEY" in found.hint


def test_missing_key_is_called_missing() -> None:
    found = status_error(reply(401), Asked("openai", "m", "host", has_key=False))

    assert found.user_message == "The endpoint asks for a key, and none is set."


def test_complaint_leaves_out_the_repeated_request() -> None:
    detail = [{"loc": ["body", "Seed"], "msg": "Extra inputs", "input": {"messages": "temperature"}}]

    assert complaint(reply(422, {"detail": detail})) == "body seed extra inputs"
    assert complaint(reply(400, b"no JSON")) == ""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (reply(200, b" \n<!DOCTYPE html>"), True),
        (reply(200, b"<HTML>"), True),
        (reply(200, b"Log in", content_type="Text/HTML; charset=utf-8"), True),
        (reply(200, {"choices": []}, content_type="application/json"), False),
        (reply(200, b""), False),
    ],
)
def test_web_page_is_told_from_json(given: HttpReply, expected: bool) -> None:
    assert is_web_page(given) is expected


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (error("slow down", 429), "rate_limited"),
        (error("no", 401), "key_rejected"),
        (error("odd", 7), "server_error"),
        ({"error": "Unexpected endpoint"}, "server_error"),
        ({"choices": [1], "error": "x"}, None),
        ({"error": None}, None),
        ([], None),
    ],
)
def test_error_with_status_200_is_an_error(body: object, code: str | None) -> None:
    found = error_in_success(reply(200, body), ASKED)

    assert (found.code if isinstance(found, ProviderError) else None) == code
