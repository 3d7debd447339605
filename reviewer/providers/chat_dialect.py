"""What an endpoint understands of the chat request, found out from its complaints."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from reviewer.domain.chat import ChatRequest
from reviewer.domain.ids import Json

ReplyFormat = Literal["json_schema", "json_object", "free"]
LimitField = Literal["max_tokens", "max_completion_tokens", ""]

_SIMPLER_FORMAT: dict[ReplyFormat, ReplyFormat] = {"json_schema": "json_object", "json_object": "free"}
_OTHER_LIMIT: dict[LimitField, LimitField] = {"max_tokens": "max_completion_tokens", "max_completion_tokens": ""}


@dataclass(frozen=True, slots=True)
class ChatDialect:
    """Which optional fields a request to this endpoint has. The richest comes first, and each complaint takes one away.

    Attributes:
        reply_format: how the reply's shape is asked for; *free* leaves it to the prompt, which holds the schema too.
        limit_field: the name under which the reply's length is limited; empty for none.
        has_stream: whether replies may be streamed, where somebody listens.
        has_stream_usage: whether a stream may be asked to tell tokens at its end.
    """

    reply_format: ReplyFormat = "json_schema"
    limit_field: LimitField = "max_tokens"
    has_seed: bool = True
    has_temperature: bool = True
    has_stream: bool = True
    has_stream_usage: bool = True

    def encode(self, request: ChatRequest, model: str, *, streams: bool = False) -> bytes:
        """The request's body: the same bytes for the same request, model and dialect.

        Half a surrogate pair, which JSON cannot carry, becomes U+FFFD.
        """
        fields: dict[str, Json] = {
            "model": model,
            "messages": [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
        }
        if self.has_seed:
            fields["seed"] = request.seed
        if self.has_temperature:
            fields["temperature"] = request.temperature
        if self.limit_field:
            fields[self.limit_field] = request.max_tokens
        if self.reply_format == "json_schema":
            # Models write properties in the schema's order, so that order is kept.
            shape: Json = {"name": request.schema_name, "strict": True, "schema": request.schema}
            fields["response_format"] = {"type": "json_schema", "json_schema": shape}
        elif self.reply_format == "json_object":
            fields["response_format"] = {"type": "json_object"}
        if streams:
            fields["stream"] = True
            if self.has_stream_usage:
                fields["stream_options"] = {"include_usage": True}
        return encoded(fields)

    def without_stream(self, complaint: str) -> "ChatDialect | None":
        """The next simpler way to stream, or not to, for a complaint about a streamed request; None for all others.

        Args:
            complaint: the endpoint's words, in lower case.
        """
        if self.has_stream_usage and ("stream_options" in complaint or "include_usage" in complaint):
            return replace(self, has_stream_usage=False)
        return replace(self, has_stream=False) if "stream" in complaint.replace("upstream", "") else None

    def without(self, complaint: str) -> "ChatDialect | None":
        """The next simpler dialect for a complaint, or None where it names nothing that could be left out.

        Args:
            complaint: the endpoint's words about a request it refused, in lower case.
        """
        if "max_" in complaint and any(word in complaint for word in _TOO_HIGH):
            return None  # the field is known, and leaving it off would let replies grow without a limit
        for words, simpler in _REMEDIES:
            if any(word in complaint for word in words):
                found = simpler(self)
                if found != self:
                    return found
        return None


def _simpler_format(dialect: ChatDialect) -> ChatDialect:
    return replace(dialect, reply_format=_SIMPLER_FORMAT.get(dialect.reply_format, "free"))


_TOO_HIGH = ("too large", "too high", "at most", "less than or equal", "exceed")
_REMEDIES: tuple[tuple[tuple[str, ...], Callable[[ChatDialect], ChatDialect]], ...] = (
    (("response_format", "json_schema", "json_object", "schema", "structured", "grammar"), _simpler_format),
    (("max_tokens", "max_completion_tokens"), lambda d: replace(d, limit_field=_OTHER_LIMIT.get(d.limit_field, ""))),
    (("temperature",), lambda d: replace(d, has_temperature=False)),
    (("seed",), lambda d: replace(d, has_seed=False)),
    # A complaint about fields that names none: the reply format is the one least often known.
    (("unsupported", "not supported", "unrecognized", "unknown", "extra_forbidden", "extra inputs"), _simpler_format),
)


def encoded(fields: Json) -> bytes:
    """A request's body. Half a surrogate pair, which JSON cannot carry, becomes U+FFFD."""
    try:
        return msgspec.json.encode(fields)
    except UnicodeEncodeError:
        return msgspec.json.encode(_without_surrogates(fields))


def _without_surrogates(value: Json) -> Json:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
