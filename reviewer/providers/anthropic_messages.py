"""Anthropic's Messages API. The reply's shape is asked for as the input of a tool that the model must use.

The interface knows no seed, and how it samples is not to be steered: votes on the same text send the same bytes, and
differ only where the model does, which at temperature 0 is seldom. Nothing is invented to tell them apart: whatever
fields could carry a number are meant to name users, or would be one more thing for the model to read.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from http import HTTPStatus

import msgspec

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.ids import Json
from reviewer.domain.secret import Secret
from reviewer.providers.chat_dialect import encoded
from reviewer.providers.chat_envelope import bad_envelope, counted, decoded, empty_reply, only_reasoning, read_models
from reviewer.providers.chat_errors import complaint
from reviewer.providers.endpoint import Endpoint
from reviewer.providers.http import HttpClient
from reviewer.providers.http_body import HttpReply
from reviewer.providers.json_service import ServedModel
from reviewer.providers.streamed import StreamedReply

_VERSION = "2023-06-01"
_FORMAT = "Anthropic's Messages format"
_HOTTEST = 1.0
_EMPTY = b"{}"
_MOST_MODELS = 1000
_FINISH = {
    "max_tokens": FinishReason.LENGTH,
    "model_context_window_exceeded": FinishReason.LENGTH,
    "refusal": FinishReason.REFUSED,
}


class _Block(msgspec.Struct):
    type: str = ""
    text: str = ""
    input: msgspec.Raw = msgspec.Raw()


class _Usage(msgspec.Struct):
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    cache_read_input_tokens: int | None = None


class _Message(msgspec.Struct):
    content: list[_Block]
    model: str | None = None
    stop_reason: str | None = None
    usage: _Usage | None = None


class _Delta(msgspec.Struct):
    text: str = ""
    partial_json: str = ""
    stop_reason: str | None = None


class _Event(msgspec.Struct):
    type: str
    index: int = 0
    message: _Message | None = None
    content_block: _Block | None = None
    delta: _Delta | None = None
    usage: _Usage | None = None


_read_message = msgspec.json.Decoder(_Message).decode
_read_event = msgspec.json.Decoder(_Event).decode


class AnthropicModel(ServedModel):
    """One model of Anthropic's, or of a gateway that speaks its format; implements `reviewer.ports.models.ChatModel`.

    It finds out by itself whether the model takes a temperature, and whether the endpoint streams, and remembers it.

    Args and errors are those of `ServedModel`; ``v1`` is added to the endpoint's path where no version stands there.
    """

    def __init__(self, provider: str, model: str, endpoint: Endpoint, key: Secret | None, client: HttpClient) -> None:
        headers = {"anthropic-version": _VERSION}
        super().__init__(provider, model, endpoint, key, client, key_header=("x-api-key", ""), headers=headers)
        self._service_root = endpoint.with_version() or endpoint
        self._leaves_out: frozenset[str] = frozenset()

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        """Asks once; never retries by itself. Cancelling closes the request. See `ChatModel.complete`.

        Raises:
            ProviderError: as `ChatModel.complete`; codes are those of `HttpClient.post_json` and of `chat_errors`,
                ``bad_envelope`` and ``empty_reply``.
        """
        while True:  # ends: each turn leaves one more field out
            left_out = self._leaves_out
            streamed = _StreamedMessage(listen, self._asked.place) if listen else None
            body = encode(request, self._model, streams=streamed is not None, leaves_out=left_out)
            reply = await self._service.send(self._service_root.url("messages"), body, streamed)
            optional = {"temperature", "stream"} if listen else {"temperature"}
            refused = _refused(reply, optional - left_out)
            if not refused:
                found = self._service.read(reply, self._read)
                return streamed.ended(found) if streamed else found
            self._leaves_out |= refused

    async def list_models(self) -> tuple[str, ...]:
        """The models the endpoint offers, in its order; the first thousand.

        Raises:
            ProviderError: as for `complete`.
        """
        url = self._service_root.url("models")
        reply = await self._service.send(f"{url}{'&' if '?' in url else '?'}limit={_MOST_MODELS}")
        return self._service.read(reply, lambda body: read_models(body, self._asked.place, _FORMAT))

    def _read(self, body: bytes) -> ChatReply:
        return read_message(body, self._model, self._asked.place)


class _StreamedMessage(StreamedReply):
    """Events of a message; ``message_stop`` is the last."""

    def __init__(self, listen: Callable[[str], None], place: str) -> None:
        super().__init__(listen, place)
        self._whole = _Message([])
        self._blocks: dict[int, tuple[_Block, list[str]]] = {}

    def take(self, part: bytes) -> bool:
        """Adds one event; see `StreamedReply.take`."""
        event = decoded(part, _read_event)
        if event is None:
            raise bad_envelope(self._place, part, _FORMAT)
        if event.message is not None:
            self._whole.model = event.message.model
            self._whole.usage = event.message.usage
        if event.content_block is not None:
            self._blocks[event.index] = (event.content_block, [event.content_block.text])
        if event.delta is not None:
            self._add(event.index, event.delta)
        if event.usage is not None:
            self._whole.usage = _later(self._whole.usage or _Usage(), event.usage)
        return event.type == "message_stop"

    def body(self) -> bytes:
        """As the endpoint would have sent it without a stream, but for a tool's input that was cut: that is text."""
        self._whole.content = [_joined(block, "".join(said)) for block, said in self._blocks.values()]
        return msgspec.json.encode(self._whole)

    def _add(self, index: int, delta: _Delta) -> None:
        self._whole.stop_reason = delta.stop_reason or self._whole.stop_reason
        said = delta.text or delta.partial_json
        if said and index in self._blocks:
            self._blocks[index][1].append(said)
            self._tell(said)


