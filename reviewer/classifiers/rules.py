"""Routes by rule: what a section is, what its heading says, which language it is in, what a typed text asks for."""

import re
from collections.abc import Sequence
from functools import cache

from reviewer.classifiers.language_names import language_name
from reviewer.domain.playbook import word_pattern
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

    The first route whose conditions all hold is taken. It is sure (0.95) where a condition says something about this
    item: its kind, a word of its heading, its language. It is unsure (0.5) where it holds of almost anything: a section
    whose heading is no usual one, a language that cannot be told, or the default.
    """

    def route(self, item: Item, router: RouterNode, routes: Sequence[RouteNode]) -> Route:
        """The first route whose conditions hold, else the default; with confidence and a reason in plain words."""
        if item.document is None:
            for node in routes:
                if request := _request(item.text, node):
                    return Route(node.id, SURE, RouteMethod.RULES, f'The text begins with a request: "{request}".')
        for node in routes:
            if _holds(node, item, router):
                confidence, reason = _judge(node, item, router)
                return Route(node.id, confidence, RouteMethod.RULES, reason)
        return Route(router.default, UNSURE, RouteMethod.RULES, "No rule speaks for this text; this is the default.")


def _request(text: str, node: RouteNode) -> str | None:
    return next((request for request in node.requests if _request_pattern(request).match(text)), None)


@cache
def _request_pattern(request: str) -> re.Pattern[str]:
    return re.compile(rf"\W*{_POLITENESS}{re.escape(request)}(?!\w)", re.IGNORECASE)


def _holds(node: RouteNode, item: Item, router: RouterNode) -> bool:
    if not node.kinds and not node.headings and node.foreign is None:
        return False
    if node.kinds and item.kind not in node.kinds:
        return False
    if node.headings and _heading_word(node, item) is None:
        return False
    return node.foreign is None or node.foreign == _is_foreign(item, router)


def _heading_word(node: RouteNode, item: Item) -> str | None:
    return next((word for word in node.headings if word_pattern(word).search(item.heading)), None)


def _is_foreign(item: Item, router: RouterNode) -> bool:
    return item.language not in ("", router.target_language)


def _judge(node: RouteNode, item: Item, router: RouterNode) -> tuple[float, str]:
    """How sure a route is whose conditions hold, and why; the condition that says most comes first."""
    wanted = language_name(router.target_language)
    if node.foreign:
        return SURE, f"The text is {language_name(item.language)}; results are wanted in {wanted}."
    if node.headings:
        return SURE, f'The heading holds "{_heading_word(node, item)}".'
    if item.kind in node.kinds and item.kind not in _VAGUE_KINDS:
        return SURE, f"Section kind: {item.kind}."
    if node.kinds:
        return _judge_heading(item)
    if item.language:
        return SURE, f"The text is {wanted}, the language results are wanted in."
    return UNSURE, f"The text is too short to tell its language; it is taken as {wanted}."


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
