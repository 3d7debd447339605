"""Headings that papers share, and what kind of section each begins."""

import re

from reviewer.domain.section import SectionKind

_KINDS = (
    (
        SectionKind.ABSTRACT,
        (r"abstract|zusammenfassung|kurzfassung|r[ée]sum[ée]|resumen|resumo|riassunto|摘要|要旨"),
    ),
    (
        SectionKind.KEYWORDS,
        (r"key\s?words?|index terms|schlüsselwörter|schlagwörter|stichwörter|mots[- ]cl[ée]s|palabras clave|关键词"),
    ),
    (
        SectionKind.ACKNOWLEDGEMENTS,
        (r"acknowledge?ments?|danksagung(?:en)?|remerciements|agradecimientos|funding(?: information)?|致谢"),
    ),
    (
        SectionKind.REFERENCES,
        (
            r"references?(?: and notes)?|bibliography|literature(?: cited)?|works cited|"
            r"literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|"
            r"bibliographie|r[ée]f[ée]rences|referencias|bibliograf[íi]a|riferimenti|参考文献"
        ),
    ),
    (
        SectionKind.APPENDIX,
        (
            r"(?:appendix|appendices|anhang|annexe|supplementa(?:ry|l) (?:material|information|materials)|"
            r"supporting information)\b.*"
        ),
    ),
    (
        SectionKind.SECTION,
        (
            r"introduction|background(?: and .*)?|related works?|literature review|methods?|methodology|"
            r"materials? and methods?|"
            r"materials|data(?: and methods?)?|data availability(?: statement)?|model|approach|experiments?|"
            r"experimental setup|"
            r"evaluation|results?(?: and discussions?)?|findings|discussions?(?: and conclusions?)?|"
            r"conclusions?(?: and .*)?|"
            r"limitations?|future works?|summary|statement of need|conflicts? of interests?|competing interests|"
            r"author(?:s|['’]s|s['’])? (?:contributions?|details|information)|ethics(?: statement)?|"
            r"ethical considerations?|"
            r"(?:availability of )?(?:data|code)(?: and (?:materials?|code))?(?: availability)?|list of abbreviations|"
            r"abbreviations|additional files?|consent for publication|ethics approval(?: and .*)?|declarations?|"
            r"(?:declaration|statement) of .*interests?|disclosures?|disclaimer|notation|preliminaries|"
            r"implementation|contributions|"
            r"einleitung|einführung|hintergrund|stand der forschung|theorie|methoden?|methodik|material und "
            r"methoden|daten|"
            r"ergebnisse?|diskussion|fazit|ausblick|schluss(?:folgerung(?:en)?)?|limitationen|forschungsfragen?|"
            r"m[ée]thodes?|r[ée]sultats?|introducci[óo]n|m[ée]todos?|resultados|discusi[óo]n|"
            r"conclusi[óo]n(?:es)?|introduzione"
        ),
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_SPACED = re.compile(r"^(?:[A-Z] ){4,}[A-Z]$")
RUN_IN_ABSTRACT = re.compile(
    r"\W*(?P<word>abstract|summary|zusammenfassung|kurzfassung|r[ée]sum[ée]|resumen)[ \t\u00a0]*(?:[.:—–]|-(?=\w)|\n)",
    re.IGNORECASE,
)
RUN_IN_KEYWORDS = re.compile(
    r"\W*(?P<word>key\s?words?(?: and phrases)?|index terms|schlüsselwörter|schlagwörter|mots[- ]cl[ée]s|"
    r"palabras clave)"
    r"[ \t\u00a0]*(?:[.:—–]|-(?=\w)|\n)",
    re.IGNORECASE,
)


def kind_of(heading: str) -> SectionKind | None:
    """What a heading that papers share begins, or None for a heading of the paper's own. Case does not matter."""
    words = heading.strip(" .:—–-")
    if _SPACED.match(words):
        words = words.replace(" ", "")
    return next((kind for kind, pattern in _COMPILED if pattern.fullmatch(words)), None)
