"""Routes by rule: what a section is, what its heading says, which language it is in, what a typed text asks for."""

import re
from collections.abc import Sequence
from functools import cache

from reviewer.classifiers.language_names import language_name
from reviewer.classifiers.words import words_of
from reviewer.domain.playbook import search, word_pattern
from reviewer.domain.section import SectionKind
from reviewer.domain.task import Item, Route
from reviewer.domain.workflow import RouteMethod, RouteNode, RouterNode

SURE = 0.95
UNSURE = 0.5

_VAGUE_KINDS = {SectionKind.SECTION, SectionKind.OTHER}
_USUAL_HEADINGS = {
    "abstract", "aim", "aims", "analysis", "appendix", "application", "applications", "approach", "background",
    "baselines", "case study", "challenges", "concluding remarks", "conclusion", "conclusions", "context",
    "contribution", "contributions", "data", "data analysis", "data collection", "dataset", "datasets", "design",
    "discussion", "ethical considerations", "ethics", "evaluation", "experiment", "experimental setup",
    "experiments", "findings", "future directions", "future research", "future work", "implementation",
    "implications", "intervention", "introduction", "limitation", "limitations", "literature review",
    "main results", "material", "materials", "measures", "method", "methodology", "methods", "model",
    "motivation", "objective", "objectives", "outcomes", "outlook", "overview", "participants", "perspectives",
    "preliminaries", "problem statement", "procedure", "prior work", "recommendations", "related work",
    "related works", "research questions", "result", "results", "review", "setting", "statement of need",
    "statistical analysis", "strengths", "study design", "summary", "theory", "threats to validity", "training",
    "validation",
}  # fmt: skip
_PRINTED_NUMBER = re.compile(r"^(?:[\dIVX]+(?:\.\d+)*|[A-Z])[.):]?\s+(?=\S)")
_JOINT = re.compile(r"\s*(?:,|;|/|&|\band\b)\s*", re.IGNORECASE)
_POLITENESS = (
    r"(?:(?:hi|hello|please|kindly|can you|could you|would you|will you|i want you to|i need you to|help me)\W+)*"
)
_SHOWN_CHARS = 60


class RuleRouter:
    """Implements `reviewer.ports.handling.Router`. Pure.

    The first route whose conditions all hold is taken; where the workflow allows several, the others that hold, too. It
    is sure (0.95) where a condition says something about this item: its kind, a word of its heading, its language, a
    signal in its text. It is unsure (0.5) where it holds of almost anything: a section whose heading is no usual one, a
    language that cannot be told, a length, or the default.
    """

    def route(self, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route:
        """The first route whose conditions hold, else the default; with confidence and a reason in plain words."""
        found = self.find(item, router, routes)
        default = "No rule speaks for this text; this is the default."
        return found or Route(router.default, UNSURE, RouteMethod.RULES, default)

    def find(self, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route | None:
        """The first route whose conditions hold, or None."""
        if item.document is None:
            for node in routes:
                if request := _request(item.text, node):
                    return Route(node.id, SURE, RouteMethod.RULES, f'The text begins with a request: "{request}".')
        holding = [node for node in routes if _holds(node, item, router)]
        if not holding:
            return None
        confidence, reason = _judge(holding[0], item, router)
        also = tuple(node.id for node in holding[1 : router.max_routes])
        return Route(holding[0].id, confidence, RouteMethod.RULES, reason, also)


def _request(text: str, node: RouteNode) -> str | None:
    return next((request for request in node.requests if _request_pattern(request).match(text)), None)


@cache
def _request_pattern(request: str) -> re.Pattern[str]:
    return re.compile(rf"\W*{_POLITENESS}{re.escape(request)}(?!\w)", re.IGNORECASE)


def _holds(node: RouteNode, item: Item, router: RouterNode) -> bool:
    if not node.has_conditions:
        return False
    if node.kinds and item.kind not in node.kinds:
        return False
    if node.headings and _heading_word(node, item) is None:
        return False
    if node.languages and item.language not in node.languages:
        return False
    if node.foreign is not None and node.foreign != _is_foreign(item, router):
        return False
    return _has_length(node, item) and (not node.signals or _signal(node, item) is not None)


def _has_length(node: RouteNode, item: Item) -> bool:
    if not (node.min_words or node.max_words):
        return True
    count = len(words_of(item.text))
    return node.min_words <= count and (not node.max_words or count <= node.max_words)


def _signal(node: RouteNode, item: Item) -> str | None:
    """The words of the text that the first of the signals fits."""
    found = (search(signal, item.text) for signal in node.signals)
    return next((match.group() for match in found if match), None)


def _heading_word(node: RouteNode, item: Item) -> str | None:
    return next((word for word in node.headings if word_pattern(word).search(item.heading)), None)


def _is_foreign(item: Item, router: RouterNode) -> bool:
    return item.language not in ("", router.target_language)


def _judge(node: RouteNode, item: Item, router: RouterNode) -> tuple[float, str]:
    """How sure a route is whose conditions hold, and why; the condition that says most comes first."""
    wanted = language_name(router.target_language)
    if node.foreign:
        return SURE, f"The text is {language_name(item.language)}; results are wanted in {wanted}."
    if told := _told(node, item):
        return SURE, told
    if node.kinds:
        return _judge_heading(item)
    if node.foreign is None:
        return UNSURE, "The text is as long as this route wants it."
    if item.language:
        return SURE, f"The text is {wanted}, the language results are wanted in."
    return UNSURE, f"The text is too short to tell its language; it is taken as {wanted}."


def _told(node: RouteNode, item: Item) -> str:
    """The condition that says something about this very item; empty where none does."""
    if node.headings:
        return f'The heading holds "{_heading_word(node, item)}".'
    if node.signals:
        return f'The text holds "{_short(_signal(node, item) or "")}".'
    if node.languages:
        return f"The text is {language_name(item.language)}."
    if item.kind in node.kinds and item.kind not in _VAGUE_KINDS:
        return f"Section kind: {item.kind}."
    return ""


def _judge_heading(item: Item) -> tuple[float, str]:
    for heading in (item.heading, *reversed(item.path.split(" > "))):
        if _is_usual(heading):
            return SURE, f'The heading "{_short(heading)}" is a usual one.'
    if not item.heading.strip():
        return UNSURE, f"Section kind: {item.kind}, without a heading."
    return UNSURE, f'The heading "{_short(item.heading)}" does not say what kind of section this is.'


def _is_usual(heading: str) -> bool:
    words = _PRINTED_NUMBER.sub("", heading.strip()).strip(" .:").lower()
    return bool(words) and (words in _USUAL_HEADINGS or all(part in _USUAL_HEADINGS for part in _JOINT.split(words)))


def _short(heading: str) -> str:
    line = " ".join(heading.split())
    return line if len(line) <= _SHOWN_CHARS else f"{line[:_SHOWN_CHARS]}…"
