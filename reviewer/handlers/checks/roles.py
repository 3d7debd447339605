"""Words for the parties of a contract, and rules about who they are."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from reviewer.domain.anchor import TextSpan
from reviewer.handlers.checks.definitions import uses
from reviewer.handlers.checks.draft import Draft
from reviewer.handlers.checks.rule import Hit

_GROUPS = (
    ("supplier", "vendor", "provider", "contractor", "seller", "consultant"),
    ("customer", "client", "buyer", "purchaser", "subscriber"),
    ("licensor", "owner"),
    ("licensee", "user"),
    ("landlord", "lessor"),
    ("tenant", "lessee"),
    ("employer", "company"),
    ("employee", "executive"),
    ("distributor", "reseller"),
    ("franchisor",),
    ("franchisee",),
    ("lender",),
    ("borrower",),
)
RIVALS = {role: group for group in _GROUPS for role in group}
"""What a party may be called, with the other words for the same role."""

MAX_SHOWN = 20
MIN_RATIO = 0.86
_NAME_CHARS = 12
_SIGNED = re.compile(r"\bBy:\s|/s/")
_PREAMBLE_CHARS = 1500
_BETWEEN = re.compile(r"\bbetween\b|\bby and among\b", re.IGNORECASE)
_SUFFIX = (
    r"(?:Inc|Incorporated|L\.?L\.?C|Ltd|Limited|Corp|Corporation|Company|Co|GmbH(?:\s*&\s*Co\.?\s*KG)?|AG|SE|KG|L\.?L?\.?P|PLC|plc|"
    r"B\.?V|N\.?V|S\.?A\.?S?|S\.?r\.?l|S\.?p\.?A|S\.?L|Pty|Oy|AB|ApS|A/S)"
)
_COMPANY = re.compile(
    rf"(?<![\w&])(?P<name>(?:[A-Z0-9][\w&.’'-]*,?[ ]){{1,7}}?)(?P<suffix>{_SUFFIX})(?![\w])\.?(?!\s+(?:Act|Law|Code)\b)"
)
_LEAD = re.compile(
    r"^(?:(?:WHEREAS|BETWEEN|AND),?|(?:Inc|Ltd|LLC|Corp|Co)\.,?"
    r"|The|This|By|And|Between|Of|To|For|With|In|Section|Exhibit|Agreement|Party)\s+",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?<=[a-z,;(] )(?:the|The|such|any|each)[\s\u00a0]+(?P<role>[A-Z][a-z]+)(?![\w-])")


def drifting_names(draft: Draft) -> Iterator[Hit]:
    """Names of companies that are written almost like a party's and not quite."""
    places = _companies(draft)
    parties = [each for each in places if each[2].start < _opening(draft)]
    told: set[tuple[str, str]] = set()
    for name, suffix, span in places:
        for party, kind, first in parties:
            key = (f"{party} {kind}", f"{name} {suffix}")
            if (
                key in told
                or not _is_drift(party, kind, name, suffix)
                or any(name == p and suffix == k for p, k, _ in parties)
            ):
                continue
            told.add(key)
            yield Hit(
                f"“{span.of(draft.text)}” is written here, and “{first.of(draft.text)}” at the beginning.",
                tuple(sorted((first, span))),
            )


def _companies(draft: Draft) -> list[tuple[str, str, TextSpan]]:
    """Name in capitals without punctuation, legal form, and place of every company that is named."""
    found = []
    for match in _COMPANY.finditer(draft.text):
        lead = _LEAD.match(match["name"])
        start = match.start() + (lead.end() if lead else 0)
        name = re.sub(r"[\W_]+", " ", draft.text[start : match.end("name")]).strip().upper()
        if len(name) > 2:  # noqa: PLR2004 - initials say nothing
            suffix = re.sub(r"\W", "", match["suffix"]).upper()
            found.append((name, _LONG.get(suffix, suffix), TextSpan(start, match.end("suffix"))))
    return found


_LONG = {"INCORPORATED": "INC", "LIMITED": "LTD", "CORPORATION": "CORP", "COMPANY": "CO"}


