"""Rules about references to other parts of the document."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from reviewer.domain.anchor import TextSpan
from reviewer.handlers.checks.draft import Draft, Part
from reviewer.handlers.checks.ordinals import numerals, roman_value
from reviewer.handlers.checks.rule import Hit

MAX_SHOWN = 20
MIN_NUMBERED = 3
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXL]{1,6})(?:[ \u00a0]?\((?:[a-z]{1,4}|\d{1,2}|[A-Z])\))*"
_UNIT = (
    r"(?:Sections?|Clauses?|Articles?|Sec\.|§§?|Abschnitte?|Ziffern?|Klauseln?|Artikel|Cláusulas?|Artículos?|Sezion[ei]|"
    r"Articol[oi])"
)
_REFERENCE = re.compile(
    rf"(?<![\w§.])(?P<unit>{_UNIT})[\s\u00a0]*(?P<first>{_NUMBER})(?P<rest>(?:(?:,|;|\s+(?:and|or|to|through|und|oder|bis|et|ou|y|o|e))"
    rf"(?:\s*(?:and|or|und|oder))?\s*(?:{_UNIT}\s*)?{_NUMBER}(?![\w.]\w))*)"
)
_EACH = re.compile(rf"(?<![\w.(]){_NUMBER}(?!\w|-\d)")
_AMENDMENT = re.compile(r"\bamend(?:ment|ing|ed\s+and\s+restated)\b|\baddendum\b|\bside\s+letter\b", re.IGNORECASE)
_TITLE_CHARS = 400
_OUTSIDE = re.compile(
    r"[A-Z]?\s*,?\s*(?:(?:of|under|in|to|der|des|du|de la|del|della)\s+"
    r"(?!this\b|the\s+(?:Agreement|Contract|Terms)\b|these\b|Schedule\b|Exhibit\b|Annex\b|Appendix\b|such\s+Section)(?:the\s+|that\s+certain\s+|its\s+|any\s+|such\s+)?[A-Z\d“\"]"
    r"|(?:of|under)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}(?:Act|Code|Law|Regulation|Directive|law)\b"
    r"|(?:GDPR|DSGVO|BGB|HGB|StGB|UrhG|ZPO|U\.S\.C|C\.F\.R|CFR|et\s+seq|Abs\.|lit\.|Satz|UCC|ERISA|IRC|TFEU|AktG|GmbHG|"
    r"BDSG|InsO|EStG|RGPD)\b)"
)
_LAW_BEFORE = re.compile(
    r"(?:U\.S\.C\.?|C\.F\.R\.?|Code|Act|Regulation[s]?|Directive|Rule|Law|Cal\.|Stat\.|Treas\.\s*Reg\.)[,\s]*$"
)
_OF_LAWS = {"83", "105", "162", "280", "365", "401", "409", "422", "501", "1542"}
"""Sections of laws that contracts name without the law; the lower ones only with a letter behind, as *83(b)*."""
_HIGHEST = 150

_FILING_CHARS = 80
_LABEL_CHARS, _TITLE_LINE_CHARS = 4, 90
_OWN_HEADING = re.compile(r"(?:^|\n)[ \t]*$")
_SCHEDULE = re.compile(
    r"(?<![\w“\"])(?P<unit>Schedule|Exhibit|Annex|Annexure|Appendix|Attachment|Anlage|Anhang|Annexe|Anexo|Allegato|Bijlage)[\s\u00a0]+"
    r"(?P<number>[A-Z](?:[-.]?\d{1,2})?|\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,4})(?![\w’'])"
)
_SCHEDULE_OUTSIDE = re.compile(
    r"\s*(?:\([^)]{0,60}\)\s*)?(?:to|of|in|under|zu[mr]?|des|der)\s+(?!this\b|the\s+(?:Agreement|Contract)\b|these\b|diese)(?:the\s+|that\s+|its\s+|any\s+|such\s+|our\s+)?[A-Z“\"]"
    r"|\s*(?:to|of)\s+(?:the\s+)?(?:Form|Annual|Quarterly|Current|Registration)\b"
)
_NAMED = re.compile(
    r"\s*(?:\((?P<inside>[A-Z][A-Za-z ,&’'/-]{3,60})\)|[,–—-]\s*[“\"](?P<quoted>[A-Z][A-Za-z ,&’'/-]{3,60})[”\"])"
)
_WORD = re.compile(r"[a-zäöüß]{4,}")
_STEM_CHARS = 6
_EMPTY_WORDS = "general other miscellaneous certain terms provisions this agreement section with from "
_EMPTY = frozenset(_EMPTY_WORDS.split())


def missing(draft: Draft) -> Iterator[Hit]:
    """References to sections that the document does not have."""
    numbers = _Numbers(draft)
    if not numbers.are_usable or _changes_another(draft):
        return
    found: dict[str, list[TextSpan]] = defaultdict(list)
    for unit, spans in _by_unit(draft).items():
        lost = [span for span in spans if not numbers.has(_plain(span.of(draft.text)), unit)]
        if 2 * len(lost) > len(spans):
            continue  # this word means the sections of another document
        for span in lost:
            found[f"{unit} {_plain(span.of(draft.text))}"].append(span)
    for name, spans in found.items():
        times = f" (referred to {len(spans)} times)" if len(spans) > 1 else ""
        yield Hit(f"There is no {name} in this document{times}.", tuple(spans[:MAX_SHOWN]))


def _changes_another(draft: Draft) -> bool:
    """True for an amendment: its references mean the agreement it changes."""
    match = _AMENDMENT.search(draft.text[:_TITLE_CHARS])
    return match is not None and "restated" not in match[0].lower()


def _by_unit(draft: Draft) -> dict[str, list[TextSpan]]:
    """The numbers that are referred to, by the word before them."""
    found: dict[str, list[TextSpan]] = defaultdict(list)
    for unit, span in _references(draft):
        found[unit].append(span)
    return found


def _references(draft: Draft) -> Iterator[tuple[str, TextSpan]]:
    """Unit and number of each reference into the document itself."""
    for match in _REFERENCE.finditer(draft.text):
        start, end = match.span()
        if (
            draft.text[end : end + 2].strip("0123456789") == "-"
            or _OUTSIDE.match(draft.text, end)
            or _LAW_BEFORE.search(draft.text[max(0, start - 40) : start])
        ):
            continue
        if _is_heading(draft, start) or draft.is_apart(start):
            continue
        unit = match["unit"].rstrip(".")
        unit = unit[:-1] if unit.endswith("s") and unit != "§§" else unit
        yield unit, TextSpan(*match.span("first"))
        for each in _EACH.finditer(draft.text, *match.span("rest")):
            yield unit, TextSpan(*each.span())


def _is_heading(draft: Draft, start: int) -> bool:
    """True where *Section 3* is the label of a section itself."""
    return _OWN_HEADING.search(draft.text[max(0, start - 80) : start]) is not None and any(
        abs(part.own.start - start) < _LABEL_CHARS for part in (draft.part_at(start), draft.part_at(start + 4)) if part
    )


class _Numbers:
    """The numbers that the document's sections have, alone and behind those of their parents."""

    def __init__(self, draft: Draft) -> None:
        self._text = draft.text
        self._parts: dict[str, list[Part]] = {}
        full: list[str] = []
        for part in draft.parts:
            own = _plain(part.section.number)
            parent = full[part.parent] if part.parent is not None else ""
            full.append(_joined(parent, own))
            for name in (own, full[-1]):
                if name and name[0] != "(":
                    self._parts.setdefault(name, []).append(part)
        self._has_decimals = sum("." in _plain(part.section.number) for part in draft.parts) >= MIN_NUMBERED
        tops = [part for part in draft.parts if re.fullmatch(r"(?:\D*)(?:\d+|[IVXL]+)", part.section.number)]
        self.are_usable = len({part.section.number for part in tops}) >= MIN_NUMBERED

    def parts(self, number: str) -> list[Part]:
        """The sections of a number; several where schedules count anew."""
        return self._parts.get(number, [])

    def has(self, number: str, unit: str) -> bool:
        """Whether a reference finds something: the number, or a paragraph that begins with it."""
        base, *inner = number.split("(")
        if not self._has_decimals:
            base, inner = base.partition(".")[0], [] if "." in base else inner
        holders = self.parts(base)
        if not holders:
            is_law = base in _OF_LAWS and unit in {"Section", "§"} and (bool(inner) or int(base) > _HIGHEST)
            return is_law or self._begins(base)
        if not inner:
            return True
        mark = f"({inner[0]}"
        return _joined(base, mark) in self._parts or any(mark in each.whole.of(self._text) for each in holders)

    @lru_cache(maxsize=512)  # noqa: B019 - lives as long as one check of one document
    def _begins(self, number: str) -> bool:
        roman = f"(?:{re.escape(number)}"
        if number.isdigit() and int(number) <= 50:  # noqa: PLR2004 - articles beyond are not numbered in letters
            roman += f"|{_ROMANS[int(number)]}"
        return re.search(rf"(?m)^[ \t]*(?:[A-Za-zÀ-ÿ.§]+[ \u00a0]*)?{roman})(?![\d])", self._text) is not None


