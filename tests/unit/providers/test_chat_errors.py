import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.domain.errors import Patience, ProviderError, RetryDecision
from reviewer.providers.chat_errors import Asked, complaint, error_in_success, is_web_page, status_error
from reviewer.providers.http_body import HttpReply
from reviewer.providers.patience import BUSY, IN_CONFLICT, LIMITED, LOADING
from reviewer.providers.stream_errors import error_in_stream

ASKED = Asked("my-host", "big-1", "host:8000", has_key=True)
STOP, FATAL = RetryDecision(retry=False), RetryDecision(retry=False, fatal=True)


def reply(status: int, body: object = None, **headers: str) -> HttpReply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpReply(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def again(patience: Patience, after_s: float | None = None) -> RetryDecision:
    return RetryDecision(retry=True, after_s=after_s, patience=patience)


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
        (reply(403), "not_allowed", FATAL),
        (reply(400, error("Your credit balance is too low to access the API.")), "no_credit", FATAL),
        (reply(500, error("Context size has been exceeded.")), "too_long", STOP),
        (reply(400, error("", "exceed_context_size_error")), "too_long", STOP),
        (reply(402), "no_credit", FATAL),
        (reply(404), "model_not_found", FATAL),
        (reply(405), "model_not_found", FATAL),
        (reply(407), "not_a_model", FATAL),
        (reply(403, b"<html>blocked"), "not_a_model", FATAL),
        (reply(408), "server_error", again(IN_CONFLICT)),
        (reply(409), "server_error", again(IN_CONFLICT)),
        (reply(500), "server_error", again(BUSY)),
        (reply(502, b"<html>bad gateway"), "server_error", again(BUSY)),
        (reply(503, retry_after="3"), "server_error", again(BUSY, 3)),
        (reply(503, retry_after="90000"), "server_error", again(BUSY, 600)),
        (reply(503, error("Loading model")), "server_error", again(LOADING)),
        (reply(529), "server_error", again(BUSY)),
        (reply(429), "rate_limited", again(LIMITED)),
        (reply(429, error("Too many tokens, please wait.")), "rate_limited", again(LIMITED)),
        (reply(429, error("Request too large for m on tokens per min (TPM)")), "too_long", STOP),
        (reply(429, retry_after="2"), "rate_limited", again(LIMITED, 2)),
        (reply(429, retry_after_ms="250"), "rate_limited", again(LIMITED, 0.25)),
        (reply(429, x_ratelimit_reset_tokens="6m0s"), "rate_limited", again(LIMITED, 360)),
        (reply(429, retry_after="-1"), "rate_limited", again(LIMITED)),
        (reply(429, retry_after="601"), "rate_limited", RetryDecision(retry=False, after_s=601, fatal=True)),
        (reply(429, error("You exceeded your quota", "insufficient_quota")), "no_credit", FATAL),
    ],
)
def test_status_gives_code_and_decision(given: HttpReply, code: str, decision: RetryDecision) -> None:
    found = status_error(given, ASKED)

    assert (found.code, found.decision) == (code, decision)
    assert found.user_message.endswith(".")
    assert found.hint.endswith(".")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (reply(529), "The endpoint at host:8000 is overloaded."),
        (reply(503, error("Loading model")), "The endpoint at host:8000 is still loading its model."),
        (reply(500), "The endpoint at host:8000 has a problem of its own (HTTP 500)."),
        (reply(407), "A proxy answered instead of the model at host:8000, and asks for a log-in."),
        (reply(403), "The endpoint at host:8000 does not let this key use the model big-1."),
        (reply(402), "The account at host:8000 has no credit left."),
        (reply(429, retry_after="700"), "The endpoint at host:8000 asks to wait 11 minutes."),
        (reply(429, retry_after="9000"), "The endpoint at host:8000 asks to wait 2 hours."),
        (reply(429, retry_after="400000"), "The endpoint at host:8000 asks to wait 4 days."),
    ],
)
def test_sentence_says_what_happened(given: HttpReply, sentence: str) -> None:
    assert status_error(given, ASKED).user_message == sentence


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


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["error", "message", "code", "x"]), inner),
)


@given(st.integers(300, 599), ANY_JSON | st.binary(), st.text())
def test_whatever_comes_is_a_typed_error(status: int, body: object, wait: str) -> None:
    found = status_error(reply(status, body, retry_after=wait), ASKED)

    assert found.user_message.endswith(".")
    assert found.decision.retry or found.decision.patience == Patience()


@given(ANY_JSON)
def test_whatever_stands_in_a_success_or_a_stream_raises_nothing(body: object) -> None:
    error_in_success(reply(200, body), ASKED)
    error_in_stream(json.dumps(body).encode(), ASKED)


@pytest.mark.parametrize("depth", [30, 300, 900, 5000])
def test_deep_error_exhausts_no_stack(depth: int) -> None:
    body = b'{"error":' * depth + b'"Loading model"' + b"}" * depth

    assert status_error(reply(503, body), ASKED).code == "server_error"
    assert (error_in_stream(body, ASKED) is None) is (depth == 5000)  # no JSON reader follows so far


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
