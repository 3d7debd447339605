"""Interactions seen by a model, over numbered findings."""

import json
from collections.abc import Sequence

from reviewer.domain.chat import ChatRequest
from reviewer.domain.finding import Finding
from reviewer.domain.ids import Json, canonical_json, sha256_hex
from reviewer.domain.interaction import Interaction, made
from reviewer.domain.line_ids import fence_line
from reviewer.domain.outcome import Outcome, Severity
from reviewer.domain.report import DocumentReport
from reviewer.handlers.llm.fencing import RULES, neutral
from reviewer.handlers.llm.replies import ReplyReader

_QUOTE_CHARS = 300
_SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {
        "interactions": {
            "type": "array",
            "maxItems": 20,
            "items": {
                "type": "object",
                "properties": {
                    "title": {"type": "string", "maxLength": 120},
                    "text": {"type": "string", "maxLength": 800},
                    "severity": {"type": "string", "enum": [severity.value for severity in Severity]},
                    "findings": {"type": "array", "items": {"type": "string"}, "maxItems": 20},
                },
                "required": ["title", "text", "severity", "findings"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["interactions"],
    "additionalProperties": False,
}


class ModelInteractions:
    """Implements `reviewer.ports.handling.ModelInteractions`.

    Args:
        prompt: the rubric.
    """

    version = "1"

    def __init__(self, prompt: str) -> None:
        self._system = f"{prompt}\n\n{RULES}\nSchema: {json.dumps(_SCHEMA)}"
        self._reader = ReplyReader(_SCHEMA)
        self.fingerprint = sha256_hex(canonical_json([self._system]))

    def request(self, report: DocumentReport, seed: int, fence: str) -> ChatRequest:
        """The question: a line a finding, between two lines with the fence."""
        places = {each.id: f"{each.number} {each.heading}".strip() for each in report.sections}
        lines = "\n".join(
            f"F{number} [{places.get(finding.section, 'whole document') if finding.section else 'whole document'}] "
            f"{_line(finding)}"
            for number, finding in enumerate(told(report.findings), 1)
        )
        lines, mark = neutral(lines, fence), fence_line(fence)
        return ChatRequest(self._system, f"{mark}\n{lines}\n{mark}", _SCHEMA, "interactions", seed, max_tokens=4096)

    def read(self, report: DocumentReport, reply: str, rater: str) -> tuple[Interaction, ...]:
        """What a model sees, worst first; what names fewer than two findings, or one that is not there, is dropped."""
        by_number = {f"F{number}": finding.id for number, finding in enumerate(told(report.findings), 1)}
        found = []
        for each in self._reader.read(reply)["interactions"]:
            numbers = dict.fromkeys(each["findings"])
            if len(numbers) > 1 and numbers.keys() <= by_number.keys():
                ids = tuple(by_number[number] for number in numbers)
                severity = Severity(each["severity"])
                found.append(made(report.document.id, ids, each["title"], each["text"], severity, by=rater))
        return tuple(sorted(found, key=lambda each: each.severity.rank))


def told(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that a model is told: those that are about something."""
    return [each for each in findings if each.outcome not in (Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED)]


def _line(finding: Finding) -> str:
    quote = next((" ".join(each.quote.split())[:_QUOTE_CHARS] for each in finding.citations if each.is_evidence), "")
    said = f'; "{quote}"' if quote else ""
    return " ".join(f"{finding.title}: {finding.outcome.value}. {finding.rationale}{said}".split())
