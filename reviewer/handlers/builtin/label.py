"""Categories of contract clauses by transparent signs."""

import tomllib
from dataclasses import dataclass
from typing import Any

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import Evidence
from reviewer.domain.ids import sha256_hex
from reviewer.domain.occurrences import whole_words
from reviewer.domain.playbook import Signals, search
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Item, Task
from reviewer.domain.vote import Judgement

KIND_CONFIDENCE, HEADING_CONFIDENCE, PHRASE_CONFIDENCE = 0.95, 0.9, 0.7
QUOTE_CHARS = 200


@dataclass(frozen=True, slots=True)
class _Category:
    name: str
    kinds: tuple[SectionKind, ...]
    signals: Signals
    unless: tuple[str, ...]


class LabelHandler:
    """Implements `reviewer.ports.handling.RuleHandler`.

    Args:
        table: the text of ``resources/labels/labels.toml``.
    """

    version = "1"

    def __init__(self, table: str) -> None:
        self._categories = [_category(entry) for entry in tomllib.loads(table)["labels"]]
        self.fingerprint = sha256_hex(table)

    def answer(self, task: Task) -> tuple[Judgement, ...]:
        """One judgement ``label:<category>`` with the value *yes* per category that the item belongs to."""
        found = (_judge(category, task.item) for category in self._categories)
        return tuple(judgement for judgement in found if judgement is not None)


def _category(entry: dict[str, Any]) -> _Category:
    return _Category(
        entry["name"],
        tuple(SectionKind(kind) for kind in entry.get("kinds", ())),
        Signals(tuple(entry.get("headings", ())), tuple(entry.get("phrases", ()))),
        tuple(entry.get("unless", ())),
    )


def _judge(category: _Category, item: Item) -> Judgement | None:
    if any(search(expression, item.text) for expression in category.unless):
        return None
    heading = category.signals.in_heading(item.heading) if item.heading else None
    span = category.signals.in_text(item.text)
    if item.kind in category.kinds:
        confidence, reason = KIND_CONFIDENCE, f"The section is of the kind {item.kind}."
    elif heading is not None:
        confidence, reason = HEADING_CONFIDENCE, f'The heading holds "{heading}".'
    elif span is not None:
        words = " ".join(span.of(item.text).split())[:QUOTE_CHARS]
        confidence, reason = PHRASE_CONFIDENCE, f'The text holds "{words}".'
    else:
        return None
    evidence = (_evidence(span, item.text),) if span is not None else ()
    return Judgement(f"label:{category.name}", "yes", reason, evidence, confidence=confidence)


def _evidence(span: TextSpan, text: str) -> Evidence:
    """The sign's words, widened to whole ones, as a quote is only exact at the borders of words."""
    whole = whole_words(text, span)
    return Evidence(whole.of(text), whole.start)
