"""What an entry in a list of references says of itself: DOI, year, authors, as far as it is printed."""

import re
from dataclasses import dataclass

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`\[\]]+", re.IGNORECASE)
"""By Crossref's recommendation for matching DOIs."""
_CUT_PREFIX = re.compile(r"\b10\.\n+(?=\d{4,9}/)")
# The rest of a DOI is all of its line; a word with a capital would begin something else.
_CUT_DOI = re.compile(
    r"(?P<begun>\b10\.\d{4,9}/\S*[.\-_/()])\n+(?!https?:|\[|[A-Z][a-z]+\W*(?:\n|$))(?=\S+[ \t]*(?:\n|$))"
)
_YEAR = re.compile(r"(?<![\d/.–-])(?P<year>(?:19|20)\d\d)[a-z]?\b(?![–-]\d|/\d)")
_YEAR_IN_BRACKETS = re.compile(r"\((?P<year>(?:19|20)\d\d)[a-z]?(?:,[^)]*)?\)")
_YEAR_ALONE = re.compile(r"(?<=\.\s)(?P<year>(?:19|20)\d\d)[a-z]?\.(?=\s)")
_ADDRESS = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:\[[^\]]{1,12}\]|\d{1,3}[.)])\s*")
_SURNAME = r"(?:(?:van|von|de|der|den|di|da|del|la|le|ten|ter|el|al)\s)*[A-ZÀ-ÖØ-Þ][\w'’\-]+(?:\s[A-ZÀ-ÖØ-Þ][\w'’\-]+)?"
_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ]\.?[\s\-]?){1,4}"
_INVERTED = re.compile(rf"(?P<name>{_SURNAME},\s{_INITIALS}(?:,?\sJr\.?)?)(?=[,;.&\s]|$)")
_INITIALS_FIRST = re.compile(rf"(?P<name>(?:[A-ZÀ-ÖØ-Þ]\.[\s\-]?){{1,4}}\s?{_SURNAME})")
_VANCOUVER = re.compile(r"(?P<name>[A-ZÀ-ÖØ-Þ][\w'’\-]+\s[A-Z]{1,3})(?=[,.;])")
_FULL = re.compile(rf"(?P<name>[A-ZÀ-ÖØ-Þ][\w'’\-]+(?:\s[A-ZÀ-ÖØ-Þ]\.?)*\s{_SURNAME})(?=\s*(?:,|\.|and\b|&|$))")
_HEAD_CHARS = 600
_MOST_AUTHORS = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """Empty or None where the entry does not print it. ``authors`` as printed, in order."""

    doi: str = ""
    year: int | None = None
    authors: tuple[str, ...] = ()


def read_reference(text: str) -> Reference:
    """Reads an entry. Linear in its characters."""
    flat = _joined(text)
    doi = _DOI.search(flat)
    year = _year(flat)
    return Reference(
        doi[0].rstrip(".,;:)'’”").lower() if doi else "",
        int(year["year"]) if year else None,
        _authors(flat, year.start() if year else len(flat)),
    )


def _year(flat: str) -> "re.Match[str] | None":
    """The year in brackets or right behind the authors; else the last one: titles hold years, too."""
    plain = _ADDRESS.sub(lambda found: " " * len(found[0]), flat)
    behind = _YEAR_IN_BRACKETS.search(plain) or _YEAR_ALONE.search(plain)
    return behind or next(reversed(list(_YEAR.finditer(plain))), None)


def _joined(text: str) -> str:
    """One line; a DOI or a word that the line's end cut in two is whole again."""
    whole = _CUT_DOI.sub(r"\g<begun>", _CUT_PREFIX.sub("10.", text))
    whole = re.sub(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])", "", whole)
    whole = re.sub(r"(?<=doi\.org/)\s+|(?<=/)\n+(?=\S)", "", whole)
    return _LABEL.sub("", " ".join(whole.split()))


def _authors(flat: str, before: int) -> tuple[str, ...]:
    """The names before the year or the title, in the style that reads the most of them right from the beginning."""
    head = flat[: min(before, _HEAD_CHARS)]
    title = re.search(r"[“\"]", head)
    head = head[: title.start()] if title else head
    best: list[str] = []
    for style in (_INVERTED, _INITIALS_FIRST, _VANCOUVER, _FULL):
        names = _names(head, style)
        if len(names) > len(best):
            best = names
    return tuple(best[:_MOST_AUTHORS])


def _names(head: str, style: "re.Pattern[str]") -> list[str]:
    """Names of one style that stand one after the other, with nothing but commas and *and* between them."""
    names: list[str] = []
    at = 0
    for found in style.finditer(head):
        if re.fullmatch(r"[\s,;.&]*(?:\b(?:and|und|et|y|e)\b)?[\s,;.&]*", head[at : found.start()]) is None:
            break
        names.append(" ".join(found["name"].split()).rstrip(",; "))
        at = found.end()
    return names
