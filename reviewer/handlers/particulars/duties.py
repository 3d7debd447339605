"""Who must do what by when, as the contract says it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import Clause, sentence_starts
from reviewer.domain.number_words import NUMBER_EXPRESSION
from reviewer.domain.section import SectionKind
from reviewer.handlers.particulars.calendar import DATE, days

MAX_DUTIES = 200
WHAT_CHARS = 240
_PERIOD = (
    rf"{NUMBER_EXPRESSION}(?:\s|-)+(?:calendar\s+|business\s+|working\s+|consecutive\s+)?"
    r"(?:hour|day|week|month|year)s?\b['’]?"
)
_TAIL = r"\s[^.;,()]{3,90}?(?=\s+(?:and|or|shall|will|to|in\s+the|that|which|by|return|provide|pay)\b|[.;,()]|\s*$)"
_WHEN = re.compile(
    rf"\b(?:within|no\s+later\s+than|not\s+later\s+than|at\s+least|not\s+less\s+than)\s+(?:a\s+period\s+of\s+)?{_PERIOD}"
    r"(?:\s+(?:prior\s+to|after|before|following|from|of|in\s+advance\s+of)" + _TAIL + r"|\s+in\s+advance)?"
    rf"|\b(?:on\s+or\s+before|no\s+later\s+than|not\s+later\s+than|by|before|until)\s+(?:the\s+)?{DATE}"
    rf"|\b(?:on|as\s+of)\s+{DATE}"
    r"|\b(?:on\s+or\s+before|no\s+later\s+than|by)\s+the\s+(?:\w+|\d+(?:st|nd|rd|th))\s+(?:business\s+)?day\s+of\s+(?:each|every|the)\s+[^.;,()]{3,40}"
    r"|\b(?:promptly|immediately)\s+(?:after|upon|following)" + _TAIL + r""
    r"|\b(?:on\s+an?\s+|each\s+|every\s+)(?:calendar\s+)?(?:weekly|monthly|quarterly|annual|yearly|week|month|quarter|year)(?:\s+basis)?\b"
    r"|\b(?:monthly|quarterly|annually)\b(?!\s+(?:payments?|reports?|fees?|statements?|basis))",
    re.IGNORECASE,
)
_MODAL = r"(?:shall|must|will|agrees?\s+to|undertakes?\s+to|covenants?\s+to|is\s+(?:obligated|required|obliged)\s+to)"
_NOT = re.compile(
    r"\s*(?:,\s*\w+,\s*)?(?:not|in\s+no\s+event|(?:thereafter\s+)?have\s+(?:the|no|up|a|an)|be\s+(?:entitled|deemed|liable|permitted|bound|free|able|responsible)|continue|expire|terminate|survive|mean|commence|automatically|receive|use\s+(?:its|all|reasonable|commercially))\b",
    re.IGNORECASE,
)
_ANYBODY = (
    r"(?:each|either|both|the|any)\s+(?:other\s+)?(?:of\s+the\s+)?part(?:y|ies)"
    r"|the\s+(?:receiving|disclosing|indemnif\w+|defaulting|terminating)\s+party"
)
_COMMON = (
    "Supplier|Vendor|Provider|Contractor|Seller|Consultant|Customer|Client|Buyer|Purchaser|Licensor|Licensee|Landlord|Tenant|Employer|"
    "Employee|Executive|Distributor|Reseller|Franchisor|Franchisee|Lender|Borrower|Company|Sponsor|Agent|Manufacturer|Recipient"
)
_APART = (SectionKind.TOC, SectionKind.SIGNATURE, SectionKind.DEFINITION, SectionKind.RECITAL, SectionKind.TITLE)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty with a time, before it is cited.

    Attributes:
        sentence: the words it rests on, in offsets of the clause.
    """

    clause: Clause
    who: str
    what: str
    when: str
    day: date | None
    sentence: TextSpan


def duties(clauses: list[Clause], roles: list[str]) -> Iterator[Duty]:
    """The duties with a time, in the order of the contract; what is forbidden is none.

    Args:
        clauses: the contract's.
        roles: what its parties are called.
    """
    who = _subjects(roles)
    count = 0
    for clause in clauses:
        if clause.kind in _APART:
            continue
        starts = [*sentence_starts(clause.text), len(clause.text)]
        for start, end in pairwise(starts):
            duty = _duty(clause, start, end, who)
            if duty is not None and count < MAX_DUTIES:
                count += 1
                yield duty


def _is_of_a_paper(when: re.Match[str]) -> bool:
    """True for the day that some paper was made on."""
    return (
        re.search(r"\b(?:executed|dated|signed|made|entered\s+into|filed)\s+$", when.string[: when.start()]) is not None
    )


def _subjects(roles: list[str]) -> re.Pattern[str]:
    named = "|".join(re.escape(role).replace(r"\ ", r"\s+") for role in sorted(set(roles), key=len, reverse=True))
    names = f"{named}|{_COMMON}" if named else _COMMON
    return re.compile(
        rf"(?P<who>(?i:{_ANYBODY})|\b(?:(?i:the|each)\s+)?(?:{names}))\b(?:\s+(?:and|or)\s+\w+)?,?\s+(?:also\s+|hereby\s+)?(?P<modal>{_MODAL})\b"
    )


def _duty(clause: Clause, start: int, end: int, who: re.Pattern[str]) -> Duty | None:
    subject = who.search(clause.text, start, end)
    if subject is None or _NOT.match(clause.text, subject.end(), end):
        return None
    when = next((each for each in _WHEN.finditer(clause.text, start, end) if not _is_of_a_paper(each)), None)
    if when is None:
        return None
    day = next(days(clause.text, *when.span()), None)
    what = " ".join(clause.text[subject.end() : end].split()).strip(" ;.,")
    if len(what) > WHAT_CHARS:
        what = f"{what[:WHAT_CHARS].rsplit(' ', 1)[0]} …"
    last = start + len(clause.text[start:end].rstrip())
    return Duty(
        clause=clause,
        who=re.sub(r"^the\s+", "", " ".join(subject["who"].split()), flags=re.IGNORECASE),
        what=what,
        when=" ".join(when[0].split()),
        day=day[0] if day else None,
        sentence=TextSpan(start, last),
    )
