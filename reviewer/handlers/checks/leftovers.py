"""Rules about what drafting left behind."""

import re
from collections.abc import Iterator

from reviewer.domain.anchor import TextSpan
from reviewer.handlers.checks.draft import Draft
from reviewer.handlers.checks.rule import Hit

MAX_SHOWN = 20
_SHOWN_CHARS = 80
MAX_PLACES = 200
"""Of one kind in one document: a form has many, and each is to be seen to."""
_BLANK = re.compile(r"_{3,}(?:[ \t]*_{2,})*|(?<!\.)\.{8,}(?!\s*\d)|\[[ \t\u00a0_]{1,40}\]|\u2026{4,}")
_SIGNING = re.compile(
    r"(?:By|Name|Title|Date|Dated|Signature|Signed|Its|Address|Witness|Attest|E-?mail|Phone|Fax|Print(?:ed)? Name|"
    r"Position|Place|Ort|Datum|Unterschrift|Nom|Signature|Firma|Nombre|Fecha)\s*[:.]?[\s]*$",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\[[●•○◦⚫\u25cf\u2022]+\]|[●•]{1,3}(?=\s*\))|\[(?:insert|enter|name|date|amount|number|company|customer|client|party|address|state|city|"
    r"country|title|position|role|your|our|legal|full|registered|effective|start|end|description|specify|fill|add|complete|tbd|tbc|jurisdiction|email|product|price|period|currency|year|month|day|x{1,5}|"
    r"einfügen|datum|betrag|firma|nom|montant|nombre|fecha)\b[^\[\]\n]{0,100}\]"
    r"|\{\{[^{}\n]{1,60}\}\}|\{[a-z][a-z0-9_]{2,50}\}|<<[^<>\n]{1,60}>>|<(?:insert|name|date|company|customer|amount|party)[^<>\n]{0,60}>"
    r"|(?<![\w$])(?:TBD|TBC|T\.B\.D\.|TODO|X{3,8}|xxx{1,5})(?![\w])|lorem ipsum",
    re.IGNORECASE,
)
_PLAIN_WORDS = re.compile(r"TBD|TBC|T\.B\.D\.|TODO|X{3,8}")
_ALTERNATIVE = re.compile(r"\[(?P<inside>[^\[\]]{3,400})\]")
_CHOICE = re.compile(r"\]\s*(?:/|or|OR|oder|and/or|\[)\s*\[?|\bor\b|\bif applicable\b|\boptional\b|/", re.IGNORECASE)
_OMITTED = re.compile(r"\[\s*\*{1,5}(?:\s*\*{1,5})*\s*\]|\*{3,}(?!\w)|\[(?:REDACTED|redacted|Redacted)[^\]]{0,40}\]")
_BLANK_PAGE = re.compile(r"remainder|intentionally|signature|page|follows?\b|omitted", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:\[\s*)?\b(?:Note\s+to\s+(?:the\s+)?(?:draft|drafter|reviewer|counsel|self|[A-Z]\w+)|[Dd]rafting\s+[Nn]ote|Drafter[’']s\s+[Nn]ote|DRAFTING\s+NOTE|"
    r"NOTE\s+TO\s+(?:DRAFT|DRAFTER|REVIEWER)|NTD|Anmerkung\s+für\s+den\s+Entwurf|Note\s+de\s+rédaction)\s*[:\-–—][^\n\]]{0,200}\]?"
    r"|\[(?:NB|N\.B\.|Comment|Query|Guidance|Internal|Legal|Reviewer)\s*:[^\]\n]{2,300}\]"
)


def blanks(draft: Draft) -> Iterator[Hit]:
    """Blanks that were not filled in, other than where people sign; one report for the whole document."""
    spans = [
        TextSpan(*match.span())
        for match in _BLANK.finditer(draft.text)
        if not draft.is_apart(match.start())
        and not _SIGNING.search(draft.text[max(0, match.start() - 40) : match.start()])
    ]
    if spans:
        yield Hit(_counted(len(spans), "blank is", "blanks are", "not filled in"), tuple(spans[:MAX_PLACES]))


def placeholders(draft: Draft) -> Iterator[Hit]:
    """Placeholders and alternatives in brackets that were left in; one report for the whole document."""
    spans = [span for span in _placeholders(draft.text) if not draft.is_signed_at(span.start)]
    if spans:
        shown = " ".join(spans[0].of(draft.text).split())
        shown = shown if len(shown) <= _SHOWN_CHARS else f"{shown[:_SHOWN_CHARS].rstrip()} …"
        more = f", and {len(spans) - 1} more like it" if len(spans) > 1 else ""
        yield Hit(f"A placeholder was left in: {shown}{more}.", tuple(spans[:MAX_PLACES]))


def _placeholders(text: str) -> Iterator[TextSpan]:
    notes = [match.span() for match in _NOTE.finditer(text)]
    last = -1
    for match in sorted((*_FILLER.finditer(text), *_ALTERNATIVE.finditer(text)), key=lambda each: each.span()):
        start, end = match.span()
        if start < last or any(low <= start < high for low, high in notes) or not _is_placeholder(match, text):
            continue
        last = end
        yield TextSpan(start, end)


def _is_placeholder(match: re.Match[str], text: str) -> bool:
    words = match[0]
    if match.re is _ALTERNATIVE:
        return len(words) > 2 and _is_alternative(match, text)  # noqa: PLR2004
    if words[0] not in "[{<●•":
        return _PLAIN_WORDS.fullmatch(words) is not None or words.lower() == "lorem ipsum"
    return not (_OMITTED.fullmatch(words) or _BLANK_PAGE.search(words))


def _is_alternative(match: re.Match[str], text: str) -> bool:
    """Words in brackets that offer a choice: *[thirty (30)] [sixty (60)] days*."""
    inside = match["inside"]
    if _OMITTED.fullmatch(match[0]) or re.fullmatch(r"\d{1,2}", inside):  # a footnote
        return False
    beside = text[match.end() : match.end() + 12]
    return re.match(r"\s*(?:/|or|OR|oder)?\s*\[(?!\*)", beside) is not None or " OR " in inside


def notes(draft: Draft) -> Iterator[Hit]:
    """Notes among those who drafted; one report for the whole document."""
    spans = [
        TextSpan(match.start() + len(match[0]) - len(match[0].lstrip()), match.end())
        for match in _NOTE.finditer(draft.text)
    ]
    if spans:
        said = _counted(len(spans), "drafting note was", "drafting notes were", "left in")
        yield Hit(said, tuple(spans[:MAX_PLACES]))


def omitted(draft: Draft) -> Iterator[Hit]:
    """Text that was taken out before the file was handed on; one report for the whole document."""
    spans = [TextSpan(*match.span()) for match in _OMITTED.finditer(draft.text)]
    spans = [span for span in spans if "[" in span.of(draft.text)]
    if spans:
        yield Hit(
            _counted(len(spans), "place was", "places were", "taken out of this copy; what stood there was not read"),
            tuple(spans[:MAX_SHOWN]),
        )


def _counted(count: int, one: str, many: str, what: str) -> str:
    return f"{count} {one if count == 1 else many} {what}."
