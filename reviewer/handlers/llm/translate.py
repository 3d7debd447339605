"""Translations by a model, piece by piece beside the source."""

import json

from reviewer.domain.chat import ChatRequest
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import Json, canonical_json, sha256_hex
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement
from reviewer.handlers.llm.fencing import RULES, fenced
from reviewer.handlers.llm.replies import ReplyReader

CHARS_A_TOKEN = 2
"""Characters a token, on the low side for any script, to leave room for source and translation in one reply."""
_SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {
        "segments": {
            "type": "array",
            "maxItems": 400,
            "items": {
                "type": "object",
                "properties": {
                    "source": {"type": "string", "maxLength": 2000},
                    "target": {"type": "string", "maxLength": 2000},
                },
                "required": ["source", "target"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["segments"],
    "additionalProperties": False,
}


class ModelTranslateHandler:
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
        """The question; the reply may be as long as source and translation together."""
        system = self._prompt.replace("{language}", task.context.target_language)
        room = 1024 + 2 * len(task.item.text) // CHARS_A_TOKEN
        return ChatRequest(system, fenced(task), _SCHEMA, "translation", seed, max_tokens=room)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        """One judgement a segment: text = translation, evidence = source words."""
        del task
        return tuple(
            Judgement(f"segment:{number}", "", each["target"], (Evidence(each["source"]),))
            for number, each in enumerate(self._reader.read(reply)["segments"], 1)
        )
