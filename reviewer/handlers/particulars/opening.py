"""The days a contract is made and takes effect."""

import re
from collections.abc import Iterator

from reviewer.domain.particular import Column
from reviewer.domain.section import SectionKind
from reviewer.handlers.particulars.calendar import DATE, days
from reviewer.handlers.particulars.found import Contract, Found
from reviewer.handlers.particulars.parties import OPENING_CHARS

_MADE = re.compile(
    rf"\b(?:made|entered|dated|executed)\b(?:\s+(?:and\s+)?(?:entered|made|executed|delivered|effective|into|as|of|on|this|the|by|day))*[\s,:]+{DATE}",
    re.IGNORECASE,
)
_OTHER_PAPER = re.compile(
    r"\b(?:that\s+certain|letter|amended|amendment\s+(?:no|to)|under\s+the|pursuant\s+to|previous\w*|prior|original|existing|parties\s+to)\b[^.;]{0,100}$",
    re.IGNORECASE,
)
_EFFECTIVE = (
    re.compile(rf"{DATE}\s*,?\s*\(\s*(?:the\s+)?[\"“'](?:effective|commencement)\s+date", re.IGNORECASE),
    re.compile(
        rf"[\"“']?(?:effective|commencement)\s+date[\"”']?\s*(?:means|shall\s+mean|shall\s+be|is|of|:)\s*(?:the\s+)?{DATE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:agreement|contract)\b[^.;]{{0,120}}\beffective(?:\s+(?:as|date))?(?:\s+(?:of|on|from))?\s+(?:the\s+)?{DATE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:agreement|contract|term|employment)\b[^.;]{{0,80}}\b(?:commence|begin|take\s+effect|become\s+effective)s?\s+(?:on|as\s+of|from)?\s*(?:the\s+)?{DATE}",
        re.IGNORECASE,
    ),
)


def made(contract: Contract) -> Iterator[Found]:
    """The day of the agreement: the first in its opening that is no other paper's."""
    for clause in contract.opening(OPENING_CHARS // 2):
        if clause.kind is SectionKind.RECITAL:
            continue
        for match in _MADE.finditer(clause.text):
            if _OTHER_PAPER.search(clause.text[: match.start()][-200:]):
                continue
            day = next(days(clause.text, *match.span()), None)
            if day is not None:
                yield Found(Column.AGREEMENT_DATE, day[0].isoformat(), clause, day[1])
                return


def effective(contract: Contract) -> Iterator[Found]:
    """The day it takes effect, where the contract says so."""
    for clause in contract.clauses:
        for pattern in _EFFECTIVE:
            match = pattern.search(clause.text)
            found = list(days(clause.text, *match.span())) if match else []
            if found and match and not _OTHER_PAPER.search(clause.text[: match.start()][-200:]):
                day, words = found[-1]  # an earlier one is the day it was made
                yield Found(Column.EFFECTIVE_DATE, day.isoformat(), clause, words)
                return