def _opening(draft: Draft) -> int:
    """Where the part ends in which parties are introduced; that may be the first clause itself."""
    clause = next((part for part in draft.parts if part.section.kind == "clause"), None)
    if clause is None or clause.own.start == 0:
        return 3000
    start = clause.own.start
    is_preamble = start < _PREAMBLE_CHARS and not _BETWEEN.search(draft.text, 0, start)
    is_preamble = is_preamble and _BETWEEN.search(draft.text, start, min(clause.whole.end, _PREAMBLE_CHARS)) is not None
    return min(_PREAMBLE_CHARS if is_preamble else start, 6000)


def _is_drift(party: str, kind: str, name: str, suffix: str) -> bool:
    if name == party:
        return suffix != kind and {suffix, kind} <= _FORMS
    party = " ".join(party.split()[-len(name.split()) :]) if re.match(r"(?:[A-Z] )+", party) else party
    if suffix != kind or min(len(name), len(party)) < 4 or _numbered(name) != _numbered(party):  # noqa: PLR2004
        return False
    return SequenceMatcher(None, party, name, autojunk=False).ratio() >= MIN_RATIO


_FORMS = {"INC", "LLC", "LTD", "CORP", "GMBH", "AG", "LP", "LLP", "PLC", "BV", "NV", "SA", "SAS", "SARL", "SPA", "SL"}


def _numbered(name: str) -> list[str]:
    """What tells companies of one group apart: figures, Roman numerals, single letters."""
    return [word for word in name.split() if re.fullmatch(r"\d+|[IVX]+|[A-Z]", word)]


def drifting_roles(draft: Draft) -> Iterator[Hit]:
    """A party that is called by another word than the one it was introduced with."""
    defined = {name.lower() for name in draft.terms}
    roles = {name for name in defined if name in RIVALS}
    found: dict[str, list[TextSpan]] = {}
    for match in _ROLE.finditer(draft.text):
        role = match["role"].lower()
        rivals = set(RIVALS.get(role, ())) & roles
        if rivals and role not in defined and not draft.is_apart(match.start()):
            found.setdefault(match["role"], []).append(TextSpan(*match.span("role")))
    for role, spans in found.items():
        if any(role.lower() in name.split() for name in defined):
            continue
        meant = next(name for name in draft.terms if name.lower() in RIVALS[role.lower()])
        yield Hit(f"“{role}” is not introduced; “{meant}” is the party of that role.", tuple(spans[:MAX_SHOWN]))


def unsigned(draft: Draft) -> Iterator[Hit]:
    """A party that is introduced at the beginning and has no place to sign."""
    signed = " ".join(span.of(draft.text) for span in draft.signatures)
    if len(signed) < _NAME_CHARS:
        return
    signed += " ".join(draft.text[max(0, match.start() - 80) : match.end()] for match in _SIGNED.finditer(draft.text))
    plain = re.sub(r"[\W_]+", " ", signed).upper()
    for name, role, span in _introduced(draft):
        called = role and next(uses(role.upper(), plain), None)
        if f" {name} " not in f" {plain} " and not called and not _abbreviated(name, plain):
            yield Hit(f"“{span.of(draft.text)}” is a party and has no place to sign.", (span,))


def _introduced(draft: Draft) -> Iterator[tuple[str, str, TextSpan]]:
    """The parties with their roles: a company soon followed by a term in a parenthesis, in the opening."""
    end = _opening(draft)
    seen: set[str] = set()
    passing = [term for term in draft.definitions if not term.is_full and term.span.start < end]
    for name, _, span in _companies(draft):
        role = next((term for term in passing if 0 <= term.span.start - span.end < 300), None)  # noqa: PLR2004
        if role is not None and span.end < end and name not in seen:
            between = draft.text[span.end : role.span.start]
            if not _COMPANY.search(between) and "\n\n" not in between:
                seen.add(name)
                yield name, role.name, span


def _abbreviated(name: str, plain: str) -> bool:
    """True where the first word of a name signs, as long as it is one of its own."""
    first = name.split(maxsplit=1)[0]
    return len(first) > 3 and f" {first} " in f" {plain} "  # noqa: PLR2004
