"""A synthesis by a model, over numbered sentences that the documents' results already hold."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.domain.chat import ChatRequest
from reviewer.domain.finding import SourceCitation, Statement, Synthesis
from reviewer.domain.ids import Json, canonical_json, sha256_hex
from reviewer.domain.line_ids import fence_line
from reviewer.domain.report import DocumentReport
from reviewer.handlers.llm.fencing import REMINDER, RULES, neutral
from reviewer.handlers.llm.replies import ReplyReader

FACETS = ("agreement", "difference", "gap", "other")
_OF_SEVERAL = ("agreement", "difference")
_SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {
        "statements": {
            "type": "array",
            "maxItems": 30,
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string", "maxLength": 800},
                    "facet": {"type": "string", "enum": list(FACETS)},
                    "sentences": {"type": "array", "items": {"type": "string", "maxLength": 12}, "maxItems": 30},
                },
                "required": ["text", "facet", "sentences"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["statements"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class _Sentence:
    number: str
    title: str
    text: str
    sources: tuple[SourceCitation, ...]


class ModelSynthesizer:
    """Implements `reviewer.ports.handling.ModelSynthesizer`.

    Args:
        prompt: the rubric.
    """

    version = "3"

    def __init__(self, prompt: str) -> None:
        self._system = f"{prompt}\n\n{RULES}\nSchema: {json.dumps(_SCHEMA)}"
        self._reader = ReplyReader(_SCHEMA)
        self.fingerprint = sha256_hex(canonical_json([self._system]))

    def request(self, documents: Sequence[DocumentReport], seed: int, fence: str) -> ChatRequest:
        """The question: a line a sentence, between two lines with the fence."""
        told = "\n".join(f"{each.number} ({each.title}) {each.text}" for each in _sentences(documents))
        lines, mark = neutral(told, fence), fence_line(fence)
        return ChatRequest(
            self._system, f"{mark}\n{lines}\n{mark}\n{REMINDER}", _SCHEMA, "synthesis", seed, max_tokens=4096
        )

    def read(self, documents: Sequence[DocumentReport], reply: str, rater: str) -> Synthesis:
        """The statements that name only sentences which exist; each cites what those rest on, once.

        One about agreement or difference is dropped where its sentences are all of one document.
        """
        by_number = {each.number: each for each in _sentences(documents)}
        statements = []
        for each in self._reader.read(reply)["statements"]:
            numbers = dict.fromkeys(each["sentences"])
            if not numbers or not numbers.keys() <= by_number.keys():
                continue
            sources = tuple(source for number in numbers for source in by_number[number].sources)
            if each["facet"] in _OF_SEVERAL and len({source.document for source in sources}) == 1:
                continue
            statements.append(Statement(each["text"], each["facet"], sources))
        return Synthesis(rater, tuple(statements))


def _sentences(documents: Sequence[DocumentReport]) -> list[_Sentence]:
    """All summary sentences whose words are in their document, numbered in the order of documents and sections."""
    found: list[_Sentence] = []
    for report in documents:
        title = " ".join(neutral(report.document.title or report.document.name, "").split())
        order = {section.id: index for index, section in enumerate(report.sections)}
        summaries = sorted(report.summaries, key=lambda each: order.get(each.section, -1) if each.section else -1)
        for summary in summaries:
            for sentence in summary.sentences:
                sources = tuple(
                    SourceCitation(report.document.id, summary.section, citation)
                    for citation in sentence.citations
                    if citation.is_evidence
                )
                if sources:
                    text = " ".join(neutral(sentence.text, "").split())
                    found.append(_Sentence(f"S{len(found) + 1}", title, text, sources))
    return found
