"""What the model server sends: the envelope around an answer, and contents and bodies that are odd."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.model_server.faults import Fault

JSON, PLAIN, PAGE = "application/json", "text/plain", "text/html; charset=utf-8"
_PAGE = b"<!DOCTYPE html><html><body>Please log in</body></html>"
BODIES: dict[str, tuple[bytes, str]] = {
    "html": (_PAGE, PAGE),
    "empty_body": (b"", JSON),
    "empty_choices": (b'{"choices": [], "model": "test-model"}', JSON),
}
_DEEP = 900
"""As deep as JSON readers follow."""

_THOUGHTS = "Hm. Let me see {what} it says."


def _first_key_twice(text: str) -> str:
    name = next(iter(json.loads(text)), "a")
    return f"{{{json.dumps(name)}: null, {text[1:]}"


_CONTENTS: dict[str, Callable[[str], str | None]] = {
    "not_json": lambda _: "I think this clause is fine.",
    "prose_refusal": lambda _: "I'm sorry, but I can't help with that.",
    "ticked": lambda text: f"```json\n{text}\n```",
    "reasoning_tags": lambda text: f"<think>{_THOUGHTS}</think>\n{text}",
    "bom": lambda text: f"\ufeff{text}",
    "wrong_schema": lambda _: '{"surprise": [1, 2, 3]}',
    "duplicate_keys": _first_key_twice,
    "nan": lambda text: f'{text[:-1]}, "sure": NaN}}',
    "too_deep": lambda _: f'{{"a": {"[" * 200}{"]" * 200}}}',
    "big_number": lambda _: f'{{"a": {"9" * 400}}}',
    "too_many_chars": lambda text: f"{text[:1]}{chr(32) * 1_000_001}{text[1:]}",
    "length": lambda text: text[: len(text) // 2],
    "null_content": lambda _: None,
    "content_filter": lambda _: None,
    "refusal": lambda _: None,
    "blank_content": lambda _: "  \n",
    "only_reasoning": lambda _: "",
    "not_utf8": lambda text: f"{text[:-3]}\udcff{text[-3:]}",  # becomes the byte FF
}


@dataclass(frozen=True)
class Raw:
    """JSON that is sent as it is: a dictionary cannot hold one key twice."""

    text: str


def encoded(value: Any) -> bytes:
    """A value as JSON in UTF-8; `Raw` stays as it is, and half a surrogate pair from DC80 to DCFF becomes one byte."""
    raws: list[str] = []

    def noted(raw: Raw) -> str:
        raws.append(raw.text)
        return f"@raw {len(raws)}@"

    text = json.dumps(value, ensure_ascii=False, default=noted)
    for number, raw in enumerate(raws, 1):
        text = text.replace(f'"@raw {number}@"', raw)
    return text.encode("utf-8", "surrogateescape")


def page_or_body(fault: Fault) -> tuple[int, bytes, str, str] | None:
    """Status, body, headers and content type of a reply that is none of a model; None for all other faults."""
    if fault.kind in BODIES:
        body, kind = BODIES[fault.kind]
        return 200, body, "", kind
    if fault.kind == "page":
        return fault.status, _PAGE, fault.header_lines, PAGE
    if fault.kind == "deep_error":
        return fault.status, b'{"error":' * _DEEP + b"1" + b"}" * _DEEP, fault.header_lines, JSON
    if fault.kind == "redirect":
        return fault.status if 300 <= fault.status < 400 else 307, b"", fault.header_lines, PLAIN
    return None


def envelope(request: dict[str, Any], text: str, fault: Fault | None) -> dict[str, Any]:
    """The reply to a chat request in the OpenAI format, with the content as the fault has it."""
    kind = fault.kind if fault is not None else ""
    content = _CONTENTS[kind](text) if kind in _CONTENTS else text
    message: dict[str, Any] = {"role": "assistant", "content": content}
    if kind == "refusal":
        message["refusal"] = "I cannot help with that."
    if kind == "only_reasoning":
        message["reasoning_content"] = _THOUGHTS
    sizes = (
        sum(len(m["content"]) for m in request["messages"]) // 4,
        10**30 if kind == "odd_usage" else len(text) // 4,
    )
    return {
        "id": "chatcmpl-test",
        "object": "chat.completion",
        "model": "another-model" if kind == "other_model" else request["model"],
        "choices": [
            {
                "index": 0,
                "message": message,
                "finish_reason": kind if kind in {"length", "content_filter"} else "stop",
            }
        ],
        "usage": {"prompt_tokens": sizes[0], "completion_tokens": sizes[1], "total_tokens": sum(sizes)},
    }


def refused_field(request: dict[str, Any], rejects: frozenset[str]) -> str:
    """The field of a request that is among the rejected, or empty."""
    refused = next((name for name in request if name in rejects), "")
    kind = (request.get("response_format") or {}).get("type")
    return "response_format" if kind in rejects else refused
