"""The quote gate: whether words stand in a text. Pure, and the only judge of that.

A fuzzy score is no judge: at 95 of 100 it takes every flipped negation and every changed number. So words count only
when they are the same after `reviewer.domain.normal` made white space, quotation marks, dashes, ligatures, invisible
characters and line-end hyphens alike. What is merely *near* must agree in every digit, negation, modal verb, unit and
name, and even then is shown as a difference and never as evidence.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.normal import NormalText

MIN_WORD_CHARS = 3
MIN_PART_CHARS = 10
MAX_PART_GAP = 2000
NEAR_RATIO = 0.9
MAX_OCCURRENCES = 500
MAX_WINDOWS = 60
MIN_NEAR_WORDS, MAX_NEAR_WORDS = 4, 400

_ELLIPSIS = re.compile(r"\s*(?:\[\s*\.\.\.\s*\]|\(\s*\.\.\.\s*\)|\.\.\.+)\s*")
_WORD = re.compile(r"\w+(?:['.,]\w+)*|[$€£¥%§]")
_GUARDED = frozenset(
    re.findall(
        r"\w+",
        "no not never none nor neither without except unless only cannot non nothing nobody "
        "shall must may will should can could would might "
        "and or either both all any each every "
        "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty "
        "seventy eighty ninety hundred thousand million billion half double twice first second third "
        "day days week weeks month months year years hour hours business calendar working percent per "
        "usd eur gbp dollar dollars euro euros pound pounds before after above below more less least most "
        "nicht kein keine keinen keiner nie niemals ohne muss darf soll kann",
    )
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """What the gate found; ``span`` in offsets of the text it was built for, None exactly when *unverified*."""

    status: QuoteStatus
    span: TextSpan | None = None


class QuoteGate:
    """Checks quotes against one text.

    Built in time linear in the text; an exact check costs one search, a near one a bounded number of comparisons.
    """

    def __init__(self, text: str) -> None:
        self._readings = [NormalText(text)]
        if (kept := NormalText(text, keeps_hyphens=True)).text != self._readings[0].text:
            self._readings.append(kept)

    def check(self, quote: str, within: TextSpan | None = None, hint: int | None = None) -> QuoteMatch:
        """Whether the words of a quote stand in the text.

        *Verified*: exactly, inside ``within`` (anywhere where that is None). An ellipsis stands for words left out:
        each part exactly, in order and close. *Moved*: exactly, but elsewhere. Else *near* or *unverified*.

        Args:
            quote: the words.
            within: where they were said to stand.
            hint: the offset to prefer where they stand more than once.
        """
        wanted = NormalText(quote).text.strip(" \"'")
        if len(re.findall(r"\w", wanted)) < MIN_WORD_CHARS:
            return QuoteMatch(QuoteStatus.UNVERIFIED)
        parts = [part for part in _ELLIPSIS.split(wanted) if part]
        target = hint if hint is not None else (within.start if within else 0)
        for reading in self._readings:
            found = _exact(reading, parts, reading.normal(within) if within else None)
            if found:
                return QuoteMatch(QuoteStatus.VERIFIED, min(found, key=lambda span: abs(span.start - target)))
        for reading in self._readings if within else ():
            if found := _exact(reading, parts, None):
                return QuoteMatch(QuoteStatus.MOVED, min(found, key=lambda span: abs(span.start - target)))
        near = self._near(wanted) if len(parts) == 1 else None
        return QuoteMatch(QuoteStatus.NEAR, near) if near else QuoteMatch(QuoteStatus.UNVERIFIED)

    def _near(self, wanted: str) -> TextSpan | None:
        words = _WORD.findall(wanted)
        if not MIN_NEAR_WORDS <= len(words) <= MAX_NEAR_WORDS:
            return None
        guard, lowered = _guarded(words), [word.lower() for word in words]
        best, best_ratio = None, NEAR_RATIO
        for start in self._candidates(lowered):
            window = self._words[max(0, start - 2) : start + len(words) + 2]
            tokens = [word.lower() for word, _ in window]
            matcher = SequenceMatcher(None, tokens, lowered, autojunk=False)
            blocks = [block for block in matcher.get_matching_blocks() if block.size]
            first, last = blocks[0].a, blocks[-1].a + blocks[-1].size
            same = sum(block.size for block in blocks)
            ratio = 2 * same / (last - first + len(words))
            if ratio >= best_ratio and _guarded([word for word, _ in window[first:last]]) == guard:
                best, best_ratio = TextSpan(window[first][1].start, window[last - 1][1].end), ratio
        return self._readings[0].source(best) if best else None

    def _candidates(self, lowered: list[str]) -> list[int]:
        """Where a window may begin so that one of the quote's rarest words falls into place; bounded."""
        known = [(len(self._places[word]), index) for index, word in enumerate(lowered) if word in self._places]
        starts: dict[int, None] = {}
        for _, index in sorted(known)[:4]:
            for place in self._places[lowered[index]][:MAX_WINDOWS]:
                starts.setdefault(max(0, place - index))
        return list(starts)[:MAX_WINDOWS]

    @cached_property
    def _words(self) -> list[tuple[str, TextSpan]]:
        text = self._readings[0].text
        return [(match.group(), TextSpan(*match.span())) for match in _WORD.finditer(text)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places = defaultdict(list)
        for index, (word, _) in enumerate(self._words):
            places[word.lower()].append(index)
        return dict(places)


def _exact(reading: NormalText, parts: list[str], within: TextSpan | None) -> list[TextSpan]:
    """Where the parts stand in order, inside a span of the normal text, in offsets of the source."""
    within = within or TextSpan(0, len(reading.text))
    if len(parts) == 1:
        return [reading.source(span) for span in _occurrences(reading.text, parts[0], within)]
    if not parts or any(len(part) < MIN_PART_CHARS or " " not in part for part in parts):
        return []
    chains = _occurrences(reading.text, parts[0], within)
    for part in parts[1:]:
        chains = [
            TextSpan(chain.start, followers[0].end)
            for chain in chains
            if (followers := _occurrences(reading.text, part, _after(chain, part, within)))
        ]
    return [reading.source(chain) for chain in chains]


def _after(chain: TextSpan, part: str, within: TextSpan) -> TextSpan:
    return TextSpan(chain.end, max(chain.end, min(within.end, chain.end + MAX_PART_GAP + len(part))))


def _occurrences(text: str, wanted: str, within: TextSpan) -> list[TextSpan]:
    """Where words stand as whole words; the first letter may differ in case, for a sentence quoted from its middle."""
    found: list[TextSpan] = []
    for spelling in dict.fromkeys((wanted, wanted[0].swapcase() + wanted[1:])):
        start = text.find(spelling, within.start, within.end)
        while start >= 0 and len(found) < MAX_OCCURRENCES:
            end = start + len(spelling)
            if _is_edge(text, start) and _is_edge(text, end):
                found.append(TextSpan(start, end))
            start = text.find(spelling, start + 1, within.end)
    return sorted(found)


def _is_edge(text: str, position: int) -> bool:
    """True where a word begins or ends; scripts that set no blanks between words have an edge everywhere."""
    if not 0 < position < len(text):
        return True
    before, after = text[position - 1], text[position]
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return True
    return not (before.isalnum() and after.isalnum())


def _guarded(words: list[str]) -> list[str]:
    """The words that must not differ, in order: digits, negations, modals, units, and names (capitalised words)."""
    return [
        word.lower()
        for index, word in enumerate(words)
        if word.lower() in _GUARDED
        or any(char.isdigit() for char in word)
        or word in "$€£¥%§"
        or (index > 0 and word[0].isupper())
        or "n't" in word.lower()
    ]
