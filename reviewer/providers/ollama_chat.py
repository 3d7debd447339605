"""Ollama's own interface, which takes the context size with each request.

Its OpenAI-style route does not: there a prompt longer than the server's default, often 4096 tokens, is clipped and the
answer looks like any other.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import msgspec

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.clipping import CLIPPED_HINT, PROMPT_CLIPPED, clipped_sentence
from reviewer.domain.errors import ProviderError, RetryDecision
from reviewer.domain.ids import Json
from reviewer.domain.secret import Secret
from reviewer.providers.chat_dialect import encoded
from reviewer.providers.chat_envelope import bad_envelope, counted, decoded, empty_reply, only_reasoning
from reviewer.providers.chat_errors import Asked
from reviewer.providers.endpoint import Endpoint
from reviewer.providers.http import HttpClient
from reviewer.providers.json_service import ServedModel
from reviewer.providers.streamed import StreamedReply

_FORMAT = "Ollama's own format; an address ending in /v1 is asked in the OpenAI chat format"
_SMALLEST_CONTEXT = 4096
_BYTES_PER_TOKEN = 2
"""Fewer than any usual text has, so that estimates are too high rather than too low."""
_RESERVE = 16
"""Tokens a full context may seem to lack: a clipped prompt gets its opening and closing marks anew."""


class _Message(msgspec.Struct):
    content: str | None = None
    thinking: str | None = None


class _Reply(msgspec.Struct):
    message: _Message
    done: bool = True
    done_reason: str | None = None
    model: str | None = None
    prompt_eval_count: int | None = None
    eval_count: int | None = None


class _Model(msgspec.Struct):
    name: str


class _Tags(msgspec.Struct):
    models: list[_Model] | None = None


class _About(msgspec.Struct):
    model_info: dict[str, Any]


_read_reply = msgspec.json.Decoder(_Reply).decode
_read_tags = msgspec.json.Decoder(_Tags).decode
_read_about = msgspec.json.Decoder(_About).decode


class OllamaChatModel(ServedModel):
    """One model of an Ollama server; implements `reviewer.ports.models.ChatModel`.

    It asks once how much the model can read at most, and never asks for less context than before: the server loads
    the model anew for each other size.

    Args and errors are those of `ServedModel`; the endpoint is the server's root, and a key is for gateways before it.
    """

    def __init__(self, provider: str, model: str, endpoint: Endpoint, key: Secret | None, client: HttpClient) -> None:
        super().__init__(provider, model, endpoint, key, client)
        self._context = _SMALLEST_CONTEXT
        self._most: int | None = None
        self._has_looked = False

    @property
    def context_tokens(self) -> int | None:
        """Tokens the model was made for; None before the first call and where the server does not say."""
        return self._most

    async def complete(self, request: ChatRequest, listen: Callable[[str], None] | None = None) -> ChatReply:
        """Asks once; never retries by itself. Cancelling closes the request. See `ChatModel.complete`.

        Raises:
            ProviderError: as `ChatModel.complete`; codes are those of `HttpClient.post_json` and of `chat_errors`,
                ``bad_envelope``, ``empty_reply`` and ``prompt_clipped``.
        """
        if not self._has_looked:
            self._most = await self._longest_context()
            self._has_looked = True
        wanted = max(self._context, context_for(request))
        self._context = wanted if self._most is None else min(wanted, self._most)
        context = self._context
        streamed = _StreamedAnswer(listen, self._asked.place) if listen else None
        body = encode(request, self._model, context, streams=streamed is not None)
        reply = await self._service.send(self._given.url("api/chat"), body, streamed)
        found = self._service.read(reply, lambda body: self._read(body, context))
        return streamed.ended(found) if streamed else found

    async def list_models(self) -> tuple[str, ...]:
        """The models the server has, in its order.

        Raises:
            ProviderError: as for `complete`.
        """
        return self._service.read(await self._service.send(self._given.url("api/tags")), self._names)

    async def _longest_context(self) -> int | None:
        """Tokens the model was made for, to which the server cuts any wish without a word; None where it won't say."""
        reply = await self._service.send(self._given.url("api/show"), encoded({"model": self._model}))
        about = decoded(reply.body, _read_about) if reply.status < HTTPStatus.MULTIPLE_CHOICES else None
        sizes = [] if about is None else [v for k, v in about.model_info.items() if k.endswith(".context_length")]
        return next((size for size in sizes if isinstance(size, int) and size > 0), None)

    def _names(self, body: bytes) -> tuple[str, ...]:
        tags = decoded(body, _read_tags)
        if tags is None:
            raise bad_envelope(self._asked.place, body, _FORMAT)
        return tuple(model.name for model in tags.models or ())

    def _read(self, body: bytes, context: int) -> ChatReply:
        found = decoded(body, _read_reply)
        if found is None or not found.done:
            raise bad_envelope(self._asked.place, body, _FORMAT)
        tokens_in, tokens_out = counted(found.prompt_eval_count), counted(found.eval_count)
        if tokens_in + tokens_out + _RESERVE >= context:
            raise _clipped(self._asked, context)
        text = found.message.content or ""
        finish = FinishReason.LENGTH if found.done_reason == "length" else FinishReason.STOP
        if finish is FinishReason.STOP and not text.strip():
            raise (only_reasoning if found.message.thinking else empty_reply)(self._asked.place)
        return ChatReply(text, found.model or self._model, finish, tokens_in, tokens_out)


class _StreamedAnswer(StreamedReply):
    """Lines with a piece of the answer each; the last says that it is."""

    are_events = False

    def __init__(self, listen: Callable[[str], None], place: str) -> None:
        super().__init__(listen, place)
        self._said: list[str] = []
        self._thoughts = ""
        self._last: _Reply | None = None

    def take(self, part: bytes) -> bool:
        """Adds one line; see `StreamedReply.take`."""
        line = self._last = decoded(part, _read_reply)
        if line is None:
            raise bad_envelope(self._place, part, _FORMAT)
        self._said.append(line.message.content or "")
        self._thoughts = line.message.thinking or self._thoughts
        self._tell(self._said[-1])
        return line.done

    def body(self) -> bytes:
        """As the server would have sent it without a stream: the last line, with all that was said."""
        if self._last is not None:
            self._last.message = _Message("".join(self._said), self._thoughts)
        return msgspec.json.encode(self._last)


def context_for(request: ChatRequest) -> int:
    """Tokens that surely hold a request and its reply: a power of two, at least 4096."""
    size = len(request.system.encode("utf-8", "replace")) + len(request.user.encode("utf-8", "replace"))
    tokens = size // _BYTES_PER_TOKEN + request.max_tokens
    return max(_SMALLEST_CONTEXT, 1 << (tokens - 1).bit_length())


def encode(request: ChatRequest, model: str, context: int, *, streams: bool = False) -> bytes:
    """The request's body: the same bytes for the same request, model and context."""
    fields: dict[str, Json] = {
        "model": model,
        "messages": [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
        "stream": streams,
        "format": request.schema,
        # Newer servers then refuse what does not fit; older ones do not know these two and clip.
        "truncate": False,
        "shift": False,
        "options": {
            "num_ctx": context,
            "temperature": request.temperature,
            "seed": request.seed,
            "num_predict": request.max_tokens,
        },
    }
    return encoded(fields)


def _clipped(asked: Asked, context: int) -> ProviderError:
    sentence = clipped_sentence(asked.model, context)
    return ProviderError(PROMPT_CLIPPED, sentence, CLIPPED_HINT, decision=RetryDecision(retry=False))
