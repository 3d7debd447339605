"""How long a contract lasts, how it goes on, and how early notice must be given."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reviewer.domain.anchor import TextSpan
from reviewer.domain.clause import Clause, sentence_starts
from reviewer.domain.number_words import NUMBER_EXPRESSION, is_cut_number, read_number
from reviewer.domain.particular import Column
from reviewer.handlers.particulars.calendar import DATE, days
from reviewer.handlers.particulars.found import Contract, Found

_KIND = r"(?:\s|-)+(?:calendar\s+|consecutive\s+|full\s+|successive\s+)?(?P<unit>day|week|month|year)s?\b['’]?"
_BUSINESS = r"(?:\s|-)+(?P<kind>business\s+)?(?P<unit>day|week|month|year)s?\b['’]?"
PERIOD = NUMBER_EXPRESSION + _KIND
_FLAGS = re.IGNORECASE
_TERM = (
    re.compile(rf"\b(?:term|period)\s+of\s+(?:approximately\s+)?{PERIOD}(?!\s+(?:thereafter|prior|notice))", _FLAGS),
    re.compile(
        rf"\bfor\s+(?:an?\s+)?(?:initial\s+)?(?:term\s+of\s+)?{PERIOD}\s+(?:from|after|following|commencing|beginning|term)",
        _FLAGS,
    ),
    re.compile(rf"\bterm\b[^.;]{{0,80}}\b(?:is|be|continue\s+for|expires?|terminates?)\s+{PERIOD}", _FLAGS),
)
_TERM_OF_THIS = re.compile(r"\b(?:agreement|contract|term|engagement|employment|lease|it)\b", _FLAGS)
_OTHER_TERM = re.compile(
    r"\b(?:renew|extend|successive|additional|thereafter|confiden|surviv|warrant|invoice|breach|solicit|compet)", _FLAGS
)
_RENEWAL = (
    re.compile(
        rf"\b(?:renew\w*|extend\w*|continu\w+\s+(?:automatically|thereafter))\b[^.;]{{0,140}}?{PERIOD}(?!\s+(?:prior|notice|before|written|advance))",
        _FLAGS,
    ),
    re.compile(
        rf"\b(?:successive|additional|further|renewal)\b[^.;]{{0,40}}?{PERIOD}(?=\s+(?:terms?|periods?|renewal))",
        _FLAGS,
    ),
)
_YEARLY = re.compile(
    r"\b(?:successive\s+annual|annual\s+(?:renewal|periods?|terms?)|each\s+year\s+thereafter|year[\s-]to[\s-]year|successive\s+(?:1|one)?[\s-]*year)",
    _FLAGS,
)
_AUTOMATIC = re.compile(r"\bautomatic", _FLAGS)
_NOTICE = re.compile(
    rf"{NUMBER_EXPRESSION}{_BUSINESS}(?=[^.;]{{0,80}}\b(?:notice|notif|prior|before|in\s+advance))", _FLAGS
)
_NOTICE_AFTER = re.compile(
    rf"\bnotice\b[^.;]{{0,60}}?\b(?:at\s+least|not\s+less\s+than|no\s+later\s+than|of)\s+{NUMBER_EXPRESSION}{_BUSINESS}",
    _FLAGS,
)
_NOT_RENEW = re.compile(r"\b(?:renew|extend|extension|expir)", _FLAGS)
_UNTIL = re.compile(
    rf"\b(?:until|through|(?:expire|end|terminate)s?\s+on|ending(?:\s+on)?|extended\s+to)\s+(?:and\s+including\s+)?(?:midnight\s+(?:on|of)\s+)?{DATE}",
    _FLAGS,
)
_WHOLE = r"(?:agreement|contract|engagement|employment|appointment|services?|term|period|arrangement|relationship)"
_ENDED = re.compile(
    rf"\b(?:terminat|cancel)\w*\s+(?:\w+\s+){{0,3}}{_WHOLE}\b|\b{_WHOLE}\b[^.;]{{0,80}}\b(?:terminat|cancel)", _FLAGS
)
_FOR_CAUSE = re.compile(r"\b(?:breach|default|cure|insolven|bankrupt|fails?|cause|force\s+majeure|event|if)\b", _FLAGS)
_WITHOUT_CAUSE = re.compile(
    r"\bwithout\s+(?:\w+\s+)?cause|for\s+convenience|any\s+reason|no\s+reason|at\s+any\s+time", _FLAGS
)


def period_of(match: re.Match[str], group: int = 1) -> tuple[str, str] | None:
    """Number and unit of a period, the unit in the plural; None where it is no whole number, or a part of one."""
    value = read_number(match[group])
    if value is None or value != int(value) or is_cut_number(match.string[: match.start(group)]):
        return None
    business = (match.groupdict().get("kind") or "").strip().lower()
    return str(int(value)), f"{business} {match['unit'].lower()}s".strip()


def terms(contract: Contract) -> Iterator[Found]:
    """How long the contract lasts at first: the first period that a clause about its end names, or the day it ends."""
    for clause in contract.about("Expiration Date"):
        for start, end in _sentences(clause):
            found = _first(_TERM, clause, start, end, Column.TERM)
            if found is not None and _is_term(clause.text[start : found.words.end]):
                yield found
                return


def _is_term(before: str) -> bool:
    return bool(_TERM_OF_THIS.search(before)) and not _OTHER_TERM.search(before)


def ends(contract: Contract) -> Iterator[Found]:
    """The day on which the contract ends, where it is named."""
    for clause in contract.about("Expiration Date"):
        for match in _UNTIL.finditer(clause.text):
            day = next(days(clause.text, *match.span()), None)
            if day is not None:
                yield Found(Column.EXPIRATION_DATE, day[0].isoformat(), clause, day[1])
                return


def renewals(contract: Contract) -> Iterator[Found]:
    """For how long it goes on after its first term."""
    for clause in contract.about("Renewal Term"):
        for start, end in _sentences(clause):
            found = _first(_RENEWAL, clause, start, end, Column.RENEWAL)
            yearly = _YEARLY.search(clause.text, start, end)
            if found is None and yearly:
                found = Found(Column.RENEWAL, "1", clause, TextSpan(*yearly.span()), "years")
            if found is not None:
                note = "automatic" if _AUTOMATIC.search(clause.text, start, end) else ""
                yield Found(Column.RENEWAL, found.value, clause, found.words, found.unit, note)
                return


def notices(contract: Contract) -> Iterator[Found]:
    """How long before its end notice must be given to stop a renewal, and to end the contract without cause."""
    yield from _one_notice(contract, "Notice Period to Terminate Renewal", Column.RENEWAL_NOTICE)
    yield from _one_notice(contract, "Termination for Convenience", Column.TERMINATION_NOTICE)


def _one_notice(contract: Contract, label: str, column: Column) -> Iterator[Found]:
    for clause in contract.about(label):
        for start, end in _sentences(clause):
            sentence = clause.text[start:end]
            is_meant = _is_about_renewal(sentence) if column is Column.RENEWAL_NOTICE else _is_without_cause(sentence)
            found = _first((_NOTICE, _NOTICE_AFTER), clause, start, end, column) if is_meant else None
            if found is not None:
                yield found
                return


def _is_about_renewal(sentence: str) -> bool:
    return bool(_NOT_RENEW.search(sentence)) and re.search(r"\bnotice|\bnotif|\badvis", sentence, _FLAGS) is not None


def _is_without_cause(sentence: str) -> bool:
    if not _ENDED.search(sentence):
        return False
    return bool(_WITHOUT_CAUSE.search(sentence)) or not _FOR_CAUSE.search(sentence)


def _first(patterns: tuple[re.Pattern[str], ...], clause: Clause, start: int, end: int, column: Column) -> Found | None:
    for pattern in patterns:
        for match in pattern.finditer(clause.text, start, end):
            period = period_of(match)
            if period is not None and not (column is Column.RENEWAL_NOTICE and period[1] == "years"):
                words = TextSpan(match.start(1), _end_of_word(clause.text, match.end("unit")))
                return Found(column, period[0], clause, words, period[1])
    return None


def _end_of_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isalpha():
        at += 1
    return at


def _sentences(clause: Clause) -> Iterator[tuple[int, int]]:
    starts = [*sentence_starts(clause.text), len(clause.text)]
    return pairwise(starts)
