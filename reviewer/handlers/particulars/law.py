"""Whose law governs, and where disputes are decided."""

import re
from collections.abc import Iterator

from reviewer.domain.anchor import TextSpan
from reviewer.domain.particular import Column
from reviewer.handlers.particulars.found import Contract, Found

_WORD = r"(?:(?:[A-Z]\.){2,}[A-Z]?|[A-Z][\w’'-]+)"
_PLACE = rf"{_WORD}(?:(?:\s+(?:of|and|de|the)\s+|,?\s+){_WORD}){{0,5}}"
_LAW = (
    re.compile(
        rf"\b[Ll](?:aws?|AWS?)\s+(?:\([^)]*\)\s+)?(?:of|in|OF)\s+(?:the\s+|THE\s+)?(?P<place>(?:[Ss]tate\s+of\s+|[Cc]ommonwealth\s+of\s+|[Pp]rovince\s+of\s+)?{_PLACE})"
    ),
    re.compile(
        rf"\b(?:governed|construed|interpreted)\b[^.;]{{0,80}}?\b(?:under|by|with)\s+(?:the\s+)?(?P<place>{_WORD}(?:\s+{_WORD})?)\s+[Ll]aws?\b"
    ),
    re.compile(rf"\b(?:substantive|internal)\s+laws?\s+of\s+(?:the\s+)?(?P<place>{_PLACE})"),
)
_GOVERNED = re.compile(r"\b(?:govern|constru|interpret|enforce|subject\s+to|applicable\s+law)", re.IGNORECASE)
_COURT = (
    re.compile(
        rf"\b[Cc]ourts?\b(?:\s+(?:or\s+\w+\s+courts?\s+)?(?:of\s+\w+\s+jurisdiction\s+)?(?:located|sitting|situated|having\s+jurisdiction))?\s+(?:in|of|for|within)\s+"
        rf"(?:the\s+)?(?P<place>(?:[Ss]tate\s+of\s+|[Cc]ity\s+of\s+|[Cc]ounty\s+of\s+)?{_PLACE})"
    ),
    re.compile(
        rf"\b(?:arbitrat\w+|proceedings?|hearing)\b[^.;]{{0,120}}?\b(?:held|conducted|located|take\s+place|place)\s+(?:in|at)\s+(?:the\s+)?(?P<place>{_PLACE})"
    ),
    re.compile(
        rf"\b(?:seat|place|venue)\b[^.;]{{0,60}}?\b(?:shall\s+be|is|be|in|will\s+be)\s+(?:in\s+)?(?:the\s+)?(?P<place>{_PLACE})"
    ),
    re.compile(rf"\b[Jj]urisdiction\b[^.;]{{0,60}}?\bcourts?\s+of\s+(?:the\s+)?(?P<place>{_PLACE})"),
)
_NO_PLACE = re.compile(
    r"^(?:.*\bCourts?\b|Section|Article|Agreement|Court|Courts|Party|Parties|Competent|American\s+Arbitration|Rules?|Act|Company|Law|Any|Such|Arbitration"
    r"|International|Licens\w+|Supplier|Customer|Distributor|Contractor|Client|Federal|Chancery|Notwithstanding|Appeals?|Land|Owner|Claims)\b"
)
_STOP = re.compile(
    r"\s+(?:without|and\s+the\s+(?:parties|federal)|applicable|as\s|for\s|excluding|shall|if|to\s).*$",
    re.IGNORECASE | re.DOTALL,
)


def laws(contract: Contract) -> Iterator[Found]:
    """The law that governs: the first that is named."""
    for clause in contract.about("Governing Law"):
        for pattern in _LAW:
            for match in pattern.finditer(clause.text):
                before = clause.text[max(0, match.start() - 200) : match.end()]
                place = _place(match["place"])
                if place and _GOVERNED.search(before):
                    yield Found(Column.GOVERNING_LAW, place, clause, _words(match))
                    return


def venues(contract: Contract) -> Iterator[Found]:
    """Where disputes are decided: the first place that is named."""
    for clause in contract.about("Dispute Resolution", "Governing Law"):
        for pattern in _COURT:
            for match in pattern.finditer(clause.text):
                place = _place(match["place"])
                if place:
                    note = "arbitration" if match[0].lower().startswith("arbitrat") else ""
                    yield Found(Column.VENUE, place, clause, _words(match), note=note)
                    return


def _words(match: re.Match[str]) -> TextSpan:
    place = match["place"]
    kept = place[: len(place) - len(_STOP.search(place)[0])] if _STOP.search(place) else place  # type: ignore[index]
    return TextSpan(match.start(), match.start("place") + len(kept.rstrip(" ,.")))


def _place(text: str) -> str:
    """A place by its name alone: *State of New York* is *New York*."""
    text = _STOP.sub("", " ".join(text.split())).rstrip(" ,.")
    text = re.sub(r"^(?:the\s+)?(?:States?|Commonwealth|Province)\s+of\s+(?:the\s+)?", "", text, flags=re.IGNORECASE)
    if _NO_PLACE.match(text) or len(text) < 3:  # noqa: PLR2004 - initials name no place
        return ""
    return text.title() if text.isupper() and len(text) > 4 else text  # noqa: PLR2004 - USA stays
