"""Whether a text is a contract or a paper, by words only one of them uses."""

import re

from reviewer.domain.section import SplitAs

_HEAD = 20_000
_TAIL = 12_000
_CAP = 4
_CONTRACT = (
    (2.0, r"\b(?:whereas|witnesseth|in witness whereof|präambel)\b"),
    (
        2.0,
        (
            r"\b(?:this|dieser?|ce|el presente|il presente) (?:\w+ ){0,3}"
            r"(?:agreement|contract|lease|deed|vertrag|vereinbarung|contrat|contrato|contratto)\b"
        ),
    ),
    (1.5, r"\b(?:hereinafter|hereby|hereof|thereof|hereunder|hereto|nachfolgend|ci-après)\b"),
    (1.5, r"\b(?:the |die )?(?:parties|parteien|parti|partes)\b"),
    (1.5, r"\bshall\b|\bverpflichtet sich\b|\bs'engage\b"),
    (
        1.5,
        (
            r"\b(?:auftragnehmer|auftraggeber|dienstleister|lieferant|vertrag(?:s\w*)?|leistungsbeschreibung|kunde|"
            r"customer|licensee|supplier)\b"
        ),
    ),
    (
        1.0,
        (
            r"\b(?:governing law|indemnif\w+|terminat\w+|confidential\w*|liability|warrant\w+|"
            r"haftung|kündigung|vertraulich\w*|gerichtsstand)\b"
        ),
    ),
    (1.0, r"^[ \t]{0,60}(?:\d{1,2}\.\d{1,2}\.?|article\s+[ivx\d]+|section\s+\d|§\s*\d|\([a-h]\))\s"),
)
_PAPER = (
    (3.0, r"^[^\w\n]{0,20}(?:abstract|summary|zusammenfassung|kurzfassung|résumé|resumen)\b"),
    (
        3.0,
        (
            r"^[^a-zA-Z\n]{0,20}(?:references|bibliography|literatur(?:verzeichnis)?|works cited|bibliographie)"
            r"[^\w\n]{0,20}$"
        ),
    ),
    (2.0, r"\bdoi\b|doi\.org|arxiv|\bissn\b"),
    (1.5, r"\bet al\b\.?"),
    (
        2.0,
        (
            r"^[^a-zA-Z\n]{0,20}(?:\d\.?\s+)?(?:introduction|einleitung|methods?|methodik|methoden|results|"
            r"ergebnisse|discussion|"
            r"diskussion|related work|conclusions?|fazit)[^\w\n]{0,20}$"
        ),
    ),
    (1.0, r"\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]|\(\w+(?: et al\.)?,? (?:19|20)\d\d[a-z]?\)"),
    (
        1.0,
        (
            r"\b(?:fig(?:ure)?|abb(?:ildung)?)\.?\s\d|\bwe (?:propose|present|show|find|study)\b|"
            r"\bhypothes\w+|\bparticipants\b"
        ),
    ),
    (1.0, r"\b(?:university|universität|université|department of|institut\w*)\b"),
)


def _compiled(signs: tuple[tuple[float, str], ...]) -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for weight, pattern in signs)


_CONTRACT_SIGNS, _PAPER_SIGNS = _compiled(_CONTRACT), _compiled(_PAPER)


def detect_kind(text: str) -> SplitAs:
    """*contract* or *paper*, by the beginning and the end of a text; a contract where nothing speaks for either.

    Reads at most 32,000 characters.
    """
    sample = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    return SplitAs.PAPER if _score(sample, _PAPER_SIGNS) > _score(sample, _CONTRACT_SIGNS) else SplitAs.CONTRACT


def _score(text: str, signs: tuple[tuple[float, re.Pattern[str]], ...]) -> float:
    """Each sign counts up to four times, so that no single word decides."""
    score = 0.0
    for weight, pattern in signs:
        found = 0
        for _ in pattern.finditer(text):
            found += 1
            if found == _CAP:
                break
        score += weight * found / 2
    return score
