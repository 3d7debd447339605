"""Summaries written by a model, each sentence with the words it rests on."""

import json

from reviewer.domain.chat import ChatRequest
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import Json, canonical_json, sha256_hex
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement
from reviewer.handlers.llm.fencing import RULES, fenced
from reviewer.handlers.llm.replies import ReplyReader

FACETS = ("question", "method", "result", "limits", "other")
_SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "maxItems": 8,
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string", "maxLength": 600},
                    "facet": {"type": "string", "enum": list(FACETS)},
                    "quote": {"type": "string", "maxLength": 2000},
                },
                "required": ["text", "facet", "quote"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}


class ModelSummarizeHandler:
    """Implements `reviewer.ports.handling.ModelHandler`.

    Args:
        prompt: the rubric; ``{language}`` is the code of the language wanted.
    """

    version = "3"

    def __init__(self, prompt: str) -> None:
        self._prompt = f"{prompt}\n\n{RULES}\nSchema: {json.dumps(_SCHEMA)}"
        self._reader = ReplyReader(_SCHEMA)
        self.fingerprint = sha256_hex(canonical_json([self._prompt]))

    def request(self, task: Task, seed: int) -> ChatRequest:
        """The question."""
        system = self._prompt.replace("{language}", task.context.target_language)
        return ChatRequest(system, fenced(task), _SCHEMA, "summary", seed)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        """One judgement a sentence: value = facet (empty for *other*), text = sentence."""
        del task
        return tuple(
            Judgement(
                f"summary:{number}",
                "" if each["facet"] == "other" else each["facet"],
                each["text"],
                (Evidence(each["quote"]),),
            )
            for number, each in enumerate(self._reader.read(reply)["sentences"], 1)
        )
