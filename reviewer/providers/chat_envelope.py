"""Reading what a chat endpoint sends back: the envelope, strictly, and nothing of the model's own words."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from reviewer.domain.chat import ChatReply, FinishReason
from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.providers.patience import BROKEN_REPLY
from reviewer.providers.streamed import StreamedReply

T = TypeVar("T")
_AGAIN = RetryDecision(retry=True, patience=BROKEN_REPLY)
_BOM = b"\xef\xbb\xbf"
_DECLINED = {"content_filter", "refusal", "safety", "prohibited_content", "recitation"}
_CUT = {"length", "max_tokens", "model_length"}
"""As OpenAI names it, and as gateways pass on what others do."""
OPENAI_CHAT = "the OpenAI chat format"
_MOST_TOKENS = 10**9
"""More than any model reads or writes at once. A larger count would not fit into the ledger's columns either."""


class _Part(msgspec.Struct):
    type: str = "text"
    text: str = ""


class _Message(msgspec.Struct):
    content: str | list[_Part] | None = None
    refusal: str | None = None
    reasoning_content: Any = None
    reasoning: Any = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Details(msgspec.Struct):
    cached_tokens: int | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: _Details | None = None


class _Envelope(msgspec.Struct):
    choices: list[_Choice]
    model: str | None = None
    usage: _Usage | None = None


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model] | None = None


class _ChunkChoice(msgspec.Struct):
    delta: _Message | None = None
    finish_reason: str | None = None
    index: int = 0


class _Chunk(msgspec.Struct):
    choices: list[_ChunkChoice] | None = None
    model: str | None = None
    usage: _Usage | None = None


_read_chunk = msgspec.json.Decoder(_Chunk).decode
_read_envelope = msgspec.json.Decoder(_Envelope).decode
_read_models = msgspec.json.Decoder(_Models).decode


def read_chat_reply(body: bytes, requested_model: str, place: str) -> ChatReply:
    """The reply of the first choice.

    Args:
        body: as it came.
        requested_model: named where the endpoint does not say which model answered.
        place: host and port, for messages.

    Raises:
        ProviderError: ``bad_envelope`` or ``empty_reply``, where asking once more may help, or ``only_reasoning``.
    """
    envelope = decoded(body, _read_envelope)
    if envelope is None:
        raise bad_envelope(place, body)
    if not envelope.choices:
        raise empty_reply(place)
    choice, usage = envelope.choices[0], envelope.usage or _Usage()
    finish = _finish(choice)
    text = choice.message.refusal or "" if finish is FinishReason.REFUSED else ""
    text = text or _text(choice.message)
    if finish is FinishReason.STOP and not text.strip():
        has_thoughts = choice.message.reasoning_content or choice.message.reasoning
        raise only_reasoning(place) if has_thoughts else empty_reply(place)
    return ChatReply(
        text=text,
        model=envelope.model or requested_model,
        finish=finish,
        tokens_in=counted(usage.prompt_tokens),
        tokens_out=counted(usage.completion_tokens),
        tokens_cached=counted((usage.prompt_tokens_details or _Details()).cached_tokens),
    )


class StreamedChat(StreamedReply):
    """Chunks of an OpenAI-style stream; ``[DONE]`` is the last. Of several choices the first is taken."""

    def __init__(self, listen: Callable[[str], None], place: str) -> None:
        super().__init__(listen, place)
        self._said: list[str] = []
        self._refused: list[str] = []
        self._has_thoughts = False
        self._whole = _Envelope([])

    def take(self, part: bytes) -> bool:
        """Adds one chunk; see `StreamedReply.take`."""
        if part.strip() == b"[DONE]":
            return True
        chunk = decoded(part, _read_chunk)
        if chunk is None:
            raise bad_envelope(self._place, part)
        self._whole.model = chunk.model or self._whole.model
        self._whole.usage = chunk.usage or self._whole.usage
        for choice in chunk.choices or ():
            if choice.index == 0:
                self._add(choice)
        return False

    def body(self) -> bytes:
        """As the endpoint would have sent it without a stream."""
        for choice in self._whole.choices:
            refused = "".join(self._refused) or None
            choice.message = _Message("".join(self._said), refused, reasoning=self._has_thoughts)
        return msgspec.json.encode(self._whole)

    def _add(self, choice: _ChunkChoice) -> None:
        if not self._whole.choices:
            self._whole.choices.append(_Choice(_Message()))
        whole, delta = self._whole.choices[0], choice.delta or _Message()
        whole.finish_reason = choice.finish_reason or whole.finish_reason
        self._has_thoughts |= bool(delta.reasoning_content or delta.reasoning)
        said, refused = _text(delta), delta.refusal or ""
        self._said.append(said)
        self._refused.append(refused)
        self._tell(said or refused)


def read_models(body: bytes, place: str, format_name: str = OPENAI_CHAT) -> tuple[str, ...]:
    """Ids of the models an endpoint offers, in its order.

    Raises:
        ProviderError: ``bad_envelope``.
    """
    models = decoded(body, _read_models)
    if models is None:
        raise bad_envelope(place, body, format_name)
    return tuple(model.id for model in models.data or ())


def counted(tokens: int | None) -> int:
    """A count of tokens as the server tells it; 0, as where it tells nothing, for one that cannot be."""
    return tokens if tokens is not None and 0 <= tokens <= _MOST_TOKENS else 0


def decoded(body: bytes, decode: Callable[[bytes], T]) -> T | None:
    """A body as its decoder reads it, or None. Nothing is raised: a decoding error holds the body."""
    try:
        return decode(body.removeprefix(_BOM))
    except (ValueError, RecursionError):
        return None


def read_loosely(body: bytes) -> Any:
    """Any JSON value of a body that is not needed to be anything, or None where it is no JSON."""
    return decoded(body, msgspec.json.decode)


def bad_envelope(place: str, body: bytes, format_name: str = OPENAI_CHAT) -> ProviderError:
    """The body is not what endpoints of this format send.

    Args:
        place: host and port, for messages.
        body: as it came; looked at for its encoding only.
        format_name: what was expected, as a sentence names it.
    """
    if _is_utf8(body):
        sentence, hint = "could not be read", f"Check that the endpoint speaks {format_name}."
    else:
        sentence = "is compressed or in another encoding than UTF-8"
        hint = "Have the endpoint, or what stands before it, send plain UTF-8."
    return ProviderError("bad_envelope", f"The reply of the endpoint at {place} {sentence}.", hint, decision=_AGAIN)


def _is_utf8(body: bytes) -> bool:
    """JSON holds no NUL; UTF-16 and UTF-32 hold many."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in body


def empty_reply(place: str) -> ProviderError:
    """The model stopped without a word."""
    return ProviderError(
        "empty_reply",
        f"The model at {place} sent an empty reply.",
        "Try again, or choose another model.",
        decision=_AGAIN,
    )


def only_reasoning(place: str) -> ProviderError:
    """The model thought, and stopped before it answered."""
    return ProviderError(
        "only_reasoning",
        f"The model at {place} sent its reasoning and no answer.",
        "Turn reasoning off for this model on its server, or choose another model.",
        decision=RetryDecision(retry=False),
    )


def _finish(choice: _Choice) -> FinishReason:
    reason = (choice.finish_reason or "").lower()
    if reason in _DECLINED or choice.message.refusal:
        return FinishReason.REFUSED
    return FinishReason.LENGTH if reason in _CUT else FinishReason.STOP


def _text(message: _Message) -> str:
    content = message.content
    if isinstance(content, list):
        return "".join(part.text for part in content if part.type == "text")
    return content or ""
