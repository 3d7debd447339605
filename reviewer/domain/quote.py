"""The quote gate: whether words stand in a text. Pure, and the only judge of that.

A fuzzy score is no judge: at 95 of 100 it takes every flipped negation and every changed number. So words count only
when they are the same after `reviewer.domain.normal` made white space, quotation marks, dashes, ligatures, invisible
characters and line-end hyphens alike. They must stand as whole words (`reviewer.domain.occurrences`): *$1,000* is not
found in *$1,000,000*, nor *exclusive* in *non-exclusive*. What is merely *near* differs in no guarded word
(`reviewer.domain.guarded`), and even then is shown as a difference and never as evidence.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from reviewer.domain.anchor import TextSpan
from reviewer.domain.citation import QuoteStatus
from reviewer.domain.guarded import bounds, denies, differs_in_guarded, is_modal, is_understood, measures
from reviewer.domain.normal import LINE_HYPHEN, NormalText
from reviewer.domain.occurrences import occurrences, stands_alone

MIN_WORD_CHARS = 3
MIN_PART_CHARS = 10
MIN_PART_WORDS = 2
MAX_PART_GAP = 2000
NEAR_RATIO = 0.9
MAX_OCCURRENCES = 500
MAX_WINDOWS = 60
MIN_NEAR_WORDS, MAX_NEAR_WORDS = 4, 400

_LOOK_BACK = 40
_SEAM_WORDS = 4
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_NEIGHBOURHOOD = 1000
_CLOSING = " .,;:'\"。،؛۔"
_DOTS = r"\.(?: ?\.){2,}"
_ELLIPSIS = re.compile(rf" *(?:\[ ?{_DOTS} ?\]|\( ?{_DOTS} ?\)|{_DOTS}) *")
_UNSPACED = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(
    rf"[{_UNSPACED}]|(?:(?<![\w)\]])-(?=\d))?[^\W{_UNSPACED}{LINE_HYPHEN}](?:[{LINE_HYPHEN}]?[^\W{_UNSPACED}])*"
    rf"(?:['.,][^\W{_UNSPACED}]+)*|[$€£¥%‰°§<>≤≥=≠±+×~≈/]"
)
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{2})[.!?;]'?(?=\s+[^\sa-zäöü]|\s*\Z)|[)\]'][.!?;](?=\s+[^\sa-zäöü])|[。！？；]"
)
_CLAUSE_END = re.compile(r",(?!\d)|[;:()\[\]，；：、（）]|\s-\s")


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """What the gate found; ``span`` in offsets of the text it was built for, None exactly when *unverified*."""

    status: QuoteStatus
    span: TextSpan | None = None


class QuoteGate:
    """Checks quotes against one text.

    The first check takes time linear in the text; after that an exact one costs a few searches, a near one a bounded
    number of comparisons.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def check(self, quote: str, within: TextSpan | None = None, hint: int | None = None) -> QuoteMatch:
        """Whether the words of a quote stand in the text.

        *Verified*: exactly, inside ``within`` (anywhere where that is None). *Moved*: exactly, but elsewhere. Else
        *near* or *unverified*. Quotation marks around a quote and the punctuation at its end do not count. An ellipsis
        stands for words left out: each part exactly, in order and close. Beside what is quoted of a sentence no
        negation, condition or modal verb may be left out, no number be parted from what it counts, and the beginning
        of one sentence or paragraph is never joined to the end of another.

        Args:
            quote: the words.
            within: where they were said to stand.
            hint: the offset to prefer where they stand more than once.
        """
        wanted = NormalText(quote).text.strip(" \"'")
        if sum(map(str.isalnum, wanted)) < MIN_WORD_CHARS:
            return QuoteMatch(QuoteStatus.UNVERIFIED)
        everywhere = TextSpan(0, len(self._reading.text))
        place = self._reading.normal(within) if within else everywhere
        preferred = place.start if hint is None else self._reading.normal(TextSpan(hint, hint)).start
        if found := self._exact(wanted, place, preferred):
            return QuoteMatch(QuoteStatus.VERIFIED, self._reading.source(found))
        if within and (found := self._exact(wanted, everywhere, preferred)):
            return QuoteMatch(QuoteStatus.MOVED, self._reading.source(found))
        near = self._near(wanted)
        return QuoteMatch(QuoteStatus.NEAR, near) if near else QuoteMatch(QuoteStatus.UNVERIFIED)

    def _exact(self, wanted: str, within: TextSpan, target: int) -> TextSpan | None:
        """Where the words stand, in the normal text: the place nearest to a target."""
        for words in dict.fromkeys((wanted, wanted.rstrip(_CLOSING))):
            if found := self._nearest(words, within, target):
                return found
        *first, last = [part for part in _ELLIPSIS.split(wanted) if part.strip(_CLOSING)]
        parts = [*first, last.rstrip(_CLOSING)]
        if len(parts) > 1:
            return self._chain(parts, within, target)
        return self._nearest(parts[0], within, target) if _ELLIPSIS.search(wanted) else None

    def _nearest(self, words: str, within: TextSpan, target: int) -> TextSpan | None:
        start = min(max(within.start, target), within.end)
        found = next(occurrences(self._reading, words, TextSpan(start, within.end)), None)
        if found and found.start == target:
            return found
        before = self._last_before(words, within, start)
        either = [each for each in (before, found) if each]
        return min(either, key=lambda span: abs(span.start - target), default=None)

    def _last_before(self, words: str, within: TextSpan, target: int) -> TextSpan | None:
        start, width = target, _NEIGHBOURHOOD
        while start > within.start:
            start, width = max(within.start, target - width), width * 8
            span = TextSpan(start, min(within.end, target + 2 * len(words)))
            if before := [each for each in _some(self._reading, words, span) if each.start < target]:
                return before[-1]
        return None

    def _chain(self, parts: list[str], within: TextSpan, target: int) -> TextSpan | None:
        """The parts of a quote with ellipses, in order, as one span."""
        if any(len(part) < MIN_PART_CHARS or len(_words(part)) < MIN_PART_WORDS for part in parts):
            return None
        chains = _some(self._reading, parts[0], within)
        for part in parts[1:]:
            chains = [
                TextSpan(chain.start, follower.end)
                for chain in chains
                if (follower := next(occurrences(self._reading, part, _after(chain, part, within)), None))
                and _may_leave_out(self._reading, TextSpan(chain.end, follower.start))
            ]
        return min(chains, key=lambda span: abs(span.start - target), default=None)

    def _near(self, wanted: str) -> TextSpan | None:
        words = _words(wanted)
        if not MIN_NEAR_WORDS <= len(words) <= MAX_NEAR_WORDS or not is_understood(words):
            return None
        best, best_ratio = None, NEAR_RATIO
        for start in self._candidates([word.lower() for word in words]):
            window = self._words[max(0, start - 2) : start + len(words) + 2]
            found = _alike([word for word, _ in window], words, self._terms)
            if found is None or (best and found[2] <= best_ratio):
                continue
            span = TextSpan(window[found[0]][1].start, window[found[1] - 1][1].end)
            if stands_alone(self._reading, span):
                best, best_ratio = span, found[2]
        return self._reading.source(best) if best else None

    def _candidates(self, lowered: list[str]) -> list[int]:
        """Where a window may begin so that one of the quote's rarest words falls into place; bounded."""
        known = [(len(self._places[word]), index) for index, word in enumerate(lowered) if word in self._places]
        starts: dict[int, None] = {}
        for _, index in sorted(known)[:4]:
            for place in self._places[lowered[index]][:MAX_WINDOWS]:
                starts.setdefault(max(0, place - index))
        return list(starts)[:MAX_WINDOWS]

    @cached_property
    def _reading(self) -> NormalText:
        return NormalText(self._text)

    @cached_property
    def _words(self) -> list[tuple[str, TextSpan]]:
        matches = _WORD.finditer(self._reading.text)
        return [(match.group().replace(LINE_HYPHEN, ""), TextSpan(*match.span())) for match in matches]

    @cached_property
    def _terms(self) -> frozenset[str]:
        """The words, in lower case, that the text capitalises after a word that it does not: terms and names."""
        found = set()
        for (before, place), (word, follower) in pairwise(self._words):
            if before[0].islower() and word[0].isupper() and follower.start - place.end <= len(", "):
                found.add(word.split("'")[0].lower())
        return frozenset(found)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places = defaultdict(list)
        for index, (word, _) in enumerate(self._words):
            places[word.lower()].append(index)
        return dict(places)


