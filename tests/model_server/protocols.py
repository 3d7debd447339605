"""The formats in which the model server is asked and answers: OpenAI chat, Ollama's own, Anthropic Messages, and
OpenAI chat with the errors of llama.cpp's server.

Answers are thought out for the OpenAI format; the others are translated to it and back.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.model_server.replies import Raw, encoded

Chat = dict[str, Any]


@dataclass(frozen=True)
class Protocol:
    """One format.

    Attributes:
        as_chat: a request of this format as one of the OpenAI format.
        reply: the reply to a request (of this format), from an OpenAI reply and the context size in tokens.
        error: an error's body, from status, message, code and field.
    """

    as_chat: Callable[[Chat], Chat]
    reply: Callable[[Chat, Chat, int | None], Chat]
    error: Callable[[int, str, str, str], bytes]


def _from_ollama(asked: Chat) -> Chat:
    options = asked.get("options", {})
    schema = {"type": "json_schema", "json_schema": {"name": "reply", "schema": asked["format"]}}
    return {"model": asked["model"], "messages": asked["messages"], "response_format": schema, **options}


def _to_ollama(asked: Chat, chat: Chat, context: int | None) -> Chat:
    choice, usage = chat["choices"][0], chat["usage"]
    size = min(asked["options"]["num_ctx"], context or 1 << 30)
    return {
        "model": chat["model"],
        "message": {
            "role": "assistant",
            "content": choice["message"]["content"] or "",
            "thinking": choice["message"].get("reasoning_content"),
        },
        "done": True,
        "done_reason": "length" if choice["finish_reason"] == "length" else "stop",
        "prompt_eval_count": min(usage["prompt_tokens"], size),  # as the real one does: without a word
        "eval_count": usage["completion_tokens"],
    }


def _from_anthropic(asked: Chat) -> Chat:
    tool = asked["tools"][0]
    return {
        "model": asked["model"],
        "messages": [{"role": "system", "content": _words(asked.get("system", ""))}, *asked["messages"]],
        "response_format": {"type": "json_schema", "json_schema": {"name": "r", "schema": tool["input_schema"]}},
        **{name: asked[name] for name in ("temperature", "max_tokens", "stream") if name in asked},
    }


def _words(content: str | list[Chat]) -> str:
    return content if isinstance(content, str) else "".join(block["text"] for block in content)


def _to_anthropic(asked: Chat, chat: Chat, _: int | None) -> Chat:
    choice, usage = chat["choices"][0], chat["usage"]
    message, finish = choice["message"], choice["finish_reason"]
    refused = message.get("refusal") or finish == "content_filter"
    ends = {"length": "max_tokens", "stop": "tool_use"}
    return {
        "type": "message",
        "role": "assistant",
        "model": chat["model"],
        "content": _blocks(message, asked["tools"][0]["name"]),
        "stop_reason": "refusal" if refused else ends[finish],
        "usage": {"input_tokens": usage["prompt_tokens"], "output_tokens": usage["completion_tokens"]},
    }


def _blocks(message: Chat, tool: str) -> list[Chat]:
    content = message.get("refusal") or message["content"]
    if thoughts := message.get("reasoning_content"):
        return [{"type": "thinking", "thinking": thoughts, "signature": ""}]
    if content is None:
        return []
    try:
        json.loads(content)
    except ValueError:
        return [{"type": "text", "text": content}]
    return [{"type": "tool_use", "id": "toolu_1", "name": tool, "input": Raw(content)}]


def _openai_error(_: int, message: str, code: str, field: str) -> bytes:
    return encoded(
        {"error": {"message": message, "type": code or "error", "param": field or None, "code": code or None}}
    )


def _llama_error(status: int, message: str, code: str, _: str) -> bytes:
    return encoded({"error": {"code": status, "message": message, "type": code or "server_error"}})


def _anthropic_error(_: int, message: str, code: str, _field: str) -> bytes:
    return encoded({"type": "error", "error": {"type": code or "api_error", "message": message}})


def _ollama_error(_: int, message: str, code: str, _field: str) -> bytes:
    return encoded({"error": f"{message} {code}".strip()})


OPENAI = Protocol(lambda asked: asked, lambda asked, chat, _: chat, _openai_error)
LLAMA_CPP = Protocol(lambda asked: asked, lambda asked, chat, _: chat, _llama_error)
OLLAMA = Protocol(_from_ollama, _to_ollama, _ollama_error)
ANTHROPIC = Protocol(_from_anthropic, _to_anthropic, _anthropic_error)
