"""Words of a text in any script, as the route classifier counts them."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

MARKS = "".join(
    (
        *("\u0300-\u036f", "\u0591-\u05c7", "\u064b-\u0652"),  # accents; points of Hebrew and Arabic
        *("\u0900-\u0903", "\u093a-\u094f", "\u0951-\u0957", "\u0962\u0963"),  # Devanagari
        *("\u0980-\u0983", "\u09bc-\u09cd", "\u09d7", "\u0a01-\u0a03", "\u0a3c-\u0a51"),  # Bengali, Gurmukhi
        *("\u0a81-\u0a83", "\u0abc-\u0acd", "\u0b01-\u0b03", "\u0b3c-\u0b57"),  # Gujarati, Odia
        *("\u0b82", "\u0bbe-\u0bcd", "\u0c00-\u0c04", "\u0c3e-\u0c56"),  # Tamil, Telugu
        *("\u0c81-\u0c83", "\u0cbc-\u0cd6", "\u0d00-\u0d03", "\u0d3e-\u0d4d"),  # Kannada, Malayalam
        *("\u0dca-\u0ddf", "\u0e31", "\u0e34-\u0e3a", "\u0e47-\u0e4e"),  # Sinhala, Thai
        *("\u0eb1", "\u0eb4-\u0ebc", "\u0ec8-\u0ecd", "\u102b-\u103e", "\u17b4-\u17d3"),  # Lao, Burmese, Khmer
    )
)
"""Signs that belong to the letter before them and are no letters to Python: vowels of Indic scripts, accents."""
DENSE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts without spaces that write a syllable or a word with one character."""

_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}]|['’](?=[^\W\d_]))*")
_DENSE_RUN = re.compile(rf"[{DENSE}]+")
_STEM_CHARS = 5
_GRAMS = range(2, 6)


def words_of(text: str) -> list[str]:
    """The words of a text, folded to one case and one form, numbers as ``0``. Linear.

    Chinese and Japanese have no spaces: there each two characters in a row count as a word.
    """
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if word[0].isdigit():
            found.append("0")
        elif _DENSE_RUN.match(word):
            found.extend(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            found.append(word)
    return found


def stem(word: str) -> str:
    """The beginning of a word, which its forms share."""
    return word[:_STEM_CHARS]


def stems(words: list[str]) -> Counter[str]:
    """How often each stem occurs."""
    return Counter(map(stem, words))


def grams(words: list[str]) -> Counter[str]:
    """How often two to five characters in a row occur within words, beginnings and ends of words marked by a space."""
    counts: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for gram in _grams_of(word):
            counts[gram] += times
    return counts


@lru_cache(maxsize=50_000)
def _grams_of(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[at : at + size] for size in _GRAMS for at in range(len(padded) - size + 1))
