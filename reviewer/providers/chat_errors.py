"""A chat endpoint's refusals, by status and error code, as `ProviderError` with the retry decision.

Nothing the endpoint wrote is repeated: it may hold parts of the request, of the document or of the key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from reviewer.domain.errors import Patience, ProviderError, RetryDecision
from reviewer.providers.chat_envelope import read_loosely
from reviewer.providers.http_body import HttpReply
from reviewer.providers.patience import BUSY, IN_CONFLICT, LIMITED, LOADING
from reviewer.providers.retry_after import retry_after_s

LONGEST_WAIT_S = 600.0
"""A server that asks for more stops the run: it can be resumed."""

_NO_CREDIT = (
    "insufficient_quota",
    "billing_hard_limit",
    "insufficient_credit",
    "insufficient_balance",
    "credit balance is too low",
)
_NEVER_FITS = "request too large for"
"""What OpenAI says, with status 429, of a request that is larger than the tokens of a whole minute."""
_LOADING = "loading model"
_OVERLOADED = 529
_TOO_LONG = (
    "context_length",
    "context length",
    "context window",
    "context size",
    "context_size",
    "context limit",
    "prompt is too long",
    "too many tokens",
    "exceed context limit",
)
_STOP = RetryDecision(retry=False)
_FATAL = RetryDecision(retry=False, fatal=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked: what messages may name."""

    provider: str
    model: str
    place: str
    has_key: bool


def complaint(reply: HttpReply) -> str:
    """What an error reply says, in lower case: for looking words up, never for showing. Empty where it is no JSON."""
    return " ".join(_strings(read_loosely(reply.body))).lower()


def is_web_page(reply: HttpReply) -> bool:
    """Whether a person's page came where JSON was asked for: a proxy, a log-in page, a wrong address."""
    kind = reply.headers.get("content-type", "").lower()
    return "text/html" in kind or reply.body[:64].lstrip().lower().startswith((b"<!doctype", b"<html"))


def names_a_model(reply: HttpReply) -> bool:
    """Whether a 404 speaks of the model rather than of the address."""
    return "model" in complaint(reply)


def is_about_length(words: str) -> bool:
    """Whether a complaint says that the request holds too much text."""
    return any(sign in words for sign in _TOO_LONG)


def status_error(reply: HttpReply, asked: Asked) -> ProviderError:
    """The error for a reply whose status is not 2xx."""
    status, words = reply.status, complaint(reply)
    if any(sign in words for sign in _NO_CREDIT):
        return _no_credit(asked)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return too_long(asked) if _NEVER_FITS in words else _limited(reply, asked)
    if is_about_length(words):  # llama.cpp and Ollama say so with status 500, too
        return too_long(asked)
    if status in _CONFLICTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _busy(reply, asked)
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return _proxy_answered(asked)
    if is_web_page(reply):
        return not_a_model(asked)
    return _BY_STATUS.get(status, _bad_request)(asked)


def not_a_model(asked: Asked) -> ProviderError:
    """A page for people answered."""
    return ProviderError(
        "not_a_model",
        f"A web page answered instead of a model at {asked.place}.",
        "Check the base URL (it usually ends in /v1), and whether a proxy or a log-in page stands in between.",
        decision=_FATAL,
    )


def _proxy_answered(asked: Asked) -> ProviderError:
    return ProviderError(
        "not_a_model",
        f"A proxy answered instead of the model at {asked.place}, and asks for a log-in.",
        "Sign in to the network, or ask its administrator how programs get past the proxy.",
        decision=_FATAL,
    )


def unreachable(asked: Asked, patience: Patience) -> ProviderError:
    """No connection came about. Another try may help; when it does not, no other call will fare better."""
    return ProviderError(
        "unreachable",
        f"Cannot reach the endpoint at {asked.place}.",
        "Check the base URL and the network connection; for a model on this computer, start its server.",
        decision=RetryDecision(retry=True, fatal=True, patience=patience),
    )


def error_in_success(reply: HttpReply, asked: Asked) -> ProviderError | None:
    """The error of a 200 reply that holds nothing but an error, as some gateways send it; None for all others."""
    value = read_loosely(reply.body)
    if not isinstance(value, Mapping) or value.get("choices") or not value.get("error"):
        return None
    error = value["error"]
    code = error.get("code") if isinstance(error, Mapping) else None
    status = code if isinstance(code, int) and code in _ERROR_STATUSES else HTTPStatus.BAD_GATEWAY
    return status_error(HttpReply(status, reply.headers, reply.body), asked)


