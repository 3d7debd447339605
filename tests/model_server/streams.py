"""Replies of the model server as streams, in the three formats, and how streams go wrong."""

from collections.abc import Callable
from typing import Any

from tests.model_server.faults import Fault
from tests.model_server.protocols import ANTHROPIC, LLAMA_CPP, OLLAMA, OPENAI, Protocol
from tests.model_server.replies import Raw, encoded

_PIECE = 7
"""Characters told at a time, or more where that were too many pieces."""
_MOST_PIECES = 200
_LONG = 2_000_000
EVENTS, LINES = "text/event-stream", "application/x-ndjson"


def stream_of(protocol: Protocol, asked: dict[str, Any], reply: dict[str, Any], fault: Fault | None) -> list[bytes]:
    """A reply in parts, each sent as one piece."""
    parts = _PARTS[protocol](asked, reply)
    return _SPOILT.get(fault.kind if fault else "", lambda parts, *_: parts)(parts, protocol, fault)


def kind_of(protocol: Protocol) -> str:
    """The content type of its streams."""
    return LINES if protocol is OLLAMA else EVENTS


def filler(protocol: Protocol) -> bytes:
    """What says nothing and keeps the connection open."""
    return b"\n" if protocol is OLLAMA else b": keep-alive\n\n"


def _event(value: dict[str, Any]) -> bytes:
    name = f"event: {value['type']}\n" if "type" in value else ""
    return f"{name}data: ".encode() + encoded(value) + b"\n\n"


def _line(value: dict[str, Any]) -> bytes:
    return encoded(value) + b"\n"


def _pieces(text: str | None) -> list[str]:
    size = max(_PIECE, len(text or "") // _MOST_PIECES)
    return [text[place : place + size] for place in range(0, len(text), size)] if text else []


def _openai(asked: dict[str, Any], reply: dict[str, Any]) -> list[bytes]:
    (choice,) = reply["choices"]
    message = choice["message"]

    def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
        return {"object": "chat.completion.chunk", "model": reply["model"], "choices": choices}

    name = "refusal" if message.get("refusal") else "content"
    deltas = [{"role": "assistant", "content": ""}]
    for field in ("reasoning_content", name):
        deltas += [{field: piece} for piece in _pieces(message.get(field))]
    chunks = [*map(chunk, deltas), chunk({}, choice["finish_reason"])]
    if asked.get("stream_options", {}).get("include_usage"):
        chunks.append({"model": reply["model"], "choices": [], "usage": reply["usage"]})
    return [filler(OPENAI), *map(_event, chunks), b"data: [DONE]\n\n"]


def _anthropic(_: dict[str, Any], reply: dict[str, Any]) -> list[bytes]:
    usage = reply["usage"]
    begun = {**reply, "content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": begun}, {"type": "ping"}]
    for index, block in enumerate(reply["content"]):
        held, kind, field = _BLOCKS[block["type"]]
        said = block[held].text if isinstance(block[held], Raw) else block[held]
        empty = {**block, held: {} if held == "input" else ""}
        events.append({"type": "content_block_start", "index": index, "content_block": empty})
        for piece in _pieces(said):
            delta = {"type": kind, field: piece}
            events.append({"type": "content_block_delta", "index": index, "delta": delta})
        events.append({"type": "content_block_stop", "index": index})
    ended = {"output_tokens": usage["output_tokens"]}
    events.append({"type": "message_delta", "delta": {"stop_reason": reply["stop_reason"]}, "usage": ended})
    return [*map(_event, events), _event({"type": "message_stop"})]


_BLOCKS = {
    "tool_use": ("input", "input_json_delta", "partial_json"),
    "text": ("text", "text_delta", "text"),
    "thinking": ("thinking", "thinking_delta", "thinking"),
}
"""Of each type of block: where its content stands, and what its deltas are called."""


def _ollama(_: dict[str, Any], reply: dict[str, Any]) -> list[bytes]:
    begun = {"model": reply["model"], "done": False}
    message = reply["message"]
    thoughts = [{"content": "", "thinking": piece} for piece in _pieces(message["thinking"])]
    messages = [*thoughts, *({"content": piece} for piece in _pieces(message["content"]))]
    lines = [{**begun, "message": {"role": "assistant", **each}} for each in messages]
    return [*map(_line, lines), _line({**reply, "message": {"role": "assistant", "content": ""}})]


_PARTS: dict[Protocol, Callable[[dict[str, Any], dict[str, Any]], list[bytes]]] = {
    OPENAI: _openai,
    LLAMA_CPP: _openai,
    ANTHROPIC: _anthropic,
    OLLAMA: _ollama,
}


def _half(parts: list[bytes], _protocol: Protocol, _fault: Fault | None) -> list[bytes]:
    return parts[: len(parts) // 2]


def _with_error(parts: list[bytes], protocol: Protocol, fault: Fault | None) -> list[bytes]:
    assert fault is not None
    error = protocol.error(fault.status, fault.message, fault.code, "")
    return [*_half(parts, protocol, fault), error + b"\n" if protocol is OLLAMA else b"data: " + error + b"\n\n"]


def _with_long_line(parts: list[bytes], protocol: Protocol, _fault: Fault | None) -> list[bytes]:
    return [parts[0], (b"" if protocol is OLLAMA else b"data: ") + b" " * _LONG]


def _with_prose(parts: list[bytes], protocol: Protocol, fault: Fault | None) -> list[bytes]:
    return [*_half(parts, protocol, fault), b"what?\n" if protocol is OLLAMA else b"data: what?\n\n"]


def _with_half_a_part(parts: list[bytes], _protocol: Protocol, _fault: Fault | None) -> list[bytes]:
    middle = len(parts) // 2
    return [*parts[:middle], parts[middle][: len(parts[middle]) // 2], *parts[middle + 1 :]]


_SPOILT: dict[str, Callable[[list[bytes], Protocol, Fault | None], list[bytes]]] = {
    "bad_json": _with_half_a_part,
    "stream_cut": _half,
    "stream_unended": _half,
    "stream_error": _with_error,
    "stream_stall": _half,
    "stream_comments": lambda parts, protocol, _: [filler(protocol)],
    "stream_long_line": _with_long_line,
    "stream_not_json": _with_prose,
}