def _joined(block: _Block, said: str) -> _Block:
    if block.type != "tool_use":
        return _Block(block.type, said, msgspec.Raw(_EMPTY))
    given = said.encode() or bytes(block.input) or _EMPTY
    if decoded(given, msgspec.json.decode) is None:
        return _Block("text", said, msgspec.Raw(_EMPTY))
    return _Block("tool_use", "", msgspec.Raw(given))


def _later(usage: _Usage, told: _Usage) -> _Usage:
    """What was told later counts: numbers are totals, and those left out stay."""
    names = _Usage.__struct_fields__
    return _Usage(**{n: getattr(usage, n) if getattr(told, n) is None else getattr(told, n) for n in names})


def _refused(reply: HttpReply, optional: AbstractSet[str]) -> frozenset[str]:
    """The fields that a request may leave out, and this reply complains about."""
    words = complaint(reply).replace("upstream", "") if reply.status == HTTPStatus.BAD_REQUEST else ""
    return frozenset(name for name in optional if name in words)


def encode(
    request: ChatRequest, model: str, *, streams: bool = False, leaves_out: frozenset[str] = frozenset()
) -> bytes:
    """The request's body: the same bytes for the same request and model, whatever the seed.

    What stands before the text (tool and system prompt) is marked to be cached at the provider: it is the same for all
    items of a task kind.
    """
    fields: dict[str, Json] = {
        "model": model,
        "max_tokens": request.max_tokens,
        "tools": [{"name": request.schema_name, "description": "Takes the reply.", "input_schema": request.schema}],
        "tool_choice": {"type": "tool", "name": request.schema_name},
        "messages": [{"role": "user", "content": request.user}],
    }
    if request.system.strip():  # an empty block is refused
        fields["system"] = [{"type": "text", "text": request.system, "cache_control": {"type": "ephemeral"}}]
    optional: dict[str, Json] = {"temperature": min(request.temperature, _HOTTEST)}
    if streams:
        optional["stream"] = True
    return encoded(fields | {name: value for name, value in optional.items() if name not in leaves_out})


def read_message(body: bytes, requested_model: str, place: str) -> ChatReply:
    """The tool's input as it came, or the model's words where it used no tool.

    Args:
        body: as it came.
        requested_model: named where the endpoint does not say which model answered.
        place: host and port, for messages.

    Raises:
        ProviderError: ``bad_envelope`` or ``empty_reply``, where asking once more may help, or ``only_reasoning``.
    """
    message = decoded(body, _read_message)
    text = None if message is None else _text(message)
    if message is None or text is None:
        raise bad_envelope(place, body, _FORMAT)
    finish, usage = _FINISH.get(message.stop_reason or "", FinishReason.STOP), message.usage or _Usage()
    if finish is FinishReason.STOP and not text.strip():
        raise (only_reasoning if any(b.type == "thinking" for b in message.content) else empty_reply)(place)
    cached = counted(usage.cache_read_input_tokens)
    # What is read from the cache or written to it is not among the input tokens.
    fresh = counted(usage.input_tokens) + counted(usage.cache_creation_input_tokens)
    return ChatReply(
        text=text,
        model=message.model or requested_model,
        finish=finish,
        tokens_in=fresh + cached,
        tokens_out=counted(usage.output_tokens),
        tokens_cached=cached,
    )


def _text(message: _Message) -> str | None:
    """None where it is no UTF-8. The input is not read here, so that what is odd about it is found by who reads it."""
    inputs = [block.input for block in message.content if block.type == "tool_use"]
    if not inputs:
        return "".join(block.text for block in message.content if block.type == "text")
    return decoded(bytes(inputs[0]), bytes.decode)
