"""How many tokens a text is, without a tokenizer: counted over classes of characters.

Every model cuts text in its own way, and what it read is only known afterwards. So there are three figures: what is
likely, what no model in use goes below, and, once a model has answered, the likely figure put right for that model
(`Calibration`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple


class _Kind(NamedTuple):
    """Characters that cost about the same.

    Attributes:
        mark: one byte that stands for each of them.
        leads: the first bytes of their UTF-8 forms.
        likely: tokens a character, between those of the vocabularies of 100,000 and of 200,000 tokens.
        fewest: the same, with the most frugal vocabulary.
    """

    mark: bytes
    leads: Iterable[int]
    likely: float
    fewest: float


_KINDS = (
    _Kind(b"A", range(0x41, 0x5B), 0.25, 0.10),  # on top of what a letter costs
    _Kind(b".", [], 0.72, 0.45),  # signs of ASCII: whatever is named nowhere else
    _Kind(b"n", b"\n\r\t\f\v", 0.50, 0.20),
    _Kind(b"l", range(0xC2, 0xCC), 0.80, 0.30),  # Latin letters with accents
    _Kind(b"c", range(0xCC, 0xD8), 0.40, 0.22),  # Greek, Cyrillic, Hebrew
    _Kind(b"r", range(0xD8, 0xDC), 0.62, 0.32),  # Arabic
    _Kind(b"i", range(0xDC, 0xE1), 0.90, 0.32),  # Syriac to Tibetan: most scripts of India
    _Kind(b"v", [0xE1], 0.90, 0.40),  # Vietnamese letters, Georgian
    _Kind(b"p", [0xE2, 0xEE, 0xEF], 0.90, 0.40),  # dashes, quotation marks, full-width signs
    _Kind(b"k", [0xE3], 0.75, 0.45),  # kana, and the punctuation of Chinese and Japanese
    _Kind(b"h", range(0xE4, 0xEA), 0.93, 0.50),  # Chinese characters
    _Kind(b"g", range(0xEA, 0xEE), 0.85, 0.45),  # Hangul
    _Kind(b"e", range(0xF0, 0xF8), 2.20, 1.00),  # emoji, rare characters
    _Kind(b"R", [], 1.00, 0.50),  # a run of eight signs or line breaks
)
_KINDS_OF_ASCII = tuple(kind for kind in _KINDS if kind.mark in b"A.nR")
_ENGLISH, _OTHER_LATIN = 1 / 4.45, 1 / 3.3
"""Tokens a letter of ASCII, the blank before each word included."""
_FEWEST_OF_LETTERS = 1 / 5.6
_THREE_DIGITS, _DIGIT = (1.8, 1.0), (0.65, 0.4)
"""Likely and fewest. Some models read numbers in groups of three, others each digit for itself."""
_ENGLISH_WORDS = (b" the ", b" of ", b" and ")
_ENGLISH_WORDS_A_LETTER = 0.015
"""English of any kind has more of the three words than that; other languages have none."""


def _marks() -> bytes:
    table = bytearray(b"." * 256)
    for kind in _KINDS:
        for lead in kind.leads:
            table[lead] = kind.mark[0]
    for marked, mark in ((range(0x61, 0x7B), b"a"), (b"0123456789", b"d"), (b" ", b" "), (range(0x80, 0xC0), b"-")):
        for byte in marked:
            table[byte] = mark[0]
    return bytes(table)


_MARKS = _marks()


@dataclass(frozen=True, slots=True)
class TokenEstimate:
    """A text's length in tokens: as is likely, and as no model in use goes below."""

    likely: int
    fewest: int

    def __add__(self, other: "TokenEstimate") -> "TokenEstimate":
        return TokenEstimate(self.likely + other.likely, self.fewest + other.fewest)


def estimate_tokens(text: str) -> int:
    """How many tokens a text likely is: 0 for an empty one. About 20 microseconds for 4 KB.

    Fitted to counts that are published for the tokenizers cl100k_base and o200k_base: the sentence that OpenAI's
    "Hello GPT-4o" (2024) gives in 20 languages, and a million words of English (4.34 and 4.38 characters a token).
    The figure lies between the two, as do the vocabularies of most models in use: within 15 % of their mean for
    prose in English, German, French, Spanish, Chinese, Japanese and Arabic. Of numbers in long columns it may be 1.8
    times what models read that group digits by three, and 0.6 of what those read that spell them out.
    """
    return estimate(text).likely


def estimate(text: str) -> TokenEstimate:
    """A text's length in tokens, likely and fewest.

    The fewest are what the most frugal of the published counts give, less a tenth. Half a surrogate pair counts as one
    sign.
    """
    if not text:
        return TokenEstimate(0, 0)
    data = text.encode("utf-8", "replace")
    marks = data.translate(_MARKS)
    rest = marks.translate(None, b"a")  # a letter's class is counted by taking it out: the rest is short
    small = len(marks) - len(rest)
    rest = rest.replace(b"........", b"R").replace(b"nnnnnnnn", b"R").translate(None, b"- ")
    letters = small + rest.count(b"A")
    likely = letters * _per_letter(data, letters)
    fewest = letters * _FEWEST_OF_LETTERS
    threes = rest.count(b"ddd")
    digits = rest.count(b"d") - 3 * threes
    likely += threes * _THREE_DIGITS[0] + digits * _DIGIT[0]
    fewest += threes * _THREE_DIGITS[1] + digits * _DIGIT[1]
    for mark, _, likely_each, fewest_each in _KINDS if len(data) > len(text) else _KINDS_OF_ASCII:
        if count := rest.count(mark):
            likely += count * likely_each
            fewest += count * fewest_each
    return TokenEstimate(max(1, round(likely)), int(0.9 * fewest))


def _per_letter(data: bytes, letters: int) -> float:
    if not letters:
        return 0.0
    found = sum(map(data.count, _ENGLISH_WORDS))
    english = min(1.0, found / (_ENGLISH_WORDS_A_LETTER * letters))
    return english * _ENGLISH + (1 - english) * _OTHER_LATIN


_LEARNT_FROM = 31
_TOO_FEW = 3
_TOO_SHORT = 64
"""Tokens of a prompt below which what a server adds of its own (roles, marks) would count for too much."""
SMALLEST_FACTOR, LARGEST_FACTOR = 0.3, 3.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What one model's servers said they read, against what was likely: the median of the last 31 ratios.

    A median, so that a wrong count now and then does not move it.
    """

    ratios: tuple[float, ...] = ()

    def learnt(self, likely: int, read: int) -> "Calibration":
        """With one more call. Nothing is learnt from a short prompt, or where the server does not say (0).

        Args:
            likely: tokens of the prompt, as estimated and not yet put right.
            read: tokens that the server says it read.
        """
        if likely < _TOO_SHORT or read <= 0:
            return self
        return Calibration((*self.ratios[1 - _LEARNT_FROM :], read / likely))

    @property
    def factor(self) -> float:
        """What an estimate is multiplied by for this model, 0.3 to 3; 1 until three calls were seen."""
        if len(self.ratios) < _TOO_FEW:
            return 1.0
        return min(LARGEST_FACTOR, max(SMALLEST_FACTOR, median(self.ratios)))

    def tokens(self, likely: int) -> int:
        """An estimate, put right."""
        return round(likely * self.factor)
