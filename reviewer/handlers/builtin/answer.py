"""Answers by extraction: the sentence of a text that speaks about a question most, exactly as it stands."""

import re

from reviewer.domain.answer_field import NOT_STATED
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import canonical_json, sha256_hex
from reviewer.domain.likeness import stems
from reviewer.domain.passages import coverage, telling, weights
from reviewer.domain.task import Task
from reviewer.domain.vote import Judgement
from reviewer.handlers.builtin.sentences import sentences

LEAST = 0.6
"""So much of what is asked about must stand in a sentence, by weight: below it, silence is the better answer."""
MAX_CHARS = 600
_KINDS = (
    (r"\b(?:when|date|wann|datum)\b", r"\d{4}|\bday|\bdate|\bdatum\b"),
    (r"\b(?:how (?:much|many|long|often|large|high)|wie (?:viel|viele|lange|hoch))\b", r"\d|percent|per cent|%"),
)
"""What a question asks for, and what a sentence then has."""
_BONUS = 0.15


class ExtractiveAnswerHandler:
    """Implements `reviewer.ports.handling.RuleHandler`. It finds words, and understands none.

    Args:
        name: the field of the answer.
        question: what is asked.
    """

    version = "1"

    def __init__(self, name: str, question: str) -> None:
        self._name = name
        self._question = question
        self.fingerprint = sha256_hex(canonical_json(["extractive-answer", name, question]))

    def answer(self, task: Task) -> tuple[Judgement, ...]:
        """The best sentence with its words as evidence; *not stated* with what came nearest where none says enough."""
        text = task.item.text
        spans = [span for span in sentences(text) if span.end - span.start <= MAX_CHARS]
        words = [span.of(text) for span in spans]
        weighed = weights(words, telling(self._question))
        scores = [self._score(each, weighed) for each in words]
        best = max(range(len(spans)), key=lambda index: (scores[index], -index), default=None)
        if best is None or coverage(words[best], weighed) < LEAST:
            return (Judgement(self._name, NOT_STATED, self._searched(len(spans))),)
        quote = Evidence(words[best], spans[best].start)
        return (
            Judgement(self._name, " ".join(words[best].split()).casefold(), " ".join(words[best].split()), (quote,)),
        )

    def _score(self, sentence: str, weighed: dict[str, float]) -> float:
        asked = [has for asks, has in _KINDS if re.search(asks, self._question, re.IGNORECASE)]
        fits = any(re.search(has, sentence, re.IGNORECASE) for has in asked)
        return coverage(sentence, weighed) + (_BONUS if fits else 0.0)

    def _searched(self, count: int) -> str:
        wanted = telling(self._question)
        words = [word for word in re.findall(r"\w+", self._question) if stems(word) & wanted]
        return f"Looked through {count} sentences for: {', '.join(words)}."
