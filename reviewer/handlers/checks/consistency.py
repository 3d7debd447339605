"""Rules about provisions that contradict each other."""

import re
from collections import defaultdict
from collections.abc import Iterator

from reviewer.domain.anchor import TextSpan
from reviewer.domain.number_words import NUMBER_EXPRESSION, read_number
from reviewer.handlers.checks.draft import Draft
from reviewer.handlers.checks.rule import Hit

_NOTICE = re.compile(
    rf"{NUMBER_EXPRESSION}[\s-]+(?P<calendar>business\s+|calendar\s+|working\s+)?(?P<unit>day|week|month|year)s?[’']?\s+"
    r"(?:prior\s+|advance\s+|previous\s+)?(?:written\s+)?(?:prior\s+)?notice",
    re.IGNORECASE,
)
_TOPICS = (
    (
        "renewal",
        re.compile(
            r"\b(?:non-?renew\w*|not\s+to\s+renew|intention\s+not\s+to\s+(?:renew|extend)|renew\w*\s+automatically|automatically\s+renew\w*)",
            re.IGNORECASE,
        ),
    ),
    (
        "termination without cause",
        re.compile(
            r"\bterminat\w+\b(?=[^.;]{0,160}\b(?:for\s+convenience|without\s+cause|for\s+any\s+reason|at\s+any\s+time)\b)|(?:for\s+convenience|without\s+cause|at\s+any\s+time)(?=[^.;]{0,120}terminat)",
            re.IGNORECASE,
        ),
    ),
    (
        "price increases",
        re.compile(
            r"\bincrease\w*\b[^.;]{0,60}\b(?:fees?|prices?|charges)|\b(?:fees?|prices?|charges)\b[^.;]{0,60}\bincrease",
            re.IGNORECASE,
        ),
    ),
    ("audits", re.compile(r"\b(?:audit|inspect)\w*\b", re.IGNORECASE)),
)
_WHO = re.compile(
    r"\b(?:either\s+party|each\s+party|any\s+party|(?:the\s+)?(?P<role>(?!The\b|Upon\b|If\b|In\b)[A-Z][a-z]+))\b"
)
_LAW = re.compile(
    r"\b(?:governed\s+by|construed\s+(?:and\s+\w+\s+)?(?:in\s+accordance\s+with|under)|interpreted\s+(?:in\s+accordance\s+with|under))[^.;]{0,60}?\b(?:the\s+)?(?:[a-z]+\s+){0,2}laws?\s+of\s+"
    r"(?:the\s+)?(?P<law>(?:State\s+of\s+|Commonwealth\s+of\s+|Province\s+of\s+|Republic\s+of\s+|Federal\s+Republic\s+of\s+)?[A-Z][a-z]+(?:\s+(?:and\s+)?[A-Z][a-z]+){0,2})"
)
_PLACE = re.compile(r"^(?:State|Commonwealth|Province|Republic|Federal Republic)\s+of\s+")


def notice_periods(draft: Draft) -> Iterator[Hit]:
    """Different notice periods for the same thing by the same party."""
    found: dict[tuple[str, str], dict[str, TextSpan]] = defaultdict(dict)
    for match in _NOTICE.finditer(draft.text):
        sentence = draft.sentence(match.start())
        words = sentence.of(draft.text)
        value = read_number(match[1])
        topic = next((name for name, pattern in _TOPICS if pattern.search(words)), None)
        if topic is None or value is None:
            continue
        who = _WHO.search(words)
        party = (who["role"] or "either").lower() if who else ""
        length = f"{value:g} {(match['calendar'] or '').lower().strip()} {match['unit'].lower()}s".replace("  ", " ")
        found[topic, party].setdefault(length, TextSpan(*match.span()))
    for (topic, _), lengths in found.items():
        if len(lengths) > 1:
            yield Hit(f"The notice for {topic} differs: {' and '.join(lengths)}.", tuple(lengths.values()))


def governing_law(draft: Draft) -> Iterator[Hit]:
    """More than one law that governs the body, or one schedule: that may be the form of another agreement."""
    bodies: dict[object, dict[str, TextSpan]] = defaultdict(dict)
    for match in _LAW.finditer(draft.text):
        part = draft.part_at(match.start())
        if match["law"].startswith("Governing"):
            continue  # a variable of a form
        name = _PLACE.sub("", " ".join(match["law"].split()))
        bodies[part.schedule if part else None].setdefault(name, TextSpan(*match.span("law")))
    for found in bodies.values():
        if len(found) > 1:
            yield Hit(f"It is governed by more than one law: {', '.join(found)}.", tuple(found.values()))
