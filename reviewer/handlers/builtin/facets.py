"""What a section or a sentence of a paper is about, by its heading and its turns of phrase: English and German."""

import re
from collections.abc import Mapping

_CUE_PHRASES = {
    "result": (
        "we (?:found|find|show|observed)",
        "results? (?:show|suggest|indicate)",
        r"significant\w*|increased|decreased|fell|rose|reduc\w+|outperform\w*|confidence interval",
        r"ergab\w*|zeig(?:t|en|te|ten)|signifikant\w*|sank|stieg|ergebnis\w*",
    ),
    "limits": (
        r"limitations?|limited (?:to|by)|however|future work|remains? (?:open|unclear)|cannot be|generali[sz]e",
        r"einschränkung\w*|grenzen|allerdings|jedoch|offen bleib\w*|bleibt offen",
    ),
    "method": (
        "we (?:recruited|collected|measured|used|compared|analy[sz]ed)",
        r"participants|randomi[sz]ed|data ?sets?|experiment",
        r"teilnehm\w+|stichprobe|erhoben|gemessen|verglichen|versuch\w*",
    ),
    "question": (
        "we (?:ask|tested? whether|examine|investigate)|research question|the aim|our goal|purpose of",
        "this (?:paper|article|study|work)",
        "wir (?:fragen|untersuchen|prüfen)|dieser beitrag|diese (?:arbeit|studie)|ziel (?:der|dieser|ist)",
    ),
}
_HEADING_WORDS = {
    "question": ("introduction|background|aims?|objectives?|need", "einleitung|fragestellung|zielsetzung"),
    "method": (
        "methods?|methodology|materials?|procedure|participants|design|experimental",
        "methoden?|methodik|vorgehen|daten",
    ),
    "result": ("results?|findings|evaluation", "ergebnisse?|resultate|auswertung"),
    "limits": ("limitations?|discussion|threats", "diskussion|grenzen|einschränkungen"),
}


def _compiled(table: Mapping[str, tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
    return {facet: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for facet, words in table.items()}


_CUES = _compiled(_CUE_PHRASES)
_HEADINGS = _compiled(_HEADING_WORDS)


def heading_facet(heading: str) -> str:
    """What a section with this heading is about: *question*, *method*, *result*, *limits*, or empty."""
    return next((facet for facet, pattern in _HEADINGS.items() if pattern.search(heading)), "")


def cue_facet(sentence: str) -> str:
    """What a sentence is about by its turns of phrase, or empty; results speak loudest, then limits."""
    return next((facet for facet, pattern in _CUES.items() if pattern.search(sentence)), "")


def has_cue(sentence: str, facet: str) -> bool:
    """True where a sentence uses a turn of phrase of a facet; for an empty facet, of any."""
    return bool(_CUES[facet].search(sentence)) if facet else bool(cue_facet(sentence))
