"""Words by which contracts name their parties, begin their recitals and lead over to their clauses."""

import re

from reviewer.parsing.paragraphs import Paragraph

_OPERATIVE = re.compile(
    r"(?:now[,\s]+therefore|agree(?:d|s)? as follows|agree to the following|hereby agreed? (?:as follows|"
    r"that)\b.{0,40}$|"
    r"it is (?:hereby |now )?agreed|(?:agreed|operative) (?:terms|provisions)(?=\W*$|\s+1\b)|"
    r"vereinbaren (?:die parteien )?(?:hiermit )?folgendes|"
    r"wird folgendes vereinbart|(?:ont|est|sont|été) convenu[es]*|acuerdan|convengono|si conviene|concordam|"
    r"justo e (?:contratado|acordado)|overeengekomen als volgt|komen (?:het volgende )?overeen|"
    r"(?:达成|訂立|订立|签订)(?:如下|以下|本)(?:协议|協議|合同|条款)|(?:协议|約定|约定)如下|"
    r"(?:次|以下)のとおり.{0,20}(?:契約|合意|締結)|다음과 같이.{0,20}(?:계약|합의|체결)|"
    r"(?:اتفق|اتفقا|الاتفاق).{0,40}(?:يلي|يأتي|الآتي))",
    re.IGNORECASE,
)
_STEMS = (
    "therefore", "agree", "operative", "vereinbar", "acuerdan", "conv", "concordam", "justo", "overeen"
)  # fmt: skip
_FOREIGN_STEMS = ("如下", "以下", "签订", "订立", "訂立", "次の", "다음", "اتفق", "اتفاق")
_RECITALS = re.compile(
    r"\W*(?:whereas|recitals?|background|witnesseth|w i t n e s s e t h|preamble|präambel|vorbemerkung|pr[ée]ambule|"
    r"consid[ée]rant|considerandos?|considerações|premesso|premesse|antecedentes|exponen|manifiestan|expositivos|"
    r"in aanmerking nemende|overwegende|overwegingen|considerans|تمهيد|حيث إن)\b|\W*(?:鉴于|鑑於|前文|전문)",
    re.IGNORECASE,
)
_PARTIES = re.compile(
    r"\b(?:by and (?:between|among)|between|among|entered into|the parties|zwischen|entre|tra|parteien)\b|"
    r"^\W*(?:parties|reunidos|comparecen|de ondergetekenden)\b|\btussen\b|المؤجر|الطرف الأول|\bبين\b|"
    r"甲方|乙方|「甲」|（甲）|이하 [\"“']?갑",
    re.IGNORECASE,
)

_SIGNATURE = re.compile(
    r"\W*(?:in witness (?:whereof|of)|in testimony whereof|executed (?:as|by|on|and delivered)|signed (?:by|for|"
    r"at|on|as)\b|"
    r"agreed (?:and|&) accepted|agreed to and accepted|the parties (?:hereto )?have (?:caused|executed|"
    r"duly executed|signed)|"
    r"signatures?\W*$|signature page|unterschrift(?:en)?\W*$|ort, datum|fait (?:à|en)\b|firmado|assinatur|"
    r"(?:y )?en prueba de|(?:e, )?por estarem|letto, (?:confermato|approvato)|aldus (?:overeengekomen|opgemaakt)|"
    r"(?:التوقيع|توقيع|التوقيعات)\b|(?:甲方|乙方|出租方|承租方)\s?[（(](?:签|簽|盖|蓋)|[（(]以下无正文|"
    r".{0,30}[（(](?:서명|인|印|签字|盖章)[)）]|"
    r"本契約の(?:成立|締結)を証|以上.{0,20}証するため|(?:이|본) 계약.{0,20}증명|"
    r"intending to be legally bound|"
    r"by signing (?:below|this)|by:[\s_/]|/s/)",
    re.IGNORECASE,
)
TITLE_WORD = re.compile(
    r"\b(?:agreement|contract|lease|licen[cs]e|terms|deed|amendment|policy|addendum|letter|statement|order|note|plan|"
    r"\w*vertrag|\w*vereinbarung|\w*bedingungen|satzung|contrat|accord|bail|conditions|contrato|acuerdo|contratto|"
    r"accordo|acordo|termos|\w*overeenkomst|statuten|عقد|اتفاقية)\b|合同|协议|協議|契約書|規約|계약서|약관",
    re.IGNORECASE,
)
NO_HEADING = re.compile(
    r"_{3,}|\S[ \u00a0]{3,}\S|:\s*$|^\W*(?:by|name|title|date|its|source|page)\b.{0,3}:|\[\*|\d/\d|"
    r"\b(?:attn|attention|fax|tel|phone|e-?mail)\b|\d{5}|"
    r"[,\s](?:inc|ltd|llc|l\.l\.c|corp|gmbh|l\.p|plc|ag|s\.a|b\.v|limited)\b\.?\W*$",
    re.IGNORECASE,
)
PROSE = 200  # characters: more is no heading, whatever its words
_NAMED = re.compile(
    r"\b(?:hereinafter|hereafter|ci-après|hierna|nachfolgend|im folgenden|di seguito|en adelante|en lo sucesivo|"
    r"doravante)\b|\(the [\"“]|以下「|이하",
    re.IGNORECASE,
)


def names_parties(paragraph: Paragraph) -> bool:
    """Whether a paragraph says who makes the contract, and how they are called in it."""
    return parties_of(paragraph) and _NAMED.search(paragraph.words) is not None


def parties_of(paragraph: Paragraph) -> bool:
    """Whether a paragraph names who makes the contract."""
    return _PARTIES.search(paragraph.words) is not None


def is_recital(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins the recitals."""
    return _RECITALS.match(paragraph.text) is not None


def is_signing(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins a place to sign."""
    return _SIGNATURE.match(paragraph.words) is not None


def is_operative(paragraph: Paragraph) -> bool:
    """Whether a paragraph holds the words that lead over to the clauses."""
    return leading_words(paragraph.words) is not None


def leading_words(text: str) -> "re.Match[str] | None":
    """The words that lead over to the clauses, or None."""
    folded = text.lower()
    for stem in _STEMS if text.isascii() else (*_STEMS, *_FOREIGN_STEMS):
        if stem in folded:
            return _OPERATIVE.search(text)
    return None  # most hold no stem, which is told faster without case
