"""Which words of one text stand in another, whatever was changed, moved or cut otherwise in between.

Sentences that stand once in each text are the fixed points. Those that keep their order are the way along, and what
lies between two of them is compared word by word. Sentences out of that order were moved, and so were pieces that went
from one place and came at another with most of their words.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher

from reviewer.domain.opcodes import Opcode, settled

MIN_SENTENCE_WORDS = 4
MIN_MOVED_WORDS = 6
MOVED_ALIKE = 0.6
"""The share of common words from which what went at one place and came at another is one piece that was moved."""
MAX_PRODUCT = 4_000_000
"""Of the lengths of two stretches that are compared word by word; longer ones are compared by sentences alone."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """Words ``old`` that became words ``new``; one of them may be empty. Half-open ranges of the sequences of words."""

    old: Range
    new: Range


@dataclass(frozen=True, slots=True)
class Alignment:
    """What became of the words of a text.

    Attributes:
        pairs: place in the old words and in the new ones of every word that is the same, by the old place.
        edits: what is not the same, by the old place; in moved pieces, too.
        moved: the ranges of old and new words that stand in another order, by the old place; edits inside included.
    """

    pairs: tuple[tuple[int, int], ...]
    edits: tuple[Edit, ...]
    moved: tuple[Edit, ...]


def align(
    old: Sequence[str],
    new: Sequence[str],
    old_sentences: Sequence[Range],
    new_sentences: Sequence[Range],
    borders: tuple[AbstractSet[int], AbstractSet[int]] = (frozenset(), frozenset()),
) -> Alignment:
    """Aligns two sequences of words.

    Costs a sort of the sentences, and a comparison word by word of the stretches between those that are the same.

    Args:
        old: the words of one text; equal strings are equal words.
        new: those of the other.
        old_sentences: ranges that tile the old words.
        new_sentences: ranges that tile the new ones.
        borders: the old and the new places where a section begins; a sentence begins there, too.
    """
    return _Aligner(old, new, old_sentences, new_sentences, borders).run()


class _Aligner:
    def __init__(
        self,
        old: Sequence[str],
        new: Sequence[str],
        old_sentences: Sequence[Range],
        new_sentences: Sequence[Range],
        borders: tuple[AbstractSet[int], AbstractSet[int]],
    ) -> None:
        self._old, self._new = old, new
        self._old_sentences, self._new_sentences = old_sentences, new_sentences
        self._old_starts, self._new_starts = ({start for start, _ in each} for each in (old_sentences, new_sentences))
        self._borders = borders
        self._pairs: dict[int, int] = {}
        self._edits: list[Edit] = []
        self._moved: list[Edit] = []

    def run(self) -> Alignment:
        anchors = _same_sentences(self._old, self._new, self._old_sentences, self._new_sentences)
        kept = _in_order(anchors)
        free_old = _free(len(self._old), [old for old, _ in anchors])
        free_new = _free(len(self._new), [new for _, new in anchors])
        pieces = _joined([each for each in anchors if each not in kept])
        elsewhere = [self._widened(each, free_old, free_new) for each in pieces]
        for edit in elsewhere:
            self._take_as_moved(edit)
        self._walk(sorted(kept), [edit.old for edit in elsewhere], [edit.new for edit in elsewhere])
        self._find_moves()
        return Alignment(
            tuple(sorted(self._pairs.items())),
            tuple(sorted(self._edits, key=lambda edit: (edit.old, edit.new))),
            tuple(sorted(self._moved, key=lambda edit: edit.old)),
        )

    def _widened(self, edit: Edit, free_old: set[int], free_new: set[int]) -> Edit:
        """A moved piece with the equal sentences before and behind it in its section that are in no fixed point.

        Such as its heading. The full stop before it, which may be the same by chance, is another sentence's.
        """
        (low, high), (start, stop) = edit.old, edit.new
        while not self._is_border(low, start) and self._is_free(low - 1, start - 1, free_old, free_new):
            low, start = low - 1, start - 1
        while low < edit.old[0] and not self._are_starts(low, start):
            low, start = low + 1, start + 1
        while not self._is_border(high, stop) and self._is_free(high, stop, free_old, free_new):
            high, stop = high + 1, stop + 1
        while high > edit.old[1] and not self._are_starts(high, stop):
            high, stop = high - 1, stop - 1
        free_old.difference_update(range(low, high))
        free_new.difference_update(range(start, stop))
        return Edit((low, high), (start, stop))

    def _is_free(self, old: int, new: int, free_old: set[int], free_new: set[int]) -> bool:
        return old in free_old and new in free_new and self._old[old] == self._new[new]

    def _is_border(self, old: int, new: int) -> bool:
        return old in self._borders[0] or new in self._borders[1]

    def _are_starts(self, old: int, new: int) -> bool:
        """Whether a sentence begins, or the text ends, at a place of each side."""
        ends = len(self._old), len(self._new)
        return (old in self._old_starts or old == ends[0]) and (new in self._new_starts or new == ends[1])

    def _take_as_moved(self, edit: Edit) -> None:
        self._moved.append(edit)
        self._pairs.update(zip(range(*edit.old), range(*edit.new), strict=True))

    def _walk(self, kept: Sequence[tuple[Range, Range]], old_gone: Sequence[Range], new_come: Sequence[Range]) -> None:
        """Compares what lies between the sentences that kept their order; what was moved is left out of it."""
        last_old = last_new = 0
        end = ((len(self._old), len(self._old)), (len(self._new), len(self._new)))
        for old, new in (*kept, end):
            self._compare(_rest((last_old, old[0]), old_gone), _rest((last_new, new[0]), new_come))
            self._pairs.update(zip(range(*old), range(*new), strict=True))
            last_old, last_new = old[1], new[1]

    def _compare(self, old: Sequence[int], new: Sequence[int]) -> None:
        """Compares two stretches, each given by the places of its words."""
        if not old and not new:
            return
        first, second = [self._old[place] for place in old], [self._new[place] for place in new]
        if len(old) * len(new) > MAX_PRODUCT:
            opcodes: list[Opcode] = [("replace", 0, len(old), 0, len(new))]
        else:
            opcodes = list(SequenceMatcher(None, first, second, autojunk=False).get_opcodes())
        told = settled(
            opcodes, first, second, lambda at: old[at] in self._old_starts, lambda at: new[at] in self._new_starts
        )
        for kind, low, high, start, stop in told:
            if kind == "equal":
                self._pairs.update(zip(old[low:high], new[start:stop], strict=True))
            else:
                self._edits.extend(_edits(old[low:high], new[start:stop], _at(old, low), _at(new, start)))

    def _find_moves(self) -> None:
        """Pairs what went with what came elsewhere, where most of the words are the same, the most alike first."""
        gone = [edit for edit in self._edits if edit.old[1] - edit.old[0] >= MIN_MOVED_WORDS]
        come = [edit for edit in self._edits if edit.new[1] - edit.new[0] >= MIN_MOVED_WORDS]
        likely = sorted(
            (
                (_likeness(self._old, one.old, self._new, other.new), one, other)
                for one in gone
                for other in come
                if one is not other
            ),
            key=lambda each: -each[0],
        )
        used: set[int] = set()
        for likeness, one, other in likely:
            if likeness < MOVED_ALIKE or {id(one), id(other)} & used:
                continue
            used |= {id(one), id(other)}
            self._move(one, other)

    def _move(self, one: Edit, other: Edit) -> None:
        self._edits.remove(one)
        self._edits.remove(other)
        for left in (Edit((one.old[1], one.old[1]), one.new), Edit(other.old, (other.new[1], other.new[1]))):
            if left.old[0] < left.old[1] or left.new[0] < left.new[1]:
                self._edits.append(left)
        self._moved.append(Edit(one.old, other.new))
        self._compare(range(*one.old), range(*other.new))


def _same_sentences(
    old: Sequence[str], new: Sequence[str], old_sentences: Sequence[Range], new_sentences: Sequence[Range]
) -> list[tuple[Range, Range]]:
    """The sentences that stand exactly once in each text, by their old place."""
    first, second = (
        {key: places for key, places in _by_words(words, sentences).items() if len(places) == 1}
        for words, sentences in ((old, old_sentences), (new, new_sentences))
    )
    return sorted((first[key][0], second[key][0]) for key in first.keys() & second.keys())


def _by_words(words: Sequence[str], sentences: Sequence[Range]) -> dict[tuple[str, ...], list[Range]]:
    found: dict[tuple[str, ...], list[Range]] = {}
    for start, end in sentences:
        if end - start >= MIN_SENTENCE_WORDS:
            found.setdefault(tuple(words[start:end]), []).append((start, end))
    return found


def _in_order(anchors: Sequence[tuple[Range, Range]]) -> set[tuple[Range, Range]]:
    """The anchors with most words that stand in one order in both texts.

    The heaviest increasing subsequence: of all that end at a place or before, only the heaviest can go on, so those
    that are kept are in order of place and of weight.
    """
    ends: list[int] = []  # new places, ascending; beside each the heaviest row that ends there, ascending too
    rows: list[tuple[int, int]] = []  # its weight, and the index of its last anchor
    before: list[int] = []
    for index, (old, new) in enumerate(anchors):
        at = bisect_left(ends, new[0])
        weight, last = rows[at - 1] if at else (0, -1)
        weight += old[1] - old[0]
        before.append(last)
        upto = at
        while upto < len(ends) and rows[upto][0] <= weight:
            upto += 1
        ends[at:upto], rows[at:upto] = [new[0]], [(weight, index)]
    kept = set()
    index = rows[-1][1] if rows else -1
    while index >= 0:
        kept.add(anchors[index])
        index = before[index]
    return kept


def _free(length: int, anchors: Sequence[Range]) -> set[int]:
    """The places that are in no anchor."""
    return set(range(length)).difference(place for anchor in anchors for place in range(*anchor))


def _joined(anchors: Sequence[tuple[Range, Range]]) -> list[Edit]:
    """Moved sentences that follow one another in both texts, as one piece each."""
    joined: list[Edit] = []
    for old, new in anchors:
        if joined and joined[-1].old[1] == old[0] and joined[-1].new[1] == new[0]:
            joined[-1] = Edit((joined[-1].old[0], old[1]), (joined[-1].new[0], new[1]))
        else:
            joined.append(Edit(old, new))
    return joined


def _rest(whole: Range, taken: Sequence[Range]) -> list[int]:
    """The places of a range that are in none of the others."""
    out = {place for start, end in taken if start < whole[1] and whole[0] < end for place in range(start, end)}
    return [place for place in range(*whole) if place not in out]


def _at(places: Sequence[int], index: int) -> int:
    """The place before which something stands that stands nowhere itself."""
    if index < len(places):
        return places[index]
    return places[-1] + 1 if places else 0


def _edits(old: Sequence[int], new: Sequence[int], old_at: int, new_at: int) -> Iterator[Edit]:
    """An edit for each run of places; the first of each side belong together."""
    olds, news = _runs(old), _runs(new)
    for index in range(max(len(olds), len(news))):
        one = olds[index] if index < len(olds) else (old_at, old_at)
        other = news[index] if index < len(news) else (new_at, new_at)
        yield Edit(one, other)


def _runs(places: Sequence[int]) -> list[Range]:
    runs: list[Range] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _likeness(old: Sequence[str], one: Range, new: Sequence[str], other: Range) -> float:
    """The share of words two stretches have in common, in any order."""
    first, second = Counter(old[slice(*one)]), Counter(new[slice(*other)])
    return 2 * sum((first & second).values()) / (one[1] - one[0] + other[1] - other[0])
