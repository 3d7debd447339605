"""What a model was asked and what it said, kept in a file so that it can be said again without the model.

A file holds a line of JSON a call after a first line that says what it is::

    {"schema": "reviewer.recording/1", "model": "openai/gpt-4o"}
    {"request": "<SHA-256>", "reply": {"text": ..., "model": ..., "finish": ..., "tokens_in": ..., "tokens_out": ...}}
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

from reviewer.domain.chat import ChatReply, ChatRequest, FinishReason
from reviewer.domain.errors import ConfigError
from reviewer.domain.ids import Json, canonical_json, sha256_hex
from reviewer.domain.line_ids import fence_of, unmarked

T = TypeVar("T")

SCHEMA = "reviewer.recording/1"


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """A question by its key, and the answer to it."""

    request: str
    reply: ChatReply


@dataclass(frozen=True, slots=True)
class Recording:
    """The calls of one run to one model, in the order they were asked. ``model`` is the rater's name."""

    model: str
    calls: tuple[RecordedCall, ...]


def request_key(request: ChatRequest) -> str:
    """A hash of all that decides what a request asks, which is the same in every workspace.

    The seed takes no part: it follows from the step's key, and thereby from the name of the model that is asked.
    """
    user = unmarked(request.user, fence_of(request.user))
    shape: list[Json] = [request.schema_name, request.schema, request.temperature, request.max_tokens]
    return sha256_hex(canonical_json([request.system, user, *shape]))


def recorded_call(request: ChatRequest, reply: ChatReply) -> RecordedCall:
    """A call as it is kept: nothing in it follows from the workspace's secret."""
    return RecordedCall(request_key(request), replace(reply, text=unmarked(reply.text, fence_of(request.user))))


def encode_recording(recording: Recording) -> bytes:
    """A recording as the lines of its file; ASCII."""
    return "".join(f"{json.dumps(line)}\n" for line in _lines(recording)).encode("ascii")


def _lines(recording: Recording) -> Iterator[Json]:
    yield {"schema": SCHEMA, "model": recording.model}
    for call in recording.calls:
        yield {"request": call.request, "reply": asdict(call.reply)}


def decode_recording(data: bytes, name: str) -> Recording:
    """The recording that a file holds.

    Args:
        data: the file.
        name: the file's, for the message.

    Raises:
        ConfigError: ``bad_recording``; the message names the line.
    """
    lines = data.decode("utf-8", "replace").splitlines() or [""]
    model = _read(lines[0], _head, name, 1)
    return Recording(model, tuple(_read(line, _call, name, number) for number, line in enumerate(lines[1:], 2)))


def _read(line: str, read: Callable[[Mapping[str, Json]], T], name: str, number: int) -> T:
    try:
        return read(json.loads(line))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ConfigError(
            "bad_recording",
            f"{name}, line {number}: this is not a recording of a run.",
            "Make one with: reviewer runs record RUN -o FILE",
        ) from error


def _head(value: Mapping[str, Json]) -> str:
    if value["schema"] != SCHEMA:
        raise ValueError(SCHEMA)
    return _text(value, "model")


def _call(value: Mapping[str, Json]) -> RecordedCall:
    reply = value["reply"]
    if not isinstance(reply, Mapping):
        raise TypeError("reply")
    return RecordedCall(_text(value, "request"), _reply(reply))


def _reply(value: Mapping[str, Json]) -> ChatReply:
    return ChatReply(
        _text(value, "text"),
        _text(value, "model"),
        FinishReason(_text(value, "finish")),
        _count(value, "tokens_in"),
        _count(value, "tokens_out"),
    )


def _text(value: Mapping[str, Json], key: str) -> str:
    found = value[key]
    if not isinstance(found, str):
        raise TypeError(key)
    return found


def _count(value: Mapping[str, Json], key: str) -> int:
    found = value[key]
    if not isinstance(found, int) or found < 0:
        raise TypeError(key)
    return found
