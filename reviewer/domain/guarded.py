"""Guarded words: those that may never differ between a quote and the text it is said to come from.

Known lists of words do not suffice: a language has more words that deny than anybody lists. So besides what is listed,
whatever is capitalised, has a digit, is short, or is written without blanks is guarded too; and words of a language
that is not known are all guarded.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from reviewer.domain.guarded_words import COMPARING, GUARDED, LITTLE, MEASURING, MODAL, TURNING, TURNING_SIGNS

MIN_FREE_CHARS = 5
"""Shorter words are guarded unless they are known to carry nothing: most languages deny in four letters or fewer."""
MIN_KNOWN_SHARE = 0.12
"""The share of words that carry nothing in a text whose language is known; a quarter is usual."""

_SHARED_END = 5
_INNER = re.compile("['.,-]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def denies(word: str) -> bool:
    """True for a word that denies, excepts, or sets a condition."""
    lowered = word.lower()
    return "n't" in lowered or word in TURNING_SIGNS or any(part in TURNING for part in lowered.split("'"))


def is_modal(word: str) -> bool:
    """True for a word that says who shall, must or may."""
    return word.lower() in MODAL


def measures(word: str) -> bool:
    """True for numbers in digits or words, and units."""
    return word.lower() in MEASURING or any(char.isdigit() for char in word)


def bounds(word: str) -> bool:
    """True for a word that makes of a number something else: another number, a unit, a denial, a comparison."""
    return word.lower() in COMPARING or measures(word) or denies(word)


def is_listed(word: str) -> bool:
    """True for words that turn, measure, order or name a role; not for what is merely capitalised or short."""
    lowered = word.lower()
    return any(part in GUARDED for part in (lowered, *_INNER.split(lowered))) or denies(word) or measures(word)


def is_guarded(word: str, terms: frozenset[str] = frozenset()) -> bool:
    """True for words that may not differ.

    Args:
        word: one word or sign.
        terms: words, in lower case, that the document capitalises in mid-sentence: its defined terms and its names.
    """
    if word[0].isupper() or is_listed(word) or _UNSPACED.search(word):
        return True
    lowered = word.lower()
    if lowered in terms or lowered.split("'")[0] in terms:
        return True
    return any(part and len(part) < MIN_FREE_CHARS and part not in LITTLE for part in _INNER.split(lowered))


def differs_in_guarded(first: Sequence[str], second: Sequence[str], terms: frozenset[str] = frozenset()) -> bool:
    """True where words that stand for each other differ in a guarded one, or differ in the way opposites do.

    Those differ at their beginning (*lawful* and *unlawful*, *increase* and *decrease*), or in who does it to whom
    (*payer* and *payee*).
    """
    if len(first) == len(second) == 1 and _is_plural(first[0], second[0], terms):
        return False
    if any(is_guarded(word, terms) for word in (*first, *second)):
        return True
    return any(_are_opposites(one.lower(), other.lower()) for one, other in zip(first, second, strict=False))


def is_understood(words: Sequence[str]) -> bool:
    """True where enough words are known to tell what carries meaning in their language, and what does not."""
    return sum(word.lower() in LITTLE for word in words) >= MIN_KNOWN_SHARE * len(words)


def _is_plural(one: str, other: str, terms: frozenset[str]) -> bool:
    """Short words that differ by an *s*, as *good* and *goods*."""
    short, long = sorted((one, other), key=len)
    if long != short + "s" or len(short) < MIN_FREE_CHARS - 1:
        return False
    return not any(word[0].isupper() or is_listed(word) or word in terms for word in (short, long))


def _are_opposites(one: str, other: str) -> bool:
    if one.endswith(other) or other.endswith(one) or one.endswith("ee") != other.endswith("ee"):
        return True
    pairs = zip(reversed(one), reversed(other), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared >= _SHARED_END and one[0] != other[0]
