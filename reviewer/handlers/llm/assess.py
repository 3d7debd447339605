"""Positions of a playbook assessed by a model."""

import json
from collections.abc import Sequence

from reviewer.domain.chat import ChatRequest
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import Json, canonical_json, sha256_hex
from reviewer.domain.outcome import Outcome
from reviewer.domain.playbook import Playbook, Position
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement
from reviewer.handlers.llm.fencing import RULES, fenced
from reviewer.handlers.llm.replies import ReplyReader

_OUTCOMES = (Outcome.PREFERRED, Outcome.FALLBACK, Outcome.DEVIATES, Outcome.WALK_AWAY, Outcome.UNCERTAIN)


class ModelAssessHandler:
    """Asks which positions a clause speaks about, and how it stands to each.

    Implements `reviewer.ports.handling.ModelHandler`. The playbook is the one the task's context names.

    Args:
        prompt: the rubric; ``{positions}`` is where the playbook goes.
        playbooks: those a task may name.
    """

    version = "3"

    def __init__(self, prompt: str, playbooks: Sequence[Playbook]) -> None:
        self._playbooks = {playbook.id: _Asked(prompt, playbook) for playbook in playbooks}
        self.fingerprint = sha256_hex(
            canonical_json([[playbook.id, self._playbooks[playbook.id].system] for playbook in playbooks])
        )

    def request(self, task: Task, seed: int) -> ChatRequest:
        """The question; the same system message for every clause of a document."""
        asked = self._playbooks[task.context.playbook]
        return ChatRequest(asked.system, fenced(task), asked.schema, "assessment", seed)

    def read(self, task: Task, reply: str) -> tuple[Judgement, ...]:
        """One judgement per position that the reply speaks about; the first where it speaks twice.

        A fallback that the position does not have is *uncertain*: one wrong number must not cost the other judgements.
        """
        found: dict[str, Judgement] = {}
        asked = self._playbooks[task.context.playbook]
        for each in asked.reader.read(reply)["judgements"]:
            outcome, rank = asked.placed(each["position"], each["outcome"], int(each["fallback_rank"]))
            evidence = (Evidence(each["quote"]),) if _must_quote(outcome, each["quote"]) else ()
            judgement = Judgement(each["position"], outcome, each["rationale"], evidence, rank=rank)
            found.setdefault(judgement.criterion, judgement)
        return tuple(found.values())


class _Asked:
    """What is asked about one playbook; made once."""

    def __init__(self, prompt: str, playbook: Playbook) -> None:
        positions = "\n\n".join(_described(position) for position in playbook.positions)
        self.schema = _schema(playbook)
        self.system = prompt.replace("{positions}", positions).replace("{side}", playbook.side) + "\n\n" + RULES
        self.system += "\nSchema: " + json.dumps(self.schema)
        self.reader = ReplyReader(self.schema)
        self._ranks = {each.id: {fallback.rank for fallback in each.fallbacks} for each in playbook.positions}

    def placed(self, position: str, outcome: str, rank: int) -> tuple[str, int]:
        """An outcome and the fallback's number, which is 0 for every other outcome and where the reply names none."""
        if outcome != Outcome.FALLBACK:
            return outcome, 0
        return (outcome, rank) if rank == 0 or rank in self._ranks[position] else (Outcome.UNCERTAIN, 0)


def _must_quote(outcome: str, quote: str) -> bool:
    """True but for *uncertain* without a quote: every other outcome says that something stands there."""
    return outcome != Outcome.UNCERTAIN or bool(quote.strip())


def _described(position: Position) -> str:
    lines = [f"{position.id}: {position.question}", f"  preferred: {position.preferred}"]
    lines += [f"  fallback {each.rank}: {each.description}" for each in position.fallbacks]
    lines.append(f"  walk_away: {position.walk_away}")
    return "\n".join(lines)


def _schema(playbook: Playbook) -> dict[str, Json]:
    judgement: dict[str, Json] = {
        "type": "object",
        "properties": {
            "position": {"type": "string", "enum": [position.id for position in playbook.positions]},
            "outcome": {"type": "string", "enum": [outcome.value for outcome in _OUTCOMES]},
            "fallback_rank": {"type": "integer", "minimum": 0, "maximum": 9},
            "rationale": {"type": "string", "maxLength": 1000},
            "quote": {"type": "string", "maxLength": 2000},
        },
        "required": ["position", "outcome", "fallback_rank", "rationale", "quote"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"judgements": {"type": "array", "items": judgement, "maxItems": 40}},
        "required": ["judgements"],
        "additionalProperties": False,
    }
