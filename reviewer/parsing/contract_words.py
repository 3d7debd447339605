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


def parties_of(paragraph: Paragraph) -> bool:
    """Whether a paragraph names who makes the contract."""
    return _PARTIES.search(paragraph.words) is not None


def is_recital(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins the recitals."""
    return _RECITALS.match(paragraph.text) is not None


def is_operative(paragraph: Paragraph) -> bool:
    """Whether a paragraph holds the words that lead over to the clauses."""
    return leading_words(paragraph.words) is not None


def leading_words(text: str) -> "re.Match[str] | None":
    """The words that lead over to the clauses, or None."""
    folded = text.lower()
    if not any(stem in folded for stem in _OPERATIVE_STEMS):  # most hold none, which is told faster without case
        return None
    return _OPERATIVE.search(text)
