"""Reading what a chat endpoint sends back: the envelope, strictly, and nothing of the model's own words."""

from typing import Any

import msgspec

from reviewer.domain.chat import ChatReply, FinishReason
from reviewer.domain.errors import ProviderError, RetryDecision

_AGAIN = RetryDecision(retry=True)
_BOM = b"\xef\xbb\xbf"


class _Part(msgspec.Struct):
    type: str = "text"
    text: str = ""


class _Message(msgspec.Struct):
    content: str | list[_Part] | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Envelope(msgspec.Struct):
    choices: list[_Choice]
    model: str | None = None
    usage: _Usage | None = None


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model] | None = None


_read_envelope = msgspec.json.Decoder(_Envelope).decode
_read_models = msgspec.json.Decoder(_Models).decode


def read_chat_reply(body: bytes, requested_model: str, place: str) -> ChatReply:
    """The reply of the first choice.

    Args:
        body: as it came.
        requested_model: named where the endpoint does not say which model answered.
        place: host and port, for messages.

    Raises:
        ProviderError: ``bad_envelope`` or ``empty_reply``; asking once more may help.
    """
    try:
        envelope = _read_envelope(body.removeprefix(_BOM))
    except (ValueError, RecursionError):
        envelope = None
    if envelope is None:  # outside the except block: a decoding error holds the body and must not be chained
        raise bad_envelope(place)
    if not envelope.choices:
        raise _empty(place)
    choice, usage = envelope.choices[0], envelope.usage or _Usage()
    finish = _finish(choice)
    text = choice.message.refusal or "" if finish is FinishReason.REFUSED else ""
    text = text or _text(choice.message)
    if finish is FinishReason.STOP and not text.strip():
        raise _empty(place)
    return ChatReply(
        text=text,
        model=envelope.model or requested_model,
        finish=finish,
        tokens_in=max(0, usage.prompt_tokens or 0),
        tokens_out=max(0, usage.completion_tokens or 0),
    )


def read_models(body: bytes, place: str) -> tuple[str, ...]:
    """Ids of the models an endpoint offers, in its order.

    Raises:
        ProviderError: ``bad_envelope``.
    """
    try:
        models = _read_models(body.removeprefix(_BOM))
    except (ValueError, RecursionError):
        models = None
    if models is None:
        raise bad_envelope(place)
    return tuple(model.id for model in models.data or ())


def read_loosely(body: bytes) -> Any:
    """Any JSON value of a body that is not needed to be anything, or None where it is no JSON."""
    try:
        return msgspec.json.decode(body.removeprefix(_BOM))
    except (ValueError, RecursionError):
        return None


def bad_envelope(place: str) -> ProviderError:
    """The body is not what chat endpoints send."""
    return ProviderError(
        "bad_envelope",
        f"The reply of the endpoint at {place} could not be read.",
        "Check that the endpoint speaks the OpenAI chat format.",
        decision=_AGAIN,
    )


def _empty(place: str) -> ProviderError:
    return ProviderError(
        "empty_reply",
        f"The model at {place} sent an empty reply.",
        "Try again, or choose another model.",
        decision=_AGAIN,
    )


def _finish(choice: _Choice) -> FinishReason:
    if choice.finish_reason == "content_filter" or choice.message.refusal:
        return FinishReason.REFUSED
    return FinishReason.LENGTH if choice.finish_reason == "length" else FinishReason.STOP


def _text(message: _Message) -> str:
    content = message.content
    if isinstance(content, list):
        return "".join(part.text for part in content if part.type == "text")
    return content or ""
