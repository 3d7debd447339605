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

_EXAMPLES = 2
_EXAMPLE_CHARS = 200


class RouteHandler:
    """Asks which route an item should take. Implements `reviewer.ports.handling.ModelHandler`.

    Args:
        prompt: the rubric; ``{routes}`` is where the routes go.
        routes: those of one workflow.
        max_routes: so many may be named.
    """

    version = "3"

    def __init__(self, prompt: str, routes: Sequence[RouteNode], max_routes: int = 1) -> None:
        listed = "\n".join(map(_described, routes))
        self._schema = _schema([route.id for route in routes], min(max_routes, len(routes)))
        self._system = f"{prompt.replace('{routes}', listed)}\n\n{RULES}\nSchema: {json.dumps(self._schema)}"
        self._reader = ReplyReader(self._schema)
        self.fingerprint = sha256_hex(canonical_json([self._system]))

    def request(self, task: Task, seed: int) -> ChatRequest:
        """The question."""
        return ChatRequest(self._system, fenced(task), self._schema, "route", seed, max_tokens=512)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        """One judgement a route, the best first: value = route, text = reason."""
        del task
        said = self._reader.read(reply)
        named = (said["route"], *said.get("also", ()))
        return tuple(Judgement("route", each, said["reason"], confidence=said["confidence"]) for each in named)


def _described(route: RouteNode) -> str:
    shown = route.examples[:_EXAMPLES]
    examples = "; ".join(json.dumps(" ".join(each.split())[:_EXAMPLE_CHARS], ensure_ascii=False) for each in shown)
    return f"{route.id}: {route.description}" + (f" For example: {examples}" if examples else "")


def _schema(routes: Sequence[str], max_routes: int) -> dict[str, Json]:
    properties: dict[str, Json] = {
        "route": {"type": "string", "enum": list(routes)},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "reason": {"type": "string", "maxLength": 300},
    }
    needed = list(properties)
    if max_routes > 1:
        others: dict[str, Json] = {"type": "string", "enum": list(routes)}
        properties["also"] = {"type": "array", "items": others, "maxItems": max_routes - 1}
        needed.append("also")
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