_ROMANS = {value: numeral for numeral in numerals(50) if (value := roman_value(numeral)) is not None}


def _plain(number: str) -> str:
    """A number without the word before it, blanks and punctuation; Roman numerals in digits."""
    bare = re.sub(r"^\D*?(?=\d|[IVXL]+\b|\()", "", number).replace("\u00a0", "").replace(" ", "").rstrip(".:")
    head, *inner = bare.split("(")
    if (value := roman_value(head)) is not None and head.isupper():
        head = str(value)
    head = ".".join(str(int(each)) if each.isdigit() else each for each in head.split("."))
    return "(".join([head, *inner])


def _joined(parent: str, own: str) -> str:
    if not own or not parent or not own.startswith("("):
        return own
    return parent + own


def missing_schedules(draft: Draft) -> Iterator[Hit]:
    """Schedules, exhibits and annexes that are referred to and not in the file."""
    there = _schedules(draft)
    found: dict[str, list[TextSpan]] = defaultdict(list)
    for match in _SCHEDULE.finditer(draft.text):
        name = f"{match['unit'].lower()} {match['number']}"
        is_filed = match.start() < _FILING_CHARS  # the label under which the file itself was filed
        if (
            name in there
            or is_filed
            or draft.is_apart(match.start())
            or _SCHEDULE_OUTSIDE.match(draft.text, match.end())
        ):
            continue
        found[f"{match['unit']} {match['number']}"].append(TextSpan(*match.span()))
    for name, spans in found.items():
        times = f" {len(spans)} times" if len(spans) > 1 else ""
        yield Hit(f"{name} is referred to{times} and is not in this file.", tuple(spans[:MAX_SHOWN]))


