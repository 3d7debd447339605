"""Words by which contracts name their parties, begin their recitals and lead over to their clauses."""

import re

from reviewer.parsing.paragraphs import Paragraph

_OPERATIVE = re.compile(
    r"(?:now[,\s]+therefore|agree(?:d|s)? as follows|agree to the following|hereby agreed? (?:as follows|"
    r"that)\b.{0,40}$|"
    r"it is (?:hereby |now )?agreed|(?:agreed|operative) (?:terms|provisions)\W*$|"
    r"vereinbaren (?:die parteien )?(?:hiermit )?folgendes|"
    r"wird folgendes vereinbart|(?:ont|est|sont) convenu[es]*|acuerdan|convengono|concordam)",
    re.IGNORECASE,
)
_OPERATIVE_STEMS = (
    "therefore", "agree", "operative", "vereinbar", "convenu", "acuerdan", "convengono", "concordam"
)  # fmt: skip
_RECITALS = re.compile(
    r"\W*(?:whereas|recitals?|background|witnesseth|w i t n e s s e t h|preamble|präambel|vorbemerkung|pr[ée]ambule|"
    r"consid[ée]rant|considerando|premesso|premesse|antecedentes)\b",
    re.IGNORECASE,
)
_PARTIES = re.compile(
    r"\b(?:by and (?:between|among)|between|among|entered into|the parties|zwischen|entre|tra|parteien)\b|"
    r"^\W*parties\W*$",
    re.IGNORECASE,
)

_SIGNATURE = re.compile(
    r"\W*(?:in witness (?:whereof|of)|in testimony whereof|executed (?:as|by|on|and delivered)|signed (?:by|for|"
    r"at|on|as)\b|"
    r"agreed (?:and|&) accepted|agreed to and accepted|the parties (?:hereto )?have (?:caused|executed|"
    r"duly executed|signed)|"
    r"signatures?\W*$|signature page|unterschrift(?:en)?\W*$|ort, datum|fait à|firmado|assinatur|"
    r"intending to be legally bound|"
    r"by signing (?:below|this)|by:[\s_/]|/s/)",
    re.IGNORECASE,
)
TITLE_WORD = re.compile(
    r"\b(?:agreement|contract|lease|licen[cs]e|terms|deed|amendment|policy|addendum|letter|statement|order|note|plan|"
    r"vertrag|vereinbarung|bedingungen|contrat|accord|conditions|contrato|acuerdo|contratto|accordo|overeenkomst)\b",
    re.IGNORECASE,
)
NO_HEADING = re.compile(
    r"_{3,}|\S[ \u00a0]{3,}\S|:\s*$|^\W*(?:by|name|title|date|its|source|page)\b.{0,3}:|\[\*|\d/\d|"
    r"\b(?:attn|attention|fax|tel|phone|e-?mail)\b|\d{5}|"
    r"[,\s](?:inc|ltd|llc|l\.l\.c|corp|gmbh|l\.p|plc|ag|s\.a|b\.v|limited)\b\.?\W*$",
    re.IGNORECASE,
)
PROSE = 200  # characters: more is no heading, whatever its words


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
    if not any(stem in folded for stem in _OPERATIVE_STEMS):  # most hold none, which is told faster without case
        return None
    return _OPERATIVE.search(text)
