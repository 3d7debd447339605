"""Whether a text is a contract or a paper, by words only one of them uses."""

import re

from reviewer.domain.section import SplitAs

_HEAD = 20_000
_TAIL = 12_000
_CAP = 4
_LEAST = 1.0
_LONG = 1500  # characters; shorter texts say too little
_SHORT_LINE = 40
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
    (
        1.5,
        (
            r"\b(?:licen[cs]\w*|lizenz\w*|nutzungsbedingungen|gesellschaftsvertrag|satzung|gesellschafter|vermieter|"
            r"mieter|contrat|bail|bailleur|preneur|conditions|contratos?|acuerdos?|cl[áa]usulas?|arrendador\w*|"
            r"arrendatari\w+|contratante|contratada|acordo|termos|locador\w*|locatári\w+|contratto|accordo|locatore|"
            r"conduttore|termini|overeenkomst|partijen|huurder|verhuurder|voorwaarden|договор\w*|соглашени\w+|"
            r"сторон\w*|sözleşme\w*|taraf\w*)\b"
        ),
    ),
    (
        1.5,
        (
            "合同|协议|協議|条款|許可|许可|甲方|乙方|契約|規約|甲は|乙は|許諾|ライセンス|계약|약관|당사자|라이선스|"
            "العقد|عقد|اتفاقية|الاتفاقية|الطرف|الترخيص|رخصة|הסכם|חוזה|הצדדים"
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
    (3.0, r"^[^\w\n]{0,20}(?:摘\s?要|要\s?旨|概要|초록|요약|الملخص|ملخص|аннотация|öz)\b"),
    (3.0, r"^[^\w\n]{0,20}(?:参考文献|參考文獻|참고문헌|المراجع|литература|kaynakça)[^\w\n]{0,20}$"),
    (2.0, r"^\W{0,9}\d?\W{0,3}(?:はじめに|序論|引言|绪论|緒論|结论|結論|结语|서론|결론|المقدمة|الخاتمة)[^\w\n]{0,20}$"),
    (1.0, r"\b(?:university|universität|université|department of|institut\w*)\b"),
)


def _compiled(signs: tuple[tuple[float, str], ...]) -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for weight, pattern in signs)


_CONTRACT_SIGNS, _PAPER_SIGNS = _compiled(_CONTRACT), _compiled(_PAPER)


def detect_kind(text: str) -> SplitAs:
    """*contract* or *paper*, by the beginning and the end of a text.

    Where nothing speaks for either, prose of some length is read as a paper, as an essay is; no contract of that length
    goes without one of these words. Reads at most 32,000 characters.
    """
    sample = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    contract = _score(sample, _CONTRACT_SIGNS)
    is_other = contract < _LEAST and _is_prose(sample)
    return SplitAs.PAPER if is_other or _score(sample, _PAPER_SIGNS) > contract else SplitAs.CONTRACT


def _is_prose(sample: str) -> bool:
    """Long enough to tell, and no list of short lines."""
    lines = [line for line in sample.split("\n") if line.strip()]
    length = sum(map(len, lines))
    return length >= _LONG and length > _SHORT_LINE * len(lines)


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
