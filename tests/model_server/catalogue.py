"""Faults by name, as each kind of server words them."""

from dataclasses import fields, replace

from tests.model_server.faults import Fault
from tests.model_server.protocols import ANTHROPIC, LLAMA_CPP, OLLAMA, OPENAI, Protocol

_AHEAD = "Date: Sun, 01 Mar 2037 12:00:00 GMT\r\n"
"""A server whose clock is wrong by years."""

NAMED: dict[str, Fault] = {
    **{kind: Fault(kind) for kind in ("html", "error_200", "bad_json", "empty_body", "empty_choices", "not_utf8")},
    **{kind: Fault(kind) for kind in ("hang", "stall", "reset", "truncated", "huge", "huge_announced", "gzip_bomb")},
    **{kind: Fault(kind) for kind in ("null_content", "blank_content", "only_reasoning", "length", "other_model")},
    "odd_usage": Fault("odd_usage"),
    **{kind: Fault(kind) for kind in ("refusal", "content_filter", "prose_refusal", "not_json", "wrong_schema")},
    **{kind: Fault(kind) for kind in ("duplicate_keys", "nan", "too_deep", "big_number", "too_many_chars")},
    **{kind: Fault(kind) for kind in ("ticked", "reasoning_tags", "bom")},
    **{f"stream_{how}": Fault(f"stream_{how}") for how in ("cut", "unended", "stall", "long_line", "not_json")},
    "stream_error": Fault("stream_error", status=529),
    "stream_comments": Fault("stream_comments", every_s=0.02),
    "slow_loris": Fault("drip", every_s=0.02),
    "redirect_302": Fault("redirect", status=302, location="http://elsewhere.invalid/v1"),
    "redirect_307": Fault("redirect", status=307, location="http://elsewhere.invalid/v1"),
    "deep_error": Fault("deep_error", status=400),
    "deep_error_200": Fault("deep_error", status=200),
    "proxy_login": Fault("page", status=407),
    "blocked_page": Fault("page", status=403),
    "bad_gateway_page": Fault("page", status=502),
    "bad_request": Fault("status", status=400),
    "unprocessable": Fault("status", status=422),
    "key_rejected": Fault("status", status=401),
    "payment": Fault("status", status=402),
    "not_allowed": Fault("status", status=403),
    "no_model": Fault("status", status=404),
    "timed_out_there": Fault("status", status=408),
    "conflict": Fault("status", status=409),
    "too_large": Fault("status", status=413),
    "context_too_long": Fault("status", status=400),
    "context_too_long_500": Fault("status", status=500, message="Context size has been exceeded."),
    "no_credit": Fault("status", status=429),
    "limited": Fault("status", status=429),
    "limited_seconds": Fault("status", status=429, retry_after="7"),
    "limited_date": Fault("status", status=429, retry_after="Sun, 01 Mar 2037 12:00:30 GMT", headers=_AHEAD),
    "limited_ms": Fault("status", status=429, retry_after_ms="250"),
    "limited_zero": Fault("status", status=429, retry_after="0"),
    "limited_nan": Fault("status", status=429, retry_after="NaN"),
    "limited_negative": Fault("status", status=429, retry_after="-5"),
    "limited_wild_zone": Fault("status", status=429, retry_after=f"Sun, 01 Mar 2037 12:00:00 +{'9' * 20}"),
    "limited_past_date": Fault("status", status=429, retry_after="Sun, 01 Mar 2037 11:00:00 GMT", headers=_AHEAD),
    "limited_far": Fault("status", status=429, retry_after="3600"),
    "limited_reset": Fault("status", status=429, headers="x-ratelimit-reset-tokens: 1m0s\r\n"),
    "limited_compressed": Fault("status", status=429, headers="Content-Encoding: gzip\r\n"),
    "internal": Fault("status", status=500),
    "bad_gateway": Fault("status", status=502),
    "unavailable": Fault("status", status=503),
    "unavailable_seconds": Fault("status", status=503, retry_after="9"),
    "gateway_timeout": Fault("status", status=504),
    "overloaded": Fault("status", status=529),
    "loading": Fault("status", status=503),
}

Words = tuple[str, str]
"""Code and message."""

_WORDS: dict[Protocol, dict[str, Words]] = {
    OPENAI: {
        "context_too_long": ("context_length_exceeded", "This model's maximum context length is 8192 tokens."),
        "no_model": ("model_not_found", "The model `m` does not exist or you do not have access to it."),
        "no_credit": ("insufficient_quota", "You exceeded your current quota, please check your plan."),
        "limited": ("rate_limit_exceeded", "Rate limit reached for requests."),
        "overloaded": ("overloaded", "The engine is currently overloaded, please try again later."),
        "stream_error": ("server_error", "The server had an error."),
    },
    ANTHROPIC: {
        "context_too_long": ("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
        "no_model": ("not_found_error", "model: m"),
        "no_credit": ("invalid_request_error", "Your credit balance is too low to access the API."),
        "limited": ("rate_limit_error", "This request would exceed the rate limit."),
        "too_large": ("request_too_large", "Request exceeds the maximum size"),
        "overloaded": ("overloaded_error", "Overloaded"),
        "stream_error": ("overloaded_error", "Overloaded"),
    },
    OLLAMA: {
        "context_too_long": ("", "the input length exceeds the context length"),
        "no_model": ("", 'model "m" not found, try pulling it first'),
        "no_credit": ("", "insufficient_quota"),
        "unavailable": ("", "server busy, please try again. maximum pending requests exceeded"),
        "stream_error": ("", "an error was encountered while running the model"),
    },
    LLAMA_CPP: {
        "context_too_long": (
            "exceed_context_size_error",
            "request (4390 tokens) exceeds the available context size (4096 tokens), try increasing it",
        ),
        "key_rejected": ("authentication_error", "Invalid API Key"),
        "no_model": ("not_found_error", "model 'm' not found"),
        "no_credit": ("insufficient_quota", "insufficient_quota"),
        "loading": ("unavailable_error", "Loading model"),
        "bad_request": ("invalid_request_error", "Failed to parse grammar of the request"),
        "internal": ("server_error", "Invalid input batch."),
    },
}


def fault_named(name: str, protocol: Protocol = OPENAI) -> Fault:
    """A fault of the catalogue, as this kind of server words it."""
    fault, table = NAMED[name], _WORDS[protocol]
    words = table.get(name) or table.get(name.split("_", maxsplit=1)[0])
    return replace(fault, code=words[0], message=words[1]) if words else fault


def parse_fault(text: str) -> Fault:
    """A name of the catalogue, or ``status:status=429,first=3,retry_after=1``, as a fault.

    Raises:
        ValueError: there is no such fault.
    """
    name, _, rest = text.partition(":")
    known = {field.name: str(field.type) for field in fields(Fault)}
    values: dict[str, str | int | float] = {}
    for part in filter(None, rest.split(",")):
        field, value = part.split("=", 1)
        number = int if "int" in known[field] else float if "float" in known[field] else str
        values[field] = number(value)
    return replace(fault_named(name) if name in NAMED else Fault(name), **values)  # type: ignore[arg-type]
