"""Rules about defined terms."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, product

from reviewer.domain.anchor import TextSpan
from reviewer.handlers.checks.definitions import DefinedTerm, singular, uses
from reviewer.handlers.checks.draft import Draft
from reviewer.handlers.checks.roles import RIVALS
from reviewer.handlers.checks.rule import Hit

MAX_SHOWN = 20
MIN_USES = 2
_CORE_CHARS = 70
_DEFINING_CHARS = 60

_DETERMINER = r"(?:the|any|each|such|all|its|an?|no|every|other|these|those|said|applicable)"
_CANDIDATE = re.compile(
    rf"(?<=[a-z,;(] )(?P<determiner>{_DETERMINER})[\s\u00a0]+"
    r"(?P<term>[A-Z][a-z]+(?:[- ][A-Z][a-z]+){0,3})(?![\w’'-]*[ ]+(?:of|for)[ ]+[A-Z])(?![\w-])"
    r"(?![ ]+[A-Z]{2})"
    r"(?!\s+(?:Act|Code|Law|Laws|Regulation|Directive|Rule|Rules|Treaty|Convention|Ordinance|Statute)\b)"
)
_SPECIFIC = {"any", "each", "such", "all", "its", "a", "an", "no", "every", "other"}
_MANY_THE = 3
_COVER_CHARS = 4000
_FIELD = re.compile(r"(?:(?:^|\n)[ \t]*|[ \t]{2})([A-Z][a-z]+(?: [A-Z][a-z]+){0,3}):[ \t]+(?=\S)")
"""A row of a cover page, as *Effective Date: March 1*: what it gives a value is defined by it."""
_ELSEWHERE = re.compile(
    r"(?:capitali[sz]ed\s+)?(?:terms?|words|expressions)\s+(?:used\s+)?(?:\w+\s+){0,8}(?:not|and\s+not)\s+(?:otherwise\s+)?"
    r"(?:\w+\s+){0,2}defined\b|(?:(?:shall|will)\s+)?\bhave\s+the\s+(?:same\s+)?meanings?\s+(?:\w+\s+){0,6}in\s+the\s+"
    r"(?!preamble|recital)[A-Z]",
    re.IGNORECASE,
)
_ORDINARY_WORDS = (
    "agreement agreements party parties section sections article articles clause clauses exhibit exhibits "
    "schedule schedules annex appendix attachment paragraph recital preamble state states court courts "
    "commonwealth government internet president secretary treasurer director officer chairman counsel act acts "
    "law laws code rule rules regulation regulations committee commission congress parliament federal "
    "united county city district department ministry union bank january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday english euro "
    "dollar dollars sterling republic province kingdom european american french german british canadian chinese "
    "japanese indian international national signature title name date page contract amendment general business "
    "web alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho "
    "illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi "
    "missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia "
    "washington wisconsin wyoming york jersey carolina dakota hampshire mexico island america england wales "
    "scotland ireland europe asia africa canada germany france japan china india israel switzerland singapore "
)
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
_ENDS_OF_NAMES_WORDS = (
    "act code law regulation directive rules court university institute association corporation company inc llc "
    "ltd bank commission agency office service authority department exchange street road avenue "
)
_ENDS_OF_NAMES = frozenset(_ENDS_OF_NAMES_WORDS.split())


def undefined(draft: Draft) -> Iterator[Hit]:
    """Terms that are used like defined ones and defined nowhere."""
    if not draft.is_english or len(draft.terms) < MIN_USES or _ELSEWHERE.search(draft.text):
        return
    known = _known(draft)
    found: dict[str, list[tuple[str, TextSpan]]] = defaultdict(list)
    for match in _CANDIDATE.finditer(draft.text):
        name = " ".join(match["term"].split())
        if not draft.is_apart(match.start()) and not _is_ordinary(name, known):
            found[singular(name)].append((match["determiner"].lower(), TextSpan(*match.span("term"))))
    for name, places in found.items():
        determiners = [determiner for determiner, _ in places]
        specific = sum(each in _SPECIFIC for each in determiners)
        if len(places) < MIN_USES or not (specific or len(places) >= _MANY_THE) or _is_rival(draft, name):
            continue
        spans = tuple(span for _, span in places[:MAX_SHOWN])
        shown = spans[0].of(draft.text)
        yield Hit(f"“{shown}” is used like a defined term ({len(places)} times) and is not defined here.", spans)


def _is_rival(draft: Draft, name: str) -> bool:
    """True for another word for a role that was introduced: a matter of `roles.drifting_roles`."""
    rivals = RIVALS.get(name.lower(), ())
    return any(term.lower() in rivals for term in draft.terms)


def _known(draft: Draft) -> set[str]:
    """Defined terms and headings, in lower case and the singular."""
    names = {singular(name).lower() for name in draft.terms}
    headings = (part.section for part in draft.parts if part.section.number or len(part.section.heading.split()) > 1)
    names |= {" ".join(name.split()[1:]) for name in names if len(name.split()) > 2}  # noqa: PLR2004 - *First Contract Year*
    names |= {singular(match[1]).lower() for match in _FIELD.finditer(draft.text[:_COVER_CHARS])}
    return names | {singular(section.heading).lower() for section in headings}


def _is_ordinary(name: str, known: set[str]) -> bool:
    """True for what is defined, for words that are written so without being defined, and for what is made of such."""
    words = [singular(word).lower() for word in re.split(r"[-\s]", name)]
    return (
        singular(name).lower() in known or (len(words) > 1 and words[-1] in _ENDS_OF_NAMES) or _is_made_of(words, known)
    )


def _is_made_of(words: list[str], known: set[str]) -> bool:
    """Whether words are a row of known names, as *Supplier Confidential Information* is of two."""
    if not words:
        return True
    return any(
        (" ".join(words[:length]) in known or (length == 1 and words[0] in _ORDINARY))
        and _is_made_of(words[length:], known)
        for length in range(1, len(words) + 1)
    )


def unused(draft: Draft) -> Iterator[Hit]:
    """Terms that are defined and never used."""
    for name, places in draft.terms.items() if draft.is_english else ():
        full = [place for place in places if place.is_full]
        if not full or _is_used(draft, name, places):
            continue
        yield Hit(f"“{name}” is defined and not used anywhere else.", tuple(place.span for place in full[:1]))


def _is_used(draft: Draft, name: str, places: list[DefinedTerm]) -> bool:
    own = [place.span for place in places]
    spellings = {name, name.upper()} | ({name.capitalize()} if " " in name else set())
    for spelling in spellings:
        for use in uses(spelling, draft.text):
            if not any(use.overlaps(each) for each in own):
                return True
    return False


def defined_twice(draft: Draft) -> Iterator[Hit]:
    """Terms that get a meaning at two places of the same body or schedule."""
    for name, places in draft.terms.items():
        by_schedule: dict[object, list[DefinedTerm]] = defaultdict(list)
        for place in places:
            if not place.is_pointer:
                part = draft.part_at(place.span.start)
                by_schedule[part.schedule if part else None].append(place)
        for group in by_schedule.values():
            apart = [group[0], *(after for before, after in pairwise(group) if _is_apart(draft, before, after))]
            if len(apart) > 1 and any(place.is_full for place in apart):
                spans = tuple(place.span for place in apart)
                yield Hit(
                    f"“{name}” is defined {len(apart)} times; one of them may be meant to be another term.", spans
                )


def _is_apart(draft: Draft, before: DefinedTerm, after: DefinedTerm) -> bool:
    """False where a sentence merely names the term again."""
    return "\n" in draft.text[before.span.end : after.span.start]


def circular(draft: Draft) -> Iterator[Hit]:
    """Terms whose definition says nothing but the term itself, or two that are explained by each other."""
    cores = {
        name: TextSpan(place.body.start, min(place.body.end, place.body.start + _CORE_CHARS)).of(draft.text)
        for name, places in draft.terms.items()
        for place in places
        if place.is_full and not place.is_pointer
    }
    told: set[frozenset[str]] = set()
    for (name, core), (other, others) in product(cores.items(), repeat=2):
        pair = frozenset((name, other))
        if pair in told or (name != other and singular(name) == singular(other)):
            continue
        if _is_core(other, core) and _is_core(name, others):
            told.add(pair)
            spans = tuple(place.span for each in sorted(pair) for place in draft.terms[each][:1])
            both = f"“{name}” and “{other}” are explained by each other."
            yield Hit(f"“{name}” is explained by itself." if name == other else both, tuple(sorted(spans)))


def _is_core(term: str, core: str) -> bool:
    """True where a definition begins with a term: *means the Services* or *means any and all Services*."""
    match = next(uses(term, core), None)
    if match is None or _CERTAIN.search(core[: match.start]) or len(core[: match.start].split()) > 3:  # noqa: PLR2004 - "any and all"
        return False
    beside = core[: match.start].split()[-1:] + core[match.end :].split()[:1]
    return not any(word[0].isupper() for word in beside)  # else a part of another term


_CERTAIN = re.compile(r"\b(?:that|a|an|the|those)\s+certain\b")
"""*means that certain Lease dated May 1* names a document, and does not go round in a circle."""


def wrong_capitals(draft: Draft) -> Iterator[Hit]:
    """Defined terms of several words that are written in other capitals."""
    for name in draft.terms if draft.is_english else ():
        if " " not in name or name.isupper() or not all(word[0].isupper() for word in name.split() if len(word) > 3):  # noqa: PLR2004
            continue
        spans = [use for use in uses(name, draft.text, any_case=True) if _is_other(draft, name, use)]
        if spans:
            shown = " ".join(spans[0].of(draft.text).split())
            times = f" ({len(spans)} times)" if len(spans) > 1 else ""
            yield Hit(f"“{name}” is defined, and “{shown}” is written{times}.", tuple(spans[:MAX_SHOWN]))


def _is_other(draft: Draft, name: str, use: TextSpan) -> bool:
    written = " ".join(use.of(draft.text).split())
    words, wanted = written.split(), name.split()
    if written.isupper() or draft.is_apart(use.start):
        return False
    if any(0 <= place.span.start - use.end < _DEFINING_CHARS and not place.is_full for place in draft.terms[name]):
        return False  # *a training video (the "Training Video")*
    part = draft.part_at(use.start)
    if part is not None and use.start < part.own.start + len(part.name) + 12:
        return False
    return any(word[0].islower() != want[0].islower() for word, want in zip(words, wanted, strict=True))