def _schedules(draft: Draft) -> set[str]:
    """Those that stand as sections, or begin a line of their own."""
    there = set()
    for match in _SCHEDULE.finditer(draft.text):
        line = draft.text[: match.start()].rpartition("\n")[2]
        part = draft.part_at(match.start())
        is_label = part is not None and match.start() - part.own.start < 8  # noqa: PLR2004
        rest = draft.text[match.end() :].partition("\n")[0]
        if (
            (not line.strip() or is_label)
            and (len(rest) < _TITLE_LINE_CHARS and not rest.rstrip().endswith((".", ";", ",")))
            and not re.match(r"\s*(?:is|are|shall|will|sets?|contains?|and|or|to|hereto|attached|of)\b", rest)
        ):
            there.add(f"{match['unit'].lower()} {match['number']}")
    for part in draft.parts:
        for match in _SCHEDULE.finditer(f"{part.section.number} {part.section.heading}".title()):
            there.add(f"{match['unit'].lower()} {match['number']}")
    return there


def wrong_topic(draft: Draft) -> Iterator[Hit]:
    """References that name the subject of a section which is about something else."""
    numbers = _Numbers(draft)
    headed = [(part, _stems(part.section.heading)) for part in draft.parts if part.section.heading]
    for _, span in _references(draft):
        parts = numbers.parts(_plain(span.of(draft.text)))
        named = _NAMED.match(draft.text, span.end)
        if not parts or named is None:
            continue
        title, part = named["inside"] or named["quoted"], parts[0]
        wanted = _stems(title)
        if not wanted or any(_is_about(draft, each, wanted) for each in parts):
            continue
        right = next((other for other, stems in headed if wanted & stems and other is not part), None)
        instead = f"; “{right.section.heading}” is {right.section.number}" if right and right.section.number else ""
        yield Hit(
            f"The reference says “{title}”, but {part.section.number} is about “{part.section.heading}”{instead}.",
            (span,),
        )


def _is_about(draft: Draft, part: Part, wanted: set[str]) -> bool:
    """Whether the heading, or the beginning, of a section speaks of it; True where it has no heading to compare."""
    there = _stems(part.section.heading)
    return not there or bool(wanted & (there | _stems(part.whole.of(draft.text)[:200])))


def _stems(text: str) -> set[str]:
    return {word[:_STEM_CHARS] for word in _WORD.findall(text.lower()) if word not in _EMPTY}