def _limited(reply: HttpReply, asked: Asked) -> ProviderError:
    wait_s = retry_after_s(reply.headers, datetime.now(UTC))
    if wait_s is not None and wait_s > LONGEST_WAIT_S:
        return ProviderError(
            "rate_limited",
            f"The endpoint at {asked.place} asks to wait {_spoken(wait_s)}.",
            "Resume the run later; what is done is kept.",
            decision=RetryDecision(retry=False, after_s=wait_s, fatal=True),
        )
    return ProviderError(
        "rate_limited",
        f"The endpoint at {asked.place} limits how often it may be asked.",
        "Use fewer connections (--max-connections), or try again later.",
        decision=RetryDecision(retry=True, after_s=wait_s, patience=LIMITED),
    )


def _spoken(seconds: float) -> str:
    span = timedelta(seconds=seconds)
    for name, unit in (("days", timedelta(days=1)), ("hours", timedelta(hours=1))):
        if span >= 2 * unit:
            return f"{span // unit} {name}"
    return f"{span // timedelta(minutes=1)} minutes"


def _busy(reply: HttpReply, asked: Asked) -> ProviderError:
    wait_s = retry_after_s(reply.headers, datetime.now(UTC))
    patience, what = BUSY, f"has a problem of its own (HTTP {reply.status})"
    if _LOADING in complaint(reply):
        patience, what = LOADING, "is still loading its model"
    elif reply.status == _OVERLOADED:
        what = "is overloaded"
    elif reply.status in _CONFLICTS:
        patience = IN_CONFLICT
    return ProviderError(
        "server_error",
        f"The endpoint at {asked.place} {what}.",
        "Try again later.",
        decision=RetryDecision(
            retry=True, after_s=None if wait_s is None else min(wait_s, LONGEST_WAIT_S), patience=patience
        ),
    )


def _no_credit(asked: Asked) -> ProviderError:
    return ProviderError(
        "no_credit",
        f"The account at {asked.place} has no credit left.",
        "Add credit with the provider, then resume the run.",
        decision=_FATAL,
    )


def _key_rejected(asked: Asked) -> ProviderError:
    variable = f"{asked.provider.upper().replace('-', '_')}_API_KEY"
    return ProviderError(
        "key_rejected",
        "The endpoint rejected the key." if asked.has_key else "The endpoint asks for a key, and none is set.",
        f"Set it with `reviewer models key set {asked.provider}` or in {variable}.",
        decision=_FATAL,
    )


def _not_allowed(asked: Asked) -> ProviderError:
    if not asked.has_key:
        return _key_rejected(asked)
    return ProviderError(
        "not_allowed",
        f"The endpoint at {asked.place} does not let this key use the model {asked.model}.",
        "Check with the provider which models the key may use, and from which regions; or choose another model.",
        decision=_FATAL,
    )


def _model_not_found(asked: Asked) -> ProviderError:
    return ProviderError(
        "model_not_found",
        f"The endpoint at {asked.place} has no model {asked.model}, or no chat service at this address.",
        "Check the model's name and the base URL.",
        decision=_FATAL,
    )


def too_long(asked: Asked) -> ProviderError:
    """The request holds more text than the model takes."""
    return ProviderError(
        "too_long",
        f"The text is too long for the model {asked.model}.",
        "Choose a model that takes longer texts, or split the document more finely.",
        decision=_STOP,
    )


def _bad_request(asked: Asked) -> ProviderError:
    return ProviderError(
        "bad_request",
        f"The endpoint at {asked.place} did not accept the request.",
        "Check that the model answers chat requests; another model or endpoint may.",
        decision=_STOP,
    )


_ERROR_STATUSES = range(400, 600)
_CONFLICTS = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT}
_BY_STATUS: dict[int, Callable[[Asked], ProviderError]] = {
    HTTPStatus.UNAUTHORIZED: _key_rejected,
    HTTPStatus.PAYMENT_REQUIRED: _no_credit,
    HTTPStatus.FORBIDDEN: _not_allowed,
    HTTPStatus.NOT_FOUND: _model_not_found,
    HTTPStatus.METHOD_NOT_ALLOWED: _model_not_found,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: too_long,
}


# Other fields repeat the request, and with it the document's words.
_SPEAKING_FIELDS = {"error", "errors", "message", "msg", "code", "type", "param", "loc", "detail"}


_DEEPEST = 20
"""Errors are told within a few levels; a body of a thousand would exhaust Python's stack."""


def _strings(value: Any, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [value]
    if depth > _DEEPEST:
        return []
    if isinstance(value, Mapping):
        return [text for name, item in value.items() if name in _SPEAKING_FIELDS for text in _strings(item, depth + 1)]
    return [text for item in value for text in _strings(item, depth + 1)] if isinstance(value, list) else []
