"""Guarded words: those that may never differ between a quote and the text it is said to come from."""

import re
from collections.abc import Sequence


def _set(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", words))


_NEGATIONS = _set(
    "no not never none nor neither without except excepting excluding unless only cannot non nothing nobody nowhere "
    "however but provided subject if until otherwise save "
    "nicht nichts kein keine keinem keinen keiner keines nie niemals ohne weder außer ausgenommen sofern soweit falls "
    "wenn nur lediglich jedoch sei denn bis"
)
_MODALS = _set(
    "shall must may will should can could would might "
    "muss müssen darf dürfen soll sollen sollte kann können wird werden hat haben"
)
_QUANTITIES = _set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "double triple twice once quarter dozen first second third fourth fifth last $ € £ ¥ % § "
    "minute minutes hour hours day days week weeks month months year years annual annually monthly weekly daily "
    "quarterly business calendar working percent per usd eur gbp chf dollar dollars cent cents euro euros pound pounds "
    "kg km kilometres miles metres tons "
    "null ein eins eine einen einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend"
)
_OTHERS = _set(
    "and or either both all any each every before after above below more less least most maximum minimum within "
    "seller buyer purchaser vendor supplier customer client provider recipient discloser lessor lessee landlord tenant "
    "licensor licensee employer employee borrower lender company contractor owner agent principal party parties "
    "affiliate affiliates include includes including exclude excludes increase increases decrease decreases exclusive "
    "inclusive void valid accept accepts reject rejects "
    "und oder alle jede jeder jedes vor nach mehr weniger mindestens höchstens"
)
_GUARDED = _NEGATIONS | _MODALS | _QUANTITIES | _OTHERS


def turns(word: str) -> bool:
    """True for a word that denies, excepts, sets a condition, or says who shall or may."""
    lowered = word.lower()
    return lowered in _NEGATIONS or lowered in _MODALS or "n't" in lowered


def measures(word: str) -> bool:
    """True for numbers in digits or words, and units."""
    return word.lower() in _QUANTITIES or any(char.isdigit() for char in word)


def is_guarded(word: str) -> bool:
    """True for words that turn or measure, roles of parties and the like, and whatever is capitalised."""
    return word[0].isupper() or word.lower() in _GUARDED or turns(word) or measures(word)


def differs_in_guarded(first: Sequence[str], second: Sequence[str]) -> bool:
    """True where words that stand for each other differ in a guarded one, or one is the other with something before it.

    The latter is how English and German negate: *lawful* and *unlawful*.
    """
    if any(is_guarded(word) for word in (*first, *second)):
        return True
    return any(one.endswith(other) or other.endswith(one) for one, other in zip(first, second, strict=False))