def _words(text: str) -> list[str]:
    return [word.replace(LINE_HYPHEN, "") for word in _WORD.findall(text)]


def _alike(window: list[str], words: list[str], terms: frozenset[str]) -> tuple[int, int, float] | None:
    """The part of a window that words are near to, and how near; None where they differ in a guarded word."""
    shared = sum((Counter(window) & Counter(words)).values())
    if 2 * shared < NEAR_RATIO * (shared + len(words)):
        return None
    blocks = SequenceMatcher(None, window, words, autojunk=False).get_matching_blocks()[:-1]
    first = max(0, blocks[0].a - blocks[0].b)
    last = min(len(window), blocks[-1].a + len(words) - blocks[-1].b)
    ratio = 2 * sum(block.size for block in blocks) / (last - first + len(words))
    if ratio < NEAR_RATIO or _is_guarded_change(window[first:last], words, terms):
        return None
    return first, last, ratio


def _is_guarded_change(ours: list[str], theirs: list[str], terms: frozenset[str]) -> bool:
    changes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return any(kind != "equal" and differs_in_guarded(ours[i:j], theirs[k:m], terms) for kind, i, j, k, m in changes)


def _may_leave_out(reading: NormalText, span: TextSpan) -> bool:
    """Whether an ellipsis may stand for a span: see `QuoteGate.check`."""
    first, last = _ends_of_sentences(reading, span)
    ahead, behind = reading.text[span.start : first], reading.text[last : span.end]
    if first < span.end and _words(ahead) and _words(behind):
        return False
    left = _words(_CLAUSE_END.split(ahead)[0])[:_SEAM_WORDS]
    right = _words(_CLAUSE_END.split(behind)[-1])[-_SEAM_WORDS:]
    if any(map(denies, left + right)) or any(map(is_modal, right[-2:])):
        return False
    before = _words(reading.text[max(0, span.start - _LOOK_BACK) : span.start])[-1:] if left else []
    after = _words(reading.text[span.end : span.end + _LOOK_BACK])[:1] if right else []
    return not any(map(measures, before)) and not (any(map(measures, after)) and any(map(bounds, right[-3:])))


def _ends_of_sentences(reading: NormalText, span: TextSpan) -> tuple[int, int]:
    """Where the first and the last sentence or paragraph inside a span end; its own end and start where none does."""
    text = reading.text
    ends = {match.end() for match in _SENTENCE_END.finditer(text, max(0, span.start - 1), span.end)}
    blanks = (place for place in range(span.start, span.end) if text[place] == " ")
    ends |= {place for place in blanks if _BLANK_LINE.search(reading.original(place))}
    inside = [max(span.start, end) for end in ends]
    return (min(inside), max(inside)) if inside else (span.end, span.start)


def _after(chain: TextSpan, part: str, within: TextSpan) -> TextSpan:
    return TextSpan(chain.end, max(chain.end, min(within.end, chain.end + MAX_PART_GAP + len(part))))


def _some(reading: NormalText, words: str, within: TextSpan) -> list[TextSpan]:
    return [found for found, _ in zip(occurrences(reading, words, within), range(MAX_OCCURRENCES), strict=False)]
