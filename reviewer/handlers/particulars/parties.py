"""Who a contract is between, and as what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import Clause
from reviewer.domain.particular import Column
from reviewer.domain.section import SectionKind
from reviewer.handlers.particulars.found import Contract, Found

OPENING_CHARS = 8000
_REGION_CHARS = 3000
_BETWEEN = re.compile(r"\b(?:by\s+and\s+)?(?:between|among)\b\s*:?", re.IGNORECASE)
_ENTERED = re.compile(r"\b(?:is\s+)?(?:made|entered)\b[^.;]{0,60}?\bby\b\s+(?!and\b|either\b|the\b)", re.IGNORECASE)
_END = re.compile(
    r"\b(?:WHEREAS|WITNESSETH|RECITALS?|BACKGROUND|NOW,?\s+THEREFORE|In\s+consideration\s+of)\b|[Ww]hereas\b"
)
_ROLE = re.compile(
    r"\(\s*(?:(?:hereinafter|hereafter|herein|together|referred|called|known|collectively|individually|to|as|and|or|the|an?|each|with\s+its\s+\w+)[\s,:]+)*"
    r"[\"“”'‘]+(?P<role>[A-Z][^\"“”()]{1,40}?)[,.]?[\"“”'’]+[^()]{0,80}\)"
)
_NO_ROLE = re.compile(
    r"Agreement|Contract|Effective|Date|Part(?:y|ies)$|Act$|Affiliate|Territory|Term$|Services?$|Products?$|Licen[cs]e$",
    re.IGNORECASE,
)
_FORM = (
    r"(?i:Inc|Incorporated|L\.?L\.?C|Ltd|Limited|Corp|Corporation|Company|Co|GmbH|AG|SE|KG|L\.?P|LLP|PLC|plc|B\.?V|N\.?V|"
    r"S\.?A|S\.?r\.?l|S\.?p\.?A|A/S|Pty|N\.?A|Trust|Fund)\b\.?"
)
_LEAD = re.compile(
    r"^(?:[\s,;:.—–-]|and\b|by\b|between\b|among\b|BETWEEN\b|AND\b|\(?\d\)|\(?[a-z]\)|the\b|Party\s+(?:[A-Z]|\d|One|Two)\s*:|on\s+the\s+one\s+(?:hand|part)|on\s+the\s+other\s+(?:hand|part))+"
)
_NAME = re.compile(
    rf"(?P<name>[A-Z0-9][\w&.’'/() -]*?(?:,?\s+(?:{_FORM}))+|[A-Z0-9][^,;()\"“]{{1,70}}?)"
    r"(?=\s*(?:[,;(]|$)|\s+(?:an?|and|of|having|with|whose|located|organi[sz]ed|incorporated|on\s+behalf|[fda]/[kb]/a|formerly)\s)"
)
_MIN_NAME = 3
_NO_NAME = re.compile(r"(?:Address|Room|Suite|Attention|Tel|Fax|Registered|Section)\b", re.IGNORECASE)
_INTRODUCES = (SectionKind.PARTIES, SectionKind.PREAMBLE, SectionKind.TITLE)
_THIS = re.compile(r"\bthis\b[^.;]{0,120}\b(?:agreement|contract|lease|amendment)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the contract names it and calls it."""

    name: str
    role: str


def parties(contract: Contract) -> Iterator[Found]:
    """The parties in the order they are introduced; none where the opening does not say *between*."""
    for clause in contract.opening(OPENING_CHARS):
        region = _region(clause)
        if region is None:
            continue
        found = list(_with_roles(clause, region)) or list(_without_roles(clause, region))
        if len(found) > 1:
            yield from found
            return


def _region(clause: Clause) -> TextSpan | None:
    """Where the parties are introduced."""
    if clause.kind is SectionKind.CLAUSE and clause.span.start > OPENING_CHARS // 2:
        return None
    begin = _BETWEEN.search(clause.text) or _ENTERED.search(clause.text)
    if begin is None:
        return None
    last = begin.end() + _REGION_CHARS
    end = _END.search(clause.text, begin.end(), last)
    return TextSpan(begin.end(), end.start() if end else min(last, len(clause.text)))


def _with_roles(clause: Clause, region: TextSpan) -> Iterator[Found]:
    at, seen = region.start, set[str]()
    for match in _ROLE.finditer(clause.text, region.start, region.end):
        role = " ".join(match["role"].split())
        if _NO_ROLE.search(role):
            continue
        words = _name(clause.text, at, match.start())
        at = match.end()
        if words is None or role in seen:
            continue
        seen.add(role)
        name = " ".join(words.of(clause.text).split())
        yield Found(Column.PARTY, name, clause, words, role)


def _without_roles(clause: Clause, region: TextSpan) -> Iterator[Found]:
    """Two names with legal forms, joined by *and*."""
    if clause.kind not in _INTRODUCES or not _THIS.search(clause.text[: region.start]):
        return
    first = _name(clause.text, region.start, region.end)
    if first is None or not re.search(rf"{_FORM}$", first.of(clause.text)):
        return
    joined = re.compile(r"[^.;]{0,200}?\band\s+").match(clause.text, first.end, region.end)
    second = _name(clause.text, joined.end(), region.end) if joined else None
    if second is None or not re.search(rf"{_FORM}$", second.of(clause.text)):
        return
    for words in (first, second):
        yield Found(Column.PARTY, " ".join(words.of(clause.text).split()), clause, words)


def _name(text: str, start: int, end: int) -> TextSpan | None:
    """The name that a stretch of text begins with."""
    stretch = text[start:end]
    lead = _LEAD.match(stretch)
    at = lead.end() if lead else 0
    match = _NAME.match(stretch, at)
    if match is None or len(match["name"].strip()) < _MIN_NAME or _NO_NAME.match(match["name"]):
        return None
    name = match["name"].rstrip(" ,")
    return TextSpan(start + match.start(), start + match.start() + len(name))
