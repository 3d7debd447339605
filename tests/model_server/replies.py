"""What the model server sends: the envelope around an answer, and the bodies of its faults."""

import json
from collections.abc import Callable
from typing import Any

from tests.model_server.faults import Fault, error_body

JSON = "application/json"
BODIES: dict[str, tuple[bytes, str, str]] = {
    "html": (b"<!DOCTYPE html><html><body>Please log in</body></html>", "", "text/html; charset=utf-8"),
    "error_200": (error_body("Unexpected endpoint", "endpoint"), "", JSON),
    "bad_json": (b'{"choices": [{"message": {"content": "{}"', "", JSON),
    "not_utf8": (b'{"choices": [{"message": {"content": "\xff\xfe"}}]}', "", JSON),
    "empty_choices": (b'{"choices": [], "model": "test-model"}', "", JSON),
}
_CONTENTS: dict[str, Callable[[str], str | None]] = {
    "not_json": lambda _: "I think this clause is fine.",
    "ticked": lambda text: f"```json\n{text}\n```",
    "wrong_schema": lambda _: '{"surprise": [1, 2, 3]}',
    "length": lambda text: text[: len(text) // 2],
    "null_content": lambda _: None,
    "content_filter": lambda _: None,
    "refusal": lambda _: None,
    "blank_content": lambda _: "  \n",
}


def envelope(request: dict[str, Any], text: str, fault: Fault | None) -> bytes:
    """The reply to a chat request, with the content as the fault has it."""
    kind = fault.kind if fault is not None else ""
    content = _CONTENTS[kind](text) if kind in _CONTENTS else text
    message: dict[str, Any] = {"role": "assistant", "content": content}
    if kind == "refusal":
        message["refusal"] = "I cannot help with that."
    sizes = (sum(len(m["content"]) for m in request["messages"]) // 4, len(text) // 4)
    return json.dumps(
        {
            "id": "chatcmpl-test",
            "object": "chat.completion",
            "model": request["model"],
            "choices": [
                {
                    "index": 0,
                    "message": message,
                    "finish_reason": kind if kind in {"length", "content_filter"} else "stop",
                }
            ],
            "usage": {"prompt_tokens": sizes[0], "completion_tokens": sizes[1], "total_tokens": sum(sizes)},
        }
    ).encode()


def refused_field(request: dict[str, Any], rejects: frozenset[str]) -> str:
    """The field of a request that is among the rejected, or empty."""
    refused = next((name for name in request if name in rejects), "")
    kind = (request.get("response_format") or {}).get("type")
    return "response_format" if kind in rejects else refused
