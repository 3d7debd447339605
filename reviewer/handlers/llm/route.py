"""A route found by a model."""

import json
from collections.abc import Sequence

from reviewer.domain.chat import ChatRequest
from reviewer.domain.ids import Json, canonical_json, sha256_hex
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement
from reviewer.domain.workflow import RouteNode
from reviewer.handlers.llm.fencing import RULES, fenced
from reviewer.handlers.llm.replies import ReplyReader


class RouteHandler:
    """Asks which route an item should take. Implements `reviewer.ports.handling.ModelHandler`.

    Args:
        prompt: the rubric; ``{routes}`` is where the routes go.
        routes: those of one workflow.
    """

    version = "2"

    def __init__(self, prompt: str, routes: Sequence[RouteNode]) -> None:
        listed = "\n".join(f"{route.id}: {route.description}" for route in routes)
        self._schema = _schema([route.id for route in routes])
        self._system = f"{prompt.replace('{routes}', listed)}\n\n{RULES}\nSchema: {json.dumps(self._schema)}"
        self._reader = ReplyReader(self._schema)
        self.fingerprint = sha256_hex(canonical_json([self._system]))

    def request(self, task: Task, seed: int) -> ChatRequest:
        """The question."""
        return ChatRequest(self._system, fenced(task), self._schema, "route", seed, max_tokens=512)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        """One judgement: value = route, text = reason."""
        del task
        said = self._reader.read(reply)
        return (Judgement("route", said["route"], said["reason"], confidence=said["confidence"]),)


def _schema(routes: Sequence[str]) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": {
            "route": {"type": "string", "enum": list(routes)},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "reason": {"type": "string", "maxLength": 300},
        },
        "required": ["route", "confidence", "reason"],
        "additionalProperties": False,
    }
