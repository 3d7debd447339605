"""Sentences of a text, with their places; careful about the abbreviations of law and research."""

import re

from reviewer.domain.anchor import TextSpan

_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "art arts sec secs para paras no nos cl ch sch vol p pp ed eds fig figs eq eqs tab ref refs app al cf e.g i.e "
        "etc vs v viz resp approx ca dr prof mr mrs ms st inc ltd co corp plc llc u.s u.k jan feb mar apr jun jul aug "
        "sep sept oct nov dec "
        "abs nr z.b d.h u.a bzw ggf s vgl abb tab bd hrsg evtl usw inkl zzgl ziff z o.g u.u m.e",
    )
)
_END = re.compile(
    r"(?<![.!?])[.!?]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-ZÄÖÜÉÈÀ0-9]|\s*\Z)|\n[ \t]*\n",
)
_ORDINAL = re.compile(
    r"\.\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Quartal|Jahrhundert)\b"
)
_LAST_WORD = re.compile(r"([\w.]*\w)\Z")
_INITIAL = re.compile(r"\A[A-Z]\Z")


def sentences(text: str) -> list[TextSpan]:
    """The sentences in order, without the white space around them; a paragraph's end ends a sentence. Linear."""
    found: list[TextSpan] = []
    start = 0
    for match in _END.finditer(text):
        if _is_abbreviation(text, start, match):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _is_abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    if not match.group().startswith(".") or match.end() == len(text):
        return False
    word = _LAST_WORD.search(text, max(start, match.start() - 20), match.start())
    if word is None:
        return False
    last = word.group(1)
    if last.isdigit() and _ORDINAL.match(text, match.start()):
        return True
    return last.lower() in _ABBREVIATIONS or bool(_INITIAL.match(last))


def _add(found: list[TextSpan], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + len(piece) - len(piece.lstrip())
        found.append(TextSpan(first, first + len(stripped)))
